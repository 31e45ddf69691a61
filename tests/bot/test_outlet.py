"""Questions for an outlet and nothing else, in a conversation and without one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.engine import Engine
from bot.outlet import names_only_outlet, of_outlet
from bot.understanding import Asked, understand
from tests.bot.conftest import asked_in_turn, collected, write_article

OUTLETS = ("TASS", "The Moscow Times", "Reuters", "El Faro")
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def asked(question: str, language: str = "en") -> Asked:
    return understand(question, language, NOW.date(), OUTLETS)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        *[("what did the Moscow Times write?", "en"), ("And according to Reuters?", "en")],
        *[("What does TASS say about that?", "en"), ("according to TASS", "en")],
        *[("Was schrieb Reuters dazu?", "de"), ("und laut TASS?", "de")],
        *[("что сообщил TASS об этом?", "ru"), ("а по данным Reuters?", "ru")],
        *[("¿Qué dijo El Faro sobre eso?", "es"), ("et selon Reuters ?", "fr")],
    ],
)
def test_questions_for_an_outlet_alone(question: str, language: str) -> None:
    assert names_only_outlet(question, language, asked(question, language))


@pytest.mark.parametrize(
    "question",
    [
        *("What did TASS write about Cuba?", "How many died according to TASS?", "TASS"),
        *("what did TASS write last week?", "What did the Kremlin say?", "news from Reuters"),
        *("who wrote that in Reuters?", ""),
    ],
)
def test_other_questions(question: str) -> None:
    assert not names_only_outlet(question, "en", asked(question))


@pytest.mark.parametrize(
    ("subject", "question", "language", "other"),
    [
        (
            *("How many died according to TASS?", "and according to the Moscow Times?", "en"),
            "How many died according to the Moscow Times?",
        ),
        (
            *("What did the Moscow Times report on Cuba?", "what does TASS say?", "en"),
            "What did TASS report on Cuba?",
        ),
        ("How many died?", "what did Reuters write?", "en", "How many died according to Reuters?"),
        ("Wie viele starben?", "Was schrieb TASS dazu?", "de", "Wie viele starben laut TASS?"),
        ("Сколько погибло?", "а по данным TASS?", "ru", "Сколько погибло по данным TASS?"),
    ],
)
def test_the_question_as_it_is_asked_of_the_outlet(
    subject: str, question: str, language: str, other: str
) -> None:
    named = asked(question, language).source
    assert named is not None
    assert of_outlet(subject, asked(subject, language), question, named, language) == other


REPORTS = (
    ("TASS", 3, "A blast at the mill of Velm killed 11 people, the mayor said on Tuesday."),
    ("Reuters", 6, "The blast at the mill of Velm killed 14 people, the mayor said on Friday."),
    ("The Moscow Times", 25, "A theatre opened in Velm with a play about bees. It is sold out."),
)


@pytest.fixture(scope="module")
def outlets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root: Path = tmp_path_factory.mktemp("outlets")
    for outlet, day, text in REPORTS:
        write_article(
            root / "a" / f"{day}.md",
            text,
            title="Mill explodes in Velm" if "blast" in text else "Curtain up for the bees",
            outlet=outlet,
            date=f"{day} November 2026",
            url=f"https://n.example/{day}",
        )
    with collected(root) as engine:
        yield engine


@pytest.mark.parametrize(
    ("questions", "resolved", "outlet"),
    [
        (
            ("How many people did the blast in Velm kill?", "And according to TASS?"),
            *("How many people did the blast in Velm kill according to TASS?", "TASS"),
        ),
        (
            ("How many people died in Velm according to TASS?", "what does Reuters say?"),
            *("How many people died in Velm according to Reuters?", "Reuters"),
        ),
        (
            ("What did TASS report on the mill in Velm?", "And Reuters?"),
            *("What did Reuters report on the mill in Velm?", "Reuters"),
        ),
        (
            ("what did TASS write?", "and the Moscow Times?"),
            *("what did the Moscow Times write?", "The Moscow Times"),
        ),
        (
            ("What did the Moscow Times write?",),
            "What did the Moscow Times write?",
            "The Moscow Times",
        ),
    ],
)
def test_the_same_is_asked_of_an_outlet(
    outlets: Engine, questions: tuple[str, ...], resolved: str, outlet: str
) -> None:
    answer = asked_in_turn(outlets, *questions, now=NOW)
    assert answer.resolved == resolved
    assert answer.understood.source == outlet
    assert answer.quotations[0].article.source == outlet


def test_news_that_an_outlet_had_is_wanted_of_all_when_it_is_taken_back(outlets: Engine) -> None:
    question = "What did TASS report on the mill since 2 November?"
    told = outlets.ask(question, now=NOW)
    assert [one.article.source for one in told.quotations] == ["TASS"]
    of_all = outlets.ask(question, now=NOW, without={"source"})
    assert [one.article.source for one in of_all.quotations] == ["Reuters", "TASS"]
    assert (of_all.understood.source, of_all.understood.time) == (None, "2026-11-02/..")
    anything = outlets.ask("What did TASS write?", now=NOW, without={"source"})
    assert [one.article.source for one in anything.quotations] == [
        *("The Moscow Times", "Reuters", "TASS")
    ]
    assert anything.quotations[0].article.published == datetime(2026, 11, 25, tzinfo=UTC)
