from collections.abc import Sequence

import numpy as np
import pytest

from bot.sentence import answering_sentence
from index.types import Vectors

QUERY = np.array([1, 0], np.float32)


def alike(texts: Sequence[str]) -> Vectors:
    return np.tile(np.array([0.5, 0.5], np.float32), (len(texts), 1))


def asked_for_gold(texts: Sequence[str]) -> Vectors:
    return np.array([[float("Gold" in t), 0] for t in texts], np.float32)


@pytest.mark.parametrize("text", ["Oil fell.", "no end", ""])
def test_one_sentence_needs_no_choice(text: str) -> None:
    assert answering_sentence(text, "en", {}, QUERY, alike) == (0, len(text))


def test_the_nearest_sentence_is_marked() -> None:
    text = "Oil fell. Gold rose. Tin stood."
    assert answering_sentence(text, "en", {}, QUERY, asked_for_gold) == (10, 20)


def test_the_question_s_words_count() -> None:
    text = "Oil fell. Gold rose. Tin stood."
    assert answering_sentence(text, "en", {"tin": 2.0}, QUERY, alike) == (21, 31)


def test_of_two_alike_the_longer_says_more_and_of_equals_the_first_stands() -> None:
    text = "Oil fell. Gold rose sharply today. Tin stood."
    assert answering_sentence(text, "en", {}, QUERY, alike) == (10, 34)
    assert answering_sentence("Oil fell. Gold rose.", "en", {}, QUERY, alike) == (0, 9)
