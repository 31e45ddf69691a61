"""Whether a question leans on what was said before it.

Most follow-ups stand alone, and history added to one that does costs more than it brings. What
gives a leaning question away is the same in many languages: a pronoun for what was named before,
an opening that goes on ("and …", "what about …"), or too few words of its own to search for.
"""

import re
from collections.abc import Container, Set
from functools import cache

from bot.anaphora import NAME, anaphor, stands_for_earlier
from bot.understanding import introduced, words
from index.terms import content_terms, naming_terms, terms

_OPENINGS = {
    "en": r"and|but|or|also|what about|how about|what if|why so|more|else|what else|who else|go on",
    "ru": r"а|и|но|или|ещё|еще|что насчёт|что насчет|как насчёт|как насчет|почему так|подробнее",
    "uk": r"а|і|й|але|або|ще|що щодо|як щодо|детальніше",
    "de": r"und|aber|oder|auch|was ist mit|wie steht es mit|was noch|wer noch|mehr",
    "es": r"y|e|pero|o|también|qué hay de|y qué|qué más|más",
    "fr": r"et|mais|ou|aussi|qu'en est-il|quoi d'autre|plus",
    "tr": r"ve|ama|ya|peki|başka|daha",
    "ar": r"و\w*|لكن|ماذا عن|أيضا|المزيد",
    "fa": r"و|اما|ولی|یا|همچنین|درباره|بیشتر",
}
"""With which a question goes on, by language."""

_OF_ANOTHER = {
    "en": r"and|but|what about|how about|and what about|and how about",
    "ru": r"а|и|но|а что насчёт|а что насчет|что насчёт|что насчет|а как насчёт",
    "uk": r"а|і|але|а що щодо|що щодо",
    "de": r"und|aber|was ist mit|und was ist mit",
    "es": r"y|pero|qué hay de|y qué hay de",
    "fr": r"et|mais|qu'en est-il de|et pour",
    "tr": r"peki|ya",
    "fa": r"و|درباره",
    "ar": r"ماذا عن",
}
"""Of these, those after which the same may be asked of something else."""

_WITHIN = {
    "en": "in", "de": "in", "es": "en", "fr": "en|au|aux|à", "ru": "в|во", "uk": "в|у",
}  # fmt: skip
"""Before a place, by language."""

_DEFINED = re.compile(
    r"\b(?:an? \w|means?\b|meant by|stands? for|heißt|bedeutet|significa|signifie|означает|значит"
    r"|означає|demek)",
    re.IGNORECASE,
)
"""Asks what a word is, unlike "what was decided?"."""

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")

_THING = re.compile(
    r"(?:(?i:the|der|die|das|el|la|los|las|le|les)\s+\w|[^\W\d_a-zа-яёіїєґ])(?![^?]*\b(?:did|does|was)\b)"
)
"""How a name or a thing begins, unlike "why" and "in Brazil"."""

_THING_WORDS = 4

_FEW = 3
"""Words up to which a question that names nothing cannot be searched by itself."""


def leans(
    question: str, language: str, subjects: Container[str], held: Set[str] = frozenset()
) -> bool:
    """Say whether `question` needs what was said before it.

    Args:
        question: As asked.
        language: ISO 639-1; languages without lists of their own are judged by length only.
        subjects: Those of its terms that articles of the collection are about: they name a subject.
        held: Those of its terms that the articles quoted last hold.
    """
    opening = _OPENINGS.get(language)
    if opening and re.match(rf"\W*(?:{opening})(?!\w)", question, re.IGNORECASE):
        return True
    if within(question, language):
        return True
    found = anaphor(question, language)
    if found is not None and stands_for_earlier(question, found, language, subjects):
        return True
    asking = words.ASKING.get(language)
    if asking and re.fullmatch(rf"\W*(?:{asking})\s+\w+\W*", question, re.IGNORECASE):
        # "Who negotiated?" is about no title with "negotiators" in it.
        return NAME.search(question) is None
    return _is_thin(question, language, subjects, held)


def _is_thin(question: str, language: str, subjects: Container[str], held: Set[str]) -> bool:
    """Whether its few words are too few to search for in a conversation."""
    if language == "en":
        # "What is Biden going to do?" asks what he does.
        question = re.sub(r"\bgoing to\b", "", question, flags=re.IGNORECASE)
    found = content_terms(question, language)
    if len(found) > _FEW or _YEAR.search(question):
        return False
    names = {t for name in NAME.finditer(question) for t in content_terms(name[0], language)}
    saying = _saying(language)
    is_said = not saying.isdisjoint(terms(question, language))
    if names and is_said and saying.issuperset(set(found) - names):
        # "What does Putin say?": not on what.
        return True
    # Headlines say "says" where the text says "said".
    about = {term for term in found if term in subjects and term not in saying}
    if not names | about <= held:
        # Of somebody or something else than what was quoted.
        return False
    if introduced(question, language) and (names or _DEFINED.search(question)):
        # "Who is Varoufakis?" and "what does breakout time mean?" name all there is.
        return False
    # "Is there a vaccine?": not against what.
    return not about or (len(found) == 1 and not names)


@cache
def _saying(language: str) -> frozenset[str]:
    """The terms of the verbs with which somebody says or does something."""
    return frozenset(terms(words.SAYING.get(language, ""), language))


def following(question: str, language: str) -> str | None:
    """What a question asks of after an opening that goes on, "Russia's" of "And Russia's?"."""
    openings = opening(language)
    found = openings and re.match(
        rf"\W*(?:{openings})\s+(?P<rest>[^?!.]+?)\s*[?!.]*$", question, re.IGNORECASE
    )
    return found["rest"] if found else None


def within(question: str, language: str) -> str | None:
    """Return "in the UK" where that is all of a question; None for any other."""
    if language not in _WITHIN:
        return None
    article = r"(?:(?:the|der|die|das|dem|den|el|la|los|las|le|les)\s+)?"
    place = rf"{article}(?P<name>[^\W\d_][\w'’.-]*(?:\s+[^\W\d_][\w'’.-]*){{0,2}}?)"
    found = re.fullmatch(
        rf"\W*(?P<all>(?:{_WITHIN[language]})\s+{place})\W*", question, re.IGNORECASE
    )
    if found is None:
        return None
    # "In which countries?" asks what is asked nowhere else.
    is_place = all(naming_terms(word, language) for word in found["name"].split())
    return found["all"] if is_place or found["name"].isupper() else None


def opening(language: str) -> str:
    """Return a pattern of what the same is asked of another with, "" for none."""
    # The longest first: "and what about" is no "and".
    return "|".join(sorted(_OF_ANOTHER.get(language, "").split("|"), key=len, reverse=True))


def is_thing(rest: str) -> bool:
    """Say whether what a question goes on with is a name or a thing and no question of its own.

    Args:
        rest: What `following` returns.
    """
    return len(rest.split()) <= _THING_WORDS and _THING.match(rest) is not None
