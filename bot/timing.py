"""Which time counts for a question: the time it names, or else that of its asking."""

from datetime import date, timedelta

from index.preference import Preference

_WEEK = timedelta(days=7)


def preferred(now: date) -> Preference:
    """Return what a question asked on `now` prefers.

    News is mostly asked about while it is new, so without a time of its own a question prefers the
    last week, mildly: an article from the archive loses a fifth at most.
    """
    return Preference(now, now - _WEEK, now, days=30.0, least=0.8)
