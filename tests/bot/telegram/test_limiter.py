"""What is dropped, repeated and replaced."""

import asyncio

import httpx
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.limiter import never_left
from tests.bot.telegram.limited import ANN, BOB, Telegram, wait


@pytest.fixture
async def telegram() -> Telegram:
    return Telegram()


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


def test_a_connection_that_broke_on_the_way_may_have_delivered() -> None:
    assert [
        never_left(broken(cause))
        for cause in (httpx.ConnectError, httpx.PoolTimeout, httpx.ReadTimeout, httpx.WriteError)
    ] == [True, True, False, False]
    assert not never_left(TimedOut())
