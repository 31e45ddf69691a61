"""What Telegram has been told of the bot, so that it is not told again at each start.

Telegram limits strictly how often a bot may change its own descriptions.
"""

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bot.chatfile import Store


class Told(Store):
    """Digests of what was told, in SQLite. For one thread.

    Args:
        path: The file; made if it does not exist. ":memory:" keeps them for this run only.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, _prepare, "Telegram will be told anew what the bot is")

    def is_told(self, what: str, content: str) -> bool:
        """Whether `what` was last told with this content."""
        row = self._db.execute("SELECT digest FROM introduced WHERE what = ?", (what,)).fetchone()
        return row is not None and row[0] == _digest(content)

    def tell(self, what: str, content: str) -> None:
        """Take note that `what` was told with this content."""
        with self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO introduced VALUES (?, ?)", (what, _digest(content))
            )

    def known(self, beginning: str) -> list[str]:
        """Return what was told, of all whose name begins so."""
        rows = self._db.execute(
            "SELECT what FROM introduced WHERE substr(what, 1, length(:beginning)) = :beginning",
            {"beginning": beginning},
        )
        return [what for (what,) in rows]

    def take_back(self, whats: Iterable[str]) -> None:
        """Take note that all these are not told any more."""
        with self._db:
            self._db.executemany("DELETE FROM introduced WHERE what = ?", [(w,) for w in whats])


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _prepare(db: sqlite3.Connection) -> None:
    db.execute(
        "CREATE TABLE IF NOT EXISTS introduced (what TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT"
    )
