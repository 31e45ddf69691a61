import math

import pytest

from bot.confidence import Calibration, Closely, Signs, shipped

CLOSELY = Closely(0.5, 2.0, -1.0)


def test_it_is_the_logistic_function_of_the_signs() -> None:
    weights = Signs(2.0, 1.0, 0.5, 4.0, 3.0, -2.0)
    given = Calibration(weights, intercept=-1.0, threshold=0.5, closely=CLOSELY)
    nothing = Signs(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert given.confidence(nothing._replace(coverage=1.0)) == 0.5
    assert given.confidence(nothing._replace(likeness=0.25)) == 0.5
    assert given.confidence(nothing._replace(company=1.0, short=1.0)) == 0.5
    near = given.confidence(nothing._replace(coverage=1.0), is_near=True)
    assert near == pytest.approx(1 / (1 + math.exp(-1.2)))
    on = given.confidence(nothing._replace(coverage=1.0), is_near=True, going="on")
    assert on == pytest.approx(1 / (1 + math.exp(-4.2)))
    assert given.confidence(nothing._replace(coverage=1.0), going="on") == 0.5
    expected = 1 / (1 + math.exp(-(2.0 + 1.0 + 0.5 + 4.0 + 3.0 - 2.0 - 1.0)))
    assert given.confidence(Signs(1.0, 1.0, 1.0, 1.0, 1.0, 1.0)) == pytest.approx(expected)


@pytest.mark.parametrize("short", [0.0, 1.0])
def test_the_shipped_one_is_sure_of_much_evidence_only(short: float) -> None:
    calibration = shipped()
    assert calibration is shipped()
    low, middle, high = (
        calibration.confidence(Signs(x, x, x, x, short * x, short)) for x in (0.0, 0.6, 1.0)
    )
    assert 0 <= low < calibration.threshold < high <= 1
    assert low < middle < high
    assert min(calibration.weights[:-1]) >= 0 < calibration.weights.likeness


def test_company_counts_where_passages_are_short_only() -> None:
    calibration = shipped()
    signs = Signs(0.4, 0.5, 0.0, 0.5, 0.0, 0.0)
    alone, usual, beset = (
        calibration.confidence(signs._replace(company=company, short=1.0))
        for company in (0.2, calibration.usual_company, 0.8)
    )
    assert alone < usual < beset
    # Company as usual says nothing, and where passages are long nobody asks for it.
    assert usual == pytest.approx(calibration.confidence(signs))


def test_the_wrong_time_takes_off_the_odds_what_it_takes_off_the_score() -> None:
    given = Calibration(
        Signs(0.0, 8.0, 0.0, 0.0, 0.0, 0.0), intercept=-4.0, threshold=0.5, closely=CLOSELY
    )
    signs = Signs(0.0, 0.5, 0.0, 0.0, 0.0, 0.0)
    assert given.confidence(signs, factor=1.0) == 0.5
    # An old article of no particular time is not doubted for its age.
    assert given.confidence(signs, factor=0.8) == 0.5
    # Odds of 1 to 1, a quarter of it 1 to 4.
    assert given.confidence(signs, factor=0.2) == pytest.approx(0.2)


def test_words_alone_are_trusted_more_where_nothing_else_speaks() -> None:
    given = Calibration(
        Signs(0.0, 8.0, 0.0, 0.0, 0.0, 0.0), intercept=-4.0, threshold=0.5, closely=CLOSELY
    )
    signs = Signs(0.0, 0.5, 0.0, 0.0, 0.0, 0.0)
    # Log-odds of 1.
    assert given.confidence(signs, by_words=True) == pytest.approx(math.e / (1 + math.e))
    assert given.usual_company == 0.0


def test_what_a_cross_encoder_says_changes_the_odds() -> None:
    weights = Signs(0.0, 8.0, 0.0, 0.0, 0.0, 0.0)
    given = Calibration(weights, intercept=-4.0, threshold=0.5, closely=CLOSELY)
    signs = Signs(0.0, 0.75, 0.0, 0.0, 0.0, 0.0)
    odds = 8.0 * 0.75 - 4.0
    assert given.confidence(signs) == pytest.approx(1 / (1 + math.exp(-odds)))
    read = 0.5 * odds + 2.0 * 1.5 - 1.0
    assert given.confidence(signs, answers=1.5) == pytest.approx(1 / (1 + math.exp(-read)))
    closely = shipped().closely
    assert min(closely.own, closely.answers) > 0
