import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from telegram.error import RetryAfter, TimedOut

from bot.limiter import PatientLimiter


class Telegram:
    """Refuses the first calls of each chat, and keeps when each call came."""

    def __init__(self, refusals: int, wait: float = 0.05) -> None:
        self.refusals, self.wait = refusals, wait
        self.calls: list[tuple[int, float]] = []

    async def send(self, chat: int, *, refuse: bool = True) -> str:
        """Take a message, or refuse it."""
        self.calls.append((chat, asyncio.get_running_loop().time()))
        count = sum(c == chat for c, _ in self.calls)
        if refuse and count <= self.refusals:
            raise RetryAfter(timedelta(seconds=self.wait))
        return f"sent to {chat}"


async def limited(
    telegram: Telegram, chat: int, endpoint: str = "sendMessage", **options: bool
) -> object:
    limiter = PatientLimiter()
    await limiter.initialize()
    try:
        return await limiter.process_request(telegram.send, (chat,), options, endpoint, {}, None)
    finally:
        await limiter.shutdown()


@pytest.mark.parametrize("refusals", [0, 1, 3])
async def test_it_repeats_after_the_time_it_is_told(refusals: int) -> None:
    telegram = Telegram(refusals)
    assert await limited(telegram, 1) == "sent to 1"
    times = [at for _, at in telegram.calls]
    assert len(times) == refusals + 1
    assert all(b - a >= 0.05 for a, b in pairwise(times))


async def test_after_four_refusals_it_gives_up() -> None:
    telegram = Telegram(9, 0.01)
    with pytest.raises(RetryAfter):
        await limited(telegram, 1)
    assert len(telegram.calls) == 4


async def test_a_sign_of_typing_is_not_repeated() -> None:
    telegram = Telegram(1, 30)
    with pytest.raises(RetryAfter):
        await limited(telegram, 1, "sendChatAction")
    assert len(telegram.calls) == 1


async def test_one_chat_holds_up_no_other() -> None:
    telegram = Telegram(1, 0.2)
    waiting = asyncio.create_task(limited(telegram, 1))
    await asyncio.sleep(0.01)
    assert await asyncio.wait_for(limited(telegram, 2, refuse=False), 0.1) == "sent to 2"
    assert not waiting.done()
    assert await waiting == "sent to 1"


async def test_other_errors_are_not_its_business() -> None:
    tries = []

    async def fail() -> None:
        tries.append(1)
        raise TimedOut

    with pytest.raises(TimedOut):
        await PatientLimiter().process_request(fail, (), {}, "sendMessage", {}, None)
    assert tries == [1]
