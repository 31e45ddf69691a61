"""What people think of the quotations they got: one verdict for each person and quotation."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.chatfile import Store

Verdict = Literal["good", "bad"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict.

    Attributes:
        key: Of the answer.
        shown: Position of the quotation in it, from 0.
        person: Who judged.
        verdict: How.
        reason: Why it is bad, a letter of `keyboard.REASONS`; empty if not said.
    """

    key: str
    shown: int
    person: int
    verdict: Verdict
    reason: str = ""


class Feedback(Store):
    """Verdicts, in SQLite. For one thread.

    Args:
        path: The file; made if it does not exist. ":memory:" keeps them for this run only.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, _prepare, "opinions of answers are lost")

    def put(self, judged: Judged) -> None:
        """Keep a verdict in place of what the person said before of the same quotation."""
        with self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO feedback (key, shown, person, verdict, reason, at)"
                " VALUES (?, ?, ?, ?, ?, unixepoch())",
                (judged.key, judged.shown, judged.person, judged.verdict, judged.reason),
            )

    def forget(self, person: int, chat: int | None = None) -> int:
        """Delete a person's verdicts; return how many there were.

        Args:
            person: Whose.
            chat: Forget only those on answers in this chat.
        """
        query = "DELETE FROM feedback WHERE person = :person"
        if chat is not None:
            query += " AND key IN (SELECT key FROM sent WHERE chat = :chat)"
        with self._db:
            return self._db.execute(query, {"person": person, "chat": chat}).rowcount

    def of(self, key: str) -> tuple[Judged, ...]:
        """Return the verdicts on an answer, in the order of its quotations."""
        with closing(
            self._db.execute(
                "SELECT key, shown, person, verdict, reason FROM feedback WHERE key = ?"
                " ORDER BY shown, person",
                (key,),
            )
        ) as rows:
            return tuple(Judged(*row) for row in rows)


def _prepare(db: sqlite3.Connection) -> None:
    db.execute(
        "CREATE TABLE IF NOT EXISTS feedback (key TEXT NOT NULL,"
        " shown INTEGER NOT NULL, person INTEGER NOT NULL, verdict TEXT NOT NULL,"
        " reason TEXT NOT NULL, at INTEGER NOT NULL,"
        " PRIMARY KEY (key, shown, person)) STRICT"
    )
