"""What a rule makes of words that name a time: the types that `time`'s rules share."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, Protocol

Kind = Literal["dated", "latest", "recent", "today", "since", "before", "after"]

DAY = timedelta(days=1)

_STILL_NEW = timedelta(days=30)
"""After the newest article: a day nearer to it is one of which nothing was added yet."""

_TOLD = timedelta(days=3)
"""What happens on a day is told on it or soon after."""

_YEARS = 20
"""Among so many an archive is searched for the one of which it tells."""

_LEAP_YEARS = 9
"""Among so many years there is one with 29 February: 1900 was none, nor will 2100 be."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a question names.

    Attributes:
        kind: How it names it; "after" is soon after an event.
        first: The first day, UTC; None is open.
        last: The last day, included; None is open.
        span: The words that say so, in the question.
        is_whole: Whether they name both ends, so that "since" before them opens none.
    """

    kind: Kind
    first: date | None
    last: date | None
    span: tuple[int, int]
    is_whole: bool = False


class Calendar(Protocol):
    """The days of a collection's articles; `index.preference.Rows` is one."""

    @property
    def newest(self) -> date | None:
        """The day of the newest article, or None where none has a date."""

    def has(self, first: date, last: date) -> bool:
        """Say whether an article is of these days, both included."""


class Moment(NamedTuple):
    """When is asked.

    Attributes:
        now: The day.
        calendar: Those of the articles; None where they are not known.
        is_ahead: Whether what is asked about was to come: of "in January" articles then told before
            it, and so it says no time of theirs.
    """

    now: date
    calendar: Calendar | None = None
    is_ahead: bool = False

    def year_of(self, month: int, number: int, days: int = 1) -> int | None:
        """Return the year that is meant by days without one, or None if they say no time.

        It is the last that was. Only where all articles are from well before it, it is the last
        of which they tell.

        Args:
            month: 1 to 12.
            number: Of the first day in the month.
            days: How many there are of them.
        """
        last = None if self.is_ahead else _last_year(month, number, self.now)
        calendar = self.calendar
        if last is None or calendar is None or calendar.newest is None:
            return last
        if date(last, month, number) <= calendar.newest + _STILL_NEW:
            return last
        ends = _last_year(month, number, calendar.newest)
        for year in range(ends, ends - _YEARS, -1) if ends else ():
            first = day_of(year, month, number)
            if first and calendar.has(first, first + (days - 1) * DAY + _TOLD):
                return year
        return ends


Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Moment, dict[str, int]], Time | None]]
"""What to look for, and how to read what is found: it gets the months' numbers by their names."""


def compiled(pattern: str) -> re.Pattern[str]:
    """Return `pattern` to be found as whole words, in any case."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def _last_year(month: int, number: int, until: date) -> int | None:
    """The last year in which there was such a day, not after `until`; None for no such day."""
    years = range(until.year, max(until.year - _LEAP_YEARS, 0), -1)
    days = (day_of(year, month, number) for year in years)
    return next((day.year for day in days if day and day <= until), None)


def day_of(year: int, month: int, number: int) -> date | None:
    """Return the day, or None if there is none such."""
    try:
        return date(year, month, number)
    except ValueError:
        return None
