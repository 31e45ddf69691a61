"""Which time a question is about."""

import re
from datetime import date

from bot.asked.kinds import Kind, Time
from bot.asked.phrases import phrases
from bot.asked.written import written

_GUARD = re.compile(
    r"(?:19|20)\d\d|\d\s?(?:st|nd|rd|th)?\s(?:of\s)?[a-z]|day|(?:last|past|this|these|recent)\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|now|ago|any\s|new|what'?’?s\s+new"
    r"|last|latest|lately|most\s+recent|current|tonight|weekend|moment|recent|what\s+is\s+new)",
    re.IGNORECASE,
)
"""What every time has somewhere; without it there is nothing to look for."""

_RANK: dict[Kind, int] = {"dated": 0, "since": 0, "before": 0, "today": 1, "latest": 2, "recent": 3}
_DIGITS = {zero + n: str(n) for zero in (0x660, 0x6F0) for n in range(10)}
"""The digits of Arabic and Persian, one for one: the spans stay."""


def when(question: str, language: str, today: date) -> Time | None:
    """Return the time that `question` is about, the most exact if it names several."""
    question = question.translate(_DIGITS)
    if not _GUARD.search(question):
        return None
    found = [*written(question, today), *phrases(question, today)]
    return min(found, key=_order, default=None)


def _order(time: Time) -> tuple[int, int, int]:
    open_ended = time.first is None or time.last is None
    length = (
        10**6 if open_ended or not time.first or not time.last else (time.last - time.first).days
    )
    return _RANK[time.kind], length, time.span[0]
