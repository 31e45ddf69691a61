"""Whose request leaves when."""

import asyncio
from collections import Counter

import pytest

from bot.traffic import Kind, Ticket, Traffic
from bot.windows import Window
from tests.bot.telegram.limited import ANN, BOB, GROUP, Telegram, most_within


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
