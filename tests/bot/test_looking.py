from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.engine import Engine
from bot.judging import Judge
from bot.looking import read_closely
from tests.bot.conftest import asked_in_turn, collected, write_article, write_report


@pytest.mark.parametrize(("short", "count"), [(0.0, 5), (0.03, 5), (0.44, 6), (0.83, 7), (1.0, 8)])
def test_the_shorter_the_passages_the_more_are_read(short: float, count: int) -> None:
    assert read_closely(short) == count


@pytest.mark.parametrize(("filling", "count"), [(0, 8), (60, 5)])
def test_the_passages_of_a_collection_are_read(tmp_path: Path, filling: int, count: int) -> None:
    words = " ".join(f"word{number}" for number in range(filling))
    text = "\n\n".join(
        f"The mill of village {number} grinds rye for the {number} bakers. {words}"
        for number in range(20)
    )
    write_article(tmp_path / "a" / "mills.md", text)
    spied = patch.object(Judge, "judged", autospec=True, side_effect=Judge.judged)
    with collected(tmp_path) as engine, spied as judged:
        asked_in_turn(engine, "Which village has a mill that grinds rye?")
    (call,) = judged.call_args_list
    _, passages, *_ = call.args
    assert len(passages) == count


@pytest.fixture(scope="module")
def fevers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("fevers")
    write_report(
        root,
        "fever",
        "Marsh Fever Reaches the Coast",
        "16 December 2014",
        "Marsh fever, which ticks carry, has reached the coast, the health office said.",
        "Some 300 cases were reported in 26 districts of the country, it said.",
        "A vaccine exists, but few doses are at hand.",
    )
    write_report(
        root,
        "flu",
        "Cases of Flu Fall",
        "18 December 2014",
        "The number of cases of flu in the country has fallen, doctors told reporters.",
        "There were 8,000 cases in the country last week, and 9,000 the week before.",
    )
    write_report(
        root,
        "vaccine",
        "Flu Vaccine Works, Doctors Say",
        "17 December 2014",
        "The vaccine against flu works better than in other years, doctors say.",
    )
    with collected(root) as found:
        yield found


FEVER, CASES = "What is marsh fever?", "How many cases are there?"


@pytest.mark.parametrize(
    ("questions", "resolved", "words"),
    [
        ([CASES], CASES, "There were 8,000 cases"),
        # Words that tell of much are those of what was spoken of, if that answers more surely.
        ([FEVER, CASES], f"{CASES} (marsh fever)", "Some 300 cases"),
        ([FEVER, "Is there a vaccine?"], "Is there a vaccine? (marsh fever)", "A vaccine exists"),
        # What it does not tell of is something else.
        (
            [FEVER, "How many cases of flu are there?"],
            "How many cases of flu are there?",
            "There were 8,000 cases",
        ),
    ],
)
def test_a_nameless_question_is_of_what_was_spoken_of_if_that_answers_it_better(
    fevers: Engine, questions: list[str], resolved: str, words: str
) -> None:
    now = datetime(2014, 12, 20, 12, tzinfo=UTC)
    answer = asked_in_turn(fevers, *questions, now=now)
    assert answer.resolved == resolved
    assert answer.quotations[0].text.startswith(words)
