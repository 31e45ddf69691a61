"""Passages that ask what is asked, as in quizzes, or are a dateline alone, answer nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation import turn
from bot.engine import Engine
from bot.reading import says_nothing
from tests.bot.conftest import collected, write_article


@pytest.mark.parametrize(
    ("text", "language", "nothing"),
    [
        ("Which shop turned off its lights?", "en", True),
        ("Who did it? And why?", "en", True),
        ("“Who did it?”", "en", True),
        ("谁关了灯？", "zh", True),
        ("من أطفأ الأنوار؟", "ar", True),
        ("Port Luna, Norland CNN —", "en", True),
        ("PORT LUNA (Agency) -", "en", True),
        ("Port Luna, Norland – The keeper did it.", "en", False),
        ("Who did it? The keeper did.", "en", False),
        ("The keeper did it.", "en", False),
        ("The keeper asked: who did it? Nobody spoke", "en", False),
    ],
)
def test_whether_a_text_says_nothing(text: str, language: str, nothing: bool) -> None:
    assert says_nothing(text, language) is nothing


@pytest.fixture(scope="module")
def quiz(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("quiz")
    write_article(
        root / "a" / "quiz.md",
        "Which shop in Port Luna is accused of turning off its lights to save money?\n\n"
        "Who painted the lighthouse of Port Luna?\n\nTake our quiz on the news of the week.",
        title="Quiz of the week",
        url="https://n.example/quiz",
    )
    write_article(
        root / "a" / "shop.md",
        "Customers say that the Lantern House leaves its rooms in the dark.\n\n"
        "The shop has turned off its lights in order to save money, a report says.",
        title="Dark rooms at the Lantern House in Port Luna",
        url="https://n.example/shop",
    )
    with collected(root) as engine:
        yield engine


def test_a_quiz_is_no_answer_to_its_own_question(quiz: Engine) -> None:
    question = "Which shop in Port Luna is accused of turning off its lights to save money?"
    answer = quiz.ask(question)
    assert answer.quotations[0].article.title == "Dark rooms at the Lantern House in Port Luna"
    # Asked alone, with nothing that answers, it is not answered with itself.
    assert not quiz.ask("Who painted the lighthouse of Port Luna?").answered


def test_who_reads_on_reads_the_questions_too(tmp_path: Path) -> None:
    write_article(
        tmp_path / "a" / "keeper.md",
        "The keeper of the lighthouse of Port Luna has mended the lamp after nine dark nights.\n\n"
        "How did you mend it?\n\n“With a lens from the mainland,” the keeper said.",
        title="An interview with the keeper",
        url="https://n.example/keeper",
    )
    with collected(tmp_path) as engine:
        first = engine.ask("Who mended the lamp of the lighthouse?", 1)
        said = turn(first.question, first.resolved, first.subject, first.quotations)
        on = engine.ask("go on", 2, conversation=(said,))
    assert [one.passage.paragraph for one in on.quotations] == [1, 2]
