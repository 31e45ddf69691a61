"""Several rankings to one."""

from collections.abc import Iterable

from index.types import Hit

RRF_K = 60
"""The constant of the paper; larger flattens the difference between ranks."""


def reciprocal_rank_fusion(rankings: Iterable[list[Hit]], k: int = RRF_K) -> list[Hit]:
    """Fuse rankings by the sum of 1 / (k + rank) over those that hold the row.

    Cormack, Clarke and Büttcher (2009), "Reciprocal rank fusion outperforms Condorcet and
    individual rank learning methods".

    Args:
        rankings: Hits, best first; their scores are not compared.
        k: Dampens the lead of the first ranks.

    Returns:
        All rows, best first, ties by row.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking, start=1):
            scores[hit.row] = scores.get(hit.row, 0.0) + 1.0 / (k + rank)
    return sorted((Hit(r, s) for r, s in scores.items()), key=lambda hit: (-hit.score, hit.row))
