"""Rules for times that are named by dates: "17 December 2014", "early 2015", "in May"."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from bot.understanding import words
from bot.understanding.moment import Moment, Rule, Time, compiled, day_of
from index.terms import naming_terms

_EARLIEST = 1900
"""Years before this one are subjects of articles, not their times."""

_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th|er|-?(?:го|е))?\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = 28
"""Days: longer ones are told of as well."""

_NO_AMOUNT = (
    r"(?![\d,.:/%-]*\d|\s*(?:%|percent|km|kg|people|dead|dollars|euros|roubles"
    r"|человек|людей|рубл|осіб|гривень|Menschen|Personen|Toten?\b|personnes|morts|personas|muertos"
    r"|kişi|شخص|نفر)|s\b)"
)
_WHEN = (
    r"(?:since|before|after|until|till)(?: the)?"
    r"|on|of|by|from|to|and|or|between|through|around|about"
)
"""English words behind which a day is a time and no part of a name."""

_NO_NUMBER = r"(?<!resolution )(?<!flight )(?<!article )(?<!number )(?<!room )(?<!no\. )"
"""Before a year: behind these stands a thing's number."""


def named_by_date(months: dict[str, int], language: str) -> Iterator[Rule]:
    """Yield them, the most specific first.

    Args:
        months: Their numbers by all of their names.
        language: ISO 639-1; numeric dates and years are found in any.
    """
    yield compiled(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"), _numeric
    yield compiled(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>(?:19|20)\d\d)"), _numeric
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
        yield compiled(across), _days_of_two_months
        if language == "en":
            across = rf"{month}\s+{day}{year}{joint}{until}\s+{other}{last_year}"
            yield compiled(across), _days_of_two_months
        yield compiled(rf"{day}{joint}{other}{of}{month}{year}"), _days
        yield compiled(rf"{month}\s+{day}{joint}{other}{year}"), _days
        if language == "en":
            yield compiled(rf"{day}{of}{month}{year}"), _one_day_or_name
            yield compiled(rf"{month}\s+{day}{year}{_NO_AMOUNT}"), _one_day_or_name
        else:
            yield compiled(rf"{day}{of}{month}{year}"), _one_day
        between = rf"{month}(?:\s+(?P<first_year>(?:19|20)\d\d))?{joint}{until}\s+{_YEAR}"
        yield compiled(between), _months
        if parts := words.PARTS.get(language):
            early, mid, late = parts
            part = rf"(?:(?P<early>{early})|(?P<mid>{mid})|(?P<late>{late}))"
            article = r"(?:in\s+)?(?:the\s+)?" if language == "en" else ""
            yield compiled(rf"{article}{part}[\s-]+{month}{year}"), _part_of_month
            yield compiled(rf"{article}{part}[\s-]+{_YEAR}"), _part_of_year
        if language == "en":
            fraction = r"(?P<nth>first|second|third|fourth|last)\s+(?P<unit>half|quarter)"
            yield compiled(rf"(?:in\s+)?(?:the\s+)?{fraction}\s+of\s+{_YEAR}"), _fraction
        yield compiled(rf"{month},?\s*(?:of\s+|de\s+|del\s+)?{_YEAR}"), _month
        bare = _BARE_MONTH.get(language)
        if bare:
            yield compiled(rf"(?:{bare})\s+{month}(?!,?\s*(?:of\s+|de\s+)?{_YEAR})"), _bare_month
    year = rf"(?<!\w){_NO_NUMBER}{_YEAR}(?:年|(?!\w)){_NO_AMOUNT}"
    yield re.compile(year, re.IGNORECASE), _year


_NAMES = frozenset({"may", "march", "june", "august", "april"})
"""What about them may be asked of persons, too."""

_BARE_MONTH = {
    "en": "in|last|since|until|by|before|after|during|from|this|(?:what|how) about",
    "ru": "в|с|до", "uk": "у|в|з|до", "de": "im|seit|bis", "es": "en|desde|hasta",
    "fr": "en|depuis", "ar": "في|منذ", "fa": "در|از",
}  # fmt: skip
"""What stands before a month without a year: "May" alone may be a minister."""


def _numeric(match: re.Match[str], asked: Moment, _: dict[str, int]) -> Time | None:
    return _dated(match, asked, day_of(int(match["year"]), int(match["month"]), int(match["day"])))


def _one_day(match: re.Match[str], asked: Moment, months: dict[str, int]) -> Time | None:
    month, number = months[match["month"].lower()], int(match["day"])
    return _dated(match, asked, _named_day(match["year"], month, number, asked))


def _one_day_or_name(match: re.Match[str], asked: Moment, months: dict[str, int]) -> Time | None:
    """Like `_one_day`, but for what is called after its day: "the Jan. 6 committee".

    Of that is told at any time, and which year it was is known to all.
    """
    follows = re.match(r"\s+([^\W\d_]+)", match.string[match.end() :])
    is_told_when = re.search(rf"\b(?:{_WHEN})\s+$", match.string[: match.start()], re.IGNORECASE)
    if follows and naming_terms(follows[1], "en") and not (match["year"] or is_told_when):
        return None
    return _one_day(match, asked, months)


def _days(match: re.Match[str], asked: Moment, months: dict[str, int]) -> Time | None:
    month = months[match["month"].lower()]
    first = _named_day(match["year"], month, int(match["day"]), asked)
    last = first and day_of(first.year, month, int(match["to"]))
    return (
        _dated(match, asked, first, last, is_whole=True)
        if first and last and first <= last
        else None
    )


def _days_of_two_months(match: re.Match[str], asked: Moment, months: dict[str, int]) -> Time | None:
    since, until = months[match["month"].lower()], months[match["until"].lower()]
    last = _named_day(match["last_year"] or match["year"], until, int(match["to"]), asked)
    if last is None:
        return None
    year = int(match["year"] or last.year - (since > until))
    first = day_of(year, since, int(match["day"]))
    return _dated(match, asked, first, last, is_whole=True) if first and first <= last else None


def _months(match: re.Match[str], asked: Moment, months: dict[str, int]) -> Time | None:
    year, since, until = (
        int(match["year"]), months[match["month"].lower()], months[match["until"].lower()],
    )  # fmt: skip
    first = date(int(match["first_year"] or year - (since > until)), since, 1)
    last = _end_of_month(year, until)
    return _dated(match, asked, first, last, is_whole=True) if first <= last else None


def _month(match: re.Match[str], asked: Moment, months: dict[str, int]) -> Time | None:
    year, month = int(match["year"]), months[match["month"].lower()]
    return _dated(match, asked, date(year, month, 1), _end_of_month(year, month))


def _bare_month(match: re.Match[str], asked: Moment, months: dict[str, int]) -> Time | None:
    name = match["month"]
    if name.lower() in {"may", "march", "mar", "sep", "jan", "mai"} and not name[0].isupper():
        return None
    if "about" in match[0] and name.lower() in _NAMES:
        return None
    month = months[name.lower()]
    year = asked.year_of(month, 1, _MONTH)
    if year is None:
        return None
    start = match.start("month")
    return Time("dated", date(year, month, 1), _end_of_month(year, month), (start, match.end()))


def _part_of_month(match: re.Match[str], asked: Moment, months: dict[str, int]) -> Time | None:
    month = months[match["month"].lower()]
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}[_part(match)]
    year = int(match["year"]) if match["year"] else asked.year_of(month, first, last - first)
    if year is None:
        return None
    end = min(last, monthrange(year, month)[1])
    return _dated(match, asked, date(year, month, first), date(year, month, end))


def _part_of_year(match: re.Match[str], asked: Moment, _: dict[str, int]) -> Time | None:
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[_part(match)]
    year = int(match["year"])
    return _dated(match, asked, date(year, first, 1), _end_of_month(year, last))


def _part(match: re.Match[str]) -> str:
    return next(name for name in ("early", "mid", "late") if match[name])


def _fraction(match: re.Match[str], asked: Moment, _: dict[str, int]) -> Time | None:
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
    return _dated(match, asked, first, _end_of_month(year, months * number))


def _year(match: re.Match[str], asked: Moment, _: dict[str, int]) -> Time | None:
    year = int(match["year"])
    return _dated(match, asked, date(year, 1, 1), date(year, 12, 31))


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _named_day(year: str | None, month: int, number: int, asked: Moment) -> date | None:
    """The day in `year`, or in that which is meant without one; None if there is no such day."""
    meant = int(year) if year else asked.year_of(month, number)
    return day_of(meant, month, number) if meant else None


def _dated(
    match: re.Match[str],
    asked: Moment,
    first: date | None,
    last: date | None = None,
    *,
    is_whole: bool = False,
) -> Time | None:
    """A date, unless it lies before or after all articles: then it is part of a name."""
    if first is None or first.year < _EARLIEST or first > asked.now:
        return None
    return Time("dated", first, last or first, match.span(), is_whole)
