"""A time in a few words, for a person to see and take back."""

from datetime import date, timedelta

from bot import texts
from bot.languages import Language
from bot.understanding.time import Time

_OPEN = ".."
_MOMENTS = {"latest": texts.LATEST, "today": texts.TODAY}


def interval(time: Time) -> str:
    """Return a time for machines: "latest", "today", or ISO 8601 as in "2014-12-01/2014-12-31".

    An end that is open is "..", as in ISO 8601-2.
    """
    if time.kind in _MOMENTS:
        return time.kind
    return "/".join(day.isoformat() if day else _OPEN for day in (time.first, time.last))


def label(interval: str, language: Language) -> str:
    """Return what `interval` made in words, as "December 2014" or "since 5 September 2014".

    What is no interval is returned as it is: earlier versions kept words.
    """
    if interval in _MOMENTS:
        return language.say(_MOMENTS[interval])
    begin, _, end = interval.partition("/")
    try:
        first, last = (None if day == _OPEN else date.fromisoformat(day) for day in (begin, end))
    except ValueError:
        return interval
    if first and last:
        return _span(first, last, language)
    if first:
        return language.say(texts.SINCE, day=language.day(first))
    return language.say(texts.UNTIL, day=language.day(last))


def _span(first: date, last: date, language: Language) -> str:
    if first == last:
        return language.day(first)
    after = last + timedelta(days=1)
    if first.day == after.day == 1:
        if first.month == after.month == 1 and after.year == first.year + 1:
            return str(first.year)
        if (after.year, after.month) == (first.year + first.month // 12, first.month % 12 + 1):
            return language.month(first)
    return language.days(first, last)
