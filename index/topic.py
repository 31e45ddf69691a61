"""Which articles are on a topic, such as those that "news on Greece" asks for."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.generation import Generation
from index.scale import above
from index.types import Vectors

_KIN = 0.9
"""What a term counts that an article has as another of the same stock, "Greek" for "Greece"."""

STOCK = 4
"""Letters from which two terms may be of the same stock."""

_LONGER = 3
"""Letters that one of two such terms may have more than the other: "Iran", "Iranian"."""

_RECURRING = 1 / 3
"""Of an article's passages that hold a term, from which it is about it: a person who is not named
in the beginning."""

_TWICE = 2

_ALL = 1.0 - 1e-6
_ENOUGH = 1.15


class Topic(NamedTuple):
    """What articles shall be on.

    Attributes:
        vector: Of its words as a query, shape (dimension,).
        weights: The terms that name something, with the rarity of each.
    """

    vector: Vectors
    weights: Mapping[str, float]


def named(generation: Generation, first: NDArray[np.int64], topic: Topic) -> NDArray[np.float64]:
    """Return which share of a topic each article names.

    Args:
        generation: That has them.
        first: The row of each one's first passage, in order, shape (articles,); an article's
            passages follow one another.
        topic: What they shall be on.

    Returns:
        0 to 1, shape (articles,): all of it is in title and first passage, or recurs all through.
    """
    share = np.zeros(len(first))
    whole = sum(topic.weights.values())
    if not whole or not len(first):
        return share
    lengths = np.diff(first, append=len(generation.rows))
    for term, weight in topic.weights.items():
        holds = generation.sparse.scores([term]) > 0
        count = np.add.reduceat(holds, first, dtype=np.int64)
        recurs = (count >= _TWICE) & (count >= _RECURRING * lengths)
        kin = [one for one in generation.catalog.beginning(term[:STOCK]) if is_kin(one, term)]
        beside = generation.sparse.scores(kin)[first] > 0
        share += weight / whole * np.where(holds[first] | recurs, 1.0, _KIN * beside)
    return share


def is_on_topic(
    generation: Generation, row: int, share: float, topic: Topic, *, is_heard: bool
) -> bool:
    """Say whether an article is on a topic.

    What it names of it and how like it begins must add up to enough: what is not named in full is
    known by its sense, a "green party" is none of Greece, and a survey of the day that also
    mentions Ukraine is not on Ukraine.

    Args:
        generation: That has it.
        row: Of its first passage.
        share: Of the topic that it names (`named`).
        topic: Which.
        is_heard: Whether the model understands its language; if not, all must be named.
    """
    if not is_heard or not share:
        return share > _ALL
    likeness = above(generation.dense.cosine(topic.vector, row), generation.manifest.floor)
    return share + likeness >= _ENOUGH


def is_kin(one: str, other: str) -> bool:
    """Say whether two terms are of the same stock.

    One begins the other, or both begin alike up to the last letter of the shorter and are about as
    long: "Greek" is of Greece, "greenhouse" is not.
    """
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < STOCK:
        return False
    alike = max(len(shorter) - 1, STOCK)
    is_near = len(longer) - len(shorter) <= _LONGER and one[:alike] == other[:alike]
    return is_near or longer.startswith(shorter)
