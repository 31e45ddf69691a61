"""The sentence that introduces a person."""

import pytest

from benchmarks.persons import FAR, PERSONS, WAYS, counted
from bot.conversation import turn
from bot.engine import Engine
from bot.introducing import ENOUGH, introduction, is_name
from bot.settings import load

INTRODUCED = [
    ("The ministry's spokesman Anna Bell told reporters.", "bell", "en"),
    ("He spoke with Prime Minister Olav Dahl by telephone.", "Dahl", "en"),
    ("House Leader Mary Cole, a Liberal, called it a mistake.", "Cole", "en"),
    ("Omar Reyes, who heads the institute, had warned of it.", "Omar Reyes", "en"),
    ("The country's envoy to the capital, Ines Prat, left on Monday.", "Prat", "en"),
    ("Hugo Stein, assistant head of the agency, explained the error.", "Stein", "en"),
    ("The members have elected Lea Novak as their president.", "Novak", "en"),
    ("Among them was Samir al-Haddad, the first chairman of the group.", "Haddad", "en"),
    ("Das sagte Bundeskanzlerin Petra Vogel am Montag.", "Vogel", "de"),
    ("Petra Vogel, die Vorsitzende der Partei, widersprach.", "Vogel", "de"),
    ("Об этом сообщил президент Пётр Орлов.", "Орлов", "ru"),
    ("Встречу с министром Петром Кравченко отменили.", "Кравченко", "ru"),
    ("Le porte-parole Jean Morel a confirmé la nouvelle.", "morel", "fr"),
    ("Ana Gil, la ministra de Hacienda, lo negó.", "Gil", "es"),
]


@pytest.mark.parametrize(("sentence", "name", "language"), INTRODUCED)
def test_it_says_who_somebody_is(sentence: str, name: str, language: str) -> None:
    assert introduction(sentence, name, language) >= ENOUGH


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Bell did not name a date.", "Bell"),
        ("Anna Bell, Olav Dahl, Mary Cole and Hugo Stein had met for hours.", "Cole"),
        ("Dahl, however, denied it.", "Dahl"),
        ("On Monday Cole and Stein spoke again.", "Cole"),
        ("Hours after the vote in Oslo, Dahl told reporters nothing.", "Dahl"),
        ("Anna Bell said so.", "Bell"),
        ("The bell rang.", "bell"),
        ("Prime Minister Olav Dahl resigned.", "Stein"),
        ("Prime Minister Olav Dahl resigned.", "?"),
        ("", "Dahl"),
    ],
)
def test_it_does_not(sentence: str, name: str) -> None:
    assert introduction(sentence, name, "en") < ENOUGH


def test_more_is_said_by_more() -> None:
    sentences = [
        "Dahl left.",
        "Olav Dahl left.",
        "Minister Olav Dahl left.",
        "Norwegian Prime Minister Olav Dahl left.",
        "Prime Minister Olav Dahl, the leader of the Liberals, left.",
    ]
    told = [introduction(sentence, "Dahl", "en") for sentence in sentences]
    assert told == sorted(set(told))
    assert told[0] == 0.0


def test_a_name_has_a_capital_letter_wherever_it_stands() -> None:
    texts = ["President Olav Dahl left.", "The president of the club, Samir al-Haddad, stayed."]
    assert is_name("dahl", texts, "en")
    assert is_name("Haddad", texts, "en")
    assert not is_name("president", texts, "en")
    assert not is_name("Cole", texts, "en")
    assert not is_name("?", texts, "en")


def test_persons_of_the_sample_are_introduced(engine: Engine) -> None:
    for way in WAYS:
        found = counted(engine, way)
        assert found["right"] >= len(PERSONS) - 2
        assert found["far"] == 0
    assert len(FAR) == 6


def test_who_somebody_is_in_a_conversation(engine: Engine) -> None:
    first = engine.ask("Who is Lukashevich?")
    assert (
        first.quotations[0]
        .text[slice(*first.quotations[0].answer)]
        .endswith("Foreign Ministry spokesman Alexander Lukashevich told reporters on Thursday.")
    )
    assert first.confidence < load().bot.unasked_confidence
    said = turn(first.question, first.resolved, first.subject, first.quotations)
    then = engine.ask("And Varoufakis?", conversation=[said])
    assert then.resolved == "Who is Varoufakis?"
    assert "Finance Minister Yanis Varoufakis" in then.quotations[0].text


def test_the_newer_of_two_offices_comes_first(engine: Engine) -> None:
    answer = engine.ask("who is Samaras?")
    assert "the former prime minister" in answer.quotations[0].text
    assert "Prime Minister Antonis Samaras" in answer.quotations[1].text
