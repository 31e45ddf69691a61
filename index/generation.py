"""One immutable generation of the index: its files, its manifest, opening and publishing it.

generations/000007/catalog.sqlite   passages by row: where each was cut from, its text and terms;
                                        each article's lead; how many articles hold each term
                   rows.npz         by row: day and outlet of the article (`index.preference`)
                   dense.faiss      vectors by row
                   sparse/          BM25 by row
                   manifest.json    format, encoder, counts and sha256 of each file; written last
CURRENT                             "000007", replaced by one atomic rename
"""

import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import NamedTuple

from corpus.types import Passage
from index.dense import DenseIndex
from index.layout import Layout, fsync, fsync_tree, replace_text
from index.preference import Rows
from index.rerank import rarity
from index.sparse import SparseIndex
from index.types import UnusableError

FORMAT = 2

_MANIFEST = "manifest.json"
_CATALOG = "catalog.sqlite"
_ROWS = "rows.npz"
_DENSE = "dense.faiss"
_SPARSE = "sparse"
_NUMBER = re.compile(r"\d{6,}")


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


class Contents(NamedTuple):
    """Everything that a generation holds beside the two indexes.

    Attributes:
        entries: Passages by row.
        rows: When and where each was published.
        leads: Distinct terms of the beginning of each article, by id (`index.rerank.LEAD`).
        holding: How many articles hold each term.
        titled: The terms that stand in a title or heading.
    """

    entries: Sequence[CatalogEntry]
    rows: Rows
    leads: Mapping[str, frozenset[str]]
    holding: Mapping[str, int]
    titled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of.

    Attributes:
        format: Version of the layout.
        number: The generation's own.
        created: When it was built, ISO 8601 in UTC.
        model: Name of the encoder.
        fingerprint: The encoder's.
        dimension: Length of its vectors.
        floor: Cosine of unrelated texts under it (`index.scale`).
        articles: How many.
        passages: How many.
        length: Distinct terms of a passage, on average.
        languages: Articles in each language.
        sources: The files and folders that were configured.
        content: Digest of everything indexed: the same content needs no new generation.
        files: Sha256 of each file, by path within the folder.
    """

    format: int
    number: int
    created: str
    model: str
    fingerprint: str
    dimension: int
    floor: float
    articles: int
    passages: int
    length: float
    languages: dict[str, int]
    sources: list[str]
    content: str
    files: dict[str, str]


class Generation:
    """An open generation. For one thread; any number of processes.

    Args:
        folder: Of the generation.
        manifest: Already read from it.

    Raises:
        UnusableError: A file is missing or not the one in the manifest.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        check_files(folder, manifest)
        self.dense = DenseIndex.load(folder / _DENSE)
        self.sparse = SparseIndex.load(folder / _SPARSE)
        self.rows = Rows.load(folder / _ROWS)
        if not len(self.dense) == len(self.sparse) == len(self.rows) == manifest.passages:
            raise UnusableError(
                f"{folder}: its parts differ in length: run `verbatim index --full`"
            )
        uri = f"{(folder / _CATALOG).absolute().as_uri()}?mode=ro&immutable=1"
        self._catalog = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def close(self) -> None:
        """Close the catalog."""
        self._catalog.close()

    def entries(self, rows: Sequence[int]) -> list[CatalogEntry]:
        """Return the passages in `rows`, in their order."""
        found = []
        for row in rows:
            *columns, own, near = self._catalog.execute(
                "SELECT article_id, article_digest, paragraph, start, end, text, digest,"
                " terms, context_terms FROM passage WHERE row = ?",
                (row,),
            ).fetchone()
            found.append(
                CatalogEntry(Passage(*columns), frozenset(own.split()), frozenset(near.split()))
            )
        return found

    def rows_of(self, article_id: str) -> list[int]:
        """Return the rows of an article's passages, in order."""
        found = self._catalog.execute(
            "SELECT row FROM passage WHERE article_id = ? ORDER BY row", (article_id,)
        )
        return [row for (row,) in found]

    def latest(self, most: int) -> list[Passage]:
        """Return the first passages of the `most` latest articles, newest first, undated last."""
        found = self._catalog.execute("SELECT min(row) FROM passage GROUP BY article_id")
        rows = sorted((row for (row,) in found), key=lambda row: (-int(self.rows.days[row]), row))
        return [entry.passage for entry in self.entries(rows[:most])]

    def lead(self, article_id: str) -> frozenset[str]:
        """Return the distinct terms of the beginning of an article."""
        row = self._catalog.execute(
            "SELECT terms FROM lead WHERE article_id = ?", (article_id,)
        ).fetchone()
        return frozenset(row[0].split()) if row else frozenset()

    def weights(self, terms: Iterable[str]) -> dict[str, float]:
        """Return each of the `terms` with its rarity among the articles."""
        weights = {}
        for term in terms:
            row = self._catalog.execute(
                "SELECT articles FROM term WHERE term = ?", (term,)
            ).fetchone()
            weights[term] = rarity(row[0] if row else 0, self.manifest.articles)
        return weights

    def titled(self, terms: Iterable[str]) -> frozenset[str]:
        """Return those of the `terms` that stand in a title or heading."""
        found = (
            self._catalog.execute("SELECT term FROM term WHERE term = ? AND titled", (term,))
            for term in terms
        )
        return frozenset(row[0] for one in found for row in one)

    def article_digests(self) -> set[str]:
        """Versions of articles that this generation quotes."""
        return {d for (d,) in self._catalog.execute("SELECT DISTINCT article_digest FROM passage")}

    def digests(self) -> set[str]:
        """Digests of every text that was embedded for it."""
        return {d for (d,) in self._catalog.execute("SELECT digest FROM passage")}


def write_parts(folder: Path, contents: Contents, dense: DenseIndex, sparse: SparseIndex) -> None:
    """Write everything but the manifest into an empty `folder`.

    Args:
        folder: Where to.
        contents: Passages and what is known of them.
        dense: Over the passages' vectors.
        sparse: Over their terms.
    """
    with closing(sqlite3.connect(folder / _CATALOG)) as db, db:
        db.execute(
            "CREATE TABLE passage (row INTEGER PRIMARY KEY, article_id TEXT NOT NULL,"
            " article_digest TEXT NOT NULL, paragraph INTEGER NOT NULL, start INTEGER NOT NULL,"
            " end INTEGER NOT NULL, text TEXT NOT NULL, digest TEXT NOT NULL, terms TEXT NOT NULL,"
            " context_terms TEXT NOT NULL) STRICT"
        )
        db.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_columns(row, entry) for row, entry in enumerate(contents.entries)),
        )
        db.execute("CREATE INDEX passage_article ON passage (article_id)")
        db.execute(
            "CREATE TABLE term (term TEXT PRIMARY KEY, articles INTEGER NOT NULL,"
            " titled INTEGER NOT NULL) STRICT, WITHOUT ROWID"
        )
        db.executemany(
            "INSERT INTO term VALUES (?, ?, ?)",
            ((t, n, t in contents.titled) for t, n in sorted(contents.holding.items())),
        )
        db.execute(
            "CREATE TABLE lead (article_id TEXT PRIMARY KEY, terms TEXT NOT NULL)"
            " STRICT, WITHOUT ROWID"
        )
        db.executemany(
            "INSERT INTO lead VALUES (?, ?)",
            ((i, " ".join(sorted(terms))) for i, terms in sorted(contents.leads.items())),
        )
    contents.rows.save(folder / _ROWS)
    dense.save(folder / _DENSE)
    sparse.save(folder / _SPARSE)


def _columns(row: int, entry: CatalogEntry) -> tuple[int | str, ...]:
    p = entry.passage
    return (
        *(row, p.article_id, p.article_digest, p.paragraph, p.start, p.end, p.text, p.digest),
        *(" ".join(sorted(entry.terms)), " ".join(sorted(entry.context_terms))),
    )


def checksums(folder: Path) -> dict[str, str]:
    """Sha256 of every file below `folder` but the manifest, by relative path."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != _MANIFEST:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = digest
    return found


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file with its checksum.

    Raises:
        UnusableError: One is missing, damaged or too many.
    """
    found = checksums(folder)
    for name in sorted(found.keys() | manifest.files.keys()):
        if found.get(name) != manifest.files.get(name):
            raise UnusableError(
                f"{folder / name} is missing or damaged: run `verbatim index --full`"
            )


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a generation.

    Raises:
        UnusableError: There is none, it is not whole, or of another format.
    """
    try:
        values = json.loads((folder / _MANIFEST).read_text("utf-8"))
        if values["format"] != FORMAT:
            raise UnusableError(
                f"{folder}: an index of format {values['format']}, this program reads {FORMAT}:"
                " run `verbatim index --full`"
            )
        return Manifest(**{f.name: values[f.name] for f in fields(Manifest)})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableError(
            f"{folder}: its manifest cannot be read: run `verbatim index --full`"
        ) from error


def publish(layout: Layout, building: Path, manifest: Manifest) -> None:
    """Make what lies in `building` the current generation.

    At every instant, whatever happens, CURRENT names a whole generation or none does.
    """
    (building / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n", "utf-8")
    fsync_tree(building)
    building.rename(layout.generation(manifest.number))
    fsync(layout.generations)
    replace_text(layout.current, f"{manifest.number:06d}\n")


def current_number(layout: Layout) -> int | None:
    """Number of the generation that serves, or None before the first.

    Raises:
        UnusableError: CURRENT does not name one.
    """
    try:
        text = layout.current.read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UnusableError(f"{layout.current}: {error}: run `verbatim index --full`") from error
    if not _NUMBER.fullmatch(text):
        raise UnusableError(f"{layout.current} names no generation: run `verbatim index --full`")
    return int(text)


def open_current(layout: Layout) -> Generation | None:
    """Open the generation that serves, or return None before the first.

    Raises:
        UnusableError: It is damaged or of another format.
    """
    number = current_number(layout)
    if number is None:
        return None
    folder = layout.generation(number)
    return Generation(folder, read_manifest(folder))


def prune(layout: Layout, keep: int) -> None:
    """Delete all but the newest `keep` generations, never the current one, and abandoned builds."""
    current = current_number(layout)
    for number in layout.numbers()[: -max(keep, 1)]:
        if number != current:
            shutil.rmtree(layout.generation(number))
    sweep(layout)


def sweep(layout: Layout) -> None:
    """Delete what builds that were killed have left behind."""
    if layout.generations.is_dir():
        for path in layout.generations.iterdir():
            if not path.name.isdigit():
                shutil.rmtree(path)
