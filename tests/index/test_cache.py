from contextlib import closing
from pathlib import Path

import numpy as np

from index.cache import EmbeddingCache


def vector(value: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.full(3, value, np.float32)


def test_vectors_are_kept_by_encoder_and_digest(tmp_path: Path) -> None:
    path = tmp_path / "data" / "embeddings.sqlite"
    with closing(EmbeddingCache(path, "one")) as cache:
        cache.put({f"d{i}": vector(i) for i in range(1200)})
    with closing(EmbeddingCache(path, "one")) as cache:
        found = cache.get([f"d{i}" for i in range(1300)])
        assert len(found) == 1200
        assert found["d1199"].tolist() == [1199, 1199, 1199]
        assert cache.get([]) == {}
    with closing(EmbeddingCache(path, "two")) as cache:
        assert cache.get(["d1"]) == {}


def test_prune_forgets_all_other_texts(tmp_path: Path) -> None:
    with closing(EmbeddingCache(tmp_path / "e", "one")) as cache:
        cache.put({"a": vector(1), "b": vector(2), "c": vector(3)})
        assert cache.prune({"b", "unknown"}) == 2
        assert list(cache.get(["a", "b", "c"])) == ["b"]


def test_a_damaged_cache_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "e").write_bytes(b"not a database at all" * 100)
    with closing(EmbeddingCache(tmp_path / "e", "one")) as cache:
        assert cache.get(["a"]) == {}
        cache.put({"a": vector(1)})
        assert cache.get(["a"])["a"].tolist() == [1, 1, 1]
