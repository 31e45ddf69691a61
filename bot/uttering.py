"""What somebody said: "What did Varoufakis say?" names no subject that a passage could be on.

There a sentence in which he says something is an answer by its form, however little it has in
common with the question.
"""

import re
from collections.abc import Container, Sequence
from functools import lru_cache

from bot.leaning import anaphor
from bot.ordering import when
from bot.quote import Quotation
from bot.understanding import words
from corpus.paragraphs import sentences
from corpus.types import Passage
from index.terms import naming_terms

UTTERED = 0.5
"""How sure at least an answer is that has the form asked for."""

_MOST_WORDS = 4
"""Of who is asked about."""

_ON = re.compile(r"\b(?:about|on|over|über|zu[mr]?|sobre|sur|об?|про)\b", re.IGNORECASE)
"""After which it is said what was spoken of."""

_NAMED = re.compile(r"[^\W\d_a-zа-яёіїєґ]")

_PARTS = re.compile(r"[\w'’-]*\w[\w'’-]*")
_INITIALS = re.compile(r"[A-ZА-ЯЁІЇЄҐ]{2,}")

_KEPT = 64

_PASSIVE = r"(?:was|were|is|are|be|been|being|wird|wurde|fue|est|était|был[аи]?)\b"
_WORD = rf"(?!{_PASSIVE}|[\w-]+['’]s\b)[\w'’.-]+"
"""Before a verb; not what makes it one that was done to somebody, nor somebody of his."""

_BETWEEN = rf"(?:,[^,;.]{{1,80}},)?(?:\s+{_WORD}){{0,3}}?\s+"
_TITLE = rf"(?:\s+{_WORD}){{0,6}}?\s+"


def sayer(question: str, language: str) -> str | None:
    """Return who is meant by "what did … say?"; None where more is asked, or something else.

    Args:
        question: Without its words of time and source.
        language: ISO 639-1.
    """
    asked = words.SAID.get(language)
    # "In" of "in November" stays behind.
    found = asked and re.fullmatch(rf"\W*(?:{asked})(?:\s+\w\w?)?\W*", question, re.IGNORECASE)
    if not found:
        return None
    who: str = found["who"]
    parts = _PARTS.findall(who)
    # "What do you have to say?" is said of nobody; "WHO" is no pronoun.
    is_told = parts and (_INITIALS.fullmatch(parts[-1]) or naming_terms(parts[-1], language))
    is_other = _ON.search(who) or anaphor(who, language)
    return who if is_told and not is_other and len(parts) <= _MOST_WORDS else None


def is_named(who: str) -> bool:
    """Say whether that is a name; "the mayor" is one of many."""
    return _NAMED.search(who) is not None


def said_first(
    who: str,
    language: str,
    best: Sequence[Quotation],
    others: Sequence[Quotation],
    away: Container[Passage],
    *,
    is_newest_first: bool,
) -> tuple[list[Quotation], list[Quotation]]:
    """Put the passages in which somebody says something before the best, wherever they were found.

    Args:
        who: His name, or what he is.
        language: ISO 639-1, of the question.
        best: What was read, best first.
        others: What was found beside it.
        away: Passages that are not meant.
        is_newest_first: Of what he says.

    Returns:
        Both, without what comes first now in the second.
    """
    said = {}
    for one in (*best, *others):
        marked = None if one.passage in away else uttered(one, who, language)
        if marked is not None:
            said[one.passage] = marked
    first = list(said.values())
    if is_newest_first:
        first.sort(key=when, reverse=True)
    rest = [one for one in best if one.passage not in said]
    return [*first, *rest], [one for one in others if one.passage not in said]


def uttered(quotation: Quotation, who: str, language: str) -> Quotation | None:
    """Return a quotation with the sentence marked in which somebody says something, if one does.

    Args:
        quotation: Whose article may name him in full where the passage does not.
        who: His name, or what he is.
        language: ISO 639-1, of the question.
    """
    article = quotation.article
    if article.language != language:
        return None
    *before, name = _PARTS.findall(who)
    texts = [article.title, *article.paragraphs]
    named = [re.compile(rf"\b{re.escape(one)}\b", re.IGNORECASE) for one in before]
    if not all(any(one.search(text) for text in texts) for one in named):
        return None
    says = _saying(name, language)
    for start, end in sentences(quotation.text, language):
        if says.search(quotation.text[start:end]):
            sure = max(quotation.confidence, UTTERED)
            return quotation.judged((start, end), sure, quotation.also_in)
    return None


@lru_cache(_KEPT)
def _saying(name: str, language: str) -> re.Pattern[str]:
    """Matches "Reeve, the mayor, said" and "…”, said Mayor Reeve", not "Reeve’s sister said"."""
    spelt = re.escape(name)
    # The WHO, not who.
    spelt = f"(?-i:{spelt})" if _INITIALS.fullmatch(name) else spelt
    name = rf"\b{spelt}\b(?!['’]s?\b)"
    verb = rf"(?:{words.UTTERING[language]})\b"
    return re.compile(
        rf"{name}{_BETWEEN}{verb}|[,!?”\"’'»—–-]\s*{verb}{_TITLE}{name}", re.IGNORECASE
    )
