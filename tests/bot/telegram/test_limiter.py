"""The limiter by a clock of its own: no test waits, and every time is exact."""

import asyncio
import heapq
import itertools
from collections import Counter
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.limiter import PatientLimiter, never_left
from bot.traffic import Kind, Ticket, Traffic
from bot.windows import Window

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


@pytest.fixture
async def telegram() -> Telegram:
    return Telegram()


async def test_thirty_a_second_over_all_chats(telegram: Telegram) -> None:
    tasks = [telegram.ask("sendMessage", chat) for chat in range(1, 101)]
    await telegram.time.pass_by(3)
    times = telegram.times()
    assert Counter(times) == {0: 30, 1: 30, 2: 30, 3: 10}
    assert all(task.result() == "done: " for task in tasks)


@pytest.mark.parametrize("delay", [0.05, 0.4, 2.5])
async def test_however_long_replies_take_telegram_never_counts_too_many(
    telegram: Telegram, delay: float
) -> None:
    for chat in range(1, 91):
        telegram.ask("sendMessage", chat)
    for number in range(25):
        telegram.ask("sendMessage", GROUP, f"g{number}")
    slow = asyncio.create_task(asyncio.sleep(0))
    for step in range(200):
        # Requests come early or late by as much as the net likes.
        telegram.delay = delay * (step % 3)
        await telegram.time.pass_by(0.5)
    await slow
    assert len(telegram.came) == 115
    assert most_within(telegram.times(), 1) <= 30
    assert most_within([at for at, name in telegram.came if name], 60) <= 20


async def test_one_a_second_in_a_private_chat_after_a_burst(telegram: Telegram) -> None:
    for number in range(8):
        telegram.ask("sendMessage", ANN, str(number))
    await telegram.time.pass_by(30)
    assert telegram.times() == [0, 0, 0, 0, 0, 5, 5, 5]
    assert telegram.names() == list("01234567")


@pytest.mark.parametrize("chat", [-5, GROUP, "@readers"])
async def test_twenty_a_minute_in_a_group_edits_counted(
    telegram: Telegram, chat: int | str
) -> None:
    for number in range(15):
        telegram.ask("sendMessage", chat)
        telegram.ask("editMessageText", chat, message_id=number)
    await telegram.time.pass_by(59.9)
    assert len(telegram.came) == 20
    await telegram.time.pass_by(0.1)
    assert Counter(telegram.times()) == {0: 20, 60: 10}


async def test_what_is_not_counted_never_waits(telegram: Telegram) -> None:
    for chat in range(1, 61):
        telegram.ask("sendMessage", chat)
    telegram.faults = []
    telegram.limiter._traffic.halt(ANN, 300)
    free = [
        telegram.ask(*about)
        for about in (
            ("answerCallbackQuery", None),
            ("answerInlineQuery", None),
            ("getMe", None),
            ("setMyCommands", None),
            ("getChatMember", ANN),
            ("deleteMessage", ANN),
        )
    ]
    await telegram.time.settle()
    assert all(task.done() for task in free)
    assert len(telegram.came) == 36


@pytest.mark.parametrize("refusals", [1, 3])
async def test_it_repeats_after_the_time_it_is_told(telegram: Telegram, refusals: int) -> None:
    telegram.faults = [wait(7)] * refusals
    task = telegram.ask("sendMessage", ANN)
    await telegram.time.pass_by(7 * refusals)
    assert telegram.times() == [7.0 * n for n in range(refusals + 1)]
    assert task.result() == "done: "


@pytest.mark.parametrize("endpoint", ["sendMessage", "setMyCommands"])
async def test_after_four_refusals_it_gives_up(telegram: Telegram, endpoint: str) -> None:
    telegram.faults = [wait(2)] * 9
    task = telegram.ask(endpoint, ANN)
    await telegram.time.pass_by(60)
    assert telegram.times() == [0, 2, 4, 6]
    assert isinstance(task.exception(), RetryAfter)


async def test_a_wait_that_is_too_long_fails_at_once(telegram: Telegram) -> None:
    telegram.faults = [wait(3600)]
    for _ in range(2):
        task = telegram.ask("sendMessage", ANN)
        await telegram.time.settle()
        assert isinstance(task.exception(), RetryAfter)
    assert len(telegram.came) == 1
    await telegram.time.pass_by(3001)
    waits = telegram.ask("sendMessage", ANN)
    await telegram.time.pass_by(599)
    assert waits.result() == "done: "


async def test_only_the_chat_that_is_told_to_wait_waits(telegram: Telegram) -> None:
    telegram.faults = [wait(30)]
    telegram.ask("sendMessage", ANN, "a1")
    await telegram.time.settle()
    # More to the same chat must not slip through while it is halted.
    for number in (2, 3):
        telegram.ask("sendMessage", ANN, f"a{number}")
    telegram.ask("sendMessage", BOB, "b")
    await telegram.time.pass_by(29.9)
    assert telegram.names() == ["a1", "b"]
    await telegram.time.pass_by(1)
    assert telegram.names() == ["a1", "b", "a1", "a2", "a3"]
    assert telegram.times() == [0, 0, 30, 30, 30]


async def test_a_sign_of_typing_is_never_kept_for_later(telegram: Telegram) -> None:
    telegram.faults = [wait(30)]
    refused = telegram.ask("sendChatAction", ANN, "typing")
    await telegram.time.settle()
    assert isinstance(refused.exception(), RetryAfter)
    # It halts nothing: the answer does not wait for it.
    telegram.ask("sendMessage", ANN, "answer")
    await telegram.time.settle()
    assert telegram.names() == ["typing", "answer"]
    telegram.faults = [wait(30)]
    telegram.ask("sendMessage", ANN, "answer")
    await telegram.time.settle()
    dropped = telegram.ask("sendChatAction", ANN, "typing")
    await telegram.time.settle()
    assert dropped.result() is True
    assert telegram.names() == ["typing", "answer", "answer"]


async def test_signs_of_typing_take_half_of_what_there_is_at_most(telegram: Telegram) -> None:
    signs = [telegram.ask("sendChatAction", chat, "typing") for chat in range(1, 41)]
    await telegram.time.settle()
    assert Counter(task.result() for task in signs) == {"done: typing": 15, True: 25}
    for chat in range(1, 41):
        telegram.ask("sendMessage", chat, "answer")
    await telegram.time.settle()
    assert telegram.names().count("answer") == 15
    # While anybody waits for an answer, none is sent at all.
    assert await telegram.ask("sendChatAction", 99, "typing") is True


async def test_answers_go_before_edits_but_edits_do_not_starve(telegram: Telegram) -> None:
    for chat in range(1, 31):
        telegram.ask("sendMessage", chat, "first")
    await telegram.time.settle()
    telegram.ask("editMessageText", 100, "edit", message_id=5)
    for second in range(5):
        for chat in range(200, 230):
            telegram.ask("sendMessage", 1000 * second + chat, "answer")
        await telegram.time.pass_by(1)
    names = telegram.names()
    assert names[30:60] == ["answer"] * 30
    # Having waited for two seconds it is in line with the answers, before those that came later.
    assert telegram.came[names.index("edit")][0] == 2
    assert most_within(telegram.times(), 1) == 30


async def test_a_chat_with_much_to_say_does_not_hold_up_others(telegram: Telegram) -> None:
    telegram.delay = 0.1
    for number in range(20):
        telegram.ask("sendMessage", GROUP, f"group {number}")
    for chat in range(1, 61):
        telegram.ask("sendMessage", chat, f"private {chat}")
    await telegram.time.pass_by(2.5)
    names = telegram.names()
    assert sum(name.startswith("private") for name in names) == 60
    assert names.index("private 60") < 66
    assert [n for n in names if n.startswith("group")] == [
        f"group {n}" for n in range(sum(n.startswith("group") for n in names))
    ]


async def test_of_edits_that_wait_the_newest_is_made(telegram: Telegram) -> None:
    telegram.faults = [wait(5)]
    telegram.ask("sendMessage", ANN, "answer")
    await telegram.time.settle()
    edits = [telegram.ask("editMessageText", ANN, f"edit {n}", message_id=7) for n in range(3)]
    other = telegram.ask("editMessageText", ANN, "other", message_id=8)
    markup = telegram.ask("editMessageReplyMarkup", ANN, "keyboard", message_id=7)
    await telegram.time.pass_by(5)
    assert telegram.names() == ["answer", "answer", "edit 2", "other", "keyboard"]
    assert [task.result() for task in edits] == [True, True, "done: edit 2"]
    assert (other.result(), markup.result()) == ("done: other", "done: keyboard")


async def test_an_edit_of_all_replaces_one_of_the_keyboard(telegram: Telegram) -> None:
    telegram.limiter._traffic.halt(ANN, 5)
    old = telegram.ask("editMessageReplyMarkup", ANN, "keyboard", message_id=7)
    new = telegram.ask("editMessageText", ANN, "all", message_id=7)
    inline = telegram.ask("editMessageText", None, "inline", inline_message_id="x")
    await telegram.time.pass_by(5)
    assert (old.result(), new.result()) == (True, "done: all")
    assert inline.result() == "done: inline"


@pytest.mark.parametrize("delay", [0.0, 1.0])
async def test_a_refused_edit_does_not_come_after_a_newer_one(
    telegram: Telegram, delay: float
) -> None:
    # With a delay, the newer one is in line before the older comes back to it.
    telegram.delay = delay
    telegram.faults = [wait(5)]
    old = telegram.ask("editMessageText", ANN, "old", message_id=7)
    await telegram.time.settle()
    new = telegram.ask("editMessageText", ANN, "new", message_id=7)
    await telegram.time.pass_by(8)
    assert telegram.names() == ["old", "new"]
    assert (old.result(), new.result()) == (True, "done: new")


async def test_one_request_at_a_time_in_a_chat(telegram: Telegram) -> None:
    telegram.delay = 0.3
    for number in range(3):
        telegram.ask("editMessageText", ANN, str(number), message_id=number)
    await telegram.time.pass_by(2)
    assert telegram.times() == pytest.approx([0, 0.3, 0.6])


async def test_who_goes_away_leaves_the_place_to_others(telegram: Telegram) -> None:
    for number in range(5):
        telegram.ask("sendMessage", ANN, str(number))
    waiting = [telegram.ask("sendMessage", ANN, str(number)) for number in range(5, 10)]
    await telegram.time.settle()
    for task in waiting[:4]:
        task.cancel()
    await telegram.time.pass_by(5)
    assert telegram.names() == ["0", "1", "2", "3", "4", "9"]


async def test_who_goes_away_in_the_moment_when_the_turn_comes_gives_it_back() -> None:
    traffic, first, last = Traffic(), Ticket(BOB, Kind.ANSWER), Ticket(BOB, Kind.ANSWER)
    assert await traffic.turn(first)
    leaver = asyncio.create_task(traffic.turn(Ticket(BOB, Kind.ANSWER)))
    await asyncio.sleep(0)
    traffic.done(first)
    leaver.cancel()
    await asyncio.gather(leaver, return_exceptions=True)
    assert leaver.cancelled()
    assert await asyncio.wait_for(traffic.turn(last), 1)
    traffic.close()


def broken(cause: type[httpx.TransportError]) -> NetworkError:
    error = NetworkError("httpx")
    error.__cause__ = cause("broken")
    return error


@pytest.mark.parametrize(
    ("endpoint", "error", "tries"),
    [
        ("sendMessage", broken(httpx.ConnectError), 3),
        ("sendMessage", broken(httpx.ConnectTimeout), 3),
        ("sendMessage", broken(httpx.PoolTimeout), 3),
        ("sendMessage", broken(httpx.ReadError), 1),
        ("sendMessage", TimedOut(), 1),
        ("sendMessage", NetworkError("Bad Gateway"), 1),
        ("forwardMessage", NetworkError("Bad Gateway"), 1),
        ("editMessageText", NetworkError("Gateway Timeout"), 3),
        ("answerCallbackQuery", NetworkError("Service Unavailable"), 3),
        ("getMe", TimedOut(), 3),
        ("editMessageText", BadRequest("message to edit not found"), 1),
        ("getChatMember", Forbidden("kicked"), 1),
    ],
)
async def test_only_what_cannot_double_is_repeated_after_a_fault(
    telegram: Telegram, endpoint: str, error: Exception, tries: int
) -> None:
    telegram.faults = [error] * 9
    task = telegram.ask(endpoint, ANN, message_id=7)
    await telegram.time.pass_by(10)
    assert telegram.times() == pytest.approx([0, 0.3, 1.3][:tries])
    assert task.exception() is error


async def test_an_edit_that_was_made_although_it_seemed_to_fail(telegram: Telegram) -> None:
    unchanged = BadRequest("Message is not modified: specified new message content …")
    telegram.faults = [NetworkError("Bad Gateway"), unchanged]
    task = telegram.ask("editMessageText", ANN, message_id=7)
    await telegram.time.pass_by(1)
    assert task.result() is True
    telegram.faults = [unchanged]
    with pytest.raises(BadRequest):
        await telegram.ask("editMessageText", ANN, message_id=7)


async def test_it_is_told_when_a_request_leaves(telegram: Telegram) -> None:
    left: list[float] = []

    async def leaving() -> None:
        left.append(telegram.time.now - 1000)

    async def refuse_once() -> str:
        if len(left) == 1:
            raise wait(5)
        return "sent"

    telegram.limiter._traffic.halt(ANN, 3)
    request = telegram.limiter.process_request(
        refuse_once, (), {}, "sendMessage", {"chat_id": ANN}, leaving
    )
    task = asyncio.create_task(request)
    await telegram.time.pass_by(8)
    assert task.result() == "sent"
    assert left == [3, 8]


async def test_chats_with_nothing_to_remember_are_forgotten(telegram: Telegram) -> None:
    traffic = telegram.limiter._traffic
    traffic.halt(ANN, 1e6)
    for start in range(10, 5000, 30):
        for chat in range(start, start + 30):
            telegram.ask("sendMessage", chat)
        await telegram.time.pass_by(1)
    assert len(telegram.came) == 5010
    assert len(traffic._chats) <= 1024
    assert ANN in traffic._chats
    await telegram.limiter.shutdown()


def test_a_connection_that_broke_on_the_way_may_have_delivered() -> None:
    assert [
        never_left(broken(cause))
        for cause in (httpx.ConnectError, httpx.PoolTimeout, httpx.ReadTimeout, httpx.WriteError)
    ] == [True, True, False, False]
    assert not never_left(TimedOut())


def test_a_window_counts_from_the_end() -> None:
    window = Window(2, 10)
    window.take()
    window.take()
    assert (window.used(0), window.free_at(0)) == (2, None)
    window.end(3)
    assert window.free_at(3) == 13
    window.end(5)
    assert (window.used(12.9), window.free_at(12.9)) == (2, 13)
    assert (window.used(13), window.free_at(13)) == (1, 13)
    assert window.used(15) == 0
