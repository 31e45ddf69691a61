"""One line for each conversation: questions are answered in order, bursts by their last one."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager

MOST_WAITING = 3
"""So many questions of one person wait at a time, each to be answered. People type two, and split a
thought over three; whoever has four waiting is not waiting for each."""

BURST_SECONDS = 30.0
"""Only what was written within so long is a burst. What gathered over an hour in which the bot was
away is not."""

SETTLING = 0.15
"""Seconds of silence after which a question is begun with. The messages of a burst follow one
another faster, and a person who has just sent a question does not notice."""

LONGEST_SETTLING = 1.5
"""Seconds after which it is begun with all the same."""


class Turn:
    """A question in line.

    Attributes:
        said_at: When it was written, seconds since 1970.
        is_left_out: Whether newer ones have taken its place: it is not to be answered.
    """

    def __init__(self, line: "_Line", said_at: float) -> None:
        self._line = line
        self.said_at = said_at
        self.is_left_out = False

    def left_out(self) -> int:
        """How many were left out since this was last said, which is said after the last answer."""
        if self._line.waiting:
            return 0
        count, self._line.left_out = self._line.left_out, 0
        return count


class _Line:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting: list[Turn] = []
        self.newest = 0.0
        self.left_out = 0
        self.members = 0

    def join(self, turn: Turn) -> None:
        """Let a question in, in place of a burst's earlier ones."""
        self.waiting.append(turn)
        burst = [t for t in self.waiting if turn.said_at - t.said_at <= BURST_SECONDS]
        if len(burst) <= (1 if self.left_out else MOST_WAITING):
            return
        for earlier in burst[:-1]:
            earlier.is_left_out = True
            self.waiting.remove(earlier)
            self.left_out += 1


class Lines:
    """The lines of all conversations; those with nobody in them are forgotten.

    Args:
        clock: Seconds, never falling.
        sleep: Waits for so many of them.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._lines: dict[Hashable, _Line] = {}

    @asynccontextmanager
    async def turn(self, place: Hashable, said_at: float) -> AsyncIterator[Turn]:
        """Wait until everything before in the line of `place` is answered or left out."""
        line = self._lines.setdefault(place, _Line())
        line.members += 1
        line.newest = self._clock()
        turn = Turn(line, said_at)
        line.join(turn)
        try:
            async with line.lock:
                if not turn.is_left_out:
                    await self._settle(line)
                if not turn.is_left_out:
                    line.waiting.remove(turn)
                yield turn
        finally:
            if turn in line.waiting:
                line.waiting.remove(turn)
            line.members -= 1
            if not line.members:
                del self._lines[place]

    async def _settle(self, line: _Line) -> None:
        until = self._clock() + LONGEST_SETTLING
        while (now := self._clock()) < min(line.newest + SETTLING, until):
            await self._sleep(min(line.newest + SETTLING, until) - now)
