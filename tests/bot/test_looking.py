from pathlib import Path
from unittest.mock import patch

import pytest

from bot.judging import Judge
from bot.looking import read_closely
from tests.bot.conftest import asked_in_turn, collected, write_article


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
