"""Passages that ask what is asked, in quizzes and lists of questions, answer nothing."""

from collections.abc import Iterator

import pytest

from bot.engine import Engine
from bot.reading import only_asks
from tests.bot.conftest import collected, write_article


@pytest.mark.parametrize(
    ("text", "language", "asks"),
    [
        ("Which shop turned off its lights?", "en", True),
        ("Who did it? And why?", "en", True),
        ("“Who did it?”", "en", True),
        ("谁关了灯？", "zh", True),
        ("من أطفأ الأنوار؟", "ar", True),
        ("Who did it? The keeper did.", "en", False),
        ("The keeper did it.", "en", False),
        ("The keeper asked: who did it? Nobody spoke", "en", False),
    ],
)
def test_whether_a_text_only_asks(text: str, language: str, asks: bool) -> None:
    assert only_asks(text, language) is asks


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
