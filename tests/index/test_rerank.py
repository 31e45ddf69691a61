import math

import pytest

from index.rerank import coverage, rarity, relevance
from index.scale import above, floor
from index.types import Encoder
from tests.index.toys import ToyEncoder


def test_rarity_falls_with_every_article_that_holds_the_term() -> None:
    values = [rarity(holding, 100) for holding in range(101)]
    assert values == sorted(values, reverse=True)
    assert values[0] == pytest.approx(math.log(1 + 119.5 / 1.5))
    assert values[100] > 0


def test_in_a_collection_of_one_article_a_common_word_is_no_rarer_than_its_subject() -> None:
    assert rarity(1, 1) == rarity(1, 1)
    assert rarity(1, 1) / rarity(0, 1) > 0.7


def test_coverage() -> None:
    weights = {"iran": 2.0, "talk": 1.0, "oil": 1.0}
    assert coverage(weights, {"iran", "talk"}, set()) == pytest.approx(0.75)
    assert coverage(weights, {"talk"}, {"iran", "talk"}) == pytest.approx(0.5)
    assert coverage(weights, weights.keys(), set()) == 1.0
    assert coverage({}, {"iran"}, set()) == 0.0


def test_relevance_weighs_coverage_half() -> None:
    assert relevance(0.4, 0.5) == pytest.approx(0.65)


def test_cosines_are_counted_from_the_floor(shipped: Encoder) -> None:
    assert above(1.0, 0.7) == pytest.approx(1.0)
    assert above(0.7, 0.7) == pytest.approx(0.0)
    assert 0.0 < floor(shipped) < 0.1
    # One toy word in eight questions: "boiled" holds "oil".
    assert floor(ToyEncoder()) == pytest.approx((7 + 2**-0.5) / 8)
