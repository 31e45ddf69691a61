"""A time in a few words, for a chip."""

from datetime import date

from bot.asked import days
from bot.asked.kinds import Time

_MONTHS = (
    "January February March April May June July August September October November December".split()
)


def label(time: Time) -> str:
    """Return the time as a reader says it: "December 2014", "10–16 June 2022", "latest"."""
    if time.kind in {"today", "latest", "recent"}:
        return time.kind
    if time.first and time.last:
        return _period(time.first, time.last)
    if time.first:
        return f"since {_start(time.first)}"
    return f"before {_start(time.last + days.DAY)}" if time.last else "any time"


def _start(day: date) -> str:
    if day.day > 1:
        return _day(day)
    return f"{day.year}" if day.month == 1 else f"{_MONTHS[day.month - 1]} {day.year}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _period(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    if (first, last) == days.months(
        first.year, first.month, 12 * (last.year - first.year) + last.month
    ):
        return _whole_months(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _whole_months(first: date, last: date) -> str:
    one, two = _MONTHS[first.month - 1], _MONTHS[last.month - 1]
    if first.year == last.year:
        if (first.month, last.month) == (1, 12):
            return f"{first.year}"
        return f"{one} {first.year}" if one == two else f"{one}–{two} {first.year}"
    if (first.month, last.month) == (1, 12):
        return f"{first.year}–{last.year}"
    return f"{one} {first.year} – {two} {last.year}"
