"""Which messages were received and what became of each, so that none is lost or answered twice.

A message is received, then its answer is under way ("sending"), then it is done. The first step is
written before Telegram is told that the message has arrived, the second right before the answer
leaves, the third when Telegram has named the answer's message. Ended at any instant, the program
finds at its next start what is unfinished: what was received is answered; of what was being sent
it is to be found out whether it arrived, see `candidates`.
"""

import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from bot.chatfile import Store

_KEEP_SECONDS = 3 * 86400
"""Telegram itself keeps an update for a day: after three it will not be delivered again."""

_KEEP_ANSWERED_SECONDS = 60 * 86400
"""Which message answered which: for questions that are edited later."""

_MOST_TRIES = 3
"""Starts that find a message unfinished. One that ends the program each time is then given up."""

_CANDIDATES = 6
"""Unknown messages looked at for an answer. Between a question and its answer come only those that
were written in the same seconds."""

_PRUNE_EVERY = 2000
"""Messages received."""

_OWN_NUMBERS = -1_000_000_000_000
"""Supergroups and channels, with ids below this, number their messages themselves; all private
chats and small groups of a bot share one count."""

_log = logging.getLogger(__name__)


class Received(NamedTuple):
    """A message as it was received.

    Attributes:
        chat: Telegram's id of the chat.
        message: Its number there.
        edit: When it was edited, seconds since 1970; 0 for a new one.
    """

    chat: int
    message: int
    edit: int = 0


class Attempt(NamedTuple):
    """An answer of which it is not known whether it arrived.

    Attributes:
        key: The answer's.
        keyboard: Its buttons as JSON, empty if it has none.
        after: The newest message known when it left, where numbers are shared.
    """

    key: str
    keyboard: str
    after: int


class Unfinished(NamedTuple):
    """A message that an earlier run did not come to the end of."""

    received: Received
    body: str
    attempt: Attempt | None


class Ledger(Store):
    """Received messages, in SQLite. For one thread.

    Args:
        path: The file; made if it does not exist. ":memory:" keeps them for this run only.
        clock: Seconds since 1970.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._newest = 0
        self._until_pruned = 0
        super().__init__(path, _prepare, "questions under way may be answered again or not at all")

    def receive(self, received: Received, update: int, said_at: int, body: str) -> bool:
        """Write a message down; return whether it is new and so is to be handled.

        It is not new if it came before in the same update. Two edits within one second come in
        two; and another bot, whose data this once was, has another's numbers, but not its times.

        Args:
            received: Which message.
            update: The update's number.
            said_at: When the message was sent, seconds since 1970.
            body: The update as JSON, kept until the message is done.
        """
        self._prune()
        self._see(received.chat, received.message)
        with self._db:
            written = self._db.execute(
                "INSERT OR REPLACE INTO received (chat, message, edit, number, said, at, body)"
                " SELECT :chat, :message, :edit, :number, :said, :at, :body"
                " WHERE NOT EXISTS (SELECT 1 FROM received WHERE chat = :chat"
                " AND message = :message AND edit = :edit AND number = :number AND said = :said)",
                {
                    **received._asdict(),
                    "number": update,
                    "said": said_at,
                    "at": int(self._clock()),
                    "body": body,
                },
            )
        return written.rowcount > 0

    def leave(self, received: Received, key: str, keyboard: str) -> None:
        """An answer is about to leave."""
        after = self._newest if _shares_numbers(received.chat) else 0
        self._set(
            "state = 'sending', key = ?, keyboard = ?, after = ?", received, key, keyboard, after
        )

    def answered(self, received: Received, answer: int) -> None:
        """An answer has become the message `answer`."""
        self._see(received.chat, answer)
        self._set("state = 'done', body = '', keyboard = '', answer = ?", received, answer)

    def finish(self, received: Received) -> None:
        """Nothing more is to be done about a message."""
        self._set("state = 'done', body = '', keyboard = ''", received)

    def answer_to(self, chat: int, message: int) -> int | None:
        """Return the message that answered `message`, whichever of its edits that was."""
        return self._value(
            "SELECT answer FROM received WHERE chat = ? AND message = ? AND answer > 0"
            " ORDER BY edit DESC",
            (chat, message),
        )

    def unfinished(self) -> list[Unfinished]:
        """Return what earlier runs left, oldest first; call it once, at the start."""
        with self._db:
            self._db.execute("UPDATE received SET tries = tries + 1 WHERE state != 'done'")
        rows = self._db.execute(
            "SELECT chat, message, edit, body, state, key, keyboard, after, tries FROM received"
            " WHERE state != 'done' ORDER BY number"
        ).fetchall()
        found = []
        for chat, message, edit, body, state, key, keyboard, after, tries in rows:
            received = Received(chat, message, edit)
            if tries > _MOST_TRIES:
                _log.error("a message was given up after %d starts", _MOST_TRIES)
                self.finish(received)
                continue
            attempt = Attempt(key, keyboard, after) if state == "sending" else None
            found.append(Unfinished(received, body, attempt))
        return found

    def attempt(self, received: Received) -> Attempt | None:
        """Return the answer that is under way."""
        with closing(
            self._db.execute(
                "SELECT key, keyboard, after FROM received"
                " WHERE chat = ? AND message = ? AND edit = ? AND state = 'sending'",
                received,
            )
        ) as found:
            row = found.fetchone()
        return Attempt(*row) if row else None

    def candidates(self, received: Received, attempt: Attempt) -> list[int]:
        """Return the messages that the answer may have become, if it arrived.

        They are the next unknown ones after the question. Where chats share their numbers, others
        may have come between: then also those after the newest that was known.
        """
        chat = received.chat
        near = self._unknown(received.message, "chat = ?", chat)
        if not _shares_numbers(chat) or attempt.after <= received.message:
            return near
        far = self._unknown(attempt.after, "chat > ?", _OWN_NUMBERS)
        return list(dict.fromkeys((*far, *near)))

    def _unknown(self, after: int, where: str, value: int) -> list[int]:
        rows = self._db.execute(
            f"SELECT message FROM received WHERE {where} AND message > ?"
            f" UNION SELECT answer FROM received WHERE {where} AND answer > ?",
            (value, after, value, after),
        )
        known = {number for (number,) in rows}
        found: list[int] = []
        while len(found) < _CANDIDATES:
            after += 1
            if after not in known:
                found.append(after)
        return found

    def tell(self, what: str, chat: int, user: int, seconds: float) -> bool:
        """Return whether `user` is to be told something in `chat`: once in so many seconds."""
        now = int(self._clock())
        with self._db:
            written = self._db.execute(
                "INSERT INTO told (what, chat, user, at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET at = excluded.at WHERE at <= ?",
                (what, chat, user, now, now - seconds),
            )
        return written.rowcount > 0

    def forget(self, user: int) -> None:
        """Delete what is kept about a person's own chat, and what the person was told."""
        with self._db:
            self._db.execute("DELETE FROM received WHERE chat = ? AND state = 'done'", (user,))
            self._db.execute("DELETE FROM told WHERE user = ?", (user,))

    def _set(self, change: str, received: Received, *values: str | int) -> None:
        with self._db:
            self._db.execute(
                f"UPDATE received SET {change}"
                " WHERE chat = ? AND message = ? AND edit = ? AND state != 'done'",
                (*values, *received),
            )

    def _value(self, query: str, values: tuple[int, ...]) -> int | None:
        with closing(self._db.execute(query, values)) as found:
            row = found.fetchone()
        return int(row[0]) if row else None

    def _see(self, chat: int, message: int) -> None:
        if _shares_numbers(chat):
            self._newest = max(self._newest, message)

    def _prune(self) -> None:
        if self._until_pruned:
            self._until_pruned -= 1
            return
        self._until_pruned = _PRUNE_EVERY
        now = int(self._clock())
        with self._db:
            self._db.execute(
                "DELETE FROM received WHERE state = 'done' AND (at < ? OR (answer = 0 AND at < ?))",
                (now - _KEEP_ANSWERED_SECONDS, now - _KEEP_SECONDS),
            )
            self._db.execute("DELETE FROM told WHERE at < ?", (now - _KEEP_SECONDS,))


def _shares_numbers(chat: int) -> bool:
    return chat > _OWN_NUMBERS


def _prepare(db: sqlite3.Connection) -> None:
    db.execute(
        "CREATE TABLE IF NOT EXISTS received (chat INTEGER NOT NULL, message INTEGER NOT NULL,"
        " edit INTEGER NOT NULL, number INTEGER NOT NULL, said INTEGER NOT NULL,"
        " at INTEGER NOT NULL, body TEXT NOT NULL,"
        " state TEXT NOT NULL DEFAULT 'received', tries INTEGER NOT NULL DEFAULT 0,"
        " key TEXT NOT NULL DEFAULT '', keyboard TEXT NOT NULL DEFAULT '',"
        " after INTEGER NOT NULL DEFAULT 0, answer INTEGER NOT NULL DEFAULT 0,"
        " PRIMARY KEY (chat, message, edit)) STRICT"
    )
    db.execute(
        "CREATE INDEX IF NOT EXISTS received_open ON received (number) WHERE state != 'done'"
    )
    db.execute(
        "CREATE INDEX IF NOT EXISTS received_answer ON received (chat, answer) WHERE answer > 0"
    )
    db.execute(
        "CREATE TABLE IF NOT EXISTS told (what TEXT NOT NULL, chat INTEGER NOT NULL,"
        " user INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (what, chat, user)) STRICT"
    )
