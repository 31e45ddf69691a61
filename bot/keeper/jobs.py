"""Orders that wait for a yes, and the one that is carried out: known after a restart, too."""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from bot.chatfile import Store
from bot.keeper.orders import Order

_ORDER = TypeAdapter(Order)
_KEEP_SECONDS = 30 * 86400


class Recorded(NamedTuple):
    """An order that is kept.

    Attributes:
        number: Names it.
        order: The order.
        is_dry: Whether it is only to be found out what it would do.
    """

    number: int
    order: Order
    is_dry: bool = False


class Jobs(Store):
    """Orders, in SQLite. For one thread.

    Args:
        path: The file; made if it does not exist. ":memory:" keeps them for this run only.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, _prepare, "work on the collection that was broken off stays so")

    def plan(self, order: Order) -> int:
        """Keep an order that waits for a yes; return its number."""
        return self._put(order, "planned")

    def planned(self, number: int) -> Order | None:
        """Return the order with this number if it still waits for a yes."""
        found = self._found("number = ? AND state = 'planned'", number)
        return found.order if found else None

    def begin(self, order: Order, number: int | None = None, *, is_dry: bool = False) -> int:
        """Keep that an order is carried out; return its number.

        Args:
            order: The order.
            number: Its number if it is kept already, as one that waited for a yes.
            is_dry: Whether it is only to be found out what it would do.
        """
        state = "dry" if is_dry else "running"
        if number is None:
            return self._put(order, state)
        with self._db:
            self._db.execute("UPDATE job SET state = ? WHERE number = ?", (state, number))
        return number

    def running(self) -> Recorded | None:
        """Return the order that is carried out, or was when the program ended."""
        return self._found("state IN ('running', 'dry')")

    def end(self, number: int) -> None:
        """Forget an order that is done with, or not wanted any more."""
        with self._db:
            self._db.execute("DELETE FROM job WHERE number = ?", (number,))

    def forget(self, person: int, chat: int | None = None) -> int:
        """Delete a person's orders that wait for a yes; return how many there were.

        Args:
            person: Whose.
            chat: Forget only those given in this chat.
        """
        query = (
            "DELETE FROM job WHERE state = 'planned' AND json_extract(body, '$.who') = :person"
            " AND (:chat IS NULL OR json_extract(body, '$.chat') = :chat)"
        )
        with self._db:
            return self._db.execute(query, {"person": person, "chat": chat}).rowcount

    def _put(self, order: Order, state: str) -> int:
        with self._db:
            number = self._db.execute(
                "INSERT INTO job (body, state, at) VALUES (?, ?, unixepoch())",
                (_ORDER.dump_json(order).decode(), state),
            ).lastrowid
        return number or 0

    def _found(self, where: str, *values: int) -> Recorded | None:
        query = f"SELECT number, body, state = 'dry' FROM job WHERE {where} ORDER BY number DESC"
        rows = self._db.execute(query, values).fetchall()
        if not rows:
            return None
        number, body, is_dry = rows[0]
        return Recorded(number, _ORDER.validate_json(body), bool(is_dry))


def _prepare(db: sqlite3.Connection) -> None:
    db.execute(
        "CREATE TABLE IF NOT EXISTS job (number INTEGER PRIMARY KEY AUTOINCREMENT,"
        " body TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL) STRICT"
    )
    db.execute("DELETE FROM job WHERE state = 'planned' AND at < unixepoch() - ?", (_KEEP_SECONDS,))
