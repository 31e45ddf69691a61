"""Whether what looks like an English date is one: May, March and numbers are other things too."""

import re

from bot.asked.dates import Named
from bot.asked.words import NOT_A_YEAR_AFTER, NOT_A_YEAR_BEFORE

_NUMBER_BEFORE = re.compile(rf"\b{NOT_A_YEAR_BEFORE}\s+$", re.IGNORECASE)
_NUMBER_AFTER = re.compile(rf"\s+{NOT_A_YEAR_AFTER}\b", re.IGNORECASE)
_NOUN_AFTER = re.compile(r"\s+(?!on\b|of\b|and\b|was\b|is\b)[a-z]")
_SURNAME_AFTER = re.compile(r"\s+[A-Z][a-z]")
_ADJECTIVE = re.compile(r"\b[Tt]he\s+$")
_STOP = re.compile(r"\s*(?:[?!.,;)]|$)")

_WORDS_TOO = {3, 5}
"""March and May."""

_SURE = {"in", "during", "since", "until", "till", "throughout"}
"""What stands before a month, hardly before a person or a walk."""


def likely(match: re.Match[str], name: str, named: Named) -> bool:
    """Tell whether group `name` of `match` is a date, from the words around it."""
    question, (start, end) = match.string, match.span(name)
    lead = (match["lead"] or match["cue"] or match["event"] or "").lower()
    if named.month is None:
        return not (_NUMBER_BEFORE.search(question, 0, start) or _NUMBER_AFTER.match(question, end))
    if named.year is not None or named.part is not None:
        return True
    text = match[name]
    if named.day is None:
        return _month_alone(question, (start, end), lead, named.month)
    if named.month in _WORDS_TOO and text.islower() and not lead:
        return _STOP.match(question, end) is not None
    # "May 5 countries join?"
    return start > 0 or named.month != 5 or text[0].isdigit()


def _month_alone(question: str, span: tuple[int, int], lead: str, month: int) -> bool:
    start, end = span
    if month in _WORDS_TOO:
        return lead in _SURE and not question[:start].endswith("the ")
    if lead:
        return lead in _SURE or not _SURNAME_AFTER.match(question, end)
    adjective = _ADJECTIVE.search(question, 0, start) and _NOUN_AFTER.match(question, end)
    return adjective is not None and question[start].isupper() and end - start > 3
