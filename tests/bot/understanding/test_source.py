from datetime import date

import pytest

from bot.understanding import understand
from bot.understanding.source import find_source

OUTLETS = (
    *("TASS", "The Moscow Times", "Reuters", "AP", "RIA Novosti", "cnn.com", "Time"),
    *("The Guardian", "The Hill", "bbc.co.uk", "People", "Independent", "..."),
)


@pytest.mark.parametrize(
    ("question", "name", "words"),
    [
        ("What is Iran's position according to TASS?", "TASS", "according to TASS"),
        ("what did the Moscow Times write?", "The Moscow Times", "what did the Moscow Times"),
        ("in The Moscow Times, who spoke", "The Moscow Times", "in The Moscow Times"),
        ("news from Reuters", "Reuters", "from Reuters"),
        ("what does cnn say about it", "cnn.com", "what does cnn"),
        ("CNN: what happened", "cnn.com", "CNN"),
        ("news from the BBC", "bbc.co.uk", "from the BBC"),
        ("reported by RIA Novosti", "RIA Novosti", "reported by RIA Novosti"),
        ("per AP", "AP", "per AP"),
        ("what did Time report", "Time", "what did Time"),
        ("according to the moscow tmes", "The Moscow Times", "according to the moscow tmes"),
        ("что говорит Иран по данным TASS", "TASS", "по данным TASS"),
        ("что сообщил TASS о комете?", "TASS", "что сообщил TASS"),
        ("Was schrieb der Guardian über Kuba?", "The Guardian", "Was schrieb der Guardian"),
        ("Qu'a écrit Reuters sur la Grèce ?", "Reuters", "Qu'a écrit Reuters"),
        ("¿Qué dijo AP de Cuba?", "AP", "Qué dijo AP"),
    ],
)
def test_an_outlet_that_is_asked_for(question: str, name: str, words: str) -> None:
    found = find_source(question, OUTLETS)
    assert found is not None
    assert (found.name, question[slice(*found.span)]) == (name, words)


@pytest.mark.parametrize(
    ("question", "called"),
    [
        ("What is Iran's position according to TASS?", "TASS"),
        ("what did the Moscow Times write?", "Moscow Times"),
        ("what does cnn say about it", "cnn"),
        ("according to the moscow tmes", "moscow tmes"),
        ("Was schrieb der Guardian über Kuba?", "Guardian"),
    ],
)
def test_what_it_is_called_there(question: str, called: str) -> None:
    found = find_source(question, OUTLETS)
    assert found is not None
    assert question[slice(*found.called)] == called


@pytest.mark.parametrize(
    "question",
    [
        *("who is the guardian of the shrine", "it is time to go", "on the hill", "in time"),
        *("people in Iran say", "what did people say", "the independent report", "from the hill"),
        *("the Reuters building", "according to the White House", "by the guardian of", ""),
    ],
)
def test_a_name_that_is_a_word(question: str) -> None:
    assert find_source(question, OUTLETS) is None


def test_time_and_source_together() -> None:
    asked = understand("what did TASS say in 2014", "en", date(2022, 6, 16), OUTLETS)
    assert asked.time is not None
    assert asked.source is not None
    assert (asked.time.first, asked.source.name) == (date(2014, 1, 1), "TASS")
    nothing = understand("What is Iran's position?", "en", date(2022, 6, 16), OUTLETS)
    assert (nothing.time, nothing.source) == (None, None)
