"""What the admins know to be wrong: they are told once, and once when it is well again."""

import sqlite3
from pathlib import Path

from bot.chatfile import Store


class Alerts(Store):
    """Names of what is wrong, in SQLite. For one thread.

    Args:
        path: The file; made if it does not exist. ":memory:" keeps them for this run only.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, _prepare, "what is wrong will be told again")

    def known(self) -> frozenset[str]:
        """Return what the admins know to be wrong."""
        return frozenset(name for (name,) in self._db.execute("SELECT name FROM alert"))

    def told(self, name: str, *, is_wrong: bool) -> None:
        """Keep that the admins were told that something is wrong, or well again."""
        query = (
            "INSERT OR REPLACE INTO alert VALUES (?, unixepoch())"
            if is_wrong
            else "DELETE FROM alert WHERE name = ?"
        )
        with self._db:
            self._db.execute(query, (name,))


def _prepare(db: sqlite3.Connection) -> None:
    db.execute(
        "CREATE TABLE IF NOT EXISTS alert (name TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT"
    )
