"""Rules for times that are named from the day of asking: "last week", "two days ago", "latest"."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.understanding import words
from bot.understanding.moment import DAY, Kind, Moment, Rule, Time, compiled

_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "couple of": 2, "three": 3, "few": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "ten": 10, "twelve": 12,
}  # fmt: skip
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}


def named_from_now(language: str) -> Iterator[Rule]:
    """Yield those of a language, the most specific first."""

    def rule(table: dict[str, str], read: Callable[[date], tuple[Kind, date, date]]) -> Rule:
        pattern = table.get(language) or words.TODAY["en"]

        def made(match: re.Match[str], asked: Moment, _: dict[str, int]) -> Time:
            kind, first, last = read(asked.now)
            return Time(kind, first, last, match.span())

        return compiled(pattern), made

    numbers = "|".join(_NUMBERS)
    if language == "en":
        yield (
            compiled(
                r"(?:in |over |during |for )?(?:the )?(?:past|last)"
                rf" (?P<n>\d{{1,3}}|{numbers}) (?P<unit>day|week|month|year)s?"
            ),
            _past,
        )
        yield (
            compiled(rf"(?P<n>\d{{1,3}}|{numbers}) (?P<unit>day|week|month|year)s? ago"),
            _ago,
        )
        yield compiled(r"(?:over |at |during )?(?:the |this |last )weekend"), _weekend
    on, weekdays = words.ON.get(language), words.WEEKDAYS.get(language, ())
    if on:
        names = "|".join(map(re.escape, weekdays))
        yield (
            compiled(rf"(?:{on})\s+(?P<weekday>{names})"),
            lambda m, asked, _: _weekday(m, asked, weekdays),
        )
    if language not in words.TODAY:
        return
    yield rule(words.YESTERDAY, lambda n: ("dated", n - DAY, n - DAY))
    yield rule(words.LAST_WEEK, lambda n: ("dated", _monday(n) - 7 * DAY, _monday(n) - DAY))
    yield rule(words.LAST_MONTH, lambda n: ("dated", *_last_month(n)))
    yield rule(
        words.LAST_YEAR, lambda n: ("dated", date(n.year - 1, 1, 1), date(n.year - 1, 12, 31))
    )
    yield rule(words.TODAY, lambda n: ("today", n, n))
    yield rule(words.THIS_WEEK, lambda n: ("recent", n - 6 * DAY, n))
    yield rule(words.THIS_MONTH, lambda n: ("recent", n.replace(day=1), n))
    yield rule(words.THIS_YEAR, lambda n: ("recent", date(n.year, 1, 1), n))
    # "Most recent" is no "recent".
    latest = words.LATEST[language]
    yield compiled(latest), lambda m, _n, _m: Time("latest", None, None, m.span())
    yield rule(words.RECENT, lambda n: ("recent", n - 6 * DAY, n))


def _length(match: re.Match[str]) -> timedelta:
    number = match["n"].lower()
    return (
        _UNITS[match["unit"].lower()]
        * _NUMBERS.get(number, int(number) if number.isdigit() else 1)
        * DAY
    )


def _past(match: re.Match[str], asked: Moment, _: dict[str, int]) -> Time | None:
    return Time("dated", asked.now - _length(match), asked.now, match.span())


def _ago(match: re.Match[str], asked: Moment, _: dict[str, int]) -> Time | None:
    day, around = asked.now - _length(match), (_UNITS[match["unit"].lower()] // 2) * DAY
    return Time("dated", day - around, min(day + around, asked.now), match.span())


def _weekend(match: re.Match[str], asked: Moment, _: dict[str, int]) -> Time:
    saturday = asked.now - ((asked.now.weekday() - 5) % 7) * DAY
    return Time("dated", saturday, min(saturday + DAY, asked.now), match.span())


def _weekday(match: re.Match[str], asked: Moment, weekdays: tuple[str, ...]) -> Time | None:
    if asked.is_ahead:
        return None
    back = (asked.now.weekday() - weekdays.index(match["weekday"].lower())) % 7
    day = asked.now - back * DAY
    return Time("dated", day, day, (match.start("weekday"), match.end()))


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def _last_month(now: date) -> tuple[date, date]:
    last = now.replace(day=1) - DAY
    return last.replace(day=1), last
