"""Whether a question leans on what was said before it.

Most follow-ups stand alone, and history added to one that does costs more than it brings. What
gives a leaning question away is the same in many languages: a pronoun for what was named before,
an opening that goes on ("and …", "what about …"), or too few words of its own to search for.
"""

import re
from collections.abc import Container, Set
from functools import cache

from bot.understanding import introduced, words
from index.terms import content_terms, naming_terms, terms

_ANAPHORS = {
    "en": (
        "he she it they him her them his hers its their theirs this that these those there then"
        " afterwards thereafter such both former latter himself herself itself themselves so same"
        " either neither others"
    ),
    "ru": (
        "он она оно они его её ее ему ей им ими них нее неё него это этот эта эти этого этой этому"
        " тот та те того там тогда потом затем так такой такое такие оба свой свою своей"
    ),
    "uk": (
        "він вона воно вони його її йому їй їм ними них це цей ця ці цього цієї той та ті там тоді"
        " так такий обидва свій"
    ),
    "de": (
        "er sie es ihn ihm ihr ihnen ihre ihren sein seine seinen das dies diese dieser dieses"
        " dort da damals danach dann davon dazu dabei dafür dagegen darüber beide so solche"
    ),
    "es": (
        "él ella ello ellos ellas le les lo su sus eso esto ese esa esos esas este esta ahí allí"
        " entonces ambos así"
    ),
    "fr": (
        "il elle ils elles lui leur leurs son sa ses cela ça ce cet cette ces celui celle ceux là"
        " y alors ainsi"
    ),
    "tr": (
        "o onlar onu ona onun onları onların bu bunu buna bunun şu şunu orada burada böyle ikisi"
    ),
    "ar": "هو هي هم هن ذلك تلك هذا هذه هؤلاء هناك حينها كلاهما",
    "fa": "او آن آنها ایشان این اینها آنجا همان همین هردو وی",
}
"""Words that stand for something named before, by language."""

_OWN = (
    "his her its their его её ее их свой свою своей sein seine seinen ihre ihren su sus son sa ses"
    " leur leurs"
)
_POSSESSIVES = frozenset(_OWN.split())
"""Of these, those that often stand for something in the same sentence."""

_OBJECTS = frozenset(["him", "her", "it", "them", "this", "that", "these", "those"])
_BEHIND_OBJECT = re.compile(
    r"\W*(?:$|[?!.,;]|(?:back|home|out|off|up|down|alone|free|again|away|yet|now|today|first"
    r"|in|on|at|by|with|to|from|for|about|over|after|before|as|so|the|a|an)\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?:and|or|but|who|whom|which|that|when|where|while|if|because|since|after|before|than|as)\b",
    re.IGNORECASE,
)
"""Between a name and what stands for it in another clause."""

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

_EXPLETIVES = re.compile(
    r"\b(?:is|are|was|were|will|has|have|had) there\b|\bthere (?:is|are|was|were)\b",
    re.IGNORECASE,
)
"""English "there" that stands for no place."""

_NAME = re.compile(r"(?<=\s)[^\W\d_a-zа-яё][\w'’.-]*|\d{4}")
"""A capital letter after the first word, or a year. Scripts without capitals have none."""

_WHOLE_NAME = re.compile(r"(?<=\s)[^\W\d_a-zа-яё][\w'’.-]*(?:\s+[^\W\d_a-zа-яё][\w'’.-]*)*")

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
    if found is not None:
        # "How did tamales make their way …": what stands before "their" is what it means.
        head = question[: found.start()]
        if _is_of_another(question, found, language):
            return True
        own = found[0].casefold() in _POSSESSIVES
        if not (_names(head, language, subjects) if own else _NAME.search(head)):
            return True
    asking = words.ASKING.get(language)
    if asking and re.fullmatch(rf"\W*(?:{asking})\s+\w+\W*", question, re.IGNORECASE):
        # "Who negotiated?" is about no title with "negotiators" in it.
        return _NAME.search(question) is None
    return _is_thin(question, language, subjects, held)


def _is_thin(question: str, language: str, subjects: Container[str], held: Set[str]) -> bool:
    """Whether its few words are too few to search for in a conversation."""
    if language == "en":
        # "What is Biden going to do?" asks what he does.
        question = re.sub(r"\bgoing to\b", "", question, flags=re.IGNORECASE)
    found = content_terms(question, language)
    if len(found) > _FEW or _YEAR.search(question):
        return False
    names = {t for name in _NAME.finditer(question) for t in content_terms(name[0], language)}
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


def anaphor(question: str, language: str) -> re.Match[str] | None:
    """Find the first word that stands for something else, if there is one."""
    anaphors = _ANAPHORS.get(language, "").split()
    if not anaphors:
        return None
    blanked = _EXPLETIVES.sub(lambda found: " " * len(found[0]), question)
    return re.search(rf"(?<!\w)(?:{'|'.join(anaphors)})(?!\w)", blanked, re.IGNORECASE)


def _is_of_another(question: str, found: re.Match[str], language: str) -> bool:
    """Whether an English anaphor is what a name before it does something to.

    That is not itself: "Why does Manchin oppose it?", "What is Biden doing to get her back?".
    """
    if language != "en" or found[0].casefold() not in _OBJECTS:
        return False
    if not _BEHIND_OBJECT.match(question[found.end() :]):
        return False
    head = question[: found.start()]
    names = list(_WHOLE_NAME.finditer(head))
    return len(names) == 1 and _CLAUSE.search(head, names[0].end()) is None


def _names(said: str, language: str, subjects: Container[str]) -> bool:
    """Whether there is a name, a year, or a word that is the subject of an article."""
    if _NAME.search(said):
        return True
    found = content_terms(said, language)
    return any(term in subjects for term in found)
