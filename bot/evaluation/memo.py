"""An encoder that remembers: data sets show the same sentences to many questions."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.paragraphs import digest
from index.cache import EmbeddingCache
from index.types import Encoder, TokenVectors, Vectors

_TOKEN_TEXTS = 512
"""Whose token vectors are remembered, for this run only: they are large."""


class MemoEncoder:
    """Gives what `encoder` gives, but makes each vector once. For one thread.

    Args:
        encoder: Makes the vectors.
        path: File that keeps them for the next run.
    """

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder = encoder
        self._kept = EmbeddingCache(path, encoder.fingerprint)
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.limit = encoder.limit
        self.count = encoder.count
        self._tokens = lru_cache(_TOKEN_TEXTS)(self._encode_tokens)

    def close(self) -> None:
        """Close the file."""
        self._kept.close()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension)."""
        return self._remembered("query", texts, self._encoder.encode_queries)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension)."""
        return self._remembered("passage", texts, self._encoder.encode_passages)

    def encode_tokens(self, text: str, *, query: bool = False) -> TokenVectors:
        """Return the vectors and spans of the tokens of one passage, or of one question."""
        return self._tokens(text, query)

    def _encode_tokens(self, text: str, query: bool) -> TokenVectors:
        return self._encoder.encode_tokens(text, query=query)

    def _remembered(
        self, kind: str, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        keys = {digest(f"{kind}\n{text}"): text for text in texts}
        known = self._kept.get(list(keys))
        missing = [key for key in keys if key not in known]
        if missing:
            made = encode([keys[key] for key in missing])
            fresh = dict(zip(missing, made, strict=True))
            self._kept.put(fresh)
            known |= fresh
        rows = [known[digest(f"{kind}\n{text}")] for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)
