"""Which time and which source a question is about, told by rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.asked.kinds import Time
from bot.asked.labels import label
from bot.asked.source import Source, whose
from bot.asked.time import when

__all__ = ["Asked", "Source", "Time", "label", "understand"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The time and the source that a question is about; None where it says nothing of it."""

    time: Time | None
    source: Source | None


def understand(question: str, language: str, now: datetime, outlets: Sequence[str]) -> Asked:
    """Return which time and which source `question` is about.

    Args:
        question: Any text.
        language: ISO 639-1 code; English where it is not known.
        now: The time of the question, aware.
        outlets: Names of the outlets there are; no other is found.
    """
    today = now.astimezone(UTC).date()
    return Asked(when(question, language, today), whose(question, outlets))
