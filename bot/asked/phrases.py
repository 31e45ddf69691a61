"""The English phrases that tell a time from today, and what each means."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from bot.asked import relative as r
from bot.asked.days import DAY
from bot.asked.kinds import Kind, Time
from bot.asked.words import DAYS_OF_WEEK

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SPELL = r"(?:in|over|during|within|for|throughout)\s+(?:the\s+)?"


def _reaching(size: int) -> r.Rule:
    return lambda _, today: ("recent", today - timedelta(days=size), today)


def _day(back: int) -> r.Rule:
    return lambda _, today: ("dated", today - back * DAY, today - back * DAY)


def _open(kind: Kind) -> r.Rule:
    return lambda _, today: (kind, *((today, today) if kind == "today" else (None, None)))


_RULES: tuple[tuple[str, r.Rule], ...] = (
    (r"(?:the\s+)?day\s+before\s+yesterday", _day(2)),
    (r"yesterday(?:\s+(?:morning|afternoon|evening|night))?|last\s+night", _day(1)),
    (rf"(?:{r.COUNT}|{r.VAGUE})\s+{r.UNIT}s?\s+ago", r.ago),
    (
        rf"(?:{_SPELL}|the\s+)?(?:last|past|previous)\s+(?:{r.COUNT}|{r.VAGUE})\s+"
        r"(?P<unit>hour|day|week|month|year|decade)s?(?!\s+of)",
        r.past,
    ),
    (
        rf"(?:{_SPELL}(?:last|past)|(?:the\s+)?past)\s+(?P<n>)(?P<few>)"
        r"(?P<unit>day|week|month|year|decade)(?!\s+of)",
        r.past,
    ),
    (
        r"last\s+(?P<unit>week|month|year)(?!\s+of)",
        lambda m, today: r.calendar(m["unit"].lower(), today, 1),
    ),
    (r"(?:over|at|on|during|this|(?P<last>last))\s+(?:(?:the|this)\s+)?weekend", r.weekend),
    (
        rf"(?:(?:on|this|since|until|by|before|after|from|(?P<last>last|past))\s+"
        rf"(?P<day>{DAYS_OF_WEEK}))(?!\s+(?:Times|Mail|Mirror|Express|Telegraph|Post))",
        r.weekday,
    ),
    (rf"(?P<last>)(?P<day>{DAYS_OF_WEEK})(?=['’]s\b|\s+(?:morning|evening|night))", r.weekday),
    (
        r"(?:in\s+)?(?:the\s+)?(?P<season>spring|summer|autumn|fall)(?P<last>)\s+(?:of\s+)?"
        rf"{_YEAR}",
        r.season,
    ),
    (r"(?P<last>last|this)\s+(?P<season>spring|summer|autumn|fall)(?P<year>)", r.season),
    (
        rf"(?:in\s+)?(?:the\s+)?(?P<nth>first|1st|second|2nd|third|3rd|fourth|4th|last)\s+"
        rf"(?P<share>half|quarter)\s+of\s+{_YEAR}(?P<q>)",
        r.share,
    ),
    (rf"(?:in\s+)?Q(?P<q>[1-4])\s+(?:of\s+)?{_YEAR}(?P<nth>)(?P<share>)", r.share),
    (r"(?:(?:so\s+far|earlier|later)\s+)?(?:in\s+)?this\s+(?P<unit>week|month|year)", r.this),
    (r"in\s+recent\s+(?:days|hours)|these\s+days", _reaching(14)),
    (r"in\s+recent\s+weeks", _reaching(42)),
    (r"in\s+recent\s+months", _reaching(120)),
    (r"in\s+recent\s+years", _reaching(1095)),
    (r"recently|recent|lately|currently|right\s+now|at\s+the\s+moment", _reaching(r.RECENT)),
    (r"(?<!until )(?<!from )(?<!till )now(?!\s+that\b)(?!-\w)", _reaching(r.RECENT)),
    (
        r"(?<!at the )latest|newest|(?<!second )most\s+recent(?:ly)?|what['’]?s\s+new"
        r"|what\s+is\s+new|any\s+(?:fresh\s+)?news|last\s+news",
        _open("latest"),
    ),
    (
        r"(?<!russia )(?<!usa )today|tonight|this\s+(?:morning|afternoon|evening)",
        _open("today"),
    ),
)

_CUE = re.compile(r"\b(?:(since)|(before)|(until|till|by))(?:\s+the)?\s+$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _rules() -> list[tuple[re.Pattern[str], r.Rule]]:
    return [(re.compile(rf"\b(?:{p})(?!\w)", re.IGNORECASE), rule) for p, rule in _RULES]


def phrases(question: str, today: date) -> Iterator[Time]:
    """Yield the times that phrases give, the most telling phrase first."""
    for pattern, rule in _rules():
        for match in pattern.finditer(question):
            if said := rule(match, today):
                yield _cued(question, Time(*said, match.span()))


def _cued(question: str, time: Time) -> Time:
    """Read "since yesterday" and "before last week"."""
    start, end = time.span
    if time.first is None or time.last is None or time.kind == "recent":
        return time
    cue = _CUE.search(question, 0, start)
    said = question[start:end].lower().split(maxsplit=1)[0]
    at = cue.start() if cue else start
    if (cue and cue[1]) or said == "since":
        return Time("since", time.first, None, (at, end))
    if (cue and cue[2]) or said == "before":
        return Time("before", None, time.first - DAY, (at, end))
    if (cue and cue[3]) or said in {"until", "by"}:
        return Time("before", None, time.last, (at, end))
    return Time("since", time.last + DAY, None, time.span) if said == "after" else time
