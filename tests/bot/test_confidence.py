import math

import pytest

from bot.confidence import Calibration, Signs, shipped


def test_it_is_the_logistic_function_of_the_signs() -> None:
    given = Calibration(Signs(2.0, 1.0, 0.5, 4.0), intercept=-1.0, threshold=0.5)
    assert given.confidence(Signs(0.0, 1.0, 0.0, 0.0)) == 0.5
    assert given.confidence(Signs(0.0, 0.0, 0.0, 0.25)) == 0.5
    near = given.confidence(Signs(0.0, 1.0, 0.0, 0.0), is_near=True)
    assert near == pytest.approx(1 / (1 + math.exp(-1.2)))
    expected = 1 / (1 + math.exp(-(2.0 + 1.0 + 0.5 + 4.0 - 1.0)))
    assert given.confidence(Signs(1.0, 1.0, 1.0, 1.0)) == pytest.approx(expected)


def test_the_shipped_one_is_sure_of_much_evidence_only() -> None:
    calibration = shipped()
    assert calibration is shipped()
    low, middle, high = (calibration.confidence(Signs(x, x, x, x)) for x in (0.0, 0.6, 1.0))
    assert 0 <= low < calibration.threshold < high <= 1
    assert low < middle < high
    assert min(calibration.weights) >= 0 < calibration.weights.likeness
