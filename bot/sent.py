"""Answers already sent, so that their buttons go on working: after a restart and after a reindex.

Only where the words stand is kept, never a text that could be shown without being checked.
"""

import json
import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.quote import Quotation
from corpus.types import Passage
from index.types import UnusableError

_KEEP_SECONDS = 180 * 86400


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer as it was sent.

    Attributes:
        chat: Where to.
        passages: What it quoted.
        answers: Span of the answering sentence in each.
        also_in: Other addresses of each.
    """

    chat: int
    passages: tuple[Passage, ...]
    answers: tuple[tuple[int, int], ...]
    also_in: tuple[tuple[str, ...], ...]


class SentAnswers:
    """Sent answers by key, in SQLite. For one thread.

    Args:
        path: The file; made if it does not exist. ":memory:" keeps them for this run only.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str) -> None:
        if isinstance(path, Path):
            path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=30, check_same_thread=False)
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise UnusableError(
                f"{path}: {error}: move the file away; the buttons of answers sent so far will"
                " only say so"
            ) from error

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        with self._db:
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS sent (key TEXT PRIMARY KEY, chat INTEGER NOT NULL,"
                " at INTEGER NOT NULL, quotations TEXT NOT NULL) STRICT"
            )
            self._db.execute(
                "DELETE FROM sent WHERE at < unixepoch() - ?",
                (_KEEP_SECONDS,),
            )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def put(self, chat: int, quotations: Sequence[Quotation]) -> str:
        """Keep what an answer quotes and return its key, 12 characters long."""
        key = secrets.token_urlsafe(9)
        rows = [
            {"passage": asdict(q.passage), "answer": q.answer, "also_in": q.also_in}
            for q in quotations
        ]
        with self._db:
            self._db.execute(
                "INSERT INTO sent VALUES (?, ?, unixepoch(), ?)", (key, chat, json.dumps(rows))
            )
        return key

    def get(self, key: str) -> Sent | None:
        """Return what was kept under `key`, or None."""
        with closing(
            self._db.execute("SELECT chat, quotations FROM sent WHERE key = ?", (key,))
        ) as found:
            row = found.fetchone()
        if row is None:
            return None
        quotations = json.loads(row[1])
        return Sent(
            chat=row[0],
            passages=tuple(Passage(**q["passage"]) for q in quotations),
            answers=tuple((q["answer"][0], q["answer"][1]) for q in quotations),
            also_in=tuple(tuple(q["also_in"]) for q in quotations),
        )

    def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: its answers move to the new id."""
        with self._db:
            self._db.execute("UPDATE sent SET chat = ? WHERE chat = ?", (new, old))
