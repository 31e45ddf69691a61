import math

import pytest

from bot.confidence import Calibration, shipped
from index.types import Evidence


def evidence(cosine: float, coverage: float) -> Evidence:
    return Evidence(cosine, 1, 0.0, None, coverage)


def test_it_is_the_logistic_function_of_the_evidence() -> None:
    given = Calibration(cosine=2.0, coverage=1.0, intercept=-1.0, threshold=0.5)
    assert given.confidence(evidence(0.0, 1.0)) == 0.5
    assert given.confidence(evidence(1.0, 1.0)) == pytest.approx(1 / (1 + math.exp(-2)))


def test_the_shipped_one_is_sure_of_much_evidence_only() -> None:
    calibration = shipped()
    assert calibration is shipped()
    low, middle, high = (calibration.confidence(evidence(x, x)) for x in (-1.0, 0.5, 1.0))
    assert 0 <= low < calibration.threshold < high <= 1
    assert low < middle < high
    assert calibration.cosine > 0 < calibration.coverage
