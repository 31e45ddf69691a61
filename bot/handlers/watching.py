"""What happens by itself: a look for what is new now and then, and a word to the admins.

A loop of its own rather than PTB's JobQueue: there is one interval and nothing to schedule, what
must outlive the program stands in SQLite, and APScheduler would come along for a `sleep`.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, datetime

from telegram import Bot
from telegram.error import TelegramError

from bot import texts
from bot.covering import write_covered
from bot.desk import Desk
from bot.handlers.board import Board
from bot.keeper.health import Health, Notice
from bot.keeper.keeper import Keeper
from bot.keeper.wording import orderer, progress, work
from bot.languages import Language, language
from bot.message import Composer, Message
from bot.turns import Place
from bot.wire import form
from bot.worker import Worker

_TURN = 60.0
"""Seconds from one look after feeds, index and disk to the next."""

_log = logging.getLogger(__name__)

Words = Callable[[Language], str]


class Watching:
    """Looks for what is new, tells the admins what is wrong, and goes on with broken-off jobs.

    Args:
        worker: Has the collection.
        keeper: Reads what is new.
        board: Shows jobs.
        health: Knows what is wrong.
        admins: Ids of the people who are told.
        minutes: From one look for what is new to the next; 0 is never.
        sleep: Waits for so many seconds.
        now: The time.
    """

    def __init__(
        self,
        worker: Worker,
        keeper: Keeper,
        board: Board,
        health: Health,
        admins: Collection[int],
        minutes: float,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._worker = worker
        self._keeper = keeper
        self._board = board
        self._health = health
        self._admins = tuple(admins)
        self._minutes = minutes
        self._sleep = sleep
        self._now = now
        self._task: asyncio.Task[None] | None = None

    async def open(self, bot: Bot) -> None:
        """Go on with what was broken off, and begin to watch."""
        self._task = asyncio.create_task(self._watch(bot))

    async def close(self) -> None:
        """Watch no longer, and end the job under way: the next start goes on with it."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._board.close()
        await self._keeper.close()

    async def _watch(self, bot: Bot) -> None:
        await self._guarded(self._resume(bot))
        passed = 0.0
        while True:
            await self._guarded(self.look(bot))
            await self._sleep(_TURN)
            passed += _TURN
            if self._minutes and passed >= self._minutes * 60:
                passed = 0.0
                await self._guarded(self._keeper.watch())

    async def _guarded(self, work: Awaitable[object]) -> None:
        """Watching goes on whatever happens."""
        try:
            await work
        except Exception:
            _log.exception("watching")

    async def look(self, bot: Bot) -> None:
        """Tell the admins, once, what is wrong, and once what is well again."""
        if not self._admins:
            return
        now = self._now()
        news = await self._worker.call(lambda desk: self._health.news(desk, now))
        told = [notice for notice in news if await self._tell(bot, notice.words)]
        if told:
            await self._worker.call(lambda desk: _note(desk, told))

    async def _resume(self, bot: Bot) -> None:
        job = await self._keeper.resume()
        if job is None:
            return
        order = job.order

        def resumed(spoken: Language) -> str:
            name, doing = orderer(order, spoken), work(order, spoken)
            return spoken.say(texts.RESUMED, work=doing, name=name)

        await self._tell(bot, resumed)
        if order.chat:
            spoken = language(order.language)
            shown = await bot.send_message(
                order.chat,
                **form(progress(job, spoken)),
                message_thread_id=order.topic or None,
            )
            self._board.follow(shown, job, spoken)

    async def _tell(self, bot: Bot, words: Words) -> bool:
        """Say something to each admin in their language; whether any of them has heard it."""
        heard = False
        for admin in self._admins:
            try:
                await bot.send_message(admin, **form(await self._message(admin, words)))
                heard = True
            except TelegramError as error:
                # Who has never written to the bot cannot be written to.
                _log.info("an admin was not told: %s", error)
        return heard

    async def _message(self, admin: int, words: Words) -> Message:
        spoken = await self._worker.call(lambda desk: desk.language(Place(admin, 0, admin), None))
        out = Composer()
        write_covered(out, words(spoken))
        return out.message()


def _note(desk: Desk, told: Sequence[Notice]) -> None:
    for notice in told:
        desk.kept.alerts.told(notice.name, is_wrong=notice.is_wrong)
