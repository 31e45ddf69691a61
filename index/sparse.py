"""Terms to hits by BM25. The only import of the lexical engine."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.types import Hit, UnusableError

# The library logs what it is doing at a level of its own.
logging.getLogger("bm25s").setLevel(logging.WARNING)

_K1 = 1.5
_B = 0.75


class SparseIndex:
    """BM25 (Robertson and Zaragoza, 2009, as Lucene computes it) over lists of terms.

    Args:
        engine: An indexed bm25s model, or None for an empty index.
        count: How many documents it holds.
    """

    def __init__(self, engine: bm25s.BM25 | None, count: int) -> None:
        self._engine = engine
        self._count = count

    @classmethod
    def build(cls, documents: Sequence[list[str]]) -> "SparseIndex":
        """Index each document's terms; row numbers are the order in which they were given."""
        if not any(documents):
            return cls(None, len(documents))
        engine = bm25s.BM25(k1=_K1, b=_B, method="lucene")
        engine.index([list(d) for d in documents], show_progress=False)
        return cls(engine, len(documents))

    @classmethod
    def load(cls, folder: Path) -> "SparseIndex":
        """Open what `save` wrote.

        Raises:
            UnusableError: The folder is not such an index.
        """
        try:
            count = int(json.loads((folder / "count.json").read_text("utf-8")))
            if not (folder / "vocab.index.json").exists():
                return cls(None, count)
            return cls(bm25s.BM25.load(folder), count)
        except (OSError, ValueError, KeyError) as error:
            raise UnusableError(
                f"{folder}: not a BM25 index: run `verbatim index --full`"
            ) from error

    def save(self, folder: Path) -> None:
        """Write the index to a folder."""
        folder.mkdir()
        if self._engine is not None:
            self._engine.save(folder, show_progress=False)
        (folder / "count.json").write_text(json.dumps(self._count), "utf-8")

    def __len__(self) -> int:
        return self._count

    def scores(self, query: list[str]) -> NDArray[np.float32]:
        """Return the score of every row, shape (n,); 0.0 where no term is shared."""
        if self._engine is None or not self._engine.get_tokens_ids(query):
            return np.zeros(self._count, np.float32)
        scores: NDArray[np.float32] = self._engine.get_scores(query)
        return scores

    def search(
        self, query: list[str], k: int, factors: NDArray[np.float32] | None = None
    ) -> list[Hit]:
        """Return at most `k` hits that share a term with `query`, best first, ties by row.

        Args:
            query: Terms.
            k: How many at most.
            factors: What each row's score is multiplied by, shape (n,); None for nothing.
        """
        scores = self.scores(query)
        return best(scores if factors is None else scores * factors, k)


def best(scores: NDArray[np.float32], k: int) -> list[Hit]:
    """The `k` highest of `scores` that are above zero, best first, ties by row."""
    rows = np.flatnonzero(scores > 0)
    order = np.lexsort((rows, -scores[rows]))[: max(k, 0)]
    return [Hit(int(r), float(scores[r])) for r in rows[order]]
