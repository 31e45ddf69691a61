"""What happens by itself: new articles are read, and admins told once what is wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from bot import texts
from bot.handlers.board import Board
from bot.handlers.watching import Watching
from bot.keeper.health import LEAST_FREE, Health
from bot.keeper.job import Job
from bot.keeper.keeper import Keeper
from bot.keeper.orders import Changes, Order, Plan, Stage
from bot.languages import ENGLISH
from bot.settings import Settings
from bot.worker import Worker
from corpus.store import Library
from index.layout import Layout
from tests.bot.conftest import write_article
from tests.bot.telegram.conftest import Start, at_work, pointed_at
from tests.bot.telegram.test_keeping import ASKED, BODY, kept_by, log_of, shows
from tests.telegram_server import TelegramServer


class Clock:
    """A time that stands still until it is moved, and those who wait for it."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)
        self.turns = 0
        self._waiting: asyncio.Event = asyncio.Event()

    async def sleep(self, _: float) -> None:
        """Wait until `pass_by` is called."""
        self.turns += 1
        await self._waiting.wait()
        self._waiting.clear()

    async def pass_by(self, server: TelegramServer, passed: timedelta) -> None:
        """Move the time, and wait for what comes of that."""
        turns = self.turns
        self.now += passed
        self._waiting.set()
        await server.wait_for(lambda: self.turns > turns)
        await server.settled()


Free = dict[str, int]


def is_idle(keeper: Keeper) -> bool:
    return keeper.running is None


@asynccontextmanager
async def watching(
    settings: Settings, server: TelegramServer, clock: Clock, free: Free, minutes: float = 0
) -> AsyncIterator[Keeper]:
    """A bot at work whose watch goes by this clock, in place of its own."""
    # The watch of its own has nobody to tell.
    async with at_work(pointed_at(server, settings.origin.parent), server) as (application, _):
        worker = Worker(settings)
        await worker.open()
        keeper, board = Keeper(settings, worker), Board(worker)
        health = Health(settings.index.data, settings.corpus.stale_days, lambda _: free["bytes"])
        watch = Watching(
            *(worker, keeper, board, health, settings.bot.admins, minutes),
            sleep=clock.sleep,
            now=lambda: clock.now,
        )
        await watch.open(application.bot)
        await server.wait_for(lambda: clock.turns)
        try:
            yield keeper
        finally:
            await watch.close()
            await worker.close()


async def test_admins_are_told_once_what_is_wrong_and_once_when_it_is_well(
    server: TelegramServer, sample: Settings
) -> None:
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    settings = kept_by(server, sample.origin.parent, ann, bob)
    clock, free = Clock(), {"bytes": 10 * LEAST_FREE}
    hour = timedelta(hours=1)
    with Library(Layout(settings.index.data).library) as library:
        library.sources.add("the feed", "https://news.example/feed", "feed", "1")
        library.sources.note_failure("the feed", clock.now, "500 @everyone")
        async with watching(settings, server, clock, free):
            await clock.pass_by(server, 23 * hour)
            assert server.messages(ann) == []
            free["bytes"] = LEAST_FREE - 1_000_000
            await clock.pass_by(server, 2 * hour)
            await clock.pass_by(server, 2 * hour)
            wrong = ["The feed the feed has failed for a day: 500 @everyone"]
            wrong += ["The disk is nearly full: 499 MB are left under the data folder."]
            assert server.messages(ann) == server.messages(bob) == wrong
            # A little more is not yet enough.
            free["bytes"] = LEAST_FREE + 1_000_000
            library.sources.note_success("the feed", clock.now)
            await clock.pass_by(server, hour)
        # Not after a restart either.
        free["bytes"] = 2 * LEAST_FREE
        async with watching(settings, server, Clock(), free):
            well = ["The feed the feed is well again.", "The disk has room again: 1000 MB."]
            assert server.messages(ann) == server.messages(bob) == wrong + well


async def test_an_old_index_is_told_of_even_if_one_admin_cannot_be_reached(
    server: TelegramServer, sample: Settings
) -> None:
    ann = server.add_user("Ann")
    settings = kept_by(server, sample.origin.parent, {"id": 4242}, ann)
    clock = Clock()
    async with watching(settings, server, clock, {"bytes": 10 * LEAST_FREE}):
        await clock.pass_by(server, timedelta(days=6))
        assert server.messages(ann) == []
        await clock.pass_by(server, timedelta(days=2))
        await clock.pass_by(server, timedelta(days=2))
        (told,) = server.messages(ann)
    assert told == texts.ALERT_STALE.format(ago="1 week ago")
    server.refused.clear()


async def test_what_is_new_is_read_by_itself_and_searchable(
    server: TelegramServer, sample: Settings, tmp_path: Path
) -> None:
    ann = server.add_user("Ann")
    folder = tmp_path / "articles"
    write_article(
        folder / "old.md", "Nothing of note happened in the town.", url="https://a.example/1"
    )
    settings = kept_by(server, sample.origin.parent, ann, corpus=f'paths = ["{folder}"]')
    clock = Clock()
    async with watching(settings, server, clock, {"bytes": 10 * LEAST_FREE}, 2) as keeper:
        write_article(folder / "new.md", BODY, title="A New Lighthouse")
        await clock.pass_by(server, timedelta(minutes=1))
        assert is_idle(keeper)
        await clock.pass_by(server, timedelta(minutes=1))
        job = keeper.running
        assert job is not None
        await job.task
        server.send(ann, ann, ASKED)
        assert BODY in (await server.next_sent(ann))["text"]
        assert log_of(settings) == [
            ("schedule", "watch", "2 new, 0 changed, 24 gone, 0 not read; generation 2")
        ]
        # Nothing new: nothing to be written down.
        await clock.pass_by(server, timedelta(minutes=1))
        await clock.pass_by(server, timedelta(minutes=1))
        assert keeper.running is not None
        await keeper.running.task
    assert len(log_of(settings)) == 1


async def test_after_going_back_nothing_is_read_by_itself(
    server: TelegramServer, sample: Settings
) -> None:
    ann = server.add_user("Ann")
    settings = kept_by(server, sample.origin.parent, ann)
    clock = Clock()
    async with watching(settings, server, clock, {"bytes": 10 * LEAST_FREE}, 1) as keeper:
        rollback = keeper.begin(Order("rollback", ("1",), ann["id"], "Ann"))
        assert rollback is not None
        # There is none: it fails, and nothing rests.
        await rollback.task
        await clock.pass_by(server, timedelta(minutes=1))
        assert keeper.running is not None
        await keeper.running.task
        assert await keeper._worker.call(lambda desk: desk.kept.alerts.known()) == set()
        await keeper._worker.call(lambda desk: desk.kept.alerts.told("rollback", is_wrong=True))
        await clock.pass_by(server, timedelta(minutes=1))
        assert is_idle(keeper)


async def test_progress_is_shown_at_most_every_so_often(
    server: TelegramServer, sample: Settings, start: Start
) -> None:
    """A job whose every word is told at once; the message changes but now and then."""
    ann = server.add_user("Ann")
    application, _ = await start()
    every, ticks = 0.4, iter(range(10**6))
    job = Job(Order("reindex", who=ann["id"], name="Ann"), True, lambda: float(next(ticks)))

    async def work() -> Plan:
        for done in range(0, 1001, 10):
            job.tell(Stage("encoding", done, 1000))
            await asyncio.sleep(0.015)
        return Plan(Changes(new=3), 5, 60.0)

    worker = Worker(sample)
    job.task = asyncio.create_task(work())
    shown = await application.bot.send_message(ann["id"], "…")
    board = Board(worker, every)
    await worker.open()
    board.follow(shown, job, ENGLISH)
    await job.task
    sent = await shows(server, server.history(ann)[0], "would change this")
    await board.close()
    await worker.close()
    edits = [c for c in server.sent if c.method == "editMessageText"]
    assert 3 <= len(edits) <= 6
    gaps = [b.at - a.at for a, b in pairwise(edits)]
    assert min(gaps) >= every - 0.05
    assert "Encoding: " in edits[1].params["text"]
    assert " a second, done in " in edits[1].params["text"]
    assert sent["text"].endswith("• 5 passages to be encoded, done in 1 minute")
