"""Reading dates, in any language, and which of them to trust. Imports the date library alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

import dateparser

_LONGEST = 60
_DIGIT = re.compile(r"\d")
_OFFSET = re.compile(r" ?([+-]\d\d):?(\d\d)$")
_SLACK = timedelta(days=1)
_EARLIEST = 1600

URL = "url"
"""Where a date was found that stands in the address alone."""


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


def is_date_line(line: str) -> bool:
    """Whether `line` is a date, one way to read it, and nothing else."""
    try:
        return date_line(line) is not None
    except AmbiguousDateError:
        return False


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


@dataclass(frozen=True, slots=True)
class Dating:
    """When an article was published and last changed, in UTC, and how each was found.

    Attributes:
        published: None when nothing trustworthy says.
        published_from: Such as "JSON-LD", "meta", "feed", "visible", "url"; None with no date.
        updated: Not before `published`.
        updated_from: Likewise.
        notes: What a person should know of these dates, a line each.
    """

    published: datetime | None = None
    published_from: str | None = None
    updated: datetime | None = None
    updated_from: str | None = None
    notes: tuple[str, ...] = ()

    def over(self, other: "Dating") -> "Dating":
        """Return these dates with gaps filled from `other`."""
        first = self if self.published else other
        last = self if self.updated else other
        return Dating(
            first.published,
            first.published_from,
            last.updated,
            last.updated_from,
            tuple(dict.fromkeys((*self.notes, *other.notes))),
        )


Named = tuple[str | None, str]
"""A date as it is written, and where."""


def dated(published: Iterable[Named], updated: Iterable[Named], now: datetime) -> Dating:
    """Take the first date of each kind that can be trusted.

    A date that lies more than a day after `now` is passed over with a note, and one that stands in
    the address alone is taken with a note.
    """
    notes: list[str] = []
    first, first_from = _first(published, now, notes)
    last, last_from = _first(updated, now, notes)
    if first_from == URL:
        notes.append(f"its date, {first:%Y-%m-%d}, stands in its address alone")
    if first and last and last <= first:
        last = last_from = None
    return Dating(first, first_from, last, last_from, tuple(notes))


def _first(
    written: Iterable[Named], now: datetime, notes: list[str]
) -> tuple[datetime, str] | tuple[None, None]:
    for text, place in written:
        try:
            when = moment(text or "")
        except AmbiguousDateError as error:
            notes.append(f"the date {error} ({place}) can be read in two ways: it was passed over")
            continue
        if when is None:
            continue
        if when > now + _SLACK:
            notes.append(f"the date {when:%Y-%m-%d} ({place}) lies ahead: it was passed over")
        elif when.year >= _EARLIEST:
            return when, place
    return None, None


def moment(text: str) -> datetime | None:
    """Return the moment in UTC that `text` names, or None; a day is taken to begin at midnight UTC.

    It may be written as in ISO 8601, as in an e-mail, in seconds since 1970, or as a date line.

    Raises:
        AmbiguousDateError: Day and month could be told either way round.
    """
    text = text.strip()
    when = _iso(text) or _mail(text) or _epoch(text)
    if when is None:
        return date_line(text)
    try:
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:  # the first or the last day that can be told
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(_OFFSET.sub(r"\1\2", text)) if text[:4].isdigit() else None
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if "," in text[:5] or ":" in text else None
    except (ValueError, TypeError, IndexError):
        return None


def _epoch(text: str) -> datetime | None:
    if not (text.isascii() and text.isdigit() and len(text) in {10, 13}):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC)
