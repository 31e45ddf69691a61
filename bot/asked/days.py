"""Stretches of days: weeks, months, years and their parts."""

from calendar import monthrange
from datetime import date, timedelta

Period = tuple[date, date]
"""First and last day, both included."""

FIRST_YEAR = 1900
"""News is younger than this: an earlier year dates an event, not an article."""

DAY = timedelta(days=1)


def month(year: int, number: int) -> Period:
    """Return the month `number` of `year`; any integer counts on from January (0 is December)."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def months(year: int, first: int, last: int) -> Period:
    """Return the months `first` to `last` of `year`."""
    return month(year, first)[0], month(year, last)[1]


def year(number: int) -> Period:
    """Return the whole year."""
    return months(number, 1, 12)


def week(day: date) -> Period:
    """Return the week of `day`, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def weekday(today: date, number: int) -> date:
    """Return the nearest day not after `today` that is this weekday; Monday is 0."""
    return today - timedelta(days=(today.weekday() - number) % 7)


_OF_YEAR = {
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    "start": (1, 2),
    "middle": (6, 7),
    "end": (11, 12),
}
_OF_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "middle": (11, 20)}
_OF_MONTH |= {"start": (1, 7), "end": (21, 31)}


def part(whole: Period, name: str) -> Period:
    """Return the part of a month or year: early, mid, late, start, middle or end."""
    start, stop = whole
    if start.month != stop.month:
        return months(start.year, *_OF_YEAR[name])
    first, last = _OF_MONTH[name]
    return start.replace(day=first), start.replace(day=min(last, stop.day))
