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

from corpus.types import Article

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
)
"""One script for each version of the schema, in order; `user_version` counts those applied."""


class LibraryError(Exception):
    """The library cannot be opened; the message names the fix."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Which version of an article is current and where it came from.

    Attributes:
        id: The article's id.
        digest: Its current version.
        origin: Path of the file it was read from.
        stamp: Digest of the file's bytes and version of the reader: the same stamp reads the same.
        added: Whether a person added it by name; else it is there because its folder is configured.
    """

    id: str
    digest: str
    origin: str
    stamp: str
    added: bool


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
                "INSERT OR IGNORE INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
            )

    def change(self, *, keep: Iterable[Entry] = (), drop: Iterable[str] = ()) -> None:
        """Make `keep` current and the ids in `drop` no longer so, all or nothing.

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

    def versions(self) -> list[tuple[str, str]]:
        """Id and current version of every article, by id."""
        return list(self._db.execute("SELECT id, digest FROM entry ORDER BY id"))

    def languages(self) -> dict[str, int]:
        """How many current articles are in each language."""
        rows = self._db.execute(
            "SELECT language, count(*) FROM entry JOIN article USING (digest)"
            " GROUP BY language ORDER BY language"
        )
        return dict(rows.fetchall())

    def current(self) -> Iterator[Article]:
        """Every current article, by id."""
        rows = self._db.execute(
            "SELECT article.* FROM entry JOIN article USING (digest) ORDER BY entry.id"
        )
        for row in rows:
            yield _article(row)

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
    )


def _article(row: tuple[str, ...]) -> Article:
    _, identity, url, title, source, authors, published, published_from, *rest = row
    language, paragraphs, sections = rest
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
    )
