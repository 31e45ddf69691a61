"""What somebody said, asked for with nothing that it is about."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.engine import Engine
from bot.uttering import sayer
from tests.bot.conftest import asked_in_turn, collected, write_report

NOW = datetime(2014, 12, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "language", "who"),
    [
        ("What did Reeve say?", "en", "Reeve"),
        ("what has the mayor said", "en", "the mayor"),
        ("What did Reeve say in ?", "en", "Reeve"),
        ("Was sagte Reeve?", "de", "Reeve"),
        ("Was hat Reeve gesagt?", "de", "Reeve"),
        ("¿Qué dijo Anton Reeve?", "es", "Anton Reeve"),
        ("Qu’a dit Reeve ?", "fr", "Reeve"),
        ("Что сказал Рив?", "ru", "Рив"),
        ("Що сказала Пелл?", "uk", "Пелл"),
        # Of somebody told before, or on something.
        ("What did he say?", "en", None),
        ("What did Reeve say about rust?", "en", None),
        ("Was sagte Reeve über den Rost?", "de", None),
        ("Что сказал Рив о мосте?", "ru", None),
        ("What did Reeve reject?", "en", None),
        ("What did … say?", "en", None),
        ("Reeve ne dedi?", "tr", None),
    ],
)
def test_who_is_asked_about(question: str, language: str, who: str | None) -> None:
    assert sayer(question, language) == who


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("bridge")
    write_report(
        root,
        "rust",
        "Bridge Was Known to Be Weak",
        "16 December 2014",
        "Mayor Anton Reeve's deputy said on Monday that the archive had been closed for the week.",
        "Engineers saw rust in the hangers. Mayor Anton Reeve, who took office in May, said that he"
        " had asked for money and got none.",
        "“That request never came to a vote,” said opposition leader Mila Storr.",
        "Reeve was told by the ministry to wait, and Storr met him twice.",
        "The ferry that runs in the meantime is full every morning.",
    )
    write_report(
        root,
        "pier",
        "Pier Reopens",
        "1 December 2014",
        "The harbour master, Ida Holm, said the pier would bear lorries again by spring.",
        "Swans nest beneath it.",
    )
    with collected(root) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Reeve say?", "Mayor Anton Reeve, who took office in May, said"),
        ("What did the mayor say?", "Mayor Anton Reeve, who took office in May, said"),
        ("What did Reeve say in December 2014?", "Mayor Anton Reeve, who took office in May, said"),
        ("What did Mila Storr say?", "“That request never came to a vote,” said"),
        ("What did Ida Holm say?", "The harbour master, Ida Holm, said"),
    ],
)
def test_a_sentence_in_which_he_says_something_answers(
    bridge: Engine, question: str, words: str
) -> None:
    first = asked_in_turn(bridge, question, now=NOW).quotations[0]
    assert first.text[slice(*first.answer)].startswith(words)


@pytest.mark.parametrize(
    "question",
    [
        # Nobody of that name says anything.
        "What did Swan say?",
        "What did Ada Reeve say?",
        # She said it before.
        "What did Ida Holm say yesterday?",
    ],
)
def test_what_was_not_said_is_not_told(bridge: Engine, question: str) -> None:
    answer = asked_in_turn(bridge, question, now=NOW)
    assert not any(one.confidence >= 0.5 for one in answer.quotations)
