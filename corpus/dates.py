"""Reading the date line of an article, in any language. The only import of the date library."""

import re
from datetime import UTC, date, datetime, time

import dateparser

_LONGEST = 60
_DIGIT = re.compile(r"\d")


class AmbiguousDateError(ValueError):
    """A date such as 01/02/2014, which two halves of the world read differently."""


def date_line(line: str) -> datetime | None:
    """Return the day that `line` names, at midnight UTC, or None if it is not a date line.

    A date line is a whole date (day, month and year) and nothing else but a time of day, which is
    passed over: the day stays the one that the reader of the page sees, whatever the time zone.

    Raises:
        AmbiguousDateError: Day and month could be told either way round.
    """
    text = line.strip().strip("*_").strip()
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return None
    day = _day(text, "MDY")
    if day is None:
        return None
    if _day(text, "DMY") != day:
        raise AmbiguousDateError(text)
    return datetime.combine(day, time(), UTC)


def _day(text: str, order: str) -> date | None:
    found = dateparser.parse(
        text,
        settings={
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
            "DATE_ORDER": order,
        },
    )
    return found.date() if found else None
