"""Which time and outlet count for a question, and how much."""

from datetime import date, timedelta

from bot.understanding import Asked, Time
from index.preference import Preference

_AFTER = 3 * timedelta(days=1)
"""News of an event goes on appearing for some days."""

_FRESH = timedelta(days=3)
_WEEK = timedelta(days=7)

_SOON = timedelta(days=14)
"""What "after the election" asks for is mostly this near to it."""


def preferred(asked: Asked, now: date) -> Preference:
    """Return what a question asked on `now` prefers, beside the new (`index.preference`)."""
    outlet = asked.source.name if asked.source else None
    first, last, days, least = _period(asked.time, now)
    return Preference(now, first, last, days, least, outlet)


def _period(time: Time | None, now: date) -> tuple[date | None, date | None, float, float]:
    """First and last day, days of fading, and what the farthest counts."""
    if time is None:
        return None, None, 1.0, 1.0
    if time.kind == "latest":
        return now - _WEEK, now, 60.0, 0.6
    if time.kind in {"recent", "today"}:
        # "This week" asks for what is new: what is three days old is, what is seven is less so.
        first = time.first or now
        fresh = max(first, now - _FRESH) if now - first <= _WEEK else first
        return fresh, now, 7.0, 0.5
    if time.kind == "after" and time.first:
        return time.first, time.first + _SOON, 60.0, 0.6
    if time.first and time.last:
        length = (time.last - time.first).days
        return time.first, time.last + _AFTER, max(7.0, length / 4), 0.3
    last = time.last + _AFTER if time.last else None
    return time.first, last, 30.0, 0.3


def is_old(time: Time | None, published: date | None, now: date) -> bool:
    """Whether something was asked about the present and comes from an article of before."""
    present = time is not None and time.kind in {"today", "recent"}
    return present and published is not None and published < now - _WEEK
