"""Telegram's limits by a clock of their own: no test waits, and every time is exact."""

import asyncio
import heapq
import itertools
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter

from bot.limiter import PatientLimiter

ANN, BOB, GROUP = 1, 2, -1_000_000_000_003


class Time:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock has been moved so far."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._numbers), woken))
        await woken

    async def pass_by(self, seconds: float) -> None:
        """Move the clock, and let everything happen on the way when it is due."""
        end = self.now + seconds
        await self.settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            at, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                self.now = max(at, self.now)
                woken.set_result(None)
            await self.settle()
        self.now = end

    async def settle(self) -> None:
        """Let everything happen that is due now."""
        for _ in range(30):
            await asyncio.sleep(0)


class Telegram:
    """Takes requests, and counts as Telegram does: when they arrive.

    Attributes:
        time: Its clock.
        delay: Seconds that a reply takes.
        came: When each request came, and what it was about.
        faults: What the next requests meet with.
    """

    def __init__(self) -> None:
        self.time = Time()
        self.delay = 0.0
        self.came: list[tuple[float, str]] = []
        self.faults: list[Exception] = []
        self.limiter = PatientLimiter(self.time, self.time.sleep)

    def ask(
        self, endpoint: str, chat: int | str | None, name: str = "", **data: int | str
    ) -> asyncio.Task[Any]:
        """Make a request."""

        async def arrives(what: str) -> str:
            self.came.append((self.time.now - 1000, what))
            if self.delay:
                await self.time.sleep(self.delay)
            if self.faults:
                raise self.faults.pop(0)
            return f"done: {what}"

        about: dict[str, Any] = data if chat is None else data | {"chat_id": chat}
        request: Coroutine[Any, Any, Any] = self.limiter.process_request(
            arrives, (name,), {}, endpoint, about, None
        )
        return asyncio.create_task(request)

    def times(self) -> list[float]:
        """When requests came, seconds after the beginning."""
        return [at for at, _ in self.came]

    def names(self) -> list[str]:
        """What came, in order."""
        return [name for _, name in self.came]


def wait(seconds: float) -> RetryAfter:
    return RetryAfter(timedelta(seconds=seconds))


def most_within(times: list[float], seconds: float) -> int:
    """The most requests that came within so long a time, its ends not both included."""
    return max(sum(start <= at < start + seconds for at in times) for start in times)
