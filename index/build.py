"""Library to a published generation: cut, encode what is new, index, publish, prune."""

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from filelock import FileLock, Timeout

from corpus.store import Library
from index import generation
from index.cache import EmbeddingCache
from index.generation import Manifest
from index.languages import foreign
from index.layout import Layout
from index.plan import Plan, content, plan, recipe
from index.rollback import RolledBack, resume, rolled_back
from index.scale import floor
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
        held: The rollback because of which nothing was published, or None.
    """

    manifest: Manifest
    published: bool
    encoded: int
    foreign: dict[str, int]
    held: RolledBack | None = None


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
    unhold: bool = False,
    progress: Progress = silent,
) -> BuildReport:
    """Make the current generation hold what the library holds. Call it within `exclusive`.

    What the generation before has of an article that has not changed is taken from there. A build
    that is killed resumes: vectors are kept batch by batch, and a generation is seen by
    readers only when it is whole.

    Args:
        layout: The data folder.
        library: Articles; the versions that no kept generation quotes are deleted from it.
        encoder: Encodes the passages whose text it has not encoded before.
        sources: The configured files and folders, for the manifest.
        full: Encode everything again and publish even if nothing changed.
        keep: How many generations stay on disk.
        unhold: Publish even if a person has gone back to an earlier generation; so does `full`.
        progress: Told how far it is.

    Raises:
        UnusableError: The folder cannot be written.
    """
    generation.sweep(layout)
    made_by = recipe(encoder, generation.FORMAT)
    with library.together():
        versions, languages = library.versions(), library.languages()
    wanted = content(made_by, sources, versions)
    old = None if full else _unbroken(layout)
    if unhold:
        resume(layout)
    if old is not None and old.content == wanted:
        return BuildReport(old, published=False, encoded=0, foreign=foreign(encoder, languages))
    held = rolled_back(layout)
    if old is not None and held:
        return BuildReport(old, False, 0, foreign(encoder, languages), held)
    with ExitStack() as opened:
        cache = opened.enter_context(
            closing(EmbeddingCache(layout.embeddings, encoder.fingerprint))
        )
        base = None
        if old is not None and old.recipe == made_by:
            folder = layout.generation(old.number)
            base = opened.enter_context(closing(generation.Generation(folder, old)))
        kept = _kept_vectors(base, cache)
        base = None if kept is None else base
        planned = plan(library, versions, encoder, base.catalog if base else None)
        texts = {c.entry.passage.digest: c.embedded for c in planned.cut}
        known = {} if full else cache.get(list(texts))
        missing = [d for d in texts if d not in known]
        known |= _encode(missing, texts, encoder, cache, progress)
        vectors = np.empty((len(planned.taken), encoder.dimension), np.float32)
        if kept is not None:
            vectors[planned.taken >= 0] = kept[planned.taken[planned.taken >= 0]]
        for row, part in zip(np.flatnonzero(planned.taken < 0), planned.cut, strict=True):
            vectors[row] = known[part.entry.passage.digest]
        made = _Made(made_by, wanted, languages, list(sources))
        manifest = _publish(layout, encoder, planned, base, vectors, made, progress)
        resume(layout)
        prune(layout, library, cache, keep)
    return BuildReport(manifest, True, len(missing), foreign(encoder, languages))


class _Made(NamedTuple):
    """What a manifest says that the parts of a generation do not.

    Attributes:
        recipe: Of `index.plan`.
        content: Of `index.plan`.
        languages: How many articles are in each.
        sources: The configured files and folders.
    """

    recipe: str
    content: str
    languages: dict[str, int]
    sources: list[str]


def _kept_vectors(base: generation.Generation | None, cache: EmbeddingCache) -> Vectors | None:
    """The vectors of `base` by row, as they were made, or None if they cannot be had."""
    if base is None:
        return None
    vectors = base.dense.vectors()
    if vectors is not None:
        return vectors
    # A large index keeps them rounded.
    digests = base.catalog.digests()
    known = cache.get(digests)
    if any(d not in known for d in digests):
        return None
    return np.stack([known[d] for d in digests])


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
    planned: Plan,
    base: generation.Generation | None,
    vectors: Vectors,
    made: _Made,
    progress: Progress,
) -> Manifest:
    progress("writing", 0, 1)
    try:
        layout.generations.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix="building-", dir=layout.generations))
        generation.write_parts(building, planned, base, vectors)
        with closing(generation.catalog_of(building)) as catalog:
            length = catalog.length()
        manifest = Manifest(
            format=generation.FORMAT,
            number=max(layout.numbers(), default=0) + 1,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            model=encoder.name,
            fingerprint=encoder.fingerprint,
            dimension=encoder.dimension,
            floor=base.manifest.floor if base else floor(encoder),
            articles=sum(made.languages.values()),
            passages=len(planned.taken),
            length=length,
            languages=made.languages,
            sources=made.sources,
            recipe=made.recipe,
            content=made.content,
            files=generation.checksums(building),
        )
        generation.publish(layout, building, manifest)
    except OSError as error:
        raise UnusableError(
            f"{layout.generations}: {error.strerror or error}: free some space or check its rights"
        ) from error
    progress("writing", 1, 1)
    return manifest


def prune(layout: Layout, library: Library, cache: EmbeddingCache, keep: int) -> None:
    """Delete all but `keep` generations, and what only those needed of the library and the cache.

    Call it within `exclusive`.
    """
    generation.prune(layout, keep)
    versions: set[str] = set()
    texts: set[str] = set()
    for number in layout.numbers():
        try:
            with closing(generation.catalog_of(layout.generation(number))) as kept:
                versions |= kept.article_digests()
                texts.update(kept.digests())
        except sqlite3.Error:
            continue
    library.prune(versions)
    cache.prune(texts)
