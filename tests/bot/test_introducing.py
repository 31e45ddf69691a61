"""The sentence that introduces a person or thing."""

import pytest

from benchmarks.persons import (
    FAR,
    FAR_OFFICES,
    FAR_THINGS,
    OFFICES,
    PERSONS,
    THINGS,
    WAYS,
    WAYS_OF_OFFICES,
    WAYS_OF_THINGS,
    counted,
)
from bot.conversation import turn
from bot.engine import Engine
from bot.introducing import (
    ENOUGH,
    ENOUGH_OF_OFFICE,
    ENOUGH_OF_THING,
    definition,
    holding,
    introduction,
    is_acronym,
    is_name,
)
from bot.settings import load
from bot.understanding import Office

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


DEFINED = [
    ("The orbiter Kestrel sent pictures.", "Kestrel", "en"),
    ("The comet lander Wren woke up.", "Wren", "en"),
    ("They met in the seaside town of Marlow.", "Marlow", "en"),
    ("The Alliance of the Left, known as Sinal, won.", "Sinal", "en"),
    ("Novera, which makes vaccines, declined to comment.", "Novera", "en"),
    ("Novera, the largest bank of the country, was sold.", "novera", "en"),
    ("Kestrel is a probe of two tonnes.", "Kestrel", "en"),
    ("The Union of River States meets today.", "URS", "en"),
    ("Envoys of the Council for Trade and Fishing of Islands came.", "CTFI", "en"),
    ("Die Sonde Kestrel schickte Bilder.", "Kestrel", "de"),
    ("Novera ist eine Bank.", "Novera", "de"),
    ("La sonda Kestrel envió imágenes.", "Kestrel", "es"),
    ("La sonde Kestrel a envoyé des images.", "Kestrel", "fr"),
    ("Аппарат «Кестрел» — это зонд весом в две тонны.", "Кестрел", "ru"),
]


@pytest.mark.parametrize(("sentence", "name", "language"), DEFINED)
def test_it_says_what_something_is(sentence: str, name: str, language: str) -> None:
    assert definition(sentence, name, language) >= ENOUGH_OF_THING


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Observers were denied access to Marlow.", "Marlow"),
        ("Kestrel, however, stayed silent.", "Kestrel"),
        ("Joining URS is no option, they told URS in May.", "URS"),
        ("The union of river states meets today.", "URS"),
        ("The orbiter Kestrel sent pictures.", "Wren"),
        ("", "URS"),
    ],
)
def test_it_does_not_say_what(sentence: str, name: str) -> None:
    assert definition(sentence, name, "en") < ENOUGH_OF_THING


def test_letters_that_stand_for_words() -> None:
    assert [is_acronym(one) for one in ("WHO", "ООН", "Who", "W", "G7", "W.H.O", "")] == [
        *(True, True),
        *[False] * 5,
    ]


def test_persons_and_things_of_the_sample_are_introduced(engine: Engine) -> None:
    """All in the first way, a part in each other one; `benchmarks.persons` counts all in all."""
    kinds = (
        (WAYS, PERSONS, FAR),
        (WAYS_OF_THINGS, THINGS, FAR_THINGS),
        (WAYS_OF_OFFICES, OFFICES, FAR_OFFICES),
    )
    for ways, known, far in kinds:
        missed = 0
        for number, way in enumerate(ways):
            part = slice(number - 1, None, 3) if number else slice(None)
            some = dict(list(known.items())[part])
            found = counted(engine, way, some, far[part])
            missed += len(some) - found["right"]
            assert found["far"] == 0
        assert missed <= (1 if known is PERSONS else 0)


HELD = [
    ("Norvian President Anna Bell left.", "president", "Norvia", ()),
    ("President Anna Bell left.", "president", "Norvia", ("norvian",)),
    ("Anna Bell, the president of Norvia, left.", "president", "Norvia", ()),
    ("The council has elected Anna Bell as its president.", "president", "Norvia", ("norvia",)),
    ("It was said by the foreign minister of Norvia, Olav Dahl.", "foreign minister", "Norvia", ()),
    ("US President Anna Bell left.", "president", "US", ()),
    ("Spanish Prime Minister Ana Gil left.", "prime minister", "Spain", ()),
    ("Kestrel chairman Hugo Stein sold shares.", "chairman", "Kestrel", ()),
]


@pytest.mark.parametrize(("sentence", "title", "place", "about"), HELD)
def test_it_says_who_holds_an_office(
    sentence: str, title: str, place: str, about: tuple[str, ...]
) -> None:
    assert holding(sentence, Office(title, place), "en", lambda: about) >= ENOUGH_OF_OFFICE


@pytest.mark.parametrize(
    "sentence",
    [
        "Sarvian President Olav Dahl left.",
        "Norvian Deputy President Olav Dahl left.",
        "The former Norvian president Olav Dahl left.",
        "President Olav Dahl left.",
        "The president left.",
        "Olav Dahl presided over Norvia.",
        "Olav Dahl, the president of Sarvia, went to Norvia.",
        "",
    ],
)
def test_it_says_so_of_no_other(sentence: str) -> None:
    assert holding(sentence, Office("president", "Norvia"), "en", tuple) < ENOUGH_OF_OFFICE


def test_letters_need_not_stand_where_they_are_spelt_out(engine: Engine) -> None:
    answer = engine.ask("What does IMF stand for?")
    first = answer.quotations[0]
    assert "International Monetary Fund" in first.text[slice(*first.answer)]
    assert "IMF" not in first.text


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


@pytest.mark.parametrize("question", ["tell me about Putin", "I'd like to know about Lavrov"])
def test_who_is_found_nowhere_else_is_introduced(engine: Engine, question: str) -> None:
    first = engine.ask(question).quotations[0]
    assert question.split()[-1] in first.text[slice(*first.answer)]


def test_no_name_is_introduced_by_words_that_are_none(engine: Engine) -> None:
    assert not engine.ask("tell me about chocolate").answered
    assert not engine.ask("tell me about president").answered
