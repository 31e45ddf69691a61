import numpy as np
import pytest

from bot.evaluation.columns import (
    MEANS,
    WHOLES,
    aurc,
    auroc,
    columns,
    ece,
    false_answers,
    reliability,
    risk_coverage,
)
from tests.bot.evaluation.conftest import result


def numbers(*values: float) -> np.ndarray:
    return np.array(values, float)


def test_auroc() -> None:
    # Of six pairs, four are in order and one is a tie.
    assert auroc(numbers(0.9, 0.5), numbers(0.1, 0.5, 0.7)) == pytest.approx(4.5 / 6)
    assert auroc(numbers(0.9), numbers(0.1)) == 1.0
    assert np.isnan(auroc(numbers(0.9), numbers()))


def test_false_answers() -> None:
    # Nine of these ten are at least 0.2.
    positive = numbers(0.1, *np.arange(2, 11) / 10)
    assert false_answers(positive, numbers(0.15, 0.2, 0.9)) == pytest.approx(2 / 3)
    assert np.isnan(false_answers(positive, numbers()))


def test_risk_over_coverage() -> None:
    confidence, right = numbers(0.2, 0.9, 0.5, 0.8), numbers(0, 1, 1, 0)
    coverage, risk = risk_coverage(confidence, right)
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert aurc(confidence, right) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert np.isnan(aurc(numbers(), numbers()))


def test_ties_are_answered_together() -> None:
    coverage, risk = risk_coverage(numbers(0.5, 0.5, 0.1), numbers(0, 1, 1))
    assert coverage == pytest.approx([2 / 3, 1])
    assert risk == pytest.approx([1 / 2, 1 / 3])


def test_calibration() -> None:
    confidence, right = numbers(0.92, 0.98, 1.0, 0.25), numbers(1, 1, 0, 0)
    sure, hits, share = reliability(confidence, right)
    assert sure == pytest.approx([0.25, 2.9 / 3])
    assert hits == pytest.approx([0, 2 / 3])
    assert share == pytest.approx([0.25, 0.75])
    assert ece(confidence, right) == pytest.approx(0.25 * 0.25 + 0.75 * 0.3)
    assert np.isnan(ece(numbers(), numbers()))


def test_columns_of_results() -> None:
    table = columns(
        [
            result("a", 0.9, hit_at_1=1, sentence=0, conversation="c"),
            result("b", 0.2, hit_at_1=0, conversation="c"),
            result("u", 0.4, kind="unanswerable", false_answer=1),
            result("f", 0.1, kind="far", false_answer_far=0),
        ]
    )
    assert table.values.shape == (4, len(MEANS))
    assert table.right.tolist() == [1, 0, 0, 0]
    assert table.kind.tolist() == [0, 0, 1, 2]
    assert table.group.tolist() == [0, 0, 1, 2]
    assert np.isnan(table.values[1:, MEANS.index("sentence")]).all()
    values = {name: measure(table) for name, measure in WHOLES.items()}
    assert (values["auroc"], values["auroc_far"]) == (0.5, 1.0)
    # Nine in ten of two are both: the threshold is 0.2.
    assert (values["false_answer@90"], values["false_answer_far@90"]) == (1.0, 0.0)
    assert len(table.take(np.array([True, False, True, False]))) == 2


def test_mixed() -> None:
    a, b = columns([result("a", 0.9), result("b", 0.8)]), columns([result("a"), result("b")])
    assert a.mixed(b, np.array([True, False])).confidence.tolist() == [0.5, 0.8]
