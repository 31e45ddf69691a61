"""Conversations, so that a follow-up is understood: after a restart, too."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from bot.chatfile import Store
from bot.conversation import Quoted, Turn

_KEEP_SECONDS = 2 * 3600
"""A question after a longer pause begins anew."""

MOST_TURNS = 6
"""Of a conversation are kept."""


class Place(NamedTuple):
    """Where a conversation is held and by whom.

    Attributes:
        chat: Telegram's id of the chat.
        topic: Of the forum topic, 0 outside forums.
        user: Who asks; a chat's id for those who write in its name.
    """

    chat: int
    topic: int = 0
    user: int = 0


class Turns(Store):
    """The last turns of each conversation, in SQLite. For one thread.

    Args:
        path: The file; made if it does not exist. ":memory:" keeps them for this run only.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, _prepare, "conversations will begin anew")

    def before(self, place: Place) -> tuple[Turn, ...]:
        """Return the turns of the conversation at `place` so far, oldest first."""
        rows = self._db.execute(
            "SELECT turn FROM turn WHERE chat = ? AND topic = ? AND user = ?"
            " AND at >= unixepoch() - ? ORDER BY number DESC LIMIT ?",
            (*place, _KEEP_SECONDS, MOST_TURNS),
        ).fetchall()
        return tuple(loaded(row) for (row,) in reversed(rows))

    def go_on(self, place: Place, before: Sequence[Turn], turn: Turn) -> None:
        """Make `turn`, said after the turns `before`, the last one at `place`."""
        kept = [*before, turn][-MOST_TURNS:]
        with self._db:
            self._db.execute(
                "DELETE FROM turn WHERE (chat = ? AND topic = ? AND user = ?)"
                " OR at < unixepoch() - ?",
                (*place, _KEEP_SECONDS),
            )
            self._db.executemany(
                "INSERT INTO turn (chat, topic, user, at, turn) VALUES (?, ?, ?, unixepoch(), ?)",
                [(*place, dumped(one)) for one in kept],
            )

    def replace(self, place: Place, old: Turn, new: Turn) -> None:
        """Put `new` where `old` stands in the conversation at `place`, if it still does."""
        with self._db:
            self._db.execute(
                "UPDATE turn SET turn = ? WHERE chat = ? AND topic = ? AND user = ? AND turn = ?",
                (dumped(new), *place, dumped(old)),
            )

    def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: its conversations go on there."""
        with self._db:
            self._db.execute("UPDATE turn SET chat = ? WHERE chat = ?", (new, old))

    def forget(self, person: int, chat: int | None = None) -> int:
        """Delete a person's conversations; return how many there were.

        What others in the same chat went on with has the person's words in it, and goes too.

        Args:
            person: Whose conversations.
            chat: Forget only those in this chat.
        """
        of = "(user = :person OR chat = :person) AND (:chat IS NULL OR chat = :chat)"
        values = {"person": person, "chat": chat}
        with self._db:
            ((count,),) = self._db.execute(
                f"SELECT count(*) FROM (SELECT DISTINCT chat, topic, user FROM turn WHERE {of})",
                values,
            ).fetchall()
            self._db.execute(
                "DELETE FROM turn WHERE (chat, topic, user) IN (SELECT chat, topic, user FROM turn"
                f" WHERE (chat, turn) IN (SELECT chat, turn FROM turn WHERE {of}))",
                values,
            )
        return int(count)


def _prepare(db: sqlite3.Connection) -> None:
    db.execute(
        "CREATE TABLE IF NOT EXISTS turn (number INTEGER PRIMARY KEY,"
        " chat INTEGER NOT NULL, topic INTEGER NOT NULL, user INTEGER NOT NULL,"
        " at INTEGER NOT NULL, turn TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX IF NOT EXISTS turn_place ON turn (chat, topic, user)")
    db.execute("DELETE FROM turn WHERE at < unixepoch() - ?", (_KEEP_SECONDS,))


def dumped(turn: Turn) -> str:
    """Return a turn as JSON."""
    return json.dumps(asdict(turn), ensure_ascii=False)


def loaded(text: str) -> Turn:
    """Return the turn that `dumped` wrote."""
    values = json.loads(text)
    quoted, passed = (_places(values.pop(name, ())) for name in ("quoted", "passed"))
    told = values.pop("told", None)
    return Turn(**values, quoted=quoted, passed=passed, told=told and (told[0], told[1]))


def _places(listed: Iterable[dict[str, Any]]) -> tuple[Quoted, ...]:
    # Earlier versions kept more of a quotation, and not where in its paragraph it begins.
    return tuple(Quoted(one["article_id"], one["paragraph"], one.get("start", 0)) for one in listed)
