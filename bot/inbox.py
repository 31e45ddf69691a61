"""The queue between Telegram and the handlers: what enters it is written down first."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from telegram import Bot, Message, Update
from telegram.ext import BaseUpdateProcessor

from bot.ledger import Attempt, Ledger, Received, Unfinished

_AT_ONCE = 4096
"""Updates in the handlers at a time. That is many, as most of them only wait for their turn: what
they do is done by one thread of the model's, and leaves as the limiter allows. Were they few, a
group that has to wait for Telegram would hold up everybody else."""

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


class Inbox(asyncio.Queue[object]):
    """PTB's update queue. It takes in each message once and forgets none before it is done.

    Polling confirms an update by the next call after it was put here, the webhook by its response
    after `take`: both when the ledger has it.

    Args:
        path: The ledger's file.

    Attributes:
        doubtful: Answers of earlier runs of which it is not known whether they arrived.
    """

    def __init__(self, path: Path | str) -> None:
        super().__init__()
        self._path = path
        # Not the model's thread: Telegram's next update must not wait for an answer.
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="ledger")
        self._ledger: Ledger | None = None
        self.doubtful: dict[Received, Attempt] = {}

    async def open(self, bot: Bot) -> None:
        """Open the ledger and put in what earlier runs did not come to the end of.

        Raises:
            UnusableError: The file cannot be used.
        """

        def job() -> tuple[Ledger, list[Unfinished]]:
            ledger = Ledger(self._path)
            return ledger, ledger.unfinished()

        loop = asyncio.get_running_loop()
        ledger, unfinished = await loop.run_in_executor(self._executor, job)
        for received, body, attempt in unfinished:
            if attempt:
                self.doubtful[received] = attempt
            self.put_nowait(Update.de_json(json.loads(body), bot))
        # Only now, or what comes at this moment would be put in twice.
        self._ledger = ledger

    async def call(self, work: Callable[[Ledger], _T]) -> _T:
        """Return what `work` makes of the ledger.

        Raises:
            RuntimeError: It is not open.
        """

        def job() -> _T:
            if self._ledger is None:
                raise RuntimeError("the ledger is closed")
            return work(self._ledger)

        return await asyncio.get_running_loop().run_in_executor(self._executor, job)

    async def close(self) -> None:
        """Close the ledger and end its thread."""

        def job() -> None:
            if self._ledger:
                self._ledger.close()
            self._ledger = None

        await asyncio.get_running_loop().run_in_executor(self._executor, job)
        self._executor.shutdown()

    async def put(self, item: object) -> None:
        """Take an update in, come what may: better twice than never."""
        try:
            await self.take(item)
        except sqlite3.Error:
            _log.exception("a message could not be written down; it is handled all the same")
            await super().put(item)

    async def take(self, item: object) -> None:
        """Take an update in unless it has been before.

        Raises:
            sqlite3.Error: It cannot be written down and was not taken in.
        """
        message = _brought(item)
        if isinstance(item, Update) and message:
            received, number, body = received_as(message), item.update_id, item.to_json()
            said_at = int(message.date.timestamp())
            if not await self.call(lambda ledger: ledger.receive(received, number, said_at, body)):
                return
        await super().put(item)

    async def note(self, work: Callable[[Ledger], None]) -> None:
        """Have something written down that is not worth a failure: it may be done twice then."""
        try:
            await self.call(work)
        except sqlite3.Error:
            _log.exception("what became of a message could not be written down")

    async def finish(self, item: object) -> None:
        """Note that an update is done with."""
        if message := _brought(item):
            received = received_as(message)
            await self.note(lambda ledger: ledger.finish(received))


class Finishing(BaseUpdateProcessor):
    """Has updates handled, many at a time, and notes when each is done with.

    Args:
        inbox: Where they come from.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(_AT_ONCE)
        self._inbox = inbox
        self._tasks: set[asyncio.Task[Any]] = set()

    def end_within(self, seconds: float) -> None:
        """Leave to the next start what is not handled by then, such as what has to wait."""
        asyncio.get_running_loop().call_later(seconds, self._let_go)

    def _let_go(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to tear down."""

    async def do_process_update(self, update: object, coroutine: Any) -> None:  # noqa: ANN401
        """Wait for the handlers. What they raise, PTB's error handlers have been told."""
        task = asyncio.current_task()
        if task:
            self._tasks.add(task)
        try:
            await coroutine
        finally:
            self._tasks.discard(task)
        await self._inbox.finish(update)


def received_as(message: Message) -> Received:
    """Return how the ledger calls a message."""
    edited = message.edit_date
    return Received(message.chat_id, message.message_id, int(edited.timestamp()) if edited else 0)


def _brought(update: object) -> Message | None:
    """The message that an update brings, new or edited; None if it brings none."""
    if not isinstance(update, Update):
        return None
    return (
        update.message or update.edited_message or update.channel_post or update.edited_channel_post
    )
