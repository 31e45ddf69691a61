"""The process that carries out an order, and what it does to the collection."""

import asyncio
import os
from pathlib import Path

import pytest

from bot.engine import update
from bot.keeper.foresight import foresee
from bot.keeper.keeper import Keeper
from bot.keeper.orders import Cancelled, Changes, Failed, Order, Plan, Result, Said, Stage, Task
from bot.keeper.process import carry_out
from bot.keeper.work import carried_out, telling
from bot.settings import Settings
from bot.worker import Worker
from corpus.store import Library
from index.build import exclusive
from index.layout import Layout
from index.types import silent
from tests.bot.conftest import settings_at, write_article
from tests.bot.test_pages import add_news
from tests.corpus.web import serving

BODY = "The mayor of Lower Harbour opened the new lighthouse on Monday, the council said."


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file, but for SQLite's own, which it makes and takes away as it likes."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.name.endswith(("-wal", "-shm"))
    }


async def test_it_says_how_far_it_is_and_what_came_of_it(sample: Settings, tmp_path: Path) -> None:
    path = write_article(tmp_path / "x.md", BODY)
    order, stages = Order("add", (str(path),)), list[Stage]()
    planned = await carry_out(sample, order, stages.append, is_dry=True)
    assert isinstance(planned, Plan)
    assert (planned.changes, planned.passages) == (Changes(new=1), 1)
    assert 0 < planned.seconds < 30
    done = await carry_out(sample, order, stages.append, is_dry=False)
    assert done == Result(Changes(new=1), 1, 25, 2, published=True)
    assert {"counting", "opening the model", "encoding", "writing"} <= {s.name for s in stages}


def test_a_dry_run_changes_nothing_on_the_disk(sample: Settings, tmp_path: Path) -> None:
    write_article(tmp_path / "new" / "x.md", BODY)
    before = files_of(sample.index.data)
    settings = settings_at(sample.origin.parent, "[corpus]", f'paths = ["{tmp_path / "new"}"]')
    foreseen = foresee(settings)
    assert (len(foreseen.read.new), len(foreseen.read.gone)) == (1, 24)
    assert foreseen.upcoming.passages == 1
    with Library(Layout(sample.index.data).library) as library:
        (first, *_), count = library.listed("", 1)
        assert count == 24
    assert foresee(sample, remove=[first.id]).read.gone == [first.id]
    assert files_of(sample.index.data) == before


async def test_the_model_that_is_missing_and_the_lock_that_is_held(
    sample: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.keeper.work._PATIENCE", 0.1)

    def outcome(settings: Settings, order: Order) -> Failed | None:
        return carried_out(Task(order, False, settings.model_dump_json()), silent).failed

    with exclusive(Layout(sample.index.data), 0):
        failed = outcome(sample, Order("full"))
    assert failed is not None
    assert "another `verbatim` is indexing" in failed.reason
    index = sample.index.model_copy(update={"model": "/no/such/model"})
    failed = outcome(sample.model_copy(update={"index": index}), Order("full"))
    assert failed is not None
    assert "/no/such/model" in failed.reason
    failed = outcome(sample, Order("rollback", ("1",)))
    assert failed is not None
    assert "no earlier generation is kept" in failed.reason


def test_each_order_does_what_it_says(sample: Settings, tmp_path: Path) -> None:
    """In this process, where coverage and the debugger can follow."""
    write_article(tmp_path / "new" / "x.md", BODY)
    (tmp_path / "new" / "y.md").write_text("no title", "utf-8")
    settings = settings_at(sample.origin.parent, "[corpus]", f'paths = ["{tmp_path / "new"}"]')
    said = list[Said]()
    tell = telling(said.append)

    def done(order: Order, *, is_dry: bool = False) -> Said:
        return carried_out(Task(order, is_dry, settings.model_dump_json()), tell)

    plan = done(Order("reindex"), is_dry=True).plan
    assert plan is not None
    assert (plan.changes, plan.passages) == (Changes(new=1, gone=24), 1)
    assert [failure.origin for failure in plan.failures] == [str(tmp_path / "new" / "y.md")]
    result = done(Order("watch")).result
    assert result is not None
    assert (result.changes, result.encoded) == (Changes(new=1, gone=24), 1)
    assert len(result.failures) == 1
    with Library(Layout(settings.index.data).library) as library:
        (article, *_), _ = library.listed("", 1)
    full = done(Order("full")).result
    assert full is not None
    assert (full.changes, full.encoded, full.published) == (Changes(unchanged=1), 1, True)
    gone = done(Order("remove", (article.id,))).result
    assert gone is not None
    assert (gone.changes, gone.articles) == (Changes(gone=1), 0)
    page = done(Order("add", ("http://127.0.0.1:9/a",))).result
    assert page is not None
    assert page.changes == Changes()
    assert [failure.origin for failure in page.failures] == ["http://127.0.0.1:9/a"]
    stages = [s.stage for s in said if s.stage]
    assert stages[0].name == "reading"
    # Not each file is told of, but the end of each stage is.
    assert Stage("encoding", 1, 1) in stages


def test_it_goes_back_from_the_index_that_was_asked_about_alone(
    sample: Settings, tmp_path: Path
) -> None:
    def said(asked_of: str) -> Said:
        order = Order("rollback", (asked_of,))
        return carried_out(Task(order, False, sample.model_dump_json()), silent)

    for number in (2, 3):
        path = write_article(tmp_path / f"{number}.md", BODY, url=f"https://news.example/{number}")
        update(sample, add=[path])
    assert said("2").failed == Failed("the index has changed since: ask again")
    gone_back = Result(Changes(), 0, 25, 2, published=True)
    assert said("3").result == gone_back
    # Broken off and taken up again, it goes no further.
    assert said("3").result == gone_back


async def test_a_dry_run_broken_off_goes_on_as_a_dry_run(sample: Settings) -> None:
    worker = Worker(sample)
    await worker.open()
    first = Keeper(sample, worker)
    assert first.begin(Order("full", who=1, name="Ann"), is_dry=True) is not None
    await children()
    await first.close()
    again = Keeper(sample, worker)
    job = await again.resume()
    assert job is not None
    assert job.is_dry
    outcome = await job.task
    assert isinstance(outcome, Plan)
    assert outcome.passages > 50
    assert await again.resume() is None
    await again.close()
    await worker.close()


async def test_killed_from_outside_it_has_failed(sample: Settings) -> None:
    worker = Worker(sample)
    await worker.open()
    keeper = Keeper(sample, worker)
    with exclusive(Layout(sample.index.data), 0):
        job = keeper.begin(Order("full", who=1, name="Ann"))
        assert job is not None
        (child,) = await children()
        os.kill(child, 9)
        outcome = await job.task
    assert outcome == Failed("it ended with code -9: see the log")
    assert keeper.running is None
    # It does not begin by itself for ever after.
    assert await keeper.resume() is None
    await keeper.close()
    await worker.close()


async def test_ended_before_it_has_begun(sample: Settings) -> None:
    worker = Worker(sample)
    await worker.open()
    keeper = Keeper(sample, worker)
    job = keeper.begin(Order("full", who=1))
    assert job is not None
    assert keeper.begin(Order("full", who=2)) is None
    assert await keeper.cancel("Bob") is job
    assert job.task.result() == Cancelled("Bob")
    await keeper.close()
    assert keeper.begin(Order("full", who=2)) is None
    await worker.close()


async def children() -> list[int]:
    """Processes that carry out orders for this one, once there are any."""
    found: list[int] = []
    while not found:
        # As POSIX has it.
        command = ("ps", "-A", "-o", "pid=,ppid=,args=")
        ps = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        lines = [line.split(None, 2) for line in (await ps.communicate())[0].decode().splitlines()]
        mine = [x for x in lines if int(x[1]) == os.getpid() and "bot.keeper.work" in x[2]]
        found = [int(pid) for pid, *_ in mine]
    return found


def test_pages_are_fetched_and_feeds_that_are_due_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with serving() as site:
        add_news(site)
        hosts = f'allow_hosts = ["127.0.0.1:{site.port}"]'
        settings = settings_at(tmp_path, "[corpus]", 'paths = ["none"]', hosts)

        def done(order: Order, *, is_dry: bool = False) -> Said:
            return carried_out(Task(order, is_dry, settings.model_dump_json()), silent)

        one = Order("add", (f"{site.url}/bridge",))
        plan = done(one, is_dry=True).plan
        assert plan is not None
        assert plan.changes == Changes(new=1)
        added = done(one).result
        assert added is not None
        assert (added.changes, added.articles) == (Changes(new=1), 1)
        with Library(Layout(settings.index.data).library) as library:
            library.sources.add("Wharf", f"{site.url}/feed", "feed", "7")
        looked = done(Order("watch")).result
        assert looked is not None
        assert (looked.changes.new, looked.articles) == (1, 2)
        # It is not due again yet.
        asked = len(site.asked)
        again = done(Order("watch")).result
        assert again is not None
        assert not again.changes
        assert len(site.asked) == asked
