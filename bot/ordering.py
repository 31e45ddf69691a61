"""Which of the passages that answer comes first when time decides."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.correcting import corrects
from bot.quote import Quotation
from bot.reading import Read
from index.numbers import numbers
from index.terms import content_terms

_SHARED = 0.5
"""Of the words of the shorter of two sentences, from which they speak of the same thing."""

_CLOSE = 0.2
_LATEST = 0.8
"""Of the best score, from which a passage may come first for being newer."""

_YEAR_OR_DAY = re.compile(r"(?:1[6-9]|20)\d\d|[0-3]?\d")
"""Numbers that two texts share for being of one time."""


def newest_first(read: Sequence[Read]) -> list[Read]:
    """Put those that answer about as well as the best in order of date, newest first."""
    least = _LATEST * max((r.score for r in read), default=0.0)
    near = [r for r in read if r.score >= least]
    rest = [r for r in read if r.score < least]
    return sorted(near, key=lambda r: when(r.quotation), reverse=True) + rest


def corrected(read: Sequence[Read]) -> list[Read]:
    """Put the newer of two that disagree, and a correction, before the older, all else as it is."""
    ordered = list(read)
    for at in range(1, len(ordered)):
        for before in range(at):
            older, newer = ordered[before], ordered[at]
            is_newer = when(newer.quotation) > when(older.quotation)
            if is_newer and (_disagree(older, newer) or _corrects(older, newer)):
                ordered.insert(before, ordered.pop(at))
                break
    return ordered


def _disagree(one: Read, other: Read) -> bool:
    """Whether two answers, about as good, say the same of another number."""
    if one.score - other.score > _CLOSE or one.quotation.article.id == other.quotation.article.id:
        return False
    given = [_numbers(r.quotation) for r in (one, other)]
    if not all(given) or given[0] & given[1]:
        return False
    words = [_words(r.quotation) for r in (one, other)]
    shared = len(words[0] & words[1])
    return shared >= _SHARED * min(len(words[0]), len(words[1]))


def _corrects(older: Read, newer: Read) -> bool:
    """Whether the newer is how a correction begins, and it names what the older says."""
    wrong, right = older.quotation, newer.quotation
    if right.passage.paragraph > 0 or wrong.article.id == right.article.id:
        return False
    if not corrects(right.article.title, right.text):
        return False
    given = {n for n in _numbers(wrong) if not _YEAR_OR_DAY.fullmatch(n)}
    if given:
        return not given.isdisjoint(numbers(right.text, right.article.language))
    said = _words(wrong)
    named = set(content_terms(right.text, right.article.language))
    return len(said & named) >= _SHARED * len(said)


def _answer(quotation: Quotation) -> str:
    start, end = quotation.answer
    return quotation.text[start:end]


def _numbers(quotation: Quotation) -> set[str]:
    return set(numbers(_answer(quotation), quotation.article.language))


def _words(quotation: Quotation) -> set[str]:
    found = content_terms(_answer(quotation), quotation.article.language)
    return {term for term in found if not term[0].isdigit()}


def when(quotation: Quotation) -> datetime:
    """Return when it was published; without a date, before all others."""
    return quotation.article.published or datetime.min.replace(tzinfo=UTC)
