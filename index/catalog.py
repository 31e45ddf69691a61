"""The catalog of a generation: its passages by row, with what matching needs of them (SQLite).

A new catalog takes what has not changed from the one before, without its ever leaving SQLite.
"""

import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage
from index.rerank import LEAD
from index.spelling import words

_TABLES = (
    "CREATE TABLE passage (row INTEGER PRIMARY KEY, article_id TEXT NOT NULL,"
    " article_digest TEXT NOT NULL, paragraph INTEGER NOT NULL, start INTEGER NOT NULL,"
    " end INTEGER NOT NULL, text TEXT NOT NULL, digest TEXT NOT NULL, terms TEXT NOT NULL,"
    " context_terms TEXT NOT NULL) STRICT",
    "CREATE TABLE term (term TEXT PRIMARY KEY, articles INTEGER NOT NULL,"
    " titled INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE word (word TEXT PRIMARY KEY, passages INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE lead (article_id TEXT PRIMARY KEY, terms TEXT NOT NULL) STRICT, WITHOUT ROWID",
)
_PASSAGE = "article_id, article_digest, paragraph, start, end, text, digest, terms, context_terms"


class CatalogEntry(NamedTuple):
    """A passage with what matching needs of it.

    Attributes:
        passage: The passage.
        terms: Distinct terms of its text.
        context_terms: Distinct terms of its title and headings.
    """

    passage: Passage
    terms: frozenset[str]
    context_terms: frozenset[str]


class Held(NamedTuple):
    """One article in a catalog.

    Attributes:
        digest: Its version.
        first: Row of its first passage; the others follow.
        passages: How many it has.
    """

    digest: str
    first: int
    passages: int


class Catalog:
    """An open catalog. For one thread.

    Args:
        path: The file.

    Attributes:
        uri: Names it to SQLite, as a file that nobody changes.
    """

    def __init__(self, path: Path) -> None:
        self.uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(self.uri, uri=True, check_same_thread=False)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def entries(self, rows: Iterable[int]) -> Iterator[CatalogEntry]:
        """Yield the passages in `rows`, in their order."""
        query = f"SELECT {_PASSAGE} FROM passage WHERE row = ?"
        for row in rows:
            *columns, own, near = self._db.execute(query, (row,)).fetchone()
            yield CatalogEntry(Passage(*columns), frozenset(own.split()), frozenset(near.split()))

    def rows_of(self, article_id: str) -> list[int]:
        """Return the rows of an article's passages, in order."""
        found = self._db.execute(
            "SELECT row FROM passage WHERE article_id = ? ORDER BY row", (article_id,)
        )
        return [row for (row,) in found]

    def first_rows(self) -> list[int]:
        """Return the row of each article's first passage."""
        found = self._db.execute("SELECT min(row) FROM passage GROUP BY article_id")
        return [row for (row,) in found]

    def articles(self) -> dict[str, Held]:
        """Return the articles that have passages, by id."""
        found = self._db.execute(
            "SELECT article_id, article_digest, min(row), count(*) FROM passage GROUP BY article_id"
        )
        return {name: Held(*held) for name, *held in found}

    def lead(self, article_id: str) -> frozenset[str]:
        """Return the distinct terms of the beginning of an article."""
        row = self._db.execute(
            "SELECT terms FROM lead WHERE article_id = ?", (article_id,)
        ).fetchone()
        return frozenset(row[0].split()) if row else frozenset()

    def holding(self, term: str) -> int:
        """How many articles hold a term, in text, title or headings."""
        row = self._db.execute("SELECT articles FROM term WHERE term = ?", (term,)).fetchone()
        return int(row[0]) if row else 0

    def standing(self, term: str) -> tuple[int, int]:
        """How many articles have a term in a title or heading, and how many hold it at all."""
        row = self._db.execute(
            "SELECT titled, articles FROM term WHERE term = ?", (term,)
        ).fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def beginning(self, letters: str) -> list[str]:
        """Return the terms that begin with some letters."""
        last = letters + chr(sys.maxunicode)
        found = self._db.execute(
            "SELECT term FROM term WHERE term BETWEEN ? AND ?", (letters, last)
        )
        return [term for (term,) in found]

    def counts(self) -> tuple[Counter[str], Counter[str]]:
        """How many articles hold each term, and how many have it in a title or heading."""
        rows = self._db.execute("SELECT term, articles, titled FROM term").fetchall()
        return Counter({t: n for t, n, _ in rows}), Counter({t: n for t, _, n in rows if n})

    def words(self) -> Counter[str]:
        """How many passages hold each word as it is spelt (`index.spelling.words`)."""
        return Counter(dict(self._db.execute("SELECT word, passages FROM word")))

    def length(self) -> float:
        """Distinct terms of a passage, on average."""
        (mean,) = self._db.execute(
            "SELECT avg((terms <> '') * (1 + length(terms) - length(replace(terms, ' ', ''))))"
            " FROM passage"
        ).fetchone()
        return float(mean or 0)

    def article_digests(self) -> set[str]:
        """Versions of articles that have passages here."""
        return {d for (d,) in self._db.execute("SELECT DISTINCT article_digest FROM passage")}

    def digests(self) -> list[str]:
        """Digests of the texts that were embedded, by row."""
        return [d for (d,) in self._db.execute("SELECT digest FROM passage ORDER BY row")]


def write_catalog(
    path: Path, base: Catalog | None, taken: NDArray[np.int64], entries: Sequence[CatalogEntry]
) -> None:
    """Write a catalog of some of the articles of another and of new ones.

    Args:
        path: Where to; there is no such file yet.
        base: The other one; None if nothing is taken.
        taken: For each row the row of `base` that it is, or -1 for the next of `entries`.
        entries: The new passages, those of an article together.
    """
    held = base.articles() if base else {}
    rows = set(taken.tolist())
    kept = [name for name, one in held.items() if one.first in rows]
    with closing(sqlite3.connect(path.absolute().as_uri(), uri=True)) as db:
        # The file is thrown away if it is not finished; publishing brings it to the disk.
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        if base:
            db.execute("ATTACH ? AS base", (base.uri,))
        with db:
            for table in _TABLES:
                db.execute(table)
            if base:
                _take(db, taken, kept)
            new = np.flatnonzero(taken < 0).tolist()
            db.executemany(
                "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (_columns(row, entry) for row, entry in zip(new, entries, strict=True)),
            )
            db.execute("CREATE INDEX passage_article ON passage (article_id)")
            db.executemany(
                "INSERT INTO lead VALUES (?, ?)",
                ((i, " ".join(sorted(terms))) for i, terms in sorted(_leads(entries).items())),
            )
            holding, titled = _counted(base, held.keys() - set(kept), entries)
            db.executemany(
                "INSERT INTO term VALUES (?, ?, ?)",
                ((t, n, titled[t]) for t, n in sorted(holding.items())),
            )
            spelt = _spelt(base, held.keys() - set(kept), entries)
            db.executemany("INSERT INTO word VALUES (?, ?)", sorted(spelt.items()))


def _take(db: sqlite3.Connection, taken: NDArray[np.int64], kept: list[str]) -> None:
    """Copy the rows that stay, and the leads of their articles."""
    db.execute("CREATE TEMP TABLE moved (row INTEGER PRIMARY KEY, old INTEGER NOT NULL)")
    moved = ((row, old) for row, old in enumerate(taken.tolist()) if old >= 0)
    db.executemany("INSERT INTO moved VALUES (?, ?)", moved)
    db.execute(
        f"INSERT INTO passage SELECT moved.row, {_PASSAGE} FROM moved"
        " CROSS JOIN base.passage ON base.passage.row = moved.old ORDER BY moved.row"
    )
    db.execute("CREATE TEMP TABLE kept (id TEXT PRIMARY KEY)")
    db.executemany("INSERT INTO kept VALUES (?)", ((name,) for name in kept))
    db.execute("INSERT INTO lead SELECT * FROM base.lead WHERE article_id IN (SELECT id FROM kept)")


def _counted(
    base: Catalog | None, gone: Iterable[str], entries: Sequence[CatalogEntry]
) -> tuple[Mapping[str, int], Counter[str]]:
    """How many articles hold each term, and how many have it in a title or heading."""
    holding, titled = base.counts() if base else (Counter[str](), Counter[str]())
    for name in gone:
        _count(list(base.entries(base.rows_of(name))) if base else [], holding, titled, -1)
    for _, parts in groupby(entries, key=lambda e: e.passage.article_id):
        _count(list(parts), holding, titled, 1)
    return {term: count for term, count in holding.items() if count}, titled


def _count(
    article: Sequence[CatalogEntry], holding: Counter[str], titled: Counter[str], by: int
) -> None:
    above = frozenset[str]().union(*(e.context_terms for e in article))
    for term in above:
        titled[term] += by
    for term in above.union(*(e.terms for e in article)):
        holding[term] += by


def _spelt(
    base: Catalog | None, gone: Iterable[str], entries: Sequence[CatalogEntry]
) -> Mapping[str, int]:
    """How many passages hold each word."""
    found = base.words() if base else Counter[str]()
    lost = (base.entries(base.rows_of(name)) for name in gone) if base else ()
    for entry in chain.from_iterable(lost):
        found.subtract(set(words(entry.passage.text)))
    for entry in entries:
        found.update(set(words(entry.passage.text)))
    return {word: count for word, count in found.items() if count > 0}


def _leads(entries: Sequence[CatalogEntry]) -> dict[str, frozenset[str]]:
    """The terms with which each article begins, its title's among them."""
    leads: dict[str, frozenset[str]] = {}
    for article, parts in groupby(entries, key=lambda e: e.passage.article_id):
        head = [e for e in parts if e.passage.paragraph < LEAD]
        leads[article] = frozenset[str]().union(*(e.terms | e.context_terms for e in head))
    return leads


def _columns(row: int, entry: CatalogEntry) -> tuple[int | str, ...]:
    p = entry.passage
    return (
        *(row, p.article_id, p.article_digest, p.paragraph, p.start, p.end, p.text, p.digest),
        *(" ".join(sorted(entry.terms)), " ".join(sorted(entry.context_terms))),
    )
