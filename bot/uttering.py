"""What somebody said: "What did Varoufakis say?" names no subject that a passage could be on.

There a sentence in which he says something is an answer by its form, however little it has in
common with the question. Asked what he said about pensions, one with both comes first.
"""

import re
from collections import Counter
from collections.abc import Container, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from bot.anaphora import anaphor
from bot.introducing.naming import has_capital
from bot.ordering import when
from bot.quote import Quotation
from bot.understanding import words
from corpus.paragraphs import sentences
from corpus.types import Passage
from index.terms import naming_terms, terms

UTTERED = 0.5
"""How sure at least an answer is that has the form asked for."""

_MOST_WORDS = 4
"""Of who is asked about."""

_NAMESAKE = 1 / 3
"""Who is named at most so often as the most usual bearer of a name is another, where only the name
is asked for."""

_ON = re.compile(
    r"\s(?:about|on|regarding|concerning|over|über|zu[mr]?|sobre|sur|à propos d(?:e|u|es)"
    r"|об?|про)\s",
    re.IGNORECASE,
)
"""After which it is said what was spoken of."""

_NAMED = re.compile(r"[^\W\d_a-zа-яёіїєґ]")

_HE = frozenset({"he", "she"})

_PARTS = re.compile(r"[\w'’-]*\w[\w'’-]*")
_SMALL = re.compile(r"(?<![\w'’-])[a-zа-яёіїєґß-ÿ][\w'’-]*")
_INITIALS = re.compile(r"[A-ZА-ЯЁІЇЄҐ]{2,}")

_KEPT = 64

_PASSIVE = r"(?:was|were|is|are|be|been|being|wird|wurde|fue|est|était|был[аи]?)\b"
_UNSAID = r"(?:not|never|to|can|could|will|would|may|might|must|shall|should|\w+n['’]t|cannot)\b"
"""Before a verb, of what somebody did not say, or not yet."""

_WORD = rf"(?!{_PASSIVE}|{_UNSAID}|[\w-]+['’]s\b)[\w'’.-]+"
"""Before a verb; not what makes it one that was done to somebody, nor somebody of his."""

_BESIDE = (
    r"(?:has|had|have|who|later|also|then|again|once|earlier|now|himself|herself|itself|themselves"
    r"|[\w-]+ly|on|in|at|this|last|the|week|month|year|morning|afternoon|evening|night"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
"""The same in English: "Reeve on Monday said", not "Reeve aides said"."""

_BETWEEN = {"en": rf"(?:,[^,;.]{{1,80}},)?(?:\s+{_BESIDE}){{0,3}}?\s+"}
_BETWEEN_OTHERS = rf"(?:,[^,;.]{{1,80}},)?(?:\s+{_WORD}){{0,3}}?\s+"
_TITLE = rf"(?:\s+{_WORD}){{0,6}}?\s+"

_OTHER_SUBJECT = re.compile(
    r"\b(?:to|of|by|for|with|from|against|about|on|under|over|like|than|via"
    r"|what|whatever)\s+"
    r"(?:(?:the|[A-Z][\w.'’-]*)\s+){0,3}$"
)
"""Before a name that is not whose the verb is: "a man close to President Reeve said"."""

_THE = re.compile(r"\b(?:the|an?)\s+$", re.IGNORECASE)
_NOUN = re.compile(r"\s+(?!(?:on|in|at|to|of|and|who|as|during|after|before|last|this)\b)[a-z]")
"""Around a name that only says whose: "the Reeve ally"."""

_JOINED = r"\s+(?:(?:of|for|and|the|on)\s+)*"
"""Between the words that initials stand for."""


class Sayer(NamedTuple):
    """Who said something.

    Attributes:
        who: His name, or what he is.
        about: What he spoke of; "" for anything.
        is_on_it: Whether he spoke of what was spoken of before the question.
        is_he: Whether the question names nobody.
    """

    who: str
    about: str = ""
    is_on_it: bool = False
    is_he: bool = False


def sayer(question: str, language: str, spoken_of: str = "") -> Sayer | None:
    """Return who is meant by "what did … say?"; None where something else is asked.

    Args:
        question: Without its words of time and source.
        language: ISO 639-1.
        spoken_of: Who is meant by "he" or "she", "" if that is not clear.
    """
    asked = words.SAID.get(language)
    # German ends with the verb; "in" of "in November" stays behind.
    end = rf"(?P<rest>{_ON.pattern}.*?)?(?:\s+(?:gesagt|erklärt))?(?:\s+\w\w?)?"
    found = asked and re.fullmatch(rf"\W*(?:{asked}){end}\W*", question, re.IGNORECASE)
    if not found:
        return None
    # In other languages it stands behind who says it, where nothing else follows.
    who, *more = _ON.split(f"{found['who']} {found['rest'] or ''}", maxsplit=1)
    who, about = who.strip(), "".join(more).strip()
    is_he = who.casefold() in _HE
    who = spoken_of if is_he else who
    parts = _PARTS.findall(who)
    # "What do you have to say?" is said of nobody; "WHO" is no pronoun.
    is_told = parts and (_INITIALS.fullmatch(parts[-1]) or naming_terms(parts[-1], language))
    if not is_told or anaphor(who, language) or len(parts) > _MOST_WORDS:
        return None
    names_thing, is_it = bool(naming_terms(about, language)), bool(anaphor(about, language))
    if about and names_thing == is_it:
        # Of "his bridge" it is not clear what it is.
        return None
    return Sayer(who, "" if is_it else about, is_it, is_he)


def is_named(who: str) -> bool:
    """Say whether that is a name; "the mayor" is one of many."""
    return _NAMED.search(who) is not None


def said_first(
    sayer: Sayer,
    language: str,
    best: Sequence[Quotation],
    others: Sequence[Quotation],
    away: Container[Passage],
    *,
    is_newest_first: bool,
) -> tuple[list[Quotation], list[Quotation]]:
    """Put the passages in which somebody says something before the best, wherever they were found.

    Args:
        sayer: Who is asked about.
        language: ISO 639-1, of the question.
        best: What was read, best first.
        others: What was found beside it.
        away: Passages that are not meant.
        is_newest_first: Of what he says.

    Returns:
        Both, without what comes first now in the second.
    """
    meant = [one for one in (*best, *others) if one.passage not in away]
    said = _said(meant, sayer, language, _namesakes(meant, sayer.who, language))
    # Where only namesakes say something, that is told.
    said = said or _said(meant, sayer, language, frozenset())
    first = list(said.values())
    if is_newest_first:
        first.sort(key=when, reverse=True)
    rest = [one for one in best if one.passage not in said]
    return [*first, *rest], [one for one in others if one.passage not in said]


def _said(
    quotations: Sequence[Quotation], sayer: Sayer, language: str, namesakes: Set[str]
) -> dict[Passage, Quotation]:
    """Those in which somebody says something, by their passages."""
    said = {one.passage: uttered(one, sayer, language, namesakes) for one in quotations}
    return {passage: one for passage, one in said.items() if one is not None}


def _namesakes(quotations: Sequence[Quotation], who: str, language: str) -> frozenset[str]:
    """Return the first names of those who bear a name that mostly is another's.

    Of Trump that is Ivanka, beside Donald. "President" is written with a small letter, too, or
    stands before the full name.

    Args:
        quotations: What was found.
        who: As asked: of a full name there are none.
        language: ISO 639-1, of the question.
    """
    *before, name = _PARTS.findall(who)
    if before or not is_named(who):
        return frozenset()
    articles = {one.article.id: one.article for one in quotations}
    texts = [text for one in articles.values() for text in (one.title, *one.paragraphs)]
    stands = re.compile(rf"([^\W\d_][\w'’-]*) {re.escape(name)}\b", re.IGNORECASE)
    beside = Counter(found[1] for text in texts for found in stands.finditer(text))
    small = {found[0] for text in texts for found in _SMALL.finditer(text)}
    firsts = {
        word: count
        for word, count in beside.items()
        if has_capital(word) and word.casefold() not in small and naming_terms(word, language)
    }
    if not firsts:
        return frozenset()
    usual = max(firsts, key=lambda word: firsts[word])
    # "Mr Donald Trump".
    titles = re.compile(rf"([^\W\d_][\w'’-]*)\.? {re.escape(usual)} ", re.IGNORECASE)
    titled = {found[1] for text in texts for found in titles.finditer(text)}
    most = _NAMESAKE * firsts[usual]
    return frozenset(word for word in firsts if firsts[word] <= most and word not in titled)


def uttered(
    quotation: Quotation, sayer: Sayer, language: str, namesakes: Set[str] = frozenset()
) -> Quotation | None:
    """Return a quotation with the sentence marked in which somebody says something, if one does.

    Args:
        quotation: Whose article may name him in full where the passage does not. What he is to
            speak of stands in the passage.
        sayer: Who is asked about.
        language: ISO 639-1, of the question.
        namesakes: First names of those who are not meant.
    """
    article = quotation.article
    about = set(naming_terms(sayer.about, language))
    if article.language != language:
        return None
    if about and not about.issubset(terms(quotation.text, language)):
        return None
    *before, name = _PARTS.findall(sayer.who)
    texts = [article.title, *article.paragraphs]
    named = [re.compile(rf"\b{re.escape(one)}\b", re.IGNORECASE) for one in before]
    if not all(any(one.search(text) for text in texts) for one in named):
        return None
    says = _saying(name, language, tuple(sorted(namesakes)))
    spans = sentences(quotation.text, language)
    told = [span for span in spans if _is_saying(says, quotation.text[slice(*span)])]
    if not told:
        return None

    def holds(span: tuple[int, int]) -> int:
        return len(about.intersection(terms(quotation.text[slice(*span)], language)))

    sure = max(quotation.confidence, UTTERED)
    best = max(told, key=holds) if about else told[0]
    return quotation.judged(best, sure, quotation.also_in)


def _is_saying(says: re.Pattern[str], sentence: str) -> bool:
    """Whether a match of `_saying` in a sentence has the one that says something as its subject."""
    return any(
        not _OTHER_SUBJECT.search(sentence[: found.start()])
        if found["behind"] is None
        # "Said the Reeve ally".
        else not (
            _THE.search(sentence[: found.start("behind")])
            and _NOUN.match(sentence[found.end("behind") :])
        )
        for found in says.finditer(sentence)
    )


@lru_cache(_KEPT)
def _saying(name: str, language: str, namesakes: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Matches "Reeve, the mayor, said" and "…”, said Mayor Reeve", not "Reeve’s sister said".

    Of the latter the group "behind" is his name.
    """
    spelt = re.escape(name)
    if _INITIALS.fullmatch(name):
        # The WHO, not who, and the World Health Organization.
        whole = _JOINED.join(letter + r"[\w-]+" for letter in name)
        spelt = rf"(?-i:{spelt}|{whole})"
    others = "".join(rf"(?<!\b{re.escape(one)} )" for one in namesakes)
    name = rf"\b{others}{spelt}\b(?!['’]s?\b)"
    verb = rf"(?:{words.UTTERING[language]})\b"
    between = _BETWEEN.get(language, _BETWEEN_OTHERS)
    return re.compile(
        rf"{name}{between}{verb}|[,!?”\"’'»—–-]\s*{verb}{_TITLE}(?P<behind>{name})", re.IGNORECASE
    )
