"""Times told from today: what the words matched by `phrases` mean on a day."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.asked import days
from bot.asked.days import DAY
from bot.asked.kinds import Kind
from bot.asked.words import NUMBERS

Said = tuple[Kind, date | None, date | None] | None
Rule = Callable[[re.Match[str], date], Said]

RECENT = 30
"""Days that "recently" reaches back."""

_UNITS = {"hour": 1, "day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}
_FEW = {"hour": 1, "day": 7, "week": 30, "month": 120, "year": 1095, "decade": 10950}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
_ORDINALS |= {"fourth": 4, "4th": 4, "last": 4}
_WEEK = ["mo", "tu", "we", "th", "fr", "sa", "su"]
COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
VAGUE = r"(?P<few>(?:a\s+)?few|several|some|recent)"
UNIT = r"(?P<unit>day|week|month|year)"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else NUMBERS[" ".join(text.lower().split())]


def _back(today: date, size: int) -> tuple[date, date]:
    return today - timedelta(days=size), today


def ago(match: re.Match[str], today: date) -> Said:
    """Three days ago, two weeks ago: that day, that week."""
    unit = match["unit"].lower()
    if match["few"]:
        return "dated", *_back(today, _FEW[unit])
    count = _number(match["n"])
    if unit == "day":
        return "dated", today - count * DAY, today - count * DAY
    return calendar(unit, today, count)


def calendar(unit: str, today: date, back: int) -> Said:
    """Return the whole week, month or year so many before this one."""
    if unit == "week":
        return "dated", *days.week(today - timedelta(days=7 * back))
    if unit == "month":
        return "dated", *days.month(today.year, today.month - back)
    year = today.year - back
    return ("dated", *days.year(year)) if year >= days.FIRST_YEAR else None


def past(match: re.Match[str], today: date) -> Said:
    """The past three days, up to today."""
    unit = match["unit"].lower()
    size = _FEW[unit] if match["few"] else _UNITS[unit] * (_number(match["n"]) if match["n"] else 1)
    return "dated", *_back(today, size)


def weekday(match: re.Match[str], today: date) -> Said:
    """On Tuesday: the nearest, today included; last Tuesday: today not."""
    number = _WEEK.index(match["day"][:2].lower())
    last = (match["last"] or "").lower() in {"last", "past"}
    day = days.weekday(today - DAY if last else today, number)
    return "dated", day, day


def weekend(match: re.Match[str], today: date) -> Said:
    """The weekend that has begun most lately."""
    back = 7 if match["last"] and today.weekday() >= 5 else 0
    saturday = days.weekday(today, 5) - timedelta(days=back)
    return "dated", saturday, saturday + DAY


def season(match: re.Match[str], today: date) -> Said:
    """Last summer, the spring of 2015. Winter is of two years and left alone."""
    month = _SEASONS[match["season"].lower()]
    if match["year"]:
        year = int(match["year"])
        if year > today.year:
            return None
    else:
        year = today.year
        end = days.month(year, month + 2)[1]
        if (match["last"].lower() == "last" and end >= today) or days.month(year, month)[0] > today:
            year -= 1
    return "dated", *days.months(year, month, month + 2)


def share(match: re.Match[str], today: date) -> Said:
    """The first half of 2015, Q3 2014."""
    year = int(match["year"])
    if year > today.year:
        return None
    number = int(match["q"]) if match["q"] else _ORDINALS[match["nth"].lower()]
    size = 3 if match["q"] or match["share"].lower() == "quarter" else 6
    number = min(number, 12 // size)
    return "dated", *days.months(year, size * (number - 1) + 1, size * number)


def this(match: re.Match[str], today: date) -> Said:
    """This week, month or year, up to today."""
    unit = match["unit"].lower()
    first = days.week(today)[0] if unit == "week" else today.replace(day=1)
    return "recent", first.replace(month=1) if unit == "year" else first, today
