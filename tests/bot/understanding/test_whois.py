"""Whom or what a question wants introduced."""

import pytest

from benchmarks.persons import WAYS, WAYS_OF_THINGS
from bot.understanding import asked_office, introduced


@pytest.mark.parametrize(
    ("question", "language", "name"),
    [
        *[(way.format("Ban Ki-moon"), "en", "Ban Ki-moon") for way in WAYS],
        ("and who’s putin?", "en", "putin"),
        ("Putin who?", "en", "Putin"),
        ('Who is "Dr. Fauci"?', "en", "Dr. Fauci"),
        ("Wer ist eigentlich Angela Merkel?", "de", "Angela Merkel"),
        ("Weißt du, wer Varoufakis ist?", "de", "Varoufakis"),
        ("¿Quién es Tsipras?", "es", "Tsipras"),
        ("Qui est Laurent Fabius ?", "fr", "Laurent Fabius"),
        ("А кто такой Лавров?", "ru", "Лавров"),
        ("Набиуллина это кто?", "ru", "Набиуллина"),
        ("хто така Меркель?", "uk", "Меркель"),
        ("Putin kimdir?", "tr", "Putin"),
    ],
)
def test_whose_name_it_is(question: str, language: str, name: str) -> None:
    assert introduced(question, language) == (name, True)


@pytest.mark.parametrize(
    ("question", "language", "name"),
    [
        *[(way.format("New Democracy"), "en", "New Democracy") for way in WAYS_OF_THINGS],
        ("What is the WHO?", "en", "WHO"),
        ("what does OPEC stand for?", "en", "OPEC"),
        ("Was ist eigentlich die OPEC?", "de", "OPEC"),
        ("¿Qué es la OTAN?", "es", "OTAN"),
        ("Qu'est-ce que l'OTAN ?", "fr", "OTAN"),
        ("Что такое ОПЕК?", "ru", "ОПЕК"),
        ("що таке НАТО?", "uk", "НАТО"),
        ("NATO nedir?", "tr", "NATO"),
    ],
)
def test_which_thing_it_is(question: str, language: str, name: str) -> None:
    assert introduced(question, language) == (name, False)


@pytest.mark.parametrize(
    "question",
    [
        *("Who is the leader of Syriza?", "Who is responsible for it?", "who?", "who is he?"),
        *("Who resigned in Greece?", "Who said that?", "", "Who is it"),
        *("Who is to pay for the reforms?", "Iran"),
    ],
)
def test_other_questions_ask_for_no_introduction(question: str) -> None:
    assert introduced(question, "en") is None


def test_a_language_without_a_pattern_is_left_alone() -> None:
    assert introduced("من هو بوتين؟", "ar") is None


@pytest.mark.parametrize(
    ("question", "title", "place"),
    [
        ("Who is the president of the US?", "president", "US"),
        ("who's Russia’s foreign minister", "foreign minister", "Russia"),
        ("And who was the French president?", "president", "French"),
        ("Who is the current prime minister of Greece?", "prime minister", "Greece"),
        ("do you know who the head of Kestrel is?", "head", "Kestrel"),
        # As it is typed in haste.
        ("iran president", "president", "iran"),
        ("President of Cuba?", "president", "Cuba"),
        ("and Russia's foreign minister", "foreign minister", "Russia"),
        ("the greek prime minister?", "prime minister", "greek"),
        ("Saudi oil minister", "oil minister", "Saudi"),
        ("EU foreign policy chief", "foreign policy chief", "EU"),
        ("US Secretary of State", "secretary of state", "US"),
    ],
)
def test_whose_holder_is_asked_for(question: str, title: str, place: str) -> None:
    assert asked_office(question, "en") == (title, place)


def test_other_questions_ask_for_no_office() -> None:
    for question in ("Who is Lavrov?", "who is it", "What is the capital of Cuba?", "who won?"):
        assert asked_office(question, "en") is None
    for question in (
        "minsk ceasefire",
        "the new president",
        "finance minister",
        "former president",
        "did the president resign",
        "what does the foreign minister say?",
        "",
    ):
        assert asked_office(question, "en") is None
    assert asked_office("Wer ist der Präsident von Kuba?", "de") is None
