"""Terms to hits by BM25. The only import of the lexical engine."""

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.postings import Postings
from index.types import Hit, UnusableError

# The library logs what it is doing at a level of its own.
logging.getLogger("bm25s").setLevel(logging.WARNING)

_K1 = 1.5
_B = 0.75
_COUNTS = "counts.npy"


class SparseIndex:
    """BM25 (Robertson and Zaragoza, 2009, as Lucene computes it) over lists of terms.

    Args:
        postings: What is indexed.
        engine: Over these, as it was loaded; None to make one.
    """

    def __init__(self, postings: Postings, engine: bm25s.BM25 | None = None) -> None:
        self._postings = postings
        self._count = postings.total
        self._engine = engine or (_engine(postings) if postings.terms else None)

    @classmethod
    def build(cls, documents: Sequence[list[str]]) -> "SparseIndex":
        """Index each document's terms; row numbers are the order in which they were given."""
        taken = np.full(len(documents), -1, np.int64)
        return cls(Postings.none().rearranged(taken, documents))

    def rearranged(self, taken: NDArray[np.int64], documents: Sequence[list[str]]) -> "SparseIndex":
        """Index some of these documents and new ones, as `Postings.rearranged` has it."""
        return SparseIndex(self._postings.rearranged(taken, documents))

    @classmethod
    def load(cls, folder: Path) -> "SparseIndex":
        """Open what `save` wrote.

        Raises:
            UnusableError: The folder is not such an index.
        """
        try:
            total = int(json.loads((folder / "count.json").read_text("utf-8")))
            if not (folder / _COUNTS).exists():
                return cls(replace(Postings.none(), total=total))
            # Counts are for the next build: until then they stay on the disk.
            counts = np.load(folder / _COUNTS, mmap_mode="r", allow_pickle=False)
            engine = bm25s.BM25.load(folder)
            scores = engine.scores
            postings = Postings(
                tuple(engine.vocab_dict), scores["indptr"], scores["indices"], counts, total
            )
            return cls(postings, engine)
        except (OSError, ValueError, KeyError) as error:
            raise UnusableError(
                f"{folder}: not a BM25 index: run `verbatim index --full`"
            ) from error

    def save(self, folder: Path) -> None:
        """Write the index to a folder."""
        folder.mkdir()
        if self._engine is not None:
            self._engine.save(folder, show_progress=False)
            np.save(folder / _COUNTS, self._postings.counts, allow_pickle=False)
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


def _engine(postings: Postings) -> bm25s.BM25:
    """What bm25s makes of these postings when it counts them itself, in a fraction of the time."""
    engine = bm25s.BM25(k1=_K1, b=_B, method="lucene")
    engine.scores = {
        "data": postings.scores(_K1, _B),
        "indices": postings.rows,
        "indptr": postings.starts,
        "num_docs": postings.total,
    }
    engine.vocab_dict = {term: number for number, term in enumerate(postings.terms)}
    engine.unique_token_ids_set = set(engine.vocab_dict.values())
    # Only what bm25s counts itself has this.
    engine.nonoccurrence_array = None
    return engine


def best(scores: NDArray[np.float32], k: int) -> list[Hit]:
    """The `k` highest of `scores` that are above zero, best first, ties by row."""
    rows = np.flatnonzero(scores > 0)
    order = np.lexsort((rows, -scores[rows]))[: max(k, 0)]
    return [Hit(int(r), float(scores[r])) for r in rows[order]]
