import math

import pytest

from bot.evaluation.columns import columns
from bot.evaluation.figures import figures
from tests.bot.evaluation.conftest import result


def test_values_and_counts() -> None:
    found = figures(
        columns(
            [
                *(result(f"a{n}", 0.9, hit_at_1=n % 4 != 0) for n in range(100)),
                *(result(f"u{n}", 0.1, kind="unanswerable", false_answer=0) for n in range(10)),
            ]
        )
    )
    assert list(found) == ["hit@1", "false_answer", "auroc", "false_answer@90", "aurc", "ece"]
    hit = found["hit@1"]
    assert (hit.value, hit.count) == (0.75, 100)
    # The interval of a share of 0.75 over 100: 1.96 standard errors.
    half = 1.96 * math.sqrt(0.75 * 0.25 / 100)
    assert (hit.low, hit.high) == pytest.approx((0.75 - half, 0.75 + half), abs=0.02)
    assert (found["auroc"].value, found["auroc"].low, found["auroc"].count) == (1.0, 1.0, 110)
    assert found["false_answer"].count == 10


def test_questions_of_one_conversation_are_drawn_together() -> None:
    alone = [result(f"a{n}", hit_at_1=n % 2) for n in range(200)]
    together = [r | {"conversation": str(n % 2 + 10 * (n // 40))} for n, r in enumerate(alone)]
    narrow, wide = figures(columns(alone))["hit@1"], figures(columns(together))["hit@1"]
    assert narrow.value == wide.value == 0.5
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


def test_the_same_again() -> None:
    table = columns([result(f"a{n}", n / 10, hit_at_1=n % 2) for n in range(10)])
    assert figures(table) == figures(table)
    assert figures(table, seed=1) != figures(table)
    assert "aurc" not in figures(table, wholes=False)
    assert figures(columns([])) == {}
