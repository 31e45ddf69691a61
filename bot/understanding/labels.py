"""A time in a few words, for a person to see and take back."""

from datetime import date, timedelta

from bot.understanding.time import Time


def label(time: Time) -> str:
    """Return a time in words, such as "December 2014" or "since 5 September 2014"."""
    if time.kind == "latest":
        return "latest"
    if time.kind == "today":
        return "today"
    if time.first and time.last:
        return _span(time.first, time.last)
    if time.first:
        return f"since {_day(time.first)}"
    return f"until {_day(time.last)}" if time.last else ""


def _span(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    after = last + timedelta(days=1)
    if first.day == after.day == 1:
        if first.month == after.month == 1 and after.year == first.year + 1:
            return str(first.year)
        if (after.year, after.month) == (first.year + first.month // 12, first.month % 12 + 1):
            return f"{first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
