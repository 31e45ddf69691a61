"""Which time a question is about, relative to when it is asked.

Dates are found by the words of the question's language (`words`); a library that parses dates was
no help here, since it takes "may", "sat" and "on" for dates.
"""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.understanding import words
from bot.understanding.dates import named_by_date
from bot.understanding.moment import DAY, Calendar, Moment, Rule, Time
from bot.understanding.relative import named_from_now
from bot.understanding.seasons import named_by_season

__all__ = ["Time", "find_time"]

_GAP = 60
_ON = r"\b(?:of|from|on|in|vom|am|von|im|du|de|del|en|le|el|في|در)"
"""Stands between an event and its day."""

_BETWEEN = r"between|from|zwischen|vom?|entre|desde|du|de|между|с|між|з|بين|من|بین|از"
"""Stands before two days or months."""

_PLAIN = {ord("’"): "'"} | {
    ord(c): str(n) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for n, c in enumerate(row)
}


def find_time(
    question: str, language: str, now: date, calendar: Calendar | None = None
) -> Time | None:
    """Return the time that `question` is about, or None if it names none.

    Args:
        question: As asked.
        language: ISO 639-1; numeric dates and years are found in any.
        now: The day on which it is asked.
        calendar: The days of the articles, which tell the year of a date without one; None where
            they are not known.
    """
    question = question.translate(_PLAIN)
    asked = Moment(now, calendar, _lies_ahead(question, language))
    months, rules = _rules(language)
    for pattern, read in rules:
        for match in pattern.finditer(question):
            found = read(match, asked, months)
            if found is not None:
                return _bounded(found, question, language, now)
    return None


def _bounded(found: Time, question: str, language: str, now: date) -> Time:
    """Turn a date behind "since" or "before" into a time that is open at one end."""
    if found.kind != "dated":
        return found
    if found.is_whole:
        begun = re.search(rf"(?<!\w)(?:{_BETWEEN})\s+$", question[: found.span[0]], re.IGNORECASE)
        return replace(found, span=(begun.start(), found.span[1])) if begun else found
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
    loose = rf"\b(?:since|seit|depuis|desde|منذ|از)\b[^?!.;,]{{0,{_GAP}}}?(?P<on>(?:{_ON})?\s*)$"
    if before and (m := re.search(strict.format(before), head, re.IGNORECASE)):
        return Time("before", None, _end(found, m[1]), (m.start(), found.span[1]))
    if since and (m := re.search(strict.format(since), head, re.IGNORECASE)):
        return Time("since", _begin(found, m[1]), None, (m.start(), found.span[1]))
    if found.first and found.first <= now and (m := re.search(loose, head, re.IGNORECASE)):
        # The words between them are looked for: "since the Minsk agreement of 5 September".
        return Time("since", found.first, None, (m.start("on"), found.span[1]))
    return found


def _lies_ahead(question: str, language: str) -> bool:
    """Whether what is asked about is to come: "What will happen in January?"."""
    ahead = words.AHEAD.get(language)
    return ahead is not None and bool(
        re.search(rf"(?<!\w)(?:{ahead})(?!\w)", question, re.IGNORECASE)
    )


def _begin(found: Time, word: str) -> date | None:
    """The first day of what comes since, or after, a time."""
    is_after = word.casefold() in words.AFTER and found.first != found.last
    return found.last + DAY if is_after and found.last else found.first


def _end(found: Time, word: str) -> date | None:
    """The last day of what comes before, or until, a time."""
    said = word.casefold()
    is_out = said in words.STRICTLY_BEFORE or (said in words.UP_TO and found.first != found.last)
    return found.first - DAY if is_out and found.first else found.last


@lru_cache(maxsize=16)
def _rules(language: str) -> tuple[dict[str, int], tuple[Rule, ...]]:
    """The language's months and its rules, the most specific first."""
    forms = words.MONTHS.get(language, ())
    months = {form: n for n, names in enumerate(forms, 1) for form in names.split()}
    dated = named_by_date(months, language)
    return months, (*named_by_season(language), *dated, *named_from_now(language))
