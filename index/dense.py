"""Vectors to hits by cosine. The only import of faiss."""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.types import Hit, UnusableError, Vectors

EXACT_UP_TO = 200_000
"""Passages up to which full-precision vectors are compared one by one; half precision above."""

FLAT_UP_TO = 500_000
"""Passages up to which every vector is compared; inverted lists of bytes above."""

_PROBES = 32


class DenseIndex:
    """FAISS over unit vectors; row numbers are the order in which they were given.

    Args:
        index: Any FAISS index with inner product as its metric.
    """

    def __init__(self, index: faiss.Index) -> None:
        # More threads than one were 4 to 17 times slower under load.
        faiss.omp_set_num_threads(1)
        if isinstance(index, faiss.IndexIVF):
            index.nprobe = _PROBES
            index.make_direct_map()
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> "DenseIndex":
        """Index `vectors`, shape (n, dimension), with the layout that suits n."""
        count, dimension = vectors.shape
        index = faiss.index_factory(dimension, _layout(count), faiss.METRIC_INNER_PRODUCT)
        if not index.is_trained:
            index.train(vectors)
        index.add(vectors)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "DenseIndex":
        """Open what `save` wrote.

        Raises:
            UnusableError: The file is not a FAISS index.
        """
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise UnusableError(
                f"{path}: not a FAISS index: run `verbatim index --full`"
            ) from error
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the index to one file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vectors(self) -> Vectors | None:
        """Return the vectors by row as they were given, or None where they were rounded."""
        if not isinstance(self._index, faiss.IndexFlat):
            return None
        return np.asarray(self._index.reconstruct_n(0, len(self)), np.float32)

    def search(self, query: Vectors, k: int, among: NDArray[np.bool_] | None = None) -> list[Hit]:
        """Return at most `k` hits, best first, ties by row.

        Args:
            query: Shape (dimension,).
            k: How many at most.
            among: Which rows to look at, shape (n,); None for all.
        """
        wanted = min(k, len(self))
        if wanted < 1:
            return []
        scores, rows = self._index.search(
            query[np.newaxis], wanted, params=None if among is None else self._only(among)
        )
        # FAISS fills up with row -1 when it finds fewer than it was asked for.
        found = [Hit(int(r), float(s)) for r, s in zip(rows[0], scores[0], strict=True) if r >= 0]
        return sorted(found, key=lambda hit: (-hit.score, hit.row))

    def _only(self, among: NDArray[np.bool_]) -> faiss.SearchParameters:
        bits = np.packbits(among, bitorder="little")
        selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
        if isinstance(self._index, faiss.IndexIVF):
            return faiss.SearchParametersIVF(sel=selector, nprobe=_PROBES)  # type: ignore[call-arg]
        return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]

    def some(self, rows: Sequence[int]) -> Vectors:
        """Return the vectors in `rows`, as the index keeps them, shape (len(rows), dimension)."""
        if not rows:
            return np.empty((0, int(self._index.d)), np.float32)
        return np.stack([self._index.reconstruct(row) for row in rows])

    def cosine(self, query: Vectors, row: int) -> float:
        """Cosine of `query`, shape (dimension,), and the vector in `row`."""
        return float(self._index.reconstruct(row) @ query)


def _layout(count: int) -> str:
    if count <= EXACT_UP_TO:
        return "Flat"
    if count <= FLAT_UP_TO:
        return "SQfp16"
    return f"IVF{4 * int(count**0.5)},SQ8"
