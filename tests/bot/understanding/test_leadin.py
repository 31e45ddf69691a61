import pytest

from benchmarks.leads import WAYS, counted
from bot.engine import Engine
from bot.understanding import asked_about, wants_summary


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        *[(way.format("the rouble"), f"the rouble{'?' * way.endswith('}?')}") for way in WAYS],
        ("Hello! Could you please tell me more about Cuba?", "Cuba?"),
        ("explain why the rouble fell", "why the rouble fell"),
        ("Tell me about vegetables, please!", "vegetables"),
        ("What’s happening in Greece?", "Greece?"),
        ("Erzähl mir etwas über das Referendum", "das Referendum"),
        ("was weißt du über Kuba?", "Kuba?"),
        ("¿Qué se sabe sobre la cumbre?", "la cumbre?"),
        ("parle-moi de la Grèce", "la Grèce"),
        ("Расскажи подробнее о комете", "комете"),
        ("що відомо про комету?", "комету?"),
        ("أخبرني عن كوبا", "كوبا"),
    ],
)
def test_what_is_asked_about_stands_behind(question: str, rest: str) -> None:
    assert question[slice(*asked_about(question))] == rest


@pytest.mark.parametrize(
    "question",
    [
        *("What happened to Zakharchenko?", "Who won the Greek election?", "tell me who won"),
        *("give me the name of the minister", "What did OPEC decide?", "newsletters of the ECB"),
        *("listen to Cuba", "", "explain", "I want to break free"),
    ],
)
def test_nothing_leads_up_to_what_is_asked_itself(question: str) -> None:
    assert asked_about(question) == (0, len(question))


def test_a_topic_is_found_whatever_leads_up_to_it(engine: Engine) -> None:
    found = counted(engine, "I'm looking for articles about {}")
    assert found == {"right": 16, "far": 0}
    assert counted(engine, "list articles about {}")["silent"] == 0


def test_it_is_no_other_question(engine: Engine) -> None:
    answer = engine.ask("summarize the Greek referendum")
    assert answer.resolved == answer.question
    assert not answer.understood.history


def test_it_counts_where_it_says_something_or_nothing_else_does(engine: Engine) -> None:
    assert engine.ask("What happened in February 2015?").answered
    assert not engine.ask("explain it").answered
    # The latest is meant, whatever leads up to it.
    assert engine.ask("latest news about Syriza").understood.time == "latest"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("tldr: OPEC", "en"),
        ("Can you summarise the Minsk agreement?", "en"),
        ("what is the vote about?", "en"),
        ("what are the main points of the accord", "en"),
        ("give me a brief overview of Cuba", "en"),
        ("Überblick über die Ukraine", "de"),
        ("resumen de la cumbre", "es"),
        ("résumé du vote", "fr"),
        ("коротко о комете", "ru"),
    ],
)
def test_who_wants_a_summary(question: str, language: str) -> None:
    assert wants_summary(question, language)


@pytest.mark.parametrize(
    "question",
    [
        *("tell me about OPEC", "What is OPEC?", "who told you about it?", "Cuba", ""),
        *("what was it about?", "what are the details of it?"),
    ],
)
def test_who_wants_none(question: str) -> None:
    assert not wants_summary(question, "en")


def test_a_summary_begins_with_how_the_article_begins(engine: Engine) -> None:
    for topic in ("the Greek referendum", "OPEC", "the comet landing", "the climate agreement"):
        answer = engine.ask(f"What are the main points of {topic}?")
        first = answer.quotations[0]
        assert (first.passage.paragraph, first.answer[0]) == (0, 0)
        assert len({one.passage for one in answer.quotations}) == len(answer.quotations)
    assert not engine.ask("tldr bitcoin").answered


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("What happened in Debaltseve?", "Ukrainian troops have given up most of"),
        ("What happened to the rouble?", "The Russian rouble fell to a record low"),
        ("what happened with Cuba?", "The United States and Cuba intend to resume"),
        # Articles on something else that tell it.
        ("What happened to the Greek banks?", "The banks have been closed since 29 June"),
        ("What happened to Varoufakis?", "Finance Minister Yanis Varoufakis resigned"),
    ],
)
def test_what_happened_is_what_its_article_begins_with(
    engine: Engine, question: str, begins: str
) -> None:
    first = engine.ask(question).quotations[0]
    assert first.text.startswith(begins)


def test_who_has_half_a_name_is_somebody_else(engine: Engine) -> None:
    assert engine.ask("What happened to Alan Gross?").answered
    assert not engine.ask("What happened to Federica Fellini?").answered
