"""Reading the date line of an article, in any language. The only import of the date library."""

import re
from datetime import UTC, datetime

import dateparser

_LONGEST = 60
_NUMERIC = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*\d{2,4}\.?")
_DIGIT = re.compile(r"\d")


class AmbiguousDateError(ValueError):
    """A date such as 01/02/2014, which two halves of the world read differently."""


def date_line(line: str) -> datetime | None:
    """Return the day that `line` names, at midnight UTC, or None if it is not a date line.

    A date line is a whole date (day, month and year) and nothing else.

    Raises:
        AmbiguousDateError: Day and month could be told either way round.
    """
    text = line.strip().strip("*_").strip()
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return None
    numeric = _NUMERIC.fullmatch(text)
    if numeric:
        first, second = int(numeric[1]), int(numeric[2])
        if first != second and first <= 12 and second <= 12:
            raise AmbiguousDateError(text)
    found = dateparser.parse(
        text,
        settings={
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
            "TIMEZONE": "UTC",
            "RETURN_AS_TIMEZONE_AWARE": True,
        },
    )
    if found is None:
        return None
    day = found.astimezone(UTC)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)
