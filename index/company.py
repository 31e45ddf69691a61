"""How alike the best passages for a question are: what answers it is seldom alone."""

import numpy as np

from index.types import Vectors

COMPANY = 5
"""How many of the best passages are compared."""


def company(vectors: Vectors) -> list[float]:
    """Return the mean cosine of each passage with the best ones beside it.

    News that answers a question is told in several paragraphs, often of several articles, and the
    best passages all speak of it. Where nothing answers, each shares another word with the
    question, and they have little to do with each other.

    Args:
        vectors: Of the passages, the best first, each of length 1, shape (n, dimension).

    Returns:
        n means; 0.0 where there is no other passage.
    """
    cosines = vectors @ vectors[:COMPANY].T
    # A passage is no company to itself.
    beside = 1.0 - np.eye(*cosines.shape)
    count = np.maximum(beside.sum(axis=1), 1.0)
    means: list[float] = ((cosines * beside).sum(axis=1) / count).tolist()
    return means
