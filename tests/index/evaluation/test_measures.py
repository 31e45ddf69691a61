import math
import sys

import pytest

from index.evaluation.measures import ranking, scores
from index.evaluation.questions import Question
from index.types import UnusableError


def asked(name: str, *gold: str) -> Question:
    return Question(name, "?", bool(gold), gold=frozenset(gold))


def test_by_hand() -> None:
    found = ranking(
        [asked("a", "x:0"), asked("b", "y:0", "y:1"), asked("c", "z:0"), asked("none")],
        {"a": ["x:0"], "b": ["x:0", "y:9", "y:1", "y:0"], "c": [], "none": ["x:0"]},
    )
    assert set(found) == {"a", "b", "c"}
    assert set(found["a"].values()) == {1.0}
    assert set(found["c"].values()) == {0.0}
    hits = {name: found["b"][name] for name in ("hit@1", "hit@3", "hit@5", "hit@10")}
    assert hits == {"hit@1": 0.0, "hit@3": 1.0, "hit@5": 1.0, "hit@10": 1.0}
    assert found["b"]["mrr@10"] == pytest.approx(1 / 3)
    ideal = 1 + 1 / math.log2(3)
    assert found["b"]["ndcg@10"] == pytest.approx((1 / math.log2(4) + 1 / math.log2(5)) / ideal)


def test_nothing_beyond_ten_counts() -> None:
    ranked = [f"x:{n}" for n in range(11)]
    found = ranking([asked("a", "x:10"), asked("b", "x:9")], {"a": ranked, "b": ranked})
    assert set(found["a"].values()) == {0.0}
    assert found["b"]["hit@10"] == 1.0
    assert found["b"]["mrr@10"] == pytest.approx(0.1)
    assert ranking([], {}) == {}


def test_scores_keep_the_order() -> None:
    assert scores(["b", "a"]) == {"b": 10.0, "a": 9.0}


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(UnusableError, match=r"pip install 'verbatim-bot\[evaluate\]'"):
        ranking([asked("a", "x:0")], {"a": []})
