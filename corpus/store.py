"""The library: every article read, in SQLite.

Versions of articles are kept by digest, because a generation of the index goes on quoting the
version it was built from until a newer generation is published and the old one pruned. Which
version is current, and which file it came from, is a table of its own, changed in one transaction.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from corpus.audit import Audit
from corpus.closing import Closing
from corpus.copies import Copies
from corpus.database import LibraryError, clear_remains, connect, transaction
from corpus.sources import Sources
from corpus.types import INSIDE, Article, ReadError

__all__ = ["Entry", "Library", "LibraryError"]

Standing = Literal["current", "changed", "gone", "removed"]
"""What has become of an article: its words are as they were; they are others; it is no longer in
the collection; a person took it out."""

_COLUMNS = 13
"""Of the table `article`."""


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


class Library(Closing):
    """Articles and their versions. For one thread; any number of processes.

    Args:
        path: The SQLite file; made, with its folder, if it does not exist.

    Attributes:
        sources: Feeds and pages that are looked at again and again.
        copies: Which articles have the same text.
        audit: Who did what.

    Raises:
        LibraryError: The file is not a library, or one of a newer version of the program.
    """

    def __init__(self, path: Path) -> None:
        self._db = connect(path)
        self.sources = Sources(self._db)
        self.copies = Copies(self._db)
        self.audit = Audit(self._db)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def together(self) -> AbstractContextManager[None]:
        """Make what follows one change: all or nothing, and nobody sees a part of it."""
        return transaction(self._db)

    def put(self, articles: Iterable[Article]) -> None:
        """Keep these versions; none becomes current by it."""
        rows = [_row(a) for a in articles]
        with transaction(self._db):
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
        with transaction(self._db):
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
        with transaction(self._db):
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
        with transaction(self._db):
            rows = [(i,) for i in ids]
            self._db.executemany("DELETE FROM entry WHERE id = ?", rows)
            self._db.executemany("INSERT OR IGNORE INTO removed VALUES (?)", rows)

    def restore(self, ids: Collection[str]) -> None:
        """Undo `remove`: the files of these articles are read again."""
        with transaction(self._db):
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

    def listed(self, words: str, most: int, after: int = 0) -> tuple[list[Article], int]:
        """Return articles, newest first, and how many there are in all.

        Args:
            words: Each stands in the title, outlet or address, in whatever case; none for all.
            most: How many are returned at most.
            after: How many of the newest are passed over.
        """
        self._db.create_function("fold", 1, _fold, deterministic=True)
        held = "fold(title) || ' ' || fold(source) || ' ' || fold(url)"
        sought = words.casefold().split()
        where = " AND ".join(["TRUE", *(f"instr({held}, ?)" for _ in sought)])
        query = f"FROM entry JOIN article USING (digest) WHERE {where}"
        (count,) = self._db.execute(f"SELECT count(*) {query}", sought).fetchone()
        rows = self._db.execute(
            f"SELECT article.* {query}"
            " ORDER BY published IS NULL, published DESC, entry.id LIMIT ? OFFSET ?",
            (*sought, most, after),
        )
        return [_article(row) for row in rows], count

    def named(self, name: str) -> Article | None:
        """Return the current article with this id, address or file, or None."""
        row = self._db.execute(
            "SELECT article.* FROM entry JOIN article USING (digest)"
            " WHERE entry.id = :name OR url = :name OR origin = :name",
            {"name": name},
        ).fetchone()
        return _article(row) if row else None

    def copy(self) -> "Library":
        """Return a copy in memory, to see on it what a change would do."""
        copy = Library(Path(":memory:"))
        self._db.backup(copy._db)
        return copy

    def version(self, digest: str) -> Article | None:
        """Return one version of an article, current or not, or None if it is no longer kept."""
        row = self._db.execute("SELECT * FROM article WHERE digest = ?", (digest,)).fetchone()
        return _article(row) if row else None

    def article(self, identity: str) -> Article | None:
        """Return the current version of an article, or None if there is none."""
        row = self._db.execute(
            "SELECT article.* FROM entry JOIN article USING (digest) WHERE entry.id = ?",
            (identity,),
        ).fetchone()
        return _article(row) if row else None

    def all_versions(self, identity: str) -> list[Article]:
        """Return every version of an article that is kept, current or not."""
        rows = self._db.execute("SELECT * FROM article WHERE id = ? ORDER BY digest", (identity,))
        return [_article(row) for row in rows]

    def prune(self, keep: Collection[str]) -> int:
        """Delete versions that are neither current nor in `keep`; return how many."""
        with transaction(self._db):
            gone = self._db.execute(
                "DELETE FROM article WHERE digest NOT IN (SELECT digest FROM entry)"
                " AND digest NOT IN (SELECT value FROM json_each(?))",
                (json.dumps(list(keep)),),
            ).rowcount
        if gone:
            clear_remains(self._db)
        return int(gone)

    def standing(self, identity: str, digest: str) -> Standing:
        """Say what has become of an article since a version of it, which need not be kept."""
        now = self.article(identity)
        if now is None:
            taken = self._db.execute("SELECT 1 FROM removed WHERE id = ?", (identity,))
            return "removed" if taken.fetchone() else "gone"
        then = self.version(digest)
        # Another date or language leaves the words as they were quoted.
        is_same = then and (now.title, now.paragraphs) == (then.title, then.paragraphs)
        return "current" if is_same else "changed"

    def erase(self) -> bool:
        """Write the file anew, so that nothing deleted is left in it; whether it was possible."""
        return clear_remains(self._db, wholly=True)


def _fold(text: str | None) -> str:
    """What is the same in whatever case."""
    return (text or "").casefold()


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
