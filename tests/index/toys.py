"""An encoder whose vectors can be worked out by hand, and small articles."""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.store import Entry, Library
from corpus.types import Article
from index.types import TokenVectors, Vectors

WORDS = ("iran", "moscow", "oil", "comet")


class ToyEncoder:
    """Counts four words; a fifth axis keeps every vector off zero. Remembers what it encoded."""

    name = "toy"
    dimension = 5

    def __init__(self, fingerprint: str = "toy-1", limit: int = 40) -> None:
        self.fingerprint = fingerprint
        self.limit = limit
        self.encoded: list[str] = []

    def count(self, text: str) -> int:
        """A token for each word."""
        return len(text.split())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return shape (n, 5)."""
        rows = [[*(t.lower().count(w) for w in WORDS), 1] for t in texts]
        vectors = np.array(rows, np.float32).reshape(-1, 5)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return shape (n, 5)."""
        self.encoded.extend(texts)
        return self.encode_queries(texts)

    def encode_tokens(self, text: str, *, query: bool = False) -> TokenVectors:  # noqa: ARG002
        """A token for each word, its vector that of the word alone."""
        spans = [found.span() for found in re.finditer(r"\S+", text)]
        vectors = self.encode_queries([text[start:end] for start, end in spans])
        return TokenVectors(vectors, np.array(spans, np.int64).reshape(-1, 2))


def article(name: str, *paragraphs: str, language: str = "en") -> Article:
    """Return an article with a name for its id and title."""
    return Article(
        id=hashlib.sha256(name.encode()).hexdigest()[:12],
        url=f"https://news.example/{name}",
        title=name.capitalize(),
        source="Toy",
        authors=(),
        published=datetime(2014, 12, 17, tzinfo=UTC),
        published_from="date line",
        language=language,
        paragraphs=paragraphs,
    )


def fill(library: Library, *articles: Article) -> None:
    """Make exactly these articles current."""
    library.put(articles)
    keep = [Entry(a.id, a.digest(), a.url or a.id, "s", added=False) for a in articles]
    gone = {e.id for e in library.entries()} - {a.id for a in articles}
    library.change(keep=keep, drop=gone)


def library_at(folder: Path) -> Library:
    """Open the library of a data folder."""
    return Library(folder / "library.sqlite")
