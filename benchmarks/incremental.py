"""How long it takes to add a few articles to a large collection, and to follow it.

A synthetic collection of words drawn as in real text, its vectors random and put into the cache
beforehand, so that the set-up takes a minute and not an hour; what is added is encoded by the
model that comes with the program. Run from the repository's root:

    python -m benchmarks.incremental --passages 100000 --articles 10
"""

import argparse
import cProfile
import os
import pstats
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np

from corpus.paragraphs import passages
from corpus.store import Entry, Library
from corpus.types import Article
from index.build import BuildReport, build
from index.cache import EmbeddingCache
from index.generation import open_current
from index.layout import Layout
from index.models import open_encoder
from index.types import Encoder

_PARAGRAPHS = 20
_WORDS = 45
_VOCABULARY = 60_000


class _Author:
    """Writes articles of words that are as unequally frequent as those of a language."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        letters = np.array(list("aeioubdfgklmnprst"))
        lengths = self._chance.integers(2, 11, _VOCABULARY)
        self._words = ["".join(self._chance.choice(letters, n)) for n in lengths]

    def article(self, name: str) -> Article:
        ranks = self._chance.zipf(1.25, (_PARAGRAPHS, _WORDS)) % _VOCABULARY
        paragraphs = tuple(
            " ".join(self._words[r] for r in row).capitalize() + "." for row in ranks
        )
        return Article(
            id=name,
            url=f"https://news.example/{name}",
            title=" ".join(paragraphs[0].split()[:8]),
            source="Bench",
            authors=(),
            published=None,
            published_from=None,
            language="en",
            paragraphs=paragraphs,
        )


def _take(library: Library, articles: list[Article]) -> None:
    library.put(articles)
    library.change(keep=[Entry(a.id, a.digest(), a.id, "s", added=True) for a in articles])


def _prefill(layout: Layout, encoder: Encoder, articles: list[Article]) -> None:
    """Put a random vector for each passage into the cache."""
    chance = np.random.default_rng(1)
    with closing(EmbeddingCache(layout.embeddings, encoder.fingerprint)) as cache:
        for article in articles:
            digests = [p.digest for p in passages(article, encoder.count, encoder.limit)]
            vectors = chance.standard_normal((len(digests), encoder.dimension), np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            cache.put(dict(zip(digests, vectors, strict=True)))


def _called(work: Callable[..., BuildReport], *args: object, **named: object) -> BuildReport:
    return work(*args, **named)


def _measure(folder: Path, count: int, added: int, *, profiled: bool) -> None:
    layout, encoder, author = Layout(folder), open_encoder(), _Author(7)
    # Ids as spread as digests are: what is new falls between what is there.
    names = [f"{n * 2654435761 % 2**32:08x}" for n in range(count // _PARAGRAPHS + added)]
    articles = [author.article(name) for name in names]
    with Library(layout.library) as library:
        _take(library, articles[:-added])
        _prefill(layout, encoder, articles[:-added])
        begun = time.perf_counter()
        report = build(layout, library, encoder)
        seconds = time.perf_counter() - begun
        print(f"{report.manifest.passages} passages from cached vectors: {seconds:.1f} s")
        for run in ("add", "change", "nothing"):
            if run == "add":
                _take(library, articles[-added:])
            elif run == "change":
                _take(library, [author.article(name) for name in names[:added]])
            profile = cProfile.Profile()
            told: dict[str, list[float]] = {}

            def tell(
                stage: str, _done: int, _total: int, told: dict[str, list[float]] = told
            ) -> None:
                told.setdefault(stage, []).append(time.perf_counter())

            begun = time.perf_counter()
            work = profile.runcall if profiled else _called
            report = work(build, layout, library, encoder, progress=tell)
            seconds = time.perf_counter() - begun
            encoding = told["encoding"][-1] - told["encoding"][0] if report.encoded else 0
            published = told["writing"][-1] - begun if report.published else 0
            print(
                f"{run}: {added} articles, {report.encoded} encoded in {encoding:.1f} s:"
                f" published after {published:.1f} s, done after {seconds:.1f} s"
                f" (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)"
            )
            if profiled:
                pstats.Stats(profile).sort_stats("cumulative").print_stats(28)
    begun = time.perf_counter()
    opened = open_current(layout)
    if opened:
        opened.close()
    print(f"opened by a running bot: {time.perf_counter() - begun:.1f} s")


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--articles", type=int, default=10)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder), options.passages, options.articles, profiled=options.profile)


if __name__ == "__main__":
    main()
