"""Feeds and pages that are looked at again and again: which are due, and how each is doing."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from corpus.database import transaction

Kind = Literal["feed", "page"]
"""A list of articles that grows, or one article that changes."""

LONGEST_PAUSE = timedelta(days=1)
"""Between two looks at a source that fails, unless it is looked at more rarely anyway."""

_FORGOTTEN = timedelta(days=90)
"""After a link was last seen in its feed."""

_COLUMNS = (
    "name, url, kind, added_by, every, paused, etag, modified, due, succeeded, failing_since,"
    " failures, error"
)


class SourceError(ValueError):
    """A source cannot be added; the message names the fix."""


@dataclass(frozen=True, slots=True)
class Source:
    """A feed or a page, and how it is doing.

    Attributes:
        name: What people call it.
        url: Its address.
        kind: What it is.
        added_by: Who added it, as `corpus.audit.Act.who`.
        every: How long from one look to the next.
        paused: Whether it is left alone for now.
        etag: Of what was fetched last, or None.
        modified: Its Last-Modified, or None.
        due: When to look next.
        succeeded: When that last went well; None for never.
        failing_since: When it first failed of the times since then; None if it does not.
        failures: How many times it failed since then.
        error: Why it failed last, one line, or None.
    """

    name: str
    url: str
    kind: Kind
    added_by: str
    every: timedelta
    paused: bool
    etag: str | None
    modified: str | None
    due: datetime
    succeeded: datetime | None
    failing_since: datetime | None
    failures: int
    error: str | None


class Sources:
    """Feeds and pages by name. For one thread.

    Args:
        db: The library.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(
        self, name: str, url: str, kind: Kind, by: str, every: timedelta = timedelta(minutes=15)
    ) -> Source:
        """Add a source, due at once.

        Raises:
            SourceError: The name or the address is taken.
        """
        taken = self._db.execute(
            "SELECT name FROM source WHERE name = ? OR url = ?", (name, url)
        ).fetchone()
        if taken:
            raise SourceError(
                f"{name}: there is such a source, {taken[0]!a}: remove that first or take another"
                " name"
            )
        self._db.execute(
            "INSERT INTO source (name, url, kind, added_by, every) VALUES (?, ?, ?, ?, ?)",
            (name, url, kind, by, int(every.total_seconds())),
        )
        return self._where("name = ?", name)[0]

    def listed(self) -> list[Source]:
        """Return all sources, by name."""
        return self._where("TRUE")

    def get(self, name: str) -> Source | None:
        """Return the source of that name, or None."""
        return next(iter(self._where("name = ?", name)), None)

    def remove(self, name: str) -> bool:
        """Look at a source no more; its articles stay. Whether there was such a one."""
        return self._changed("DELETE FROM source WHERE name = ?", name)

    def pause(self, name: str, *, paused: bool = True) -> bool:
        """Leave a source alone for now, or no longer. Whether there is such a one."""
        return self._changed("UPDATE source SET paused = ? WHERE name = ?", paused, name)

    def due(self, now: datetime) -> list[Source]:
        """Return the sources to look at, the longest overdue first."""
        found = self._where("NOT paused AND due <= ?", _stamp(now))
        return sorted(found, key=lambda source: (source.due, source.name))

    def failing(self, now: datetime, longer_than: timedelta) -> list[Source]:
        """Return the sources, but for paused ones, that have failed for so long, by name."""
        return self._where("NOT paused AND failing_since <= ?", _stamp(now - longer_than))

    def note_success(
        self, name: str, now: datetime, etag: str | None = None, modified: str | None = None
    ) -> None:
        """A look went well.

        Args:
            name: Of the source; one that is gone by now is passed over.
            now: When.
            etag: To be sent with the next look.
            modified: Likewise, the Last-Modified.
        """
        self._db.execute(
            "UPDATE source SET etag = :etag, modified = :modified, succeeded = :now,"
            " due = :now + every, failing_since = NULL, failures = 0, error = NULL"
            " WHERE name = :name",
            {"name": name, "now": _stamp(now), "etag": etag, "modified": modified},
        )

    def note_failure(
        self, name: str, now: datetime, error: str, wait: timedelta | None = None
    ) -> None:
        """A look failed: the next one is put off, the longer the more often it failed.

        Args:
            name: Of the source; one that is gone by now is passed over.
            now: When.
            error: Why, one line.
            wait: What the server asks to be given at least.
        """
        source = self.get(name)
        if source is None:
            return
        longest = max(LONGEST_PAUSE, source.every)
        pause = min(source.every * 2 ** min(source.failures + 1, 20), longest)
        self._db.execute(
            "UPDATE source SET failing_since = coalesce(failing_since, :now), error = :error,"
            " failures = failures + 1, due = :due WHERE name = :name",
            {
                "name": name,
                "now": _stamp(now),
                "error": error,
                "due": _stamp(now + max(pause, wait or pause)),
            },
        )

    def seen(self, name: str) -> dict[str, str]:
        """Return the links of a feed whose articles were read, each with its stamp."""
        rows = self._db.execute("SELECT link, stamp FROM seen WHERE source = ?", (name,))
        return dict(rows.fetchall())

    def note_seen(
        self, name: str, now: datetime, read: Iterable[tuple[str, str]], listed: Iterable[str]
    ) -> None:
        """Keep which links of a feed were read, and forget those that it has not had for long.

        Args:
            name: Of the source; one that is gone by now is passed over.
            now: When.
            read: Links whose articles were read, each with its stamp.
            listed: All links that stand in the feed now.
        """
        at = _stamp(now)
        with transaction(self._db):
            self._db.executemany(
                "INSERT OR REPLACE INTO seen SELECT name, ?, ?, ? FROM source WHERE name = ?",
                [(link, stamp, at, name) for link, stamp in read],
            )
            self._db.executemany(
                "UPDATE seen SET last = ? WHERE source = ? AND link = ?",
                [(at, name, link) for link in listed],
            )
            self._db.execute(
                "DELETE FROM seen WHERE source = ? AND last < ?",
                (name, _stamp(now - _FORGOTTEN)),
            )

    def _where(self, condition: str, *values: str | int) -> list[Source]:
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM source WHERE {condition} ORDER BY name", values
        )
        return [_source(row) for row in rows.fetchall()]

    def _changed(self, statement: str, *values: str | int) -> bool:
        return self._db.execute(statement, values).rowcount > 0


def _stamp(when: datetime) -> int:
    return int(when.timestamp())


def _when(stamp: int | None) -> datetime | None:
    return None if stamp is None else datetime.fromtimestamp(stamp, UTC)


def _source(row: tuple[Any, ...]) -> Source:
    values: dict[str, Any] = dict(zip(_COLUMNS.replace(" ", "").split(","), row, strict=True))
    values["every"] = timedelta(seconds=values["every"])
    values["paused"] = bool(values["paused"])
    for name in ("due", "succeeded", "failing_since"):
        values[name] = _when(values[name])
    return Source(**values)
