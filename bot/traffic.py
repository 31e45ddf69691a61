"""Whose request leaves next: within the limits, in order within a chat, fair among chats.

A request takes a place in the windows of the bot and of its chat when it leaves, and gives them
back when their length has passed since its reply: however long it was on the way, Telegram never
counts more than is allowed. Within a chat one request is on its way at a time, so that none
overtakes another.
"""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from enum import IntEnum

from bot.windows import Window

_OVERALL = (30, 1.0)
_PRIVATE = (5, 5.0)
"""One a second, with a burst of a few."""
_PRIVATE_EDITS = (20, 20.0)
"""Of the same rate; a person who leafs through an answer by hand is not kept waiting."""
_GROUP = (20, 60.0)
"""Messages and edits together: Telegram counts both."""

_AGED = 2.0
"""Seconds after which an edit has waited long enough to be served like an answer."""

_MANY = 1024
"""Chats remembered before those that can be forgotten are looked for."""

ChatId = int | str


class Kind(IntEnum):
    """What is served first."""

    ANSWER = 0
    EDIT = 1


class Ticket:
    """A request on its way through the line.

    Args:
        chat: Where it goes.
        kind: What it is.
        edits: The message that it edits.
        whole: Whether it edits all of the message, not the keyboard alone.
    """

    def __init__(
        self, chat: ChatId, kind: Kind, edits: object = None, *, whole: bool = True
    ) -> None:
        self.chat, self.kind, self.edits, self.whole = chat, kind, edits, whole
        self.order = self.place = 0
        self.since = 0.0
        self.turn: asyncio.Future[bool] | None = None

    def replaces(self, other: "Ticket") -> bool:
        """Whether nothing is lost when `other`, which came before, is never sent."""
        same = self.edits is not None and self.edits == other.edits
        return same and self.order > other.order and (self.whole or not other.whole)


class _Chat:
    def __init__(self, chat: ChatId) -> None:
        is_group = chat < 0 if isinstance(chat, int) else chat.startswith("@")
        messages = Window(*(_GROUP if is_group else _PRIVATE))
        edits = messages if is_group else Window(*_PRIVATE_EDITS)
        self.windows = {Kind.ANSWER: messages, Kind.EDIT: edits}
        self.not_before = 0.0
        self.served = 0
        self.is_busy = False
        self.waiting: list[Ticket] = []

    def free_at(self, kind: Kind, now: float) -> float | None:
        """When the next request may leave; None if that hangs on the reply to another."""
        free = None if self.is_busy else self.windows[kind].free_at(now)
        return None if free is None else max(free, self.not_before)

    def is_idle(self, now: float) -> bool:
        """Whether nothing would be lost by forgetting it."""
        waits = self.waiting or self.is_busy or self.not_before > now
        return not waits and not any(w.used(now) for w in self.windows.values())


class Traffic:
    """Lets requests leave.

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
        self._overall = Window(*_OVERALL)
        self._chats: dict[ChatId, _Chat] = {}
        self._waiting: dict[ChatId, _Chat] = {}
        self._sweep_at = _MANY
        self._numbers = itertools.count(1)
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = 0.0

    async def turn(self, ticket: Ticket) -> bool:
        """Wait for a request's turn; return False if a newer edit makes it needless.

        After True the caller must call `done` when the reply is there. A ticket that comes again
        keeps its place in line.
        """
        chat = self._chat(ticket.chat)
        if not ticket.order:
            ticket.order = ticket.place = next(self._numbers)
            ticket.since = self._clock()
        if any(other.replaces(ticket) for other in chat.waiting):
            return False
        for other in [o for o in chat.waiting if ticket.replaces(o)]:
            ticket.place, ticket.since = other.place, other.since
            self._leave_line(chat, other, goes=False)
        turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        ticket.turn = turn
        chat.waiting.append(ticket)
        self._waiting[ticket.chat] = chat
        self._go_on()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._leave_line(chat, ticket, goes=False)
            elif turn.result():
                self.done(ticket)
            raise

    def done(self, ticket: Ticket) -> None:
        """The reply to a request is there, or will never be."""
        now, chat = self._clock(), self._chats[ticket.chat]
        chat.is_busy = False
        chat.windows[ticket.kind].end(now)
        self._overall.end(now)
        self._go_on()

    def halt(self, chat: ChatId, seconds: float) -> None:
        """Let nothing go to a chat for so long."""
        known = self._chat(chat)
        known.not_before = max(known.not_before, self._clock() + seconds)

    def halted(self, chat: ChatId) -> float:
        """For how many seconds nothing will go to a chat."""
        known = self._chats.get(chat)
        return max(known.not_before - self._clock(), 0.0) if known else 0.0

    def spare(self, chat: ChatId) -> bool:
        """Whether something that no answer should wait for may go to a chat now."""
        now, known = self._clock(), self._chats.get(chat)
        is_free = known is None or known.free_at(Kind.ANSWER, now) == now
        return is_free and not self._waiting and 2 * self._overall.used(now) < self._overall.limit

    def take_spare(self) -> Callable[[], None]:
        """Count what `spare` allowed; the result is to be called when its reply is there."""
        self._overall.take()

        def end() -> None:
            self._overall.end(self._clock())
            self._go_on()

        return end

    def close(self) -> None:
        """End waiting for the clock."""
        if self._alarm:
            self._alarm.cancel()

    def _chat(self, chat: ChatId) -> _Chat:
        if chat not in self._chats:
            if len(self._chats) >= self._sweep_at:
                now = self._clock()
                self._chats = {k: c for k, c in self._chats.items() if not c.is_idle(now)}
                self._sweep_at = max(_MANY, 2 * len(self._chats))
            self._chats[chat] = _Chat(chat)
        return self._chats[chat]

    def _go_on(self) -> None:
        """Let leave whatever may, and be woken when more may."""
        now = self._clock()
        while (at := self._overall.free_at(now)) == now:
            times = {
                (chat, ticket): chat.free_at(ticket.kind, now)
                for chat in self._waiting.values()
                for ticket in chat.waiting
            }
            ready = [pair for pair, free in times.items() if free == now]
            if not ready:
                at = min((free for free in times.values() if free is not None), default=None)
                break
            chat, ticket = min(ready, key=lambda pair: _urgency(pair[0], pair[1], now))
            self._overall.take()
            chat.windows[ticket.kind].take()
            chat.is_busy = True
            chat.served = next(self._numbers)
            self._leave_line(chat, ticket, goes=True)
        self._wake_at(at if self._waiting else None)

    def _leave_line(self, chat: _Chat, ticket: Ticket, *, goes: bool) -> None:
        chat.waiting.remove(ticket)
        if not chat.waiting:
            del self._waiting[ticket.chat]
        if ticket.turn and not ticket.turn.done():
            ticket.turn.set_result(goes)

    def _wake_at(self, at: float | None) -> None:
        """Go on at `at`; when it is None, a reply to come will see to that."""
        if self._alarm and at != self._alarm_at:
            self._alarm.cancel()
            self._alarm = None
        if self._alarm is None and at is not None:
            self._alarm_at = at
            self._alarm = asyncio.get_running_loop().create_task(self._ring(at))

    async def _ring(self, at: float) -> None:
        await self._sleep(at - self._clock())
        self._alarm = None
        self._go_on()


def _urgency(chat: _Chat, ticket: Ticket, now: float) -> tuple[int, int, int]:
    """Answers before edits, unless these have waited for long; then chats one after the other."""
    aged = now - ticket.since >= _AGED
    return (Kind.ANSWER if aged else ticket.kind, max(ticket.place, chat.served), ticket.place)
