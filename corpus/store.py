"""The library: every article read, in SQLite.

Versions of articles are kept by digest, because a generation of the index goes on quoting the
version it was built from until a newer generation is published and the old one pruned. Which
version is current, and which file it came from, is a table of its own, changed in one transaction.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.types import INSIDE, Article, ReadError

_MIGRATIONS = (
    """
    CREATE TABLE article (
        digest TEXT PRIMARY KEY, id TEXT NOT NULL, url TEXT, title TEXT NOT NULL, source TEXT,
        authors TEXT NOT NULL, published TEXT, published_from TEXT, language TEXT NOT NULL,
        paragraphs TEXT NOT NULL
    ) STRICT;
    CREATE TABLE entry (
        id TEXT PRIMARY KEY, digest TEXT NOT NULL REFERENCES article (digest),
        origin TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, added INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE removed (id TEXT PRIMARY KEY) STRICT;
    """,
    "ALTER TABLE article ADD COLUMN sections TEXT NOT NULL DEFAULT '[]'",
    """
    ALTER TABLE article ADD COLUMN updated TEXT;
    ALTER TABLE article ADD COLUMN updated_from TEXT;
    CREATE TABLE file (
        path TEXT PRIMARY KEY, stamp TEXT NOT NULL, held TEXT NOT NULL, faults TEXT NOT NULL
    ) STRICT;
    CREATE TABLE recurring (
        host TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (host, line)
    ) STRICT
    """,
)
"""One script for each version of the schema, in order; `user_version` counts those applied."""

_COLUMNS = 13
"""Of the table `article`."""


class LibraryError(Exception):
    """The library cannot be opened; the message names the fix."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Which version of an article is current and where it came from.

    Attributes:
        id: The article's id.
        digest: Its current version.
        origin: Path of the file it was read from, with "#" and its name there if the file holds
            several.
        stamp: Digest of the file's bytes and version of the reader: the same stamp reads the same.
        added: Whether a person added it by name; else it is there because its folder is configured.
    """

    id: str
    digest: str
    origin: str
    stamp: str
    added: bool

    def is_from(self, file: str) -> bool:
        """Whether it was read from this file, or from something in it."""
        return self.origin == file or self.origin.startswith(file + INSIDE)


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file gave when it was read last: need not be read again under the same stamp.

    Attributes:
        path: Of the file.
        stamp: As an entry's.
        held: Id and origin of each article in it, those passed over included.
        faults: What in it could not be read.
    """

    path: str
    stamp: str
    held: tuple[tuple[str, str], ...]
    faults: tuple[ReadError, ...] = ()


class Library:
    """Articles and their versions. For one thread; any number of processes.

    Args:
        path: The SQLite file; made, with its folder, if it does not exist.

    Raises:
        LibraryError: The file is not a library, or one of a newer version of the program.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(f"{path}: {error}: choose another folder with --data") from error
        try:
            self._migrate(path)
        except sqlite3.Error as error:
            self._db.close()
            raise LibraryError(
                f"{path}: {error}: move the file away and run `verbatim index`"
            ) from error
        except LibraryError:
            self._db.close()
            raise

    def _migrate(self, path: Path) -> None:
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # Another process is making the library just now; who opens it next turns this on.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
        self._db.execute("PRAGMA foreign_keys = ON")
        if self._version() == len(_MIGRATIONS):
            return
        with self._transaction():
            version = self._version()
            if version > len(_MIGRATIONS):
                raise LibraryError(
                    f"{path}: written by a newer version of Verbatim: upgrade, or use --data"
                )
            for script in _MIGRATIONS[version:]:
                for statement in script.split(";"):
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")

    def _version(self) -> int:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        return int(version)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            # A full disk ends the transaction by itself.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()

    def put(self, articles: Iterable[Article]) -> None:
        """Keep these versions; none becomes current by it."""
        rows = [_row(a) for a in articles]
        with self._transaction():
            self._db.executemany(
                f"INSERT OR IGNORE INTO article VALUES ({', '.join('?' * _COLUMNS)})", rows
            )

    def change(
        self,
        *,
        keep: Iterable[Entry] = (),
        drop: Iterable[str] = (),
        files: Iterable[FileRecord] = (),
        lines: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Make `keep` current and the ids in `drop` no longer so, all or nothing.

        Args:
            keep: Entries, new or in place of those with their ids or origins.
            drop: Ids.
            files: What the files gave, in place of what they gave before.
            lines: Host and text of each line that is known from now on to recur there.

        Raises:
            sqlite3.IntegrityError: A version of `keep` was never `put`.
        """
        with self._transaction():
            self._db.executemany("DELETE FROM entry WHERE id = ?", [(i,) for i in drop])
            for entry in keep:
                # A file may now hold another article: its old row makes room first.
                self._db.execute(
                    "DELETE FROM entry WHERE id = ? OR origin = ?", (entry.id, entry.origin)
                )
                self._db.execute(
                    "INSERT INTO entry VALUES (?, ?, ?, ?, ?)",
                    (entry.id, entry.digest, entry.origin, entry.stamp, entry.added),
                )
            self._db.executemany(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", [_record(f) for f in files]
            )
            self._db.executemany("INSERT OR IGNORE INTO recurring VALUES (?, ?)", list(lines))

    def file(self, path: str) -> FileRecord | None:
        """Return what the file at `path` gave when it was read last, or None."""
        row = self._db.execute("SELECT * FROM file WHERE path = ?", (path,)).fetchone()
        if row is None:
            return None
        path, stamp, held, faults = row
        return FileRecord(
            path,
            stamp,
            tuple((identity, origin) for identity, origin in json.loads(held)),
            tuple(ReadError(origin, reason) for origin, reason in json.loads(faults)),
        )

    def forget_files(self, keep: Collection[str]) -> None:
        """Delete what is known of files other than those at the paths in `keep`."""
        with self._transaction():
            self._db.execute(
                "DELETE FROM file WHERE path NOT IN (SELECT value FROM json_each(?))",
                (json.dumps(list(keep)),),
            )

    def recurring(self, host: str) -> frozenset[str]:
        """Lines that are known to recur over the pages of `host`, folded."""
        rows = self._db.execute("SELECT line FROM recurring WHERE host = ?", (host,))
        return frozenset(line for (line,) in rows)

    def remove(self, ids: Collection[str]) -> None:
        """Take articles out of the collection; their files are passed over until added again."""
        with self._transaction():
            rows = [(i,) for i in ids]
            self._db.executemany("DELETE FROM entry WHERE id = ?", rows)
            self._db.executemany("INSERT OR IGNORE INTO removed VALUES (?)", rows)

    def restore(self, ids: Collection[str]) -> None:
        """Undo `remove`: the files of these articles are read again."""
        with self._transaction():
            self._db.executemany("DELETE FROM removed WHERE id = ?", [(i,) for i in ids])

    def removed(self) -> frozenset[str]:
        """Ids that a person took out."""
        return frozenset(i for (i,) in self._db.execute("SELECT id FROM removed"))

    def entries(self) -> list[Entry]:
        """Every current article's entry, by origin."""
        rows = self._db.execute(
            "SELECT id, digest, origin, stamp, added FROM entry ORDER BY origin, id"
        )
        return [Entry(i, d, o, s, bool(a)) for i, d, o, s, a in rows]

    def current(self) -> Iterator[Article]:
        """Every current article, by id."""
        rows = self._db.execute(
            "SELECT article.* FROM entry JOIN article USING (digest) ORDER BY entry.id"
        )
        for row in rows:
            yield _article(row)

    def outlets(self) -> dict[str, int]:
        """Return how many current articles each outlet has, the one with most first."""
        rows = self._db.execute(
            "SELECT source, count(*) FROM entry JOIN article USING (digest)"
            " WHERE source IS NOT NULL GROUP BY source ORDER BY count(*) DESC, min(entry.id)"
        )
        return dict(rows.fetchall())

    def range(self) -> tuple[int, datetime | None, datetime | None]:
        """Return how many current articles there are, and the dates of the oldest and newest."""
        (row,) = self._db.execute(
            "SELECT count(*), min(published), max(published) FROM entry JOIN article USING (digest)"
        ).fetchall()
        count, *dates = row
        first, last = (datetime.fromisoformat(d) if d else None for d in dates)
        return count, first, last

    def latest(self, most: int) -> list[Article]:
        """Return the newest articles, newest first, those without a date last."""
        rows = self._db.execute(
            "SELECT article.* FROM entry JOIN article USING (digest)"
            # Times are kept in UTC and in one form, so that they sort as they are written.
            " ORDER BY published IS NULL, published DESC, entry.id LIMIT ?",
            (most,),
        )
        return [_article(row) for row in rows]

    def version(self, digest: str) -> Article | None:
        """Return one version of an article, current or not, or None if it is no longer kept."""
        row = self._db.execute("SELECT * FROM article WHERE digest = ?", (digest,)).fetchone()
        return _article(row) if row else None

    def prune(self, keep: Collection[str]) -> int:
        """Delete versions that are neither current nor in `keep`; return how many."""
        with self._transaction():
            gone = self._db.execute(
                "DELETE FROM article WHERE digest NOT IN (SELECT digest FROM entry)"
                " AND digest NOT IN (SELECT value FROM json_each(?))",
                (json.dumps(list(keep)),),
            ).rowcount
        return int(gone)


def _row(article: Article) -> tuple[str | None, ...]:
    return (
        article.digest(),
        article.id,
        article.url,
        article.title,
        article.source,
        json.dumps(article.authors, ensure_ascii=False),
        article.published.isoformat() if article.published else None,
        article.published_from,
        article.language,
        json.dumps(article.paragraphs, ensure_ascii=False),
        json.dumps(article.sections, ensure_ascii=False),
        article.updated.isoformat() if article.updated else None,
        article.updated_from,
    )


def _record(file: FileRecord) -> tuple[str, str, str, str]:
    return (
        file.path,
        file.stamp,
        json.dumps(file.held, ensure_ascii=False),
        json.dumps([(f.origin, f.reason) for f in file.faults], ensure_ascii=False),
    )


def _article(row: tuple[str, ...]) -> Article:
    _, identity, url, title, source, authors, published, published_from, *rest = row
    language, paragraphs, sections, updated, updated_from = rest
    return Article(
        id=identity,
        url=url,
        title=title,
        source=source,
        authors=tuple(json.loads(authors)),
        published=datetime.fromisoformat(published) if published else None,
        published_from=published_from,
        language=language,
        paragraphs=tuple(json.loads(paragraphs)),
        sections=tuple(json.loads(sections)),
        updated=datetime.fromisoformat(updated) if updated else None,
        updated_from=updated_from,
    )
