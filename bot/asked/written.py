"""Written dates in English, with the words that make them a range, a beginning or an end."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from bot.asked import days
from bot.asked.dates import EDGE, END, Dates, Named
from bot.asked.days import Period
from bot.asked.kinds import Time
from bot.asked.likely import likely
from bot.asked.words import ENGLISH

_LEAD = r"(?:(?P<lead>in|on|of|during|throughout|around|at|from|for|dated)\s+{article})?"
_ARTICLE = r"(?:the\s+(?=(?:end|start|beginning|middle)\s+of\s))?"
_BARE = r"\d\d?(?:st|nd|rd|th)?"
_SINCE = r"since|after|before|prior\s+to|until|till|up\s+to|by"


@lru_cache(maxsize=1)
def _dates() -> Dates:
    return Dates(ENGLISH)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    one = _dates().pattern
    month = _dates().month
    word = r"[^\s,;:?!]+"
    dash = r"\s*[-–—]\s*"
    to = rf"(?:{dash}|\s+(?:to|through|until|till)\s+)"
    return re.compile(
        # From one date to another.
        rf"(?:(?P<between>between)\s+|(?:from\s+)?){EDGE}"
        rf"(?P<a>{one}|{_BARE}|{month})(?(between)\s+and\s+|{to})(?P<b>{one}|{_BARE}(?:,?\s+(?:19|20)\d\d)?){END}"
        # Since a date, or since something of that date.
        rf"|\b(?P<cue>{_SINCE})\s+(?:the\s+)?{EDGE}(?P<c>{one}){END}"
        rf"|\b(?P<event>since|before|after(?=\s+the\s))(?:\s+{word}){{1,6}}?"
        rf"\s+(?:of|on|in|from)\s+{EDGE}(?P<d>{one}){END}"
        rf"|\bfrom\s+(?P<e>{one})\s+(?:on|onwards?){END}"
        # A date.
        rf"|\b{_LEAD.format(article=_ARTICLE)}{EDGE}(?P<f>{one}){END}",
        re.IGNORECASE,
    )


def written(question: str, today: date) -> Iterator[Time]:
    """Yield the times that written dates give, in order."""
    start = 0
    while match := _pattern().search(question, start):
        time = _time(match, today)
        if time:
            yield time
        # A range or a beginning that was none may still hold a date.
        start = match.end() if time or match["f"] else match.start() + 1


def _time(match: re.Match[str], today: date) -> Time | None:
    if match["a"]:
        period = _range(match["a"], match["b"], today)
        return Time("dated", *period, match.span()) if period else None
    name = next(n for n in "cdef" if match[n])
    named = _dates().read(match[name])
    if named is None or not likely(match, name, named):
        return None
    found = named.nearest(today)
    if found is None:
        return None
    first, last = found
    cue = " ".join((match["cue"] or match["event"] or "").lower().split())
    if match["e"] or cue == "since" or (cue == "after" and match["event"]):
        return Time("since", first, None, match.span())
    if cue == "after":
        return Time("since", last + days.DAY, None, match.span())
    if cue in {"before", "prior to"}:
        # Something of 2014 was on a day of it that is not said.
        whole = match["event"] and last != first
        return Time("before", None, last if whole else first - days.DAY, match.span())
    if cue:
        return Time("before", None, last, match.span())
    return Time("dated", first, last, match.span())


def _range(one: str, two: str, today: date) -> Period | None:
    a, b = _dates().read(one), _dates().read(two)
    if a is None and b is not None and b.day and b.month:  # 3 to 5 May
        a = Named(b.year, b.month, _number(one))
    elif b is None and a is not None and a.day and a.month:  # May 3 to 5, 2014
        day, _, year = two.replace(",", " ").partition(" ")
        b = Named(int(year) if year.strip() else a.year, a.month, _number(day))
    if a is None or b is None or (a.month is None) != (b.month is None):
        return None
    if b.year is None and a.year is None:
        start = a.nearest(today)
        stop = b.on(start[0].year) if start else None
        if start and stop and stop[1] < start[0]:
            stop = b.on(start[0].year + 1)
    elif b.year is not None:
        stop = b.nearest(today)
        start = a.on(a.year or b.year)
        if a.year is None and start and stop and start[0] > stop[0]:
            start = a.on(b.year - 1)
    else:
        start = a.nearest(today)
        stop = b.on(start[0].year) if start else None
    if not start or not stop or start[0] > stop[1]:
        return None
    return start[0], stop[1]


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))
