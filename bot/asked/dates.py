"""One written date, such as "17 December 2014", "mid-June" or "2014", whatever the language."""

import re
from dataclasses import dataclass
from datetime import date

from bot.asked import days
from bot.asked.days import Period
from bot.asked.words import Names

YEAR = r"(?:19|20)\d\d"
EDGE = r"(?<![\w/$€£#&-])(?<!\d[.,:])"
"""Nothing before a date glues it to another number or word."""
END = r"(?![\w%/$€£°])(?![.,:-]\d)(?!-\w)"

_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_SPACE = r"[\s\u00a0]+"


@dataclass(frozen=True, slots=True)
class Named:
    """What a written date says; None where it is silent."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None

    def on(self, year: int) -> Period | None:
        """Return the days this names in `year`; None if the calendar has no such day."""
        if self.month is None:
            whole = days.year(year)
        elif self.day is None:
            whole = days.month(year, self.month)
        else:
            try:
                day = date(year, self.month, self.day)
            except ValueError:
                return None
            whole = day, day
        return days.part(whole, self.part) if self.part else whole

    def nearest(self, today: date) -> Period | None:
        """Return the days this names, without a year the nearest that do not begin after `today`.

        None also for a year still to come or before news.
        """
        if self.year is not None:
            return self.on(self.year) if days.FIRST_YEAR <= self.year <= today.year else None
        for year in range(today.year, today.year - 9, -1):  # 29 February may be eight years back
            period = self.on(year)
            if period and period[0] <= today:
                return period
        return None


class Dates:
    """The written dates of a language.

    Attributes:
        pattern: Regular expression of a date, without groups and without edges.
    """

    def __init__(self, names: Names) -> None:
        self._months = {re.compile(k, re.IGNORECASE): n for k, n in names.months.items()}
        self._parts = {re.compile(k, re.IGNORECASE): n for k, n in names.parts.items()}
        self.month = rf"(?:{'|'.join(names.months)})(?!\w)"
        weekday = "|".join(names.weekdays)
        before = rf"(?:(?:{weekday})\.?,?{_SPACE})?" if weekday else ""
        link = rf"(?:(?:{names.link}){_SPACE})?" if names.link else ""
        parts = "|".join(names.parts)
        part = rf"(?:(?P<part>{parts})[\s-]+(?:the\s+)?)?" if parts else ""
        year = rf"(?P<year>{YEAR})(?!\d){names.year}"
        day = rf"(?P<day>{_DAY}){names.ordinal}"
        month = rf"(?P<month>{self.month})\.?"
        forms = [
            rf"(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)",
            rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>{YEAR})",
            rf"(?P<one>\d\d?)/(?P<two>\d\d?)/(?P<year>{YEAR})",
            rf"{before}{day}{_SPACE}{link}{month}(?:,?{_SPACE}{link}{year})?",
            rf"{before}{month}{_SPACE}(?:the{_SPACE})?{day}(?![\w%/$€£°])(?![.,:]\d)(?:,?{_SPACE}{link}{year})?",
            rf"{part}{month}(?:,?{_SPACE}{link}{year})?",
            rf"{part}{year}",
        ]
        self._forms = [re.compile(form, re.IGNORECASE) for form in forms]
        self.pattern = "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", form) for form in forms) + ")"

    def read(self, text: str) -> Named | None:
        """Return what `text`, a match of `pattern`, says."""
        for form in self._forms:
            if match := form.fullmatch(text):
                return self._named(match.groupdict())
        return None

    def month_number(self, text: str) -> int | None:
        """Return the month that `text` names or numbers."""
        if text.isdecimal():
            return int(text) if 1 <= int(text) <= 12 else None
        return next((n for name, n in self._months.items() if name.fullmatch(text)), None)

    def _named(self, said: dict[str, str | None]) -> Named | None:
        day, month, year, part = (said.get(k) for k in ("day", "month", "year", "part"))
        if (one := said.get("one")) and (two := said.get("two")):
            # 17/12 and 12/17 can be told; 01/02 is another day on each side of the ocean.
            if one != two and int(one) <= 12 and int(two) <= 12:
                return None
            day, month = (one, two) if int(one) > 12 else (two, one)
        number = self.month_number(month) if month else None
        if month and number is None:
            return None
        named = next((n for p, n in self._parts.items() if part and p.fullmatch(part)), None)
        return Named(int(year) if year else None, number, int(day) if day else None, named)
