from pathlib import Path

import numpy as np
import pytest

from index import dense
from index.dense import DenseIndex
from index.types import Hit, UnusableError, Vectors


def unit(rows: int, dimension: int = 16, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_hits_are_cosines_best_first_and_ties_by_row() -> None:
    vectors = np.array([[0, 1], [1, 0], [0, 1], [0.6, 0.8]], np.float32)
    index = DenseIndex.build(vectors)
    query = np.array([0, 1], np.float32)
    hits = index.search(query, 4)
    assert [h.row for h in hits] == [0, 2, 3, 1]
    assert [h.score for h in hits] == pytest.approx([1, 1, 0.8, 0])
    assert index.cosine(query, 3) == pytest.approx(0.8)
    assert index.some([3, 0]).tolist() == vectors[[3, 0]].tolist()
    assert index.some([]).shape == (0, 2)


def test_k_is_clamped() -> None:
    index = DenseIndex.build(unit(3))
    query = unit(1, seed=1)[0]
    assert len(index.search(query, 100)) == 3
    assert index.search(query, 0) == []
    assert DenseIndex.build(np.empty((0, 16), np.float32)).search(query, 5) == []


@pytest.mark.parametrize(("exact", "flat"), [(10, 5000), (10, 20)], ids=["fp16", "ivf"])
def test_larger_layouts_find_the_same(
    exact: int, flat: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dense, "EXACT_UP_TO", exact)
    monkeypatch.setattr(dense, "FLAT_UP_TO", flat)
    vectors = unit(2500)
    DenseIndex.build(vectors).save(tmp_path / "index")
    index = DenseIndex.load(tmp_path / "index")
    assert len(index) == 2500
    queries = unit(50, seed=2)
    truth = (queries @ vectors.T).argsort(axis=1)[:, ::-1][:, :10]
    found = [[h.row for h in index.search(q, 10)] for q in queries]
    recall = np.mean([len(set(f) & set(t)) / 10 for f, t in zip(found, truth, strict=True)])
    assert recall > (0.98 if flat == 5000 else 0.9)
    assert all(h.row >= 0 for q in queries for h in index.search(q, 2500))
    assert index.cosine(vectors[7], 7) == pytest.approx(1.0, abs=0.02)


def test_layouts_change_at_their_sizes() -> None:
    assert dense._layout(200_000) == "Flat"
    assert dense._layout(200_001) == "SQfp16"
    assert dense._layout(500_000) == "SQfp16"
    assert dense._layout(1_000_000) == "IVF4000,SQ8"


def test_saved_index_is_the_same(tmp_path: Path) -> None:
    index = DenseIndex.build(unit(20))
    index.save(tmp_path / "index")
    query = unit(1, seed=3)[0]
    assert DenseIndex.load(tmp_path / "index").search(query, 5) == index.search(query, 5)
    assert isinstance(index.search(query, 1)[0], Hit)


def test_damaged_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"nothing of the kind")
    with pytest.raises(UnusableError, match="not a FAISS index: run `verbatim index --full`"):
        DenseIndex.load(tmp_path / "index")
