from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

import pytest

from bot.judging import Judge, Judged
from bot.looking import read_closely
from bot.quote import Quotation
from tests.bot.conftest import asked_in_turn, collected, write_article


@pytest.mark.parametrize(("short", "count"), [(0.0, 5), (0.03, 5), (0.44, 6), (0.83, 7), (1.0, 8)])
def test_the_shorter_the_passages_the_more_are_read(short: float, count: int) -> None:
    assert read_closely(short) == count


@pytest.mark.parametrize(("more", "count"), [(0, 8), (30, 5)])
def test_a_collection_of_such_passages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int, count: int
) -> None:
    filler = " ".join(f"word{number}" for number in range(more * 2))
    text = "\n\n".join(
        f"The mill of village {number} grinds rye for the {number} bakers. {filler}"
        for number in range(20)
    )
    write_article(tmp_path / "a" / "mills.md", text)
    read: list[int] = []
    judged = Judge.judged

    def counting(
        self: Judge,
        passages: Sequence[Quotation],
        question: str,
        language: str,
        deadline: float | None,
        pool: Executor,
    ) -> Judged:
        read.append(len(passages))
        return judged(self, passages, question, language, deadline, pool)

    monkeypatch.setattr(Judge, "judged", counting)
    with collected(tmp_path) as engine:
        asked_in_turn(engine, "Which village has a mill that grinds rye?")
    assert read == [count]
