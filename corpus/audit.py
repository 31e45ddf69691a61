"""Who did what to the collection, and when: only ever added to."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did.

    Attributes:
        number: Counts up; names it for good.
        at: When, in UTC.
        who: A person's id on Telegram, "command line", or "schedule".
        act: What was done, such as "add" or "rollback".
        detail: To what, and what came of it; never a word of an article.
    """

    number: int
    at: datetime
    who: str
    act: str
    detail: str


class Audit:
    """The audit log. For one thread.

    Args:
        db: The library.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, who: str, act: str, detail: str = "", *, now: datetime | None = None) -> Act:
        """Write down what somebody did; nothing ever changes or deletes it.

        Args:
            who: As `Act.who`.
            act: As `Act.act`.
            detail: As `Act.detail`.
            now: When, with its zone; None for this moment.
        """
        at = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        number = self._db.execute(
            "INSERT INTO audit (at, who, act, detail) VALUES (?, ?, ?, ?)",
            (int(at.timestamp()), who, act, detail),
        ).lastrowid
        return Act(number or 0, at, who, act, detail)

    def list(self, most: int, before: int | None = None) -> list[Act]:
        """Return the latest acts, latest first.

        Args:
            most: How many at most.
            before: Only those with smaller numbers: the last one of the page before.
        """
        rows = self._db.execute(
            "SELECT number, at, who, act, detail FROM audit WHERE ? IS NULL OR number < ?"
            " ORDER BY number DESC LIMIT ?",
            (before, before, max(most, 0)),
        )
        return [Act(n, datetime.fromtimestamp(at, UTC), *rest) for n, at, *rest in rows]
