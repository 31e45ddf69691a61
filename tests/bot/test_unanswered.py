"""A follow-up on what was met with silence."""

import pytest

from bot.conversation import Quoted, Turn, resolve, unanswered_names
from bot.engine import Engine
from tests.bot.conftest import asked_in_turn

PARIS = "How many people were killed in Paris?"


@pytest.mark.parametrize("question", ["how many were wounded?", "who did it?"])
def test_it_is_not_answered_with_something_else(engine: Engine, question: str) -> None:
    answer = asked_in_turn(engine, PARIS, question)
    assert answer.resolved == f"{question} (Paris)"
    assert not answer.answered


@pytest.mark.parametrize(
    ("unanswered", "question", "said"),
    [
        ("What did Varoufakis have for breakfast?", "why did he resign?", "Varoufakis resigned"),
        (PARIS, "and in Debaltseve?", "six of them were killed"),
    ],
)
def test_it_is_where_the_collection_tells_of_that(
    engine: Engine, unanswered: str, question: str, said: str
) -> None:
    assert not asked_in_turn(engine, unanswered).answered
    answer = asked_in_turn(engine, unanswered, question)
    assert answer.answered
    first = answer.quotations[0]
    assert said in first.text[slice(*first.answer)]


def test_only_what_found_nothing_must_be_named() -> None:
    def names(*quoted: Quoted) -> frozenset[str]:
        said = (Turn(PARIS, PARIS, PARIS, quoted),)
        return unanswered_names(resolve("who did it?", "en", frozenset(), said), "en")

    assert names() == {"pari"}
    assert names(Quoted("a", 0)) == frozenset()
