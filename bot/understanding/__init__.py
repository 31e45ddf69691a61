"""What a question asks for beside its words: which time, which outlet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.understanding.event import Event, find_event
from bot.understanding.labels import interval, label
from bot.understanding.leadin import asked_about, wants_summary
from bot.understanding.moment import Calendar
from bot.understanding.newsof import happened_to, news_of, placed, wants_news
from bot.understanding.office import Office, asked_office
from bot.understanding.source import Source, find_source
from bot.understanding.time import Time, find_time
from bot.understanding.whois import Introduced, introduced, may_be_name

__all__ = [
    "Asked",
    "Event",
    "Introduced",
    "Office",
    "Source",
    "Time",
    "asked_about",
    "asked_office",
    "find_event",
    "find_time",
    "happened_to",
    "interval",
    "introduced",
    "label",
    "may_be_name",
    "news_of",
    "placed",
    "understand",
    "wants_news",
    "wants_summary",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """The time and the outlet that a question asks for; None for none."""

    time: Time | None
    source: Source | None


def understand(
    question: str,
    language: str,
    now: date,
    outlets: Sequence[str],
    calendar: Calendar | None = None,
) -> Asked:
    """Find the time and the outlet in a question.

    Args:
        question: As asked.
        language: ISO 639-1.
        now: The day on which it is asked, UTC.
        outlets: Those of the collection.
        calendar: The days of its articles; None where they are not known.
    """
    return Asked(find_time(question, language, now, calendar), find_source(question, outlets))
