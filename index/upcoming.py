"""What a build would have to do, before anything is done."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from corpus.paragraphs import embedded_text, passages
from corpus.store import Library
from index.cache import EmbeddingCache
from index.generation import catalog_of, current_number, read_manifest
from index.layout import Layout
from index.types import Encoder, UnusableError

_SAMPLE = 32
"""Passages that are encoded to see how long it takes."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What a build would encode.

    Attributes:
        passages: How many whose text has not been encoded before.
        seconds: How long that takes here and now.
    """

    passages: int
    seconds: float


def upcoming(
    layout: Layout,
    library: Library,
    encoder: Encoder,
    *,
    full: bool = False,
    clock: Callable[[], float] = time.perf_counter,
) -> Upcoming:
    """Count what a build would encode, and measure the pace on a few of it. Keeps nothing.

    Args:
        layout: The data folder.
        library: Articles as they would be; may be a copy.
        encoder: That of the build.
        full: Whether everything would be encoded again.
        clock: Seconds, never falling.
    """
    texts = _unseen(layout, library, encoder, full=full)
    sample = list(texts.values())[:_SAMPLE]
    if not sample:
        return Upcoming(0, 0.0)
    begun = clock()
    encoder.encode_passages(sample)
    return Upcoming(len(texts), (clock() - begun) * len(texts) / len(sample))


def _unseen(layout: Layout, library: Library, encoder: Encoder, *, full: bool) -> dict[str, str]:
    """The texts to be encoded, by digest."""
    known = frozenset() if full else _published(layout, encoder)
    texts = {
        passage.digest: embedded_text(article, passage.paragraph, passage.text)
        for article in library.current()
        if article.digest() not in known
        for passage in passages(article, encoder.count, encoder.limit)
    }
    if full or not layout.embeddings.exists():
        return texts
    with closing(EmbeddingCache(layout.embeddings, encoder.fingerprint)) as cache:
        kept = cache.get(list(texts))
    return {digest: text for digest, text in texts.items() if digest not in kept}


def _published(layout: Layout, encoder: Encoder) -> frozenset[str]:
    """Versions of articles that this encoder has encoded for the current generation."""
    try:
        number = current_number(layout)
        if number is None:
            return frozenset()
        folder = layout.generation(number)
        manifest = read_manifest(folder)
        if manifest.fingerprint != encoder.fingerprint:
            return frozenset()
        with closing(catalog_of(folder)) as catalog:
            return frozenset(catalog.article_digests())
    except UnusableError:
        return frozenset()
