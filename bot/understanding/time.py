"""Which time a question is about, relative to when it is asked.

Dates are found by the words of the question's language (`words`); a library that parses dates was
no help here, since it takes "may", "sat" and "on" for dates.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from bot.understanding import words

Kind = Literal["dated", "latest", "recent", "today", "since", "before", "after"]

_EARLIEST = 1900
"""Years before this one are subjects of articles, not their times."""

_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th|er|-?(?:го|е))?\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NO_AMOUNT = (
    r"(?![\d,.:/%-]*\d|\s*(?:%|percent|km|kg|people|dead|dollars|euros|roubles"
    r"|человек|людей|рубл|осіб|гривень|Menschen|Personen|Toten?\b|personnes|morts|personas|muertos"
    r"|kişi|شخص|نفر)|s\b)"
)
_NO_NUMBER = r"(?<!resolution )(?<!flight )(?<!article )(?<!number )(?<!room )(?<!no\. )"
"""Before a year: behind these stands a thing's number."""

_GAP = 60
_PLAIN = {ord("’"): "'"} | {
    ord(c): str(n) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for n, c in enumerate(row)
}
_DAYS = timedelta(days=1)


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


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date, dict[str, int]], Time | None]]


def find_time(question: str, language: str, now: date) -> Time | None:
    """Return the time that `question` is about, or None if it names none.

    Args:
        question: As asked.
        language: ISO 639-1; numeric dates and years are found in any.
        now: The day on which it is asked.
    """
    months, rules = _rules(language)
    question = question.translate(_PLAIN)
    for pattern, read in rules:
        for match in pattern.finditer(question):
            found = read(match, now, months)
            if found is not None:
                return _bounded(found, question, language, now)
    return None


def _bounded(found: Time, question: str, language: str, now: date) -> Time:
    """Turn a date behind "since" or "before" into a time that is open at one end."""
    if found.kind != "dated" or found.is_whole:
        return found
    tail = question[found.span[1] :]
    for kind, behind in words.BEHIND.get(language, {}).items():
        if m := re.match(rf"(?:'?\w*)\s+({behind})\b", tail):
            span = (found.span[0], found.span[1] + m.end())
            if kind == "since":
                return Time("since", _begin(found, m[1]), None, span)
            return Time("before", None, _end(found, m[1]), span)
    since, before = words.SINCE.get(language, ""), words.BEFORE.get(language, "")
    head = question[: found.span[0]]
    strict = r"\b({})(?:\s+(?:the|end of|beginning of|dem|der|el|la|le))*\s*$"
    loose = rf"\b(since|seit|depuis|desde|منذ|از)\b[^?!.;,]{{0,{_GAP}}}$"
    if before and (m := re.search(strict.format(before), head, re.IGNORECASE)):
        return Time("before", None, _end(found, m[1]), (m.start(), found.span[1]))
    if since and (m := re.search(strict.format(since), head, re.IGNORECASE)):
        return Time("since", _begin(found, m[1]), None, (m.start(), found.span[1]))
    if found.first and found.first <= now and (m := re.search(loose, head, re.IGNORECASE)):
        return Time("since", found.first, None, (m.start(), found.span[1]))
    return found


def _begin(found: Time, word: str) -> date | None:
    """The first day of what comes since, or after, a time."""
    is_after = word.casefold() in words.AFTER and found.first != found.last
    return found.last + _DAYS if is_after and found.last else found.first


def _end(found: Time, word: str) -> date | None:
    """The last day of what comes before, or until, a time."""
    said = word.casefold()
    is_out = said in words.STRICTLY_BEFORE or (said in words.UP_TO and found.first != found.last)
    return found.first - _DAYS if is_out and found.first else found.last


@lru_cache(maxsize=16)
def _rules(language: str) -> tuple[dict[str, int], tuple[_Rule, ...]]:
    """The language's months and its rules, the most specific first."""
    forms = words.MONTHS.get(language, ())
    months = {form: n for n, names in enumerate(forms, 1) for form in names.split()}
    return months, tuple(_explicit(months, language)) + tuple(_relative(language))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def _explicit(months: dict[str, int], language: str) -> Iterator[_Rule]:
    yield _compiled(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"), _numeric
    yield _compiled(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>(?:19|20)\d\d)"), _numeric
    day, other = _DAY.format("day"), _DAY.format("to")
    joint = r"\s*(?:-|–|—|and|to|until|und|bis|y|al|et|au|и|по|до|і|ve|و|تا)\s*"
    if months:
        name = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
        month = rf"(?P<month>{name})\.?"
        of = r"\s*(?:of\s+|de\s+)?"
        year = rf"(?:,?\s*(?:of\s+|de\s+|del\s+)?{_YEAR})?"
        until = rf"(?P<until>{name})\.?"
        last_year = year.replace("<year>", "<last_year>")
        across = rf"{day}{of}{month}{year}{joint}{other}{of}{until}{last_year}"
        yield _compiled(across), _days_of_two_months
        if language == "en":
            across = rf"{month}\s+{day}{year}{joint}{until}\s+{other}{last_year}"
            yield _compiled(across), _days_of_two_months
        yield _compiled(rf"{day}{joint}{other}{of}{month}{year}"), _days
        yield _compiled(rf"{month}\s+{day}{joint}{other}{year}"), _days
        yield _compiled(rf"{day}{of}{month}{year}"), _one_day
        if language == "en":
            yield _compiled(rf"{month}\s+{day}{year}{_NO_AMOUNT}"), _one_day
        between = rf"{month}(?:\s+(?P<first_year>(?:19|20)\d\d))?{joint}{until}\s+{_YEAR}"
        yield _compiled(between), _months
        if parts := words.PARTS.get(language):
            early, mid, late = parts
            part = rf"(?:(?P<early>{early})|(?P<mid>{mid})|(?P<late>{late}))"
            article = r"(?:in\s+)?(?:the\s+)?" if language == "en" else ""
            yield _compiled(rf"{article}{part}[\s-]+{month}{year}"), _part_of_month
            yield _compiled(rf"{article}{part}[\s-]+{_YEAR}"), _part_of_year
        if language == "en":
            fraction = r"(?P<nth>first|second|third|fourth|last)\s+(?P<unit>half|quarter)"
            yield _compiled(rf"(?:in\s+)?(?:the\s+)?{fraction}\s+of\s+{_YEAR}"), _fraction
        yield _compiled(rf"{month},?\s*(?:of\s+|de\s+|del\s+)?{_YEAR}"), _month
        bare = _BARE_MONTH.get(language)
        if bare:
            yield _compiled(rf"(?:{bare})\s+{month}(?!,?\s*(?:of\s+|de\s+)?{_YEAR})"), _bare_month
    year = rf"(?<!\w){_NO_NUMBER}{_YEAR}(?:年|(?!\w)){_NO_AMOUNT}"
    yield re.compile(year, re.IGNORECASE), _year


_BARE_MONTH = {
    "en": "in|last|since|until|by|before|after|during|from|this",
    "ru": "в|с|до", "uk": "у|в|з|до", "de": "im|seit|bis", "es": "en|desde|hasta",
    "fr": "en|depuis", "ar": "في|منذ", "fa": "در|از",
}  # fmt: skip
"""What stands before a month without a year: "May" alone may be a minister."""


def _relative(language: str) -> Iterator[_Rule]:
    def rule(table: dict[str, str], read: Callable[[date], tuple[Kind, date, date]]) -> _Rule:
        pattern = table.get(language) or words.TODAY["en"]

        def made(match: re.Match[str], now: date, _: dict[str, int]) -> Time:
            kind, first, last = read(now)
            return Time(kind, first, last, match.span())

        return _compiled(pattern), made

    numbers = "|".join(_NUMBERS)
    if language == "en":
        yield (
            _compiled(
                r"(?:in |over |during |for )?(?:the )?(?:past|last)"
                rf" (?P<n>\d{{1,3}}|{numbers}) (?P<unit>day|week|month|year)s?"
            ),
            _past,
        )
        yield (
            _compiled(rf"(?P<n>\d{{1,3}}|{numbers}) (?P<unit>day|week|month|year)s? ago"),
            _ago,
        )
        yield _compiled(r"(?:over |at |during )?(?:the |this |last )weekend"), _weekend
    on, weekdays = words.ON.get(language), words.WEEKDAYS.get(language, ())
    if on:
        names = "|".join(map(re.escape, weekdays))
        yield (
            _compiled(rf"(?:{on})\s+(?P<weekday>{names})"),
            lambda m, now, _: _weekday(m, now, weekdays),
        )
    if language not in words.TODAY:
        return
    yield rule(words.YESTERDAY, lambda n: ("dated", n - _DAYS, n - _DAYS))
    yield rule(words.LAST_WEEK, lambda n: ("dated", _monday(n) - 7 * _DAYS, _monday(n) - _DAYS))
    yield rule(words.LAST_MONTH, lambda n: ("dated", *_last_month(n)))
    yield rule(
        words.LAST_YEAR, lambda n: ("dated", date(n.year - 1, 1, 1), date(n.year - 1, 12, 31))
    )
    yield rule(words.TODAY, lambda n: ("today", n, n))
    yield rule(words.THIS_WEEK, lambda n: ("recent", n - 6 * _DAYS, n))
    yield rule(words.THIS_MONTH, lambda n: ("recent", n.replace(day=1), n))
    yield rule(words.THIS_YEAR, lambda n: ("recent", date(n.year, 1, 1), n))
    # "Most recent" is no "recent".
    latest = words.LATEST[language]
    yield _compiled(latest), lambda m, _n, _m: Time("latest", None, None, m.span())
    yield rule(words.RECENT, lambda n: ("recent", n - 6 * _DAYS, n))


def _numeric(match: re.Match[str], now: date, _: dict[str, int]) -> Time | None:
    return _dated(match, now, _day(int(match["year"]), int(match["month"]), int(match["day"])))


def _one_day(match: re.Match[str], now: date, months: dict[str, int]) -> Time | None:
    month, number = months[match["month"].lower()], int(match["day"])
    return _dated(match, now, _past_day(match["year"], month, number, now))


def _days(match: re.Match[str], now: date, months: dict[str, int]) -> Time | None:
    month = months[match["month"].lower()]
    first = _past_day(match["year"], month, int(match["day"]), now)
    last = first and _day(first.year, month, int(match["to"]))
    return (
        _dated(match, now, first, last, is_whole=True) if first and last and first <= last else None
    )


def _days_of_two_months(match: re.Match[str], now: date, months: dict[str, int]) -> Time | None:
    since, until = months[match["month"].lower()], months[match["until"].lower()]
    last = _past_day(match["last_year"] or match["year"], until, int(match["to"]), now)
    if last is None:
        return None
    year = int(match["year"] or last.year - (since > until))
    first = _day(year, since, int(match["day"]))
    return _dated(match, now, first, last, is_whole=True) if first and first <= last else None


def _months(match: re.Match[str], now: date, months: dict[str, int]) -> Time | None:
    year, since, until = (
        int(match["year"]), months[match["month"].lower()], months[match["until"].lower()],
    )  # fmt: skip
    first = date(int(match["first_year"] or year - (since > until)), since, 1)
    last = _end_of_month(year, until)
    return _dated(match, now, first, last, is_whole=True) if first <= last else None


def _month(match: re.Match[str], now: date, months: dict[str, int]) -> Time | None:
    year, month = int(match["year"]), months[match["month"].lower()]
    return _dated(match, now, date(year, month, 1), _end_of_month(year, month))


def _bare_month(match: re.Match[str], now: date, months: dict[str, int]) -> Time | None:
    name = match["month"]
    if name.lower() in {"may", "march", "mar", "sep", "jan", "mai"} and not name[0].isupper():
        return None
    month = months[name.lower()]
    year = now.year if month <= now.month else now.year - 1
    start = match.start("month")
    return Time("dated", date(year, month, 1), _end_of_month(year, month), (start, match.end()))


def _part_of_month(match: re.Match[str], now: date, months: dict[str, int]) -> Time | None:
    month = months[match["month"].lower()]
    year = int(match["year"]) if match["year"] else now.year - (month > now.month)
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}[_part(match)]
    end = min(last, monthrange(year, month)[1])
    return _dated(match, now, date(year, month, first), date(year, month, end))


def _part_of_year(match: re.Match[str], now: date, _: dict[str, int]) -> Time | None:
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[_part(match)]
    year = int(match["year"])
    return _dated(match, now, date(year, first, 1), _end_of_month(year, last))


def _part(match: re.Match[str]) -> str:
    return next(name for name in ("early", "mid", "late") if match[name])


def _fraction(match: re.Match[str], now: date, _: dict[str, int]) -> Time | None:
    """A half or a quarter of a year."""
    months = 6 if match["unit"].lower() == "half" else 3
    count = 12 // months
    names = ("first", "second", "third", "fourth")
    nth = match["nth"].lower()
    number = count if nth == "last" else names.index(nth) + 1
    if number > count:
        return None
    year = int(match["year"])
    first = date(year, months * (number - 1) + 1, 1)
    return _dated(match, now, first, _end_of_month(year, months * number))


def _year(match: re.Match[str], now: date, _: dict[str, int]) -> Time | None:
    year = int(match["year"])
    return _dated(match, now, date(year, 1, 1), date(year, 12, 31))


_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "couple of": 2, "three": 3, "few": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "ten": 10, "twelve": 12,
}  # fmt: skip
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}


def _length(match: re.Match[str]) -> timedelta:
    number = match["n"].lower()
    return (
        _UNITS[match["unit"].lower()]
        * _NUMBERS.get(number, int(number) if number.isdigit() else 1)
        * _DAYS
    )


def _past(match: re.Match[str], now: date, _: dict[str, int]) -> Time | None:
    return Time("dated", now - _length(match), now, match.span())


def _ago(match: re.Match[str], now: date, _: dict[str, int]) -> Time | None:
    day, around = now - _length(match), (_UNITS[match["unit"].lower()] // 2) * _DAYS
    return Time("dated", day - around, min(day + around, now), match.span())


def _weekend(match: re.Match[str], now: date, _: dict[str, int]) -> Time:
    saturday = now - ((now.weekday() - 5) % 7) * _DAYS
    return Time("dated", saturday, min(saturday + _DAYS, now), match.span())


def _weekday(match: re.Match[str], now: date, weekdays: tuple[str, ...]) -> Time:
    back = (now.weekday() - weekdays.index(match["weekday"].lower())) % 7
    day = now - back * _DAYS
    return Time("dated", day, day, (match.start("weekday"), match.end()))


def _monday(day: date) -> date:
    return day - day.weekday() * _DAYS


def _last_month(now: date) -> tuple[date, date]:
    last = now.replace(day=1) - _DAYS
    return last.replace(day=1), last


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _past_day(year: str | None, month: int, number: int, now: date) -> date | None:
    """The day in `year`, or the nearest one of its name that is not after `now`."""
    if year:
        return _day(int(year), month, number)
    day = _day(now.year, month, number)
    return _day(now.year - 1, month, number) if day and day > now else day


def _dated(
    match: re.Match[str],
    now: date,
    first: date | None,
    last: date | None = None,
    *,
    is_whole: bool = False,
) -> Time | None:
    """A date, unless it lies before or after all articles: then it is part of a name."""
    if first is None or first.year < _EARLIEST or first > now:
        return None
    return Time("dated", first, last or first, match.span(), is_whole)
