"""How often each term stands in each document, and what BM25 makes of it.

Kept beside the scores, since all of these change when one document is added and none of the
counts does: an index of a hundred thousand passages is brought up to date in a second.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

_MOST = np.iinfo(np.uint16).max
"""Occurrences in one document that are told apart."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of each term, in compressed columns.

    Attributes:
        terms: Those that occur, in order of their characters.
        starts: Where each term's documents begin in `rows`, shape (terms + 1,).
        rows: Documents, ascending within each term.
        counts: How often the term stands in each of them, as long as `rows`.
        total: How many documents there are, empty ones included.
    """

    terms: tuple[str, ...]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint16]
    total: int

    @classmethod
    def none(cls) -> Self:
        """Return those of no documents."""
        return cls((), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint16), 0)

    def rearranged(self, taken: NDArray[np.int64], documents: Sequence[list[str]]) -> "Postings":
        """Return those of some of these documents and of new ones.

        Args:
            taken: For each row of the result the row here that it is, ascending, or -1 for the
                next of `documents`.
            documents: The terms of each new one, with repetitions.
        """
        numbers = {term: number for number, term in enumerate(self.terms)}
        ours = np.repeat(np.arange(len(self.terms)), np.diff(self.starts))
        places = np.full(self.total, -1, np.int64)
        places[taken[taken >= 0]] = np.flatnonzero(taken >= 0)
        kept = places[self.rows] >= 0
        found = [
            (numbers.setdefault(term, len(numbers)), row, min(count, _MOST))
            for row, document in zip(np.flatnonzero(taken < 0).tolist(), documents, strict=True)
            for term, count in Counter(document).items()
        ]
        new = np.array(found, np.int64).reshape(-1, 3)
        columns = np.concatenate([ours[kept], new[:, 0]])
        rows = np.concatenate([places[self.rows[kept]], new[:, 1]])
        counts = np.concatenate([self.counts[kept], new[:, 2].astype(np.uint16)])
        held = np.bincount(columns, minlength=len(numbers))
        terms = sorted(term for term, number in numbers.items() if held[number])
        order = np.zeros(len(numbers), np.int64)
        order[[numbers[term] for term in terms]] = np.arange(len(terms))
        columns = order[columns]
        # Two sorted runs one behind the other: a stable sort merges them.
        merged = np.argsort(columns * len(taken) + rows, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=len(terms)))])
        return Postings(
            tuple(terms),
            starts.astype(np.int64),
            rows[merged].astype(np.int32),
            counts[merged],
            len(taken),
        )

    def scores(self, k1: float, b: float) -> NDArray[np.float32]:
        """Return BM25's score of each posting, as Lucene computes it, as long as `rows`.

        score = idf tf / (tf + k1 (1 - b + b length / mean length)), with
        idf = ln(1 + (n - df + 0.5) / (df + 0.5)).
        """
        held = np.diff(self.starts)
        rarities = np.log(1.0 + (self.total - held + 0.5) / (held + 0.5)).astype(np.float32)
        lengths = np.bincount(self.rows, weights=self.counts, minlength=self.total)
        counts = self.counts.astype(np.float64)
        room = k1 * ((1.0 - b) + b * lengths / lengths.mean())
        shares = counts / (room[self.rows] + counts)
        return np.asarray(np.repeat(rarities, held) * shares, np.float32)
