"""One message for each job: how far it is, and at the end what came of it."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from telegram import Message as Shown
from telegram.error import BadRequest, TelegramError

from bot.handlers.replying import topic
from bot.keeper.job import Job
from bot.keeper.orders import Cancelled, Plan
from bot.keeper.wording import asked, ended, progress
from bot.languages import Language
from bot.limiter import UNCHANGED
from bot.message import Message
from bot.wire import form
from bot.worker import Worker

_EVERY = 3.0
"""Seconds between two edits of a message, at least."""

_log = logging.getLogger(__name__)


class Board:
    """Shows jobs, each in a message of its own.

    Args:
        worker: Keeps what waits for a yes.
        every: Seconds between two edits of a message, at least.
    """

    def __init__(self, worker: Worker, every: float = _EVERY) -> None:
        self._worker = worker
        self._every = every
        self._tasks: set[asyncio.Task[None]] = set()

    def follow(self, shown: Shown, job: Job, spoken: Language) -> None:
        """Go on showing a job in a message that shows it already."""
        self._keep(self._follow(shown, job, spoken))

    async def close(self) -> None:
        """Leave the messages as they are."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _follow(self, shown: Shown, job: Job, spoken: Language) -> None:
        clock = asyncio.get_running_loop().time
        last, next_at = progress(job, spoken), 0.0
        while not job.task.done():
            await asyncio.wait({job.task}, timeout=self._every)
            message = progress(job, spoken)
            if not job.task.done() and message != last:
                await _edit(shown, message)
                last, next_at = message, clock() + self._every
        await asyncio.sleep(max(next_at - clock(), 0))
        outcome = job.task.result()
        if isinstance(outcome, Cancelled) and not outcome.name:
            # The program ends: at its next start the job goes on, and is told of then.
            return
        message = ended(outcome, job.order, spoken)
        if isinstance(outcome, Plan):
            number = await self._worker.call(lambda desk: desk.kept.jobs.plan(job.order))
            message = asked(outcome, job.order, number, spoken)
        if not await _edit(shown, message):
            await _send(shown, message)


async def _edit(shown: Shown, message: Message) -> bool:
    """Show something else in a message; whether it shows that now."""
    try:
        await shown.get_bot().edit_message_text(
            chat_id=shown.chat_id, message_id=shown.message_id, **form(message)
        )
    except TelegramError as error:
        if isinstance(error, BadRequest) and UNCHANGED in str(error).lower():
            return True
        _log.info("a job was not shown: %s", error)
        return False
    return True


async def _send(shown: Shown, message: Message) -> None:
    """Say what came of a job whose message somebody has deleted."""
    try:
        await shown.get_bot().send_message(
            shown.chat_id, **form(message), message_thread_id=topic(shown)
        )
    except TelegramError as error:
        _log.warning("what came of a job was not told: %s", error)
