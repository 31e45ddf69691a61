import numpy as np
import pytest

from index.company import COMPANY, company


def test_it_is_the_mean_cosine_with_the_others() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8], [0, 1]], np.float32)
    assert company(vectors) == pytest.approx([0.3, 0.7, 0.4])


def test_it_is_with_the_best_ones_only() -> None:
    best = np.tile(np.array([1, 0], np.float32), (COMPANY, 1))
    other = np.array([[0, 1], [0, 1]], np.float32)
    # The last two are like each other, and like none of the best.
    assert company(np.vstack([best, other])) == pytest.approx([1.0] * COMPANY + [0.0, 0.0])


def test_a_lone_passage_has_none() -> None:
    assert company(np.array([[1, 0]], np.float32)) == [0.0]
    assert company(np.empty((0, 2), np.float32)) == []
