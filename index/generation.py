"""One immutable generation of the index: its files, its manifest, opening and publishing it.

generations/000007/catalog.sqlite   passages by row: where each was cut from, its text and terms;
                                        each article's lead; how many articles hold each term,
                                        how many passages each word
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
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from index.catalog import Catalog, CatalogEntry, write_catalog
from index.dense import DenseIndex
from index.layout import Layout, fsync, fsync_tree, replace_text
from index.plan import Plan
from index.preference import Rows
from index.rerank import rarity
from index.sparse import SparseIndex
from index.types import UnusableError, Vectors

FORMAT = 5

_MANIFEST = "manifest.json"
_CATALOG = "catalog.sqlite"
_ROWS = "rows.npz"
_DENSE = "dense.faiss"
_SPARSE = "sparse"
_NUMBER = re.compile(r"\d{6,}")


_SUBJECT_SHARE = 0.1
_IMAGINARY_HOLDING = 5
"""Of the articles that hold a term, and of some imaginary ones that hold it, too, must have it in
their titles for it to be what articles are about. Dialogues on the sample among 1,870 articles of
news, dependent turns hit@1: at 0.06 70.7, 0.1 74.9, 0.16 75.4; inscit 67.6, 67.8, 66.4."""


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
        recipe: Digest of what articles are made into passages and vectors by: the same article
            under the same recipe is indexed as before.
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
    recipe: str
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
        self.catalog = Catalog(folder / _CATALOG)

    def close(self) -> None:
        """Close the catalog."""
        self.catalog.close()

    def entries(self, rows: Sequence[int]) -> list[CatalogEntry]:
        """Return the passages in `rows`, in their order."""
        return list(self.catalog.entries(rows))

    def rows_of(self, article_id: str) -> list[int]:
        """Return the rows of an article's passages, in order."""
        return self.catalog.rows_of(article_id)

    def lead(self, article_id: str) -> frozenset[str]:
        """Return the distinct terms of the beginning of an article."""
        return self.catalog.lead(article_id)

    def weights(self, terms: Iterable[str]) -> dict[str, float]:
        """Return each of the `terms` with its rarity among the articles."""
        articles = self.manifest.articles
        return {term: rarity(self.catalog.holding(term), articles) for term in terms}

    def held(self, terms: Iterable[str], articles: Iterable[str]) -> frozenset[str]:
        """Return those of the `terms` that one of some articles holds, if only in its title."""
        rows = [row for article in articles for row in self.rows_of(article)]
        found = frozenset[str]().union(*(e.terms | e.context_terms for e in self.entries(rows)))
        return found.intersection(terms)

    def subjects(self, terms: Iterable[str]) -> frozenset[str]:
        """Return those of the `terms` that articles are about and do not merely hold.

        In a large collection every word stands in some title. One that names a subject stands in
        the titles of many of the articles that hold it at all.
        """
        return frozenset(term for term in terms if self._is_subject(term))

    def _is_subject(self, term: str) -> bool:
        titled, holding = self.catalog.standing(term)
        return titled >= _SUBJECT_SHARE * (holding + _IMAGINARY_HOLDING)


def catalog_of(folder: Path) -> Catalog:
    """Open the catalog of a generation alone, unchecked."""
    return Catalog(folder / _CATALOG)


def write_parts(folder: Path, plan: Plan, base: Generation | None, vectors: Vectors) -> None:
    """Write everything but the manifest into an empty `folder`.

    Args:
        folder: Where to.
        plan: Which rows are taken from `base`, and the others.
        base: The generation before; None if nothing is taken.
        vectors: By row.
    """
    rows = base.rows if base else Rows.of([], [], [])
    dates, outlets = [one.published for one in plan.cut], [one.outlet for one in plan.cut]
    languages = [one.language for one in plan.cut]
    rows.rearranged(plan.taken, dates, outlets, languages).save(folder / _ROWS)
    sparse = base.sparse if base else SparseIndex.build([])
    sparse.rearranged(plan.taken, [one.document for one in plan.cut]).save(folder / _SPARSE)
    DenseIndex.build(vectors).save(folder / _DENSE)
    catalog = base.catalog if base else None
    write_catalog(folder / _CATALOG, catalog, plan.taken, [one.entry for one in plan.cut])


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
    point_to(layout, manifest.number)


def point_to(layout: Layout, number: int) -> None:
    """Make a whole generation the one that serves, in one step."""
    replace_text(layout.current, f"{number:06d}\n")


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
    numbers = layout.numbers()
    for number in numbers[: max(len(numbers) - keep, 0)]:
        if number != current:
            shutil.rmtree(layout.generation(number))
    sweep(layout)


def sweep(layout: Layout) -> None:
    """Delete what builds that were killed have left behind."""
    if layout.generations.is_dir():
        for path in layout.generations.iterdir():
            if not path.name.isdigit():
                shutil.rmtree(path)
