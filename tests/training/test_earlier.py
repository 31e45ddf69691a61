import random

import pytest

from training.data import Asked, Source
from training.earlier import Earlier, in_a_word
from training.groups import altered

TEXT = "Anna Berg led the mine from 1901. She was born in Narvik. Coal was found there in 1899."
SOURCE = Source("m", TEXT, "set", "Grube mine", held_out=False)


def asked(key: str, question: str, answer: str) -> Asked:
    start = TEXT.index(answer)
    return Asked(key, question, SOURCE, ((start, start + len(answer)),))


LED = asked("a", "Who led the mine?", "Anna Berg")
SINCE = asked("b", "When did Anna Berg begin?", "1901")
BORN = asked("c", "Where was Anna Berg born?", "Narvik")
ALL = [LED, SINCE, BORN]


def drawn(one: Asked) -> set[str]:
    return {Earlier(ALL, 0).draw(one, number).text for number in range(300)}


def test_a_question_is_asked_by_itself_or_after_another() -> None:
    texts = drawn(BORN)
    assert BORN.text in texts
    # The name that was said before, by the question or by what answered it, is a pronoun now.
    assert (
        f"{SINCE.text} Where was she born?" in texts or f"{SINCE.text} Where was he born?" in texts
    )
    told = "Who led the mine? Anna Berg led the mine from 1901. Where was she born?"
    assert told in texts or told.replace("she", "he") in texts
    assert all(text.rstrip("?").endswith(("born", "Where")) for text in texts)


def test_what_stands_in_the_same_sentence_is_asked_in_a_word() -> None:
    assert {"Who led the mine? When?", "Who led the mine? When was that?"} <= drawn(SINCE)
    # Another sentence has it: "Where?" would ask where the mine was led.
    assert not any(text.endswith(("Where?", "Where was that?")) for text in drawn(BORN))


def test_a_draw_is_the_same_each_time() -> None:
    first, second = Earlier(ALL, 3), Earlier(ALL, 3)
    for number in range(20):
        assert first.draw(BORN, number) == second.draw(BORN, number)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many were hurt?", {"How many?", "How many were there?", "How many exactly?"}),
        ("What year was it?", {"When was that?", "In what year?", "Which year was that?"}),
        ("Which mine was it?", {None}),
        ("However did they?", {None}),
    ],
)
def test_what_is_left_of_a_question(question: str, words: set[str | None]) -> None:
    assert {in_a_word(question, random.Random(seed)) for seed in range(40)} == words


def test_another_name_or_year_is_asked_about() -> None:
    questions = {
        altered("Where was Anna Berg in 1901?", TEXT, ["Karl Dahl", "Narvik"], random.Random(seed))
        for seed in range(60)
    }
    assert "Where was Karl Dahl in 1901?" in questions
    years = {q.rstrip("?")[-4:] for q in questions if q and "Anna Berg" in q}
    assert "1901" not in years
    assert "1899" not in years
    assert all(1871 <= int(year) <= 1931 for year in years)
    assert not any(q and "Narvik" in q for q in questions)
    assert altered("Who was it?", TEXT, ["Karl Dahl"], random.Random(0)) is None
    assert altered("Who is Anna Berg?", TEXT, ["Narvik"], random.Random(0)) is None
