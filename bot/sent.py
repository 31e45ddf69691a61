"""Answers already sent, so that their buttons go on working: after a restart and after a reindex.

Only where the words stand is kept, never a text that could be shown without being checked.
"""

import json
import logging
import secrets
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.answer import Understood
from bot.chatfile import Store
from bot.conversation import Turn
from bot.quote import Elsewhere, Quotation
from bot.turns import Place, dumped, loaded
from corpus.types import Passage

_KEEP_SECONDS = 180 * 86400

_ADDED = {
    "asking": "TEXT NOT NULL DEFAULT ''",
    "message": "INTEGER NOT NULL DEFAULT 0",
    "question": "INTEGER NOT NULL DEFAULT 0",
}
"""Columns that files written by earlier versions lack."""

_ASKER = "CASE WHEN asking = '' THEN NULL ELSE json_extract(asking, '$.place[2]') END"
"""Who asked, in SQL."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question was asked and understood, so that it can be asked again otherwise.

    Attributes:
        question: As asked.
        now: When, ISO 8601.
        place: Where and by whom.
        without: What of it was not heeded.
        before: The turns it was asked after.
        turn: What to remember of it.
        understood: What was heeded.
        is_dated: Whether the date of each quotation is said first.
        is_cut: Whether only the beginning of the question was read.
        language: That the answer's buttons are in, ISO 639-1.
    """

    question: str
    now: str
    place: Place
    without: tuple[str, ...]
    before: tuple[Turn, ...]
    turn: Turn
    understood: Understood
    is_dated: bool = False
    is_cut: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer as it was sent.

    Attributes:
        chat: Where to.
        passages: What it quoted.
        answers: Span of the answering sentence in each.
        also_in: Other articles with the text of each.
        words: Span of the words that answer in each, where they are known.
        asking: How it was asked; None for answers of before conversations were kept.
        key: Its name.
        message: Number of the message that shows it; 0 if it is not known.
    """

    chat: int
    passages: tuple[Passage, ...]
    answers: tuple[tuple[int, int], ...]
    also_in: tuple[tuple[Elsewhere, ...], ...]
    words: tuple[tuple[int, int] | None, ...]
    asking: Asking | None = None
    key: str = ""
    message: int = 0


class SentAnswers(Store):
    """Sent answers by key, in SQLite. For one thread.

    Args:
        path: The file; made if it does not exist. ":memory:" keeps them for this run only.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str) -> None:
        loss = "the buttons of answers sent so far will only say so"
        super().__init__(path, _prepare, loss)

    def put(
        self,
        chat: int,
        quotations: Sequence[Quotation],
        asking: Asking | None = None,
        key: str | None = None,
        *,
        question: int = 0,
    ) -> str:
        """Keep what an answer quotes and return its key, 12 characters long.

        Args:
            chat: Where it is sent.
            quotations: What it quotes.
            asking: How it was asked.
            key: Of the answer whose place it takes; None for a new one.
            question: Number of the message that asked; 0 if it is not known.
        """
        key = key or secrets.token_urlsafe(9)
        rows = [
            {
                "passage": asdict(q.passage),
                "answer": q.answer,
                "also_in": q.also_in,
                "words": q.words,
            }
            for q in quotations
        ]
        with self._db:
            self._db.execute(
                "INSERT INTO sent (key, chat, at, quotations, asking, question)"
                " VALUES (?, ?, unixepoch(), ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
                " at = excluded.at, quotations = excluded.quotations, asking = excluded.asking",
                (key, chat, json.dumps(rows), _dumped(asking) if asking else "", question),
            )
        return key

    def get(self, key: str) -> Sent | None:
        """Return what was kept under `key`, or None."""
        return self._found("key = ?", key)

    def sent_as(self, key: str, chat: int, message: int) -> None:
        """Keep which message an answer became."""
        try:
            with self._db:
                self._db.execute(
                    "UPDATE sent SET chat = ?, message = ? WHERE key = ?", (chat, message, key)
                )
        except sqlite3.Error as error:
            # The answer has arrived: that replies to it will stand alone is nothing to tell.
            _log.warning("replies to an answer will not be known as such: %s", error)

    def shown(self, chat: int, message: int) -> Sent | None:
        """Return the answer that a message shows, or None if it shows none."""
        return self._found("chat = ? AND message = ?", chat, message)

    def asked(self, chat: int, question: int) -> Sent | None:
        """Return the last answer to the question in a message, or None."""
        return self._found(
            "chat = ? AND question = ? AND question AND message ORDER BY rowid DESC",
            *(chat, question),
        )

    def _found(self, where: str, *values: str | int) -> Sent | None:
        query = f"SELECT chat, quotations, asking, key, message FROM sent WHERE {where}"
        with closing(self._db.execute(query, values)) as found:
            row = found.fetchone()
        if row is None:
            return None
        quotations = json.loads(row[1])
        return Sent(
            chat=row[0],
            passages=tuple(Passage(**q["passage"]) for q in quotations),
            answers=tuple((q["answer"][0], q["answer"][1]) for q in quotations),
            # Answers of earlier versions have addresses alone, and no words.
            also_in=tuple(tuple(map(_elsewhere, q["also_in"])) for q in quotations),
            words=tuple(_span(q.get("words")) for q in quotations),
            asking=_asking(row[2]) if row[2] else None,
            key=row[3],
            message=row[4],
        )

    def withdraw(self, articles: Collection[str]) -> int:
        """Blot out the words quoted of some articles; return how many quotations that were."""
        blotted = 0
        rows = self._db.execute("SELECT key, quotations FROM sent").fetchall()
        with self._db:
            for key, text in rows:
                quotations = json.loads(text)
                gone = [q for q in quotations if q["passage"]["article_id"] in articles]
                for quotation in gone:
                    quotation["passage"]["text"] = ""
                if gone:
                    self._db.execute(
                        "UPDATE sent SET quotations = ? WHERE key = ?",
                        (json.dumps(quotations), key),
                    )
                blotted += len(gone)
        return blotted

    def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: its answers move to the new id.

        Messages are numbered anew there.
        """
        with self._db:
            self._db.execute(
                "UPDATE sent SET chat = ?, message = 0, question = 0 WHERE chat = ?", (new, old)
            )

    def forget(self, person: int, chat: int | None = None) -> int:
        """Delete the answers that a person was given; return how many there were.

        Answers to others that went on with one of them have the person's words in them, and go
        too.

        Args:
            person: Who asked.
            chat: Forget only those in this chat.
        """
        rows = self._db.execute(
            f"SELECT key, chat, asking FROM sent WHERE (chat = :person OR {_ASKER} = :person)"
            " AND (:chat IS NULL OR chat = :chat)",
            {"person": person, "chat": chat},
        ).fetchall()
        said: dict[int, set[str]] = {}
        for _, where, asking in rows:
            if asking:
                said.setdefault(where, set()).add(json.loads(asking)["turn"])
        keys = [key for key, _, _ in rows]
        for where, turns in said.items():
            keys += self._going_on(where, turns)
        with self._db:
            self._db.executemany("DELETE FROM sent WHERE key = ?", [(key,) for key in keys])
        return len(rows)

    def _going_on(self, chat: int, turns: set[str]) -> list[str]:
        """Keys of the answers in a chat whose questions were asked after one of these turns."""
        others = self._db.execute(
            "SELECT key, asking FROM sent WHERE chat = ? AND asking <> ''", (chat,)
        ).fetchall()
        return [key for key, asking in others if turns.intersection(json.loads(asking)["before"])]


def _prepare(db: sqlite3.Connection) -> None:
    db.execute(
        "CREATE TABLE IF NOT EXISTS sent (key TEXT PRIMARY KEY, chat INTEGER NOT NULL,"
        " at INTEGER NOT NULL, quotations TEXT NOT NULL) STRICT"
    )
    known = {name for _, name, *_ in db.execute("PRAGMA table_info(sent)")}
    for name, kind in _ADDED.items():
        if name not in known:
            db.execute(f"ALTER TABLE sent ADD COLUMN {name} {kind}")
    db.execute("CREATE INDEX IF NOT EXISTS sent_as ON sent (chat, message)")
    db.execute("DELETE FROM sent WHERE at < unixepoch() - ?", (_KEEP_SECONDS,))


def _elsewhere(kept: str | list[str]) -> Elsewhere:
    return Elsewhere(kept) if isinstance(kept, str) else Elsewhere(*kept)


def _span(pair: list[int] | None) -> tuple[int, int] | None:
    return (pair[0], pair[1]) if pair else None


def _dumped(asking: Asking) -> str:
    return json.dumps(
        {
            "question": asking.question,
            "now": asking.now,
            "place": asking.place,
            "without": asking.without,
            "before": [dumped(turn) for turn in asking.before],
            "turn": dumped(asking.turn),
            "understood": asdict(asking.understood),
            "is_dated": asking.is_dated,
            "is_cut": asking.is_cut,
            "language": asking.language,
        },
        ensure_ascii=False,
    )


def _asking(text: str) -> Asking:
    values = json.loads(text)
    return Asking(
        question=values["question"],
        now=values["now"],
        place=Place(*values["place"]),
        without=tuple(values["without"]),
        before=tuple(loaded(turn) for turn in values["before"]),
        turn=loaded(values["turn"]),
        understood=Understood(**values["understood"]),
        is_dated=values.get("is_dated", False),
        is_cut=values.get("is_cut", False),
        language=values.get("language", "en"),
    )
