"""The one thread that the model, the index and SQLite live in, so that the loop never waits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.desk import Desk
from bot.engine import Engine
from bot.kept import Kept
from bot.settings import Settings
from index.layout import Layout

_T = TypeVar("_T")


class Worker:
    """Runs calls on a desk, one after the other, off the event loop.

    Args:
        settings: What the desk is opened with.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._desk: Desk | None = None
        self._close: list[Callable[[], None]] = []

    async def open(self) -> None:
        """Open the collection.

        Raises:
            UnusableError: There is no index, or model or index cannot be used.
        """
        await asyncio.get_running_loop().run_in_executor(self._executor, self._open)

    def _open(self) -> None:
        kept = Kept(Layout(self._settings.index.data).chats)
        self._close.append(kept.close)
        engine = Engine(self._settings)
        self._close.append(engine.close)
        self._desk = Desk(engine, kept, self._settings.bot.context_paragraphs)

    async def call(self, work: Callable[[Desk], _T]) -> _T:
        """Return what `work` makes of the desk.

        Raises:
            RuntimeError: It is not open.
        """

        def job() -> _T:
            if self._desk is None:
                raise RuntimeError("the desk is closed")
            return work(self._desk)

        return await asyncio.get_running_loop().run_in_executor(self._executor, job)

    @property
    def generation(self) -> int | None:
        """Number of the index in use; None while nothing is open."""
        desk = self._desk
        return desk.engine.manifest.number if desk else None

    async def close(self) -> None:
        """Close the collection and end the thread."""

        def job() -> None:
            self._desk = None
            while self._close:
                self._close.pop()()

        await asyncio.get_running_loop().run_in_executor(self._executor, job)
        self._executor.shutdown()
