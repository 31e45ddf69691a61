import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.fusion import reciprocal_rank_fusion
from index.sparse import SparseIndex, best
from index.types import Hit, UnusableError

DOCUMENTS = [["iran", "talk"], ["oil", "oil", "price"], ["iran", "oil", "comet", "land"]]


def bm25(query: list[str], documents: list[list[str]]) -> list[float]:
    """Lucene's BM25, in plain Python."""
    k1, b = 1.5, 0.75
    n = len(documents)
    average = sum(map(len, documents)) / n
    scores = []
    for document in documents:
        score = 0.0
        for term in query:
            tf = document.count(term)
            df = sum(term in d for d in documents)
            idf = math.log(1 + (n - df + 0.5) / (df + 0.5))
            score += idf * tf / (tf + k1 * (1 - b + b * len(document) / average))
        scores.append(score)
    return scores


words = st.sampled_from(["iran", "oil", "comet", "talk", "price", "land", "moscow"])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(words, min_size=1), min_size=1, max_size=8), st.lists(words))
def test_scores_are_those_of_the_formula(documents: list[list[str]], query: list[str]) -> None:
    scores = SparseIndex.build(documents).scores(query)
    assert scores.tolist() == pytest.approx(bm25(query, documents), abs=1e-4)


def test_only_documents_that_share_a_term_are_hits() -> None:
    index = SparseIndex.build(DOCUMENTS)
    assert [h.row for h in index.search(["oil"], 100)] == [1, 2]
    assert index.search(["unknown"], 10) == []
    assert index.search([], 10) == []
    assert index.search(["oil"], 0) == []
    assert [h.row for h in index.search(["oil", "unknown"], 1)] == [1]


def test_an_index_without_terms() -> None:
    index = SparseIndex.build([[], []])
    assert len(index) == 2
    assert index.search(["oil"], 3) == []
    assert SparseIndex.build([]).search(["oil"], 3) == []


@pytest.mark.parametrize("documents", [DOCUMENTS, [[], []], []])
def test_saved_index_is_the_same(documents: list[list[str]], tmp_path: Path) -> None:
    index = SparseIndex.build(documents)
    index.save(tmp_path / "sparse")
    loaded = SparseIndex.load(tmp_path / "sparse")
    assert len(loaded) == len(index)
    assert loaded.search(["oil", "iran"], 5) == index.search(["oil", "iran"], 5)


def test_damaged_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="not a BM25 index"):
        SparseIndex.load(tmp_path)


def test_best_orders_ties_by_row() -> None:
    assert best(np.array([0.0, 2.0, 1.0, 2.0], np.float32), 3) == [
        Hit(1, 2.0),
        Hit(3, 2.0),
        Hit(2, 1.0),
    ]


def test_fusion_adds_reciprocal_ranks() -> None:
    fused = reciprocal_rank_fusion([[Hit(5, 9.0), Hit(3, 1.0)], [Hit(3, 0.2), Hit(1, 0.1)]])
    assert [h.row for h in fused] == [3, 5, 1]
    assert [h.score for h in fused] == pytest.approx([1 / 62 + 1 / 61, 1 / 61, 1 / 62])
    assert [h.row for h in reciprocal_rank_fusion([[Hit(4, 1.0)], [Hit(2, 1.0)]])] == [2, 4]
    assert reciprocal_rank_fusion([[], []]) == []
