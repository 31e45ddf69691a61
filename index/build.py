"""Library to a published generation: cut, encode what is new, index, publish, prune."""

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from filelock import FileLock, Timeout

from corpus.paragraphs import context, embedded_text, passages
from corpus.store import Library
from index import generation
from index.cache import EmbeddingCache
from index.dense import DenseIndex
from index.generation import CatalogEntry, Contents, Manifest
from index.languages import foreign
from index.layout import Layout
from index.preference import Rows
from index.rerank import LEAD
from index.scale import floor
from index.sparse import SparseIndex
from index.terms import TERMS, terms
from index.types import Encoder, Progress, UnusableError, Vectors, silent

_BATCH = 64


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        manifest: Of the generation that now serves.
        published: Whether it is a new one; nothing is published when nothing changed.
        encoded: How many passages were encoded; the others' vectors were kept from before.
        foreign: Languages that the model does not understand, with the articles in each.
    """

    manifest: Manifest
    published: bool
    encoded: int
    foreign: dict[str, int]


@contextmanager
def exclusive(layout: Layout, wait: float) -> Iterator[None]:
    """Be the only process that changes library and generations; a killed one lets go by itself.

    Args:
        layout: The data folder.
        wait: Seconds to wait for another one to end; -1 for ever.

    Raises:
        UnusableError: Another one is still at work, or the folder cannot be written.
    """
    try:
        layout.data.mkdir(parents=True, exist_ok=True)
        lock = FileLock(layout.lock)
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise UnusableError(
            f"another `verbatim` is indexing {layout.data}: wait until it has finished"
        ) from error
    except OSError as error:
        raise UnusableError(
            f"{layout.data}: {error.strerror or error}: choose another folder with --data"
        ) from error
    try:
        yield
    finally:
        lock.release()


def build(
    layout: Layout,
    library: Library,
    encoder: Encoder,
    *,
    sources: Sequence[str] = (),
    full: bool = False,
    keep: int = 3,
    progress: Progress = silent,
) -> BuildReport:
    """Make the current generation hold what the library holds. Call it within `exclusive`.

    A build that is killed resumes: vectors are kept batch by batch, and a generation is seen by
    readers only when it is whole.

    Args:
        layout: The data folder.
        library: Articles; the versions that no kept generation quotes are deleted from it.
        encoder: Encodes the passages whose text it has not encoded before.
        sources: The configured files and folders, for the manifest.
        full: Encode everything again and publish even if nothing changed.
        keep: How many generations stay on disk.
        progress: Told how far it is.

    Raises:
        UnusableError: The folder cannot be written.
    """
    generation.sweep(layout)
    cut, languages = _cut(library, encoder)
    content = _content(encoder, cut, sources)
    old = None if full else _unbroken(layout)
    if old is not None and old.content == content:
        return BuildReport(old, published=False, encoded=0, foreign=foreign(encoder, languages))
    with closing(EmbeddingCache(layout.embeddings, encoder.fingerprint)) as cache:
        texts = {c.entry.passage.digest: c.embedded for c in cut}
        known = {} if full else cache.get(list(texts))
        missing = [d for d in texts if d not in known]
        known |= _encode(missing, texts, encoder, cache, progress)
        vectors = np.empty((len(cut), encoder.dimension), np.float32)
        for row, part in enumerate(cut):
            vectors[row] = known[part.entry.passage.digest]
        manifest = _publish(
            layout, encoder, cut, vectors, languages, list(sources), content, progress
        )
        _prune(layout, library, cache, keep)
    return BuildReport(manifest, True, len(missing), foreign(encoder, languages))


class _Cut(NamedTuple):
    """A passage ready to be indexed.

    Attributes:
        entry: What the catalog keeps of it.
        embedded: Exactly the text that is embedded.
        document: Its terms with those of its context, for BM25.
        published: Day of the article.
        outlet: Of the article.
    """

    entry: CatalogEntry
    embedded: str
    document: list[str]
    published: date | None
    outlet: str | None


def _cut(library: Library, encoder: Encoder) -> tuple[list[_Cut], dict[str, int]]:
    """Every passage of the collection, and how many articles are in each language."""
    cut: list[_Cut] = []
    languages: Counter[str] = Counter()
    for article in library.current():
        languages[article.language] += 1
        for passage in passages(article, encoder.count, encoder.limit):
            near = terms(context(article, passage.paragraph), article.language)
            own = terms(passage.text, article.language)
            entry = CatalogEntry(passage, frozenset(own), frozenset(near))
            embedded = embedded_text(article, passage.paragraph, passage.text)
            day = article.published.date() if article.published else None
            cut.append(_Cut(entry, embedded, near + own, day, article.source))
    return cut, dict(sorted(languages.items()))


def _holding(cut: list[_Cut]) -> Counter[str]:
    """How many articles hold each term, in text, title or date."""
    holding: Counter[str] = Counter()
    for _, parts in groupby(cut, key=lambda c: c.entry.passage.article_id):
        holding.update({t for part in parts for t in part.entry.terms | part.entry.context_terms})
    return holding


def _titled(cut: list[_Cut]) -> frozenset[str]:
    """The terms that stand in a title or heading."""
    return frozenset().union(*(c.entry.context_terms for c in cut))


def _leads(cut: list[_Cut]) -> dict[str, frozenset[str]]:
    """The terms with which each article begins, its title's among them."""
    leads: dict[str, frozenset[str]] = {}
    for article, parts in groupby(cut, key=lambda c: c.entry.passage.article_id):
        head = [p.entry for p in parts if p.entry.passage.paragraph < LEAD]
        leads[article] = frozenset().union(*(e.terms | e.context_terms for e in head))
    return leads


def _content(encoder: Encoder, cut: list[_Cut], sources: Sequence[str]) -> str:
    head = [generation.FORMAT, TERMS, encoder.fingerprint, *sources]
    digest = hashlib.sha256(json.dumps(head).encode())
    for entry, *_ in cut:
        passage = entry.passage
        digest.update(f"\n{passage.docid} {passage.article_digest} {passage.digest}".encode())
    return digest.hexdigest()


def _unbroken(layout: Layout) -> Manifest | None:
    """The current generation's manifest if that is whole; a broken one is built anew."""
    try:
        number = generation.current_number(layout)
        if number is None:
            return None
        folder = layout.generation(number)
        manifest = generation.read_manifest(folder)
        generation.check_files(folder, manifest)
    except UnusableError:
        return None
    return manifest


def _encode(
    digests: list[str],
    texts: dict[str, str],
    encoder: Encoder,
    cache: EmbeddingCache,
    progress: Progress,
) -> dict[str, Vectors]:
    made: dict[str, Vectors] = {}
    for at in range(0, len(digests), _BATCH):
        progress("encoding", at, len(digests))
        part = digests[at : at + _BATCH]
        batch = dict(zip(part, encoder.encode_passages([texts[d] for d in part]), strict=True))
        cache.put(batch)
        made |= batch
    if digests:
        progress("encoding", len(digests), len(digests))
    return made


def _publish(
    layout: Layout,
    encoder: Encoder,
    cut: list[_Cut],
    vectors: Vectors,
    languages: dict[str, int],
    sources: list[str],
    content: str,
    progress: Progress,
) -> Manifest:
    progress("writing", 0, 1)
    try:
        layout.generations.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix="building-", dir=layout.generations))
        generation.write_parts(
            building,
            Contents(
                [c.entry for c in cut],
                Rows.of([c.published for c in cut], [c.outlet for c in cut]),
                _leads(cut),
                _holding(cut),
                _titled(cut),
            ),
            DenseIndex.build(vectors),
            SparseIndex.build([c.document for c in cut]),
        )
        manifest = Manifest(
            format=generation.FORMAT,
            number=max(layout.numbers(), default=0) + 1,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            model=encoder.name,
            fingerprint=encoder.fingerprint,
            dimension=encoder.dimension,
            floor=floor(encoder),
            articles=sum(languages.values()),
            passages=len(cut),
            length=sum(len(c.entry.terms) for c in cut) / max(len(cut), 1),
            languages=languages,
            sources=sources,
            content=content,
            files=generation.checksums(building),
        )
        generation.publish(layout, building, manifest)
    except OSError as error:
        raise UnusableError(
            f"{layout.generations}: {error.strerror or error}: free some space or check its rights"
        ) from error
    progress("writing", 1, 1)
    return manifest


def _prune(layout: Layout, library: Library, cache: EmbeddingCache, keep: int) -> None:
    """Delete old generations, and what only they needed of the library and the cache."""
    generation.prune(layout, keep)
    versions: set[str] = set()
    texts: set[str] = set()
    for number in layout.numbers():
        folder = layout.generation(number)
        try:
            with closing(generation.Generation(folder, generation.read_manifest(folder))) as kept:
                versions |= kept.article_digests()
                texts |= kept.digests()
        except UnusableError:
            continue
    library.prune(versions)
    cache.prune(texts)
