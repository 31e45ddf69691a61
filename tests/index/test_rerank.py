import math
from dataclasses import replace

import pytest

from corpus.types import Passage
from index.rerank import brevity, coverage, locality, missing, rarity, relevance
from index.scale import above, floor
from index.types import Encoder, Evidence
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
    assert coverage(weights, {"talk"}, {"iran", "talk"}) == pytest.approx(0.75)
    assert coverage(weights, {"talk"}, {"iran", "talk"}, share=0.5) == pytest.approx(0.5)
    # What is optional is not missed, and counts where it is found.
    assert coverage(weights, {"iran"}, set(), optional={"oil"}) == pytest.approx(2 / 3)
    assert coverage(weights, {"iran", "oil"}, set(), optional={"oil"}) == pytest.approx(0.75)
    assert coverage(weights, weights.keys(), set()) == 1.0
    assert coverage({}, {"iran"}, set()) == 0.0


def test_what_no_passage_of_another_language_holds_is_missing() -> None:
    weights = {"иран": 2.0, "2014": 1.0, "нефть": 1.0}
    assert missing(weights, {"iran", "2014"}) == pytest.approx(0.75)
    assert missing(weights, {"2014"}, optional={"нефть"}) == pytest.approx(2 / 3)
    assert missing(weights, weights.keys()) == 0.0
    assert missing({}, {"iran"}) == 0.0


def passage(text: str, paragraph: int = 0) -> Passage:
    return Passage("a", "d", paragraph, 0, len(text), text, "x")


def test_relevance_of_a_long_passage_is_its_own() -> None:
    evidence = Evidence(0.4, 1, 0.8, 1, coverage=0.5, lead=1.0, factor=1.0)
    assert relevance(evidence, passage("Oil."), 0.0, dated=True) == pytest.approx(0.65)
    half = replace(evidence, factor=0.5)
    assert relevance(half, passage("Oil."), 0.0, dated=True) == pytest.approx(0.325)


def test_where_meaning_says_nothing_words_count_twice() -> None:
    evidence = Evidence(0.0, None, 0.8, 1, coverage=0.5, lead=0.0, factor=1.0, is_by_words=True)
    assert relevance(evidence, passage("Oil."), 0.0, dated=False) == pytest.approx(0.25 + 0.4)


def test_what_is_missing_counts_as_what_good_passages_hold() -> None:
    evidence = Evidence(0.4, 1, 0.0, None, coverage=0.1, lead=0.0, factor=1.0, missing=0.8)
    assert relevance(evidence, passage("Oil."), 0.0, dated=False) == pytest.approx(0.4 + 0.21)
    around = (0.4 + 0.15) * 0.8 * 0.4
    short = relevance(evidence, passage("Oil."), 1.0, dated=False)
    assert short == pytest.approx(0.61 + around)


def test_relevance_of_a_short_passage_is_also_its_article_s() -> None:
    evidence = Evidence(0.4, 1, 0.8, 1, coverage=0.5, lead=1.0, factor=1.0)
    around = 0.4 * 1.0 + 0.15 * 0.8
    undated = relevance(evidence, passage("Oil.", 3), 1.0, dated=False)
    assert undated == pytest.approx(0.65 + around)
    dated = relevance(evidence, passage("Oil.", 3), 1.0, dated=True)
    assert dated == pytest.approx(0.65 + around + 0.15 * math.exp(-1))


@pytest.mark.parametrize("text", ["Who knows?", "“Who knows?”", "谁知道？", "من يعلم؟"])
def test_a_question_answers_nothing(text: str) -> None:
    evidence = Evidence(0.4, 1, 0.0, None, coverage=0.5, lead=0.0, factor=1.0)
    assert relevance(evidence, passage(text), 0.0, dated=False) == pytest.approx(0.65 * 0.6)


def test_short_paragraphs_need_their_article() -> None:
    assert brevity(20) > 0.95
    assert brevity(36) == pytest.approx(0.5)
    assert brevity(70) < 0.05


@pytest.mark.parametrize(("short", "share"), [(0.0, 0), (0.1, 0), (0.25, 0.5), (0.4, 1), (1, 1)])
def test_follow_ups_stay_where_they_are_where_passages_are_short(
    short: float, share: float
) -> None:
    assert locality(short) == pytest.approx(share)


def test_cosines_are_counted_from_the_floor(shipped: Encoder) -> None:
    assert above(1.0, 0.7) == pytest.approx(1.0)
    assert above(0.7, 0.7) == pytest.approx(0.0)
    assert 0.0 < floor(shipped) < 0.1
    # One toy word in eight questions: "boiled" holds "oil".
    assert floor(ToyEncoder()) == pytest.approx((7 + 2**-0.5) / 8)
