import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot import texts
from bot.desk import Desk, Question
from bot.engine import update
from bot.languages import ENGLISH
from bot.settings import Settings
from bot.turns import Place
from bot.worker import Worker
from index.types import UnusableError
from tests.bot.conftest import settings_at, write_article
from tests.bot.telegram.conftest import QUESTION


def threads() -> set[str]:
    return {t.name for t in threading.enumerate() if t.name.startswith("desk")}


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Worker]:
    worker = Worker(settings)
    try:
        await worker.open()
        yield worker
    finally:
        await worker.close()


async def test_all_its_work_is_done_in_one_thread_in_order(sample: Settings) -> None:
    done: list[tuple[int, str]] = []

    def note(number: int, desk: Desk) -> str:
        done.append((number, threading.current_thread().name))
        return desk.ask(Question(QUESTION, Place(number))).text

    async with opened(sample) as worker:
        said = await asyncio.gather(*(worker.call(partial(note, n)) for n in range(8)))
        (name,) = {name for _, name in done}
        assert name in threads()
    assert name not in threads()
    assert len(set(said)) == 1
    assert [number for number, _ in done] == list(range(8))


async def test_an_error_in_it_goes_to_who_asked_and_harms_nothing(sample: Settings) -> None:
    async with opened(sample) as worker:
        with pytest.raises(ZeroDivisionError):
            await worker.call(lambda _: 1 // 0)
        assert "24 articles" in (await worker.call(lambda desk: desk.status(ENGLISH))).text


async def test_not_open_it_says_so(sample: Settings) -> None:
    worker = Worker(sample)
    with pytest.raises(RuntimeError, match="the desk is closed"):
        await worker.call(lambda desk: desk.status(ENGLISH))
    await worker.close()
    assert threads() == set()


async def test_without_an_index_it_does_not_open_and_can_be_closed(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match=r"no index in .*: run `verbatim index`"):
        async with opened(settings_at(tmp_path)):
            pass
    assert threads() == set()


async def test_a_collection_without_articles(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["none"]')
    update(settings)
    async with opened(settings) as worker:
        assert (await worker.call(lambda desk: desk.sources(ENGLISH))).text == texts.EMPTY
        said = await worker.call(lambda desk: desk.ask(Question(QUESTION, Place(1))))
        assert (said.text, said.rows) == (texts.NO_ANSWER, ())
        assert (
            "0 articles, 0 passages" in (await worker.call(lambda desk: desk.status(ENGLISH))).text
        )


async def test_more_outlets_than_are_named(tmp_path: Path) -> None:
    for n in range(7):
        write_article(
            tmp_path / "files" / f"{n}.md",
            f"The mayor of town number {n} opened a library with {n + 20} rooms.",
            f"Library {n}",
            outlet=f"Outlet {min(n, 5)}",
            url=f"https://news.example/{n}",
        )
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["files"]')
    update(settings)
    async with opened(settings) as worker:
        said = (await worker.call(lambda desk: desk.sources(ENGLISH))).text
    assert said.startswith("7 articles from Outlet 5, Outlet ")
    assert ", …, 17 December 2014 – 17 December 2014." in said
    assert said.count("• Library") == 5
