"""A time that is told of long after it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.engine import Engine
from tests.bot.conftest import asked_in_turn, collected, write_report

NOW = datetime(2022, 7, 21, tzinfo=UTC)
FLOOD = "Dam Above Lowick Bursts"
INQUIRY = "Operator of Lowick Dam Waited, Inquiry Finds"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("retold")
    write = partial(write_report, root)
    write(
        "flood",
        FLOOD,
        "3 March 2019",
        "The dam above Lowick burst on Sunday, and the operator sounded the sirens.",
        "Forty houses of Lowick stood under water within minutes, the operator of the dam said.",
        "Seven minutes were enough to carry the bridge away.",
    )
    write(
        "inquiry",
        INQUIRY,
        "20 July 2022",
        "An inquiry has found that the operator of the dam waited too long.",
        "On 3 March 2019 the operator waited 95 minutes before he opened the gates of the dam.",
        "On 4 April 2022 the operator of another dam waited twelve minutes.",
    )
    for number in range(1, 13):
        write(
            f"other{number}",
            f"Operator Waits at Dam Number {number}",
            f"{number} March 2019",
            f"The operator of dam number {number} waited some minutes on 1 February, it was said.",
        )
    with collected(root) as found:
        yield found


def test_what_names_the_day_tells_of_it_whenever_it_was_written(engine: Engine) -> None:
    question = "How many minutes did the operator of the dam wait on 3 March 2019?"
    answer = asked_in_turn(engine, question, now=NOW)
    assert answer.answered
    first = answer.quotations[0]
    assert (first.article.title, first.passage.paragraph) == (INQUIRY, 1)
    start, end = first.answer
    assert "waited 95 minutes" in first.text[start:end]


def test_what_was_written_then_need_not_name_the_day(engine: Engine) -> None:
    answer = asked_in_turn(engine, "What burst above Lowick on 3 March 2019?", now=NOW)
    assert answer.quotations[0].text.startswith("The dam above Lowick burst on Sunday")


def test_what_names_another_day_does_not(engine: Engine) -> None:
    question = "How many minutes did the operator of the dam wait on 4 April 2022?"
    answer = asked_in_turn(engine, question, now=NOW)
    first = answer.quotations[0]
    assert (first.article.title, first.passage.paragraph) == (INQUIRY, 2)
