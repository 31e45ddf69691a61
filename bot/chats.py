"""What each chat and person has chosen, and how the bot stands with each: after a restart, too.

A private chat has the id of its person, so that a person's choices are those of that chat.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from pydantic import TypeAdapter

from bot.chatfile import PATIENCE, Store
from bot.turns import Place

Way = Literal["command", "mention", "question"]
"""How a message asks the bot: by /ask, by a mention or a reply to it, by just ending in "?"."""

Pagers = Literal["asker", "all"]
Mark = Literal["greeted", "told"]

_WAYS: tuple[Way, ...] = get_args(Way)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of each day in which nothing but /ask is answered.

    Attributes:
        start: The first hour, 0 to 23, by the chat's own clock.
        end: The hour that ends them; the same as `start` is the whole day.
        offset: Of the chat's clock, minutes east of UTC.
    """

    start: int = 22
    end: int = 7
    offset: int = 0

    def holds(self, now: datetime) -> bool:
        """Whether `now`, with its zone, is in these hours."""
        hour = (now.astimezone(UTC) + timedelta(minutes=self.offset)).hour
        return (hour - self.start) % 24 < ((self.end - self.start) % 24 or 24)


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """What a chat's administrators, or a person for the chat with the bot, have chosen.

    Attributes:
        when: The least direct way of asking that is answered.
        language: Of the bot's own words, ISO 639-1; None for that of whoever asks.
        quotations: Of an answer, at most; None for the configured number.
        pagers: Who may press the buttons of an answer.
        quiet: When nothing but /ask is answered; None for never.
    """

    when: Way = "mention"
    language: str | None = None
    quotations: int | None = None
    pagers: Pagers = "asker"
    quiet: Quiet | None = None

    def heeds(self, way: Way, now: datetime) -> bool:
        """Whether a question asked in this way is answered at `now`."""
        if way == "command":
            return True
        if self.quiet and self.quiet.holds(now):
            return False
        return _WAYS.index(way) <= _WAYS.index(self.when)


_CLEARING_MS = 500

_FORM = TypeAdapter(ChatSettings)


class Chats(Store):
    """Settings and standing of each chat, in SQLite. For one thread.

    Args:
        path: The file; made if it does not exist. ":memory:" keeps them for this run only.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, _prepare, "chats will have to choose their settings again")

    def of(self, chat: int) -> ChatSettings:
        """Return what was chosen for a chat, or the defaults."""
        rows = self._db.execute("SELECT settings FROM chat WHERE id = ?", (chat,)).fetchall()
        return _FORM.validate_json(rows[0][0]) if rows and rows[0][0] else ChatSettings()

    def choose(self, chat: int, settings: ChatSettings) -> None:
        """Keep what was chosen for a chat."""
        # The defaults are none of anybody's choices, and nothing to be kept about them.
        chosen = "" if settings == ChatSettings() else _FORM.dump_json(settings).decode()
        with self._db:
            self._db.execute(
                "INSERT INTO chat (id, settings) VALUES (?, ?)"
                " ON CONFLICT (id) DO UPDATE SET settings = excluded.settings",
                (chat, chosen),
            )

    def language(self, place: Place) -> str | None:
        """Return the language chosen for a chat, else by whoever asks there, else None."""
        return self.of(place.chat).language or self.of(place.user).language

    def gone(self) -> frozenset[int]:
        """Return the chats that the bot was removed from or blocked in."""
        rows = self._db.execute("SELECT id FROM chat WHERE gone").fetchall()
        return frozenset(chat for (chat,) in rows)

    def set_gone(self, chat: int, *, gone: bool) -> None:
        """Keep whether the bot was removed from a chat or blocked in it."""
        with self._db:
            self._db.execute(
                "INSERT INTO chat (id, gone) VALUES (?, ?)"
                " ON CONFLICT (id) DO UPDATE SET gone = excluded.gone",
                (chat, int(gone)),
            )

    def mark(self, chat: int, mark: Mark) -> bool:
        """Keep that a chat was greeted, or told that it is not allowed; False if it was before."""
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO chat (id) VALUES (?)", (chat,))
            query = f"UPDATE chat SET {mark} = 1 WHERE id = ? AND NOT {mark}"
            return self._db.execute(query, (chat,)).rowcount == 1

    def formerly(self, chat: int) -> int | None:
        """Return the id of the group that a supergroup was, if it is known to have been one."""
        rows = self._db.execute("SELECT formerly FROM chat WHERE id = ?", (chat,)).fetchall()
        return rows[0][0] if rows else None

    def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: what was kept about it moves, and it is no new group.

        Telegram tells it twice.
        """
        if self.formerly(new) == old:
            return
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO chat (id) VALUES (?)", (old,))
            self._db.execute(
                "INSERT INTO chat (id, settings, greeted, told, formerly)"
                " SELECT ?, settings, 1, told, id FROM chat WHERE id = ?"
                " ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, gone = 0,"
                " greeted = 1, told = max(told, excluded.told), formerly = excluded.formerly",
                (new, old),
            )
            self._db.execute("DELETE FROM chat WHERE id = ?", (old,))

    def forget(self, person: int, chat: int | None = None) -> int:
        """Delete what a person has chosen; return 1 if that was anything.

        Args:
            person: Whose choices.
            chat: Forget only what is kept about the person in this group, where one chooses
                nothing for oneself.
        """
        if chat is not None:
            return 0
        chosen = self.of(person) != ChatSettings()
        with self._db:
            self._db.execute("DELETE FROM chat WHERE id = ?", (person,))
        return int(chosen)

    def clear_remains(self) -> bool:
        """Make what any store has deleted vanish from the log beside the file, too.

        Returns:
            Whether that could be done; not while another process reads the file.
        """
        # Whoever else waits for this thread must not wait as long as a write may.
        self._db.execute(f"PRAGMA busy_timeout = {_CLEARING_MS}")
        ((busy, _, _),) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._db.execute(f"PRAGMA busy_timeout = {1000 * PATIENCE}")
        return not busy


def _prepare(db: sqlite3.Connection) -> None:
    db.execute(
        "CREATE TABLE IF NOT EXISTS chat (id INTEGER PRIMARY KEY,"
        " settings TEXT NOT NULL DEFAULT '', gone INTEGER NOT NULL DEFAULT 0,"
        " greeted INTEGER NOT NULL DEFAULT 0, told INTEGER NOT NULL DEFAULT 0,"
        " formerly INTEGER) STRICT"
    )
