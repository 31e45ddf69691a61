import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deeplink import payload, question_in


@given(st.text(min_size=1))
def test_a_question_comes_back_as_it_was(question: str) -> None:
    made = payload(question)
    assert (made is None) == (len(question.encode()) > 46)
    if made is not None:
        assert question_in(made) == question
        assert len(made) <= 64
        assert made.replace("_", "").replace("-", "").isalnum()


@pytest.mark.parametrize(
    "made", ["", "q_", "Q_d2hv", "d2hv", "q_!", "q_A", "q__w", "q_d2hv\n", "q_я"]
)
def test_what_asks_nothing(made: str) -> None:
    assert not question_in(made)


def test_a_known_one() -> None:
    assert payload("Who led Syriza?") == "q_V2hvIGxlZCBTeXJpemE_"
