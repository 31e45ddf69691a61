import io
import math
from typing import Any

import pytest
from rich.console import Console

from bot.evaluation.compare import compare, pair, show
from index.types import UnusableError
from tests.bot.evaluation.conftest import report, result


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the p that is told does not depend on how many there are."""
    monkeypatch.setattr("bot.evaluation.compare.DRAWS", 1000)


def hits(right: int, of: int, confidence: float = 0.5) -> list[dict[str, Any]]:
    return [result(f"q{n}", confidence, hit_at_1=n < right) for n in range(of)]


def test_p_of_a_mean() -> None:
    # Eight questions differ, all the same way: two of the 2^8 exchanges are as large.
    found = compare(report(hits(4, 20)), report(hits(12, 20)))["hit@1"]
    assert (found.first, found.second, found.count) == (0.2, 0.6, 20)
    assert found.p == pytest.approx(2 / 2**8, abs=0.003)
    assert found.is_beyond_chance
    few = compare(report(hits(4, 20)), report(hits(7, 20)))["hit@1"]
    assert few.p == pytest.approx(2 / 2**3, abs=0.015)
    assert not few.is_beyond_chance


@pytest.mark.usefixtures("few_draws")
def test_alike() -> None:
    one = report([*hits(4, 8), result("u", 0.1, kind="unanswerable", false_answer=0)])
    assert {d.p for d in compare(one, one).values()} == {1.0}
    assert compare(one, one) == compare(one, one)


def test_measures_of_all_questions() -> None:
    good = [result(f"a{n}", 0.9, hit_at_1=1) for n in range(10)]
    bad = [result(f"a{n}", 0.1, hit_at_1=1) for n in range(10)]
    no = [result(f"u{n}", 0.5, kind="unanswerable", false_answer=1) for n in range(10)]
    found = compare(report([*good, *no]), report([*bad, *no]))
    assert (found["auroc"].first, found["auroc"].second) == (1.0, 0.0)
    assert found["auroc"].p == pytest.approx(2 / 2**10, abs=0.002)
    assert found["hit@1"].p == 1.0


@pytest.mark.usefixtures("few_draws")
def test_only_what_both_have() -> None:
    found = compare(report(hits(4, 20)), report(hits(4, 10)))
    assert (found["hit@1"].count, found["hit@1"].first) == (10, 0.4)
    with pytest.raises(UnusableError, match="no question in common"):
        compare(report(hits(1, 2)), report([result("x")]))


def test_pairs() -> None:
    a, b = report(hits(1, 2)), report(hits(1, 2), name="other")
    assert pair([a], [b]) == [(a, b)]
    assert pair([a, b], [b]) == [(b, b)]
    with pytest.raises(UnusableError, match="no data set in common"):
        pair([a, a], [b])


def test_table() -> None:
    console = Console(width=100, file=io.StringIO(), record=True)
    first = report([*hits(4, 20), result("u", 0.1, kind="unanswerable", false_answer=0)])
    second = report(
        [*hits(14, 20), result("u", 0.1, kind="unanswerable", false_answer=1)], digest="d2"
    )
    show(first, second, compare(first, second), console)
    lines = [line.split() for line in console.export_text().splitlines()]
    assert ["A", "hand:", "m", "ffffffff,", "version", "1"] in lines
    assert lines[2][:3] == ["The", "data", "differs:"]
    (hit,) = (line for line in lines if line[:1] == ["hit@1"])
    assert (hit[1:4], hit[-3:]) == (["20.0", "70.0", "+50.0"], ["B", "is", "better"])
    (false,) = (line for line in lines if line[:1] == ["false_answer"])
    assert (float(false[4]), false[-1]) == (1.0, "no")
    assert math.isclose(float(hit[4]), 2 / 2**10, abs_tol=0.002)
