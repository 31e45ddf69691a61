"""Everybody at once, with Telegram's limits enforced; `benchmarks/load.py` is for a thousand."""

import pytest

from tests.bot.telegram.conftest import QUESTION, Start, end_within
from tests.load import ask_all
from tests.telegram_server import TelegramServer

pytestmark = pytest.mark.timed

PEOPLE = 400
WITHIN = 1.5
SLOW = 5
"""How much longer a busy machine may take than Telegram's limits would have it."""


async def test_everybody_is_answered_once_and_nobody_starves(
    server: TelegramServer, start: Start
) -> None:
    server.enforce_flood = True
    application, _ = await start()
    load = await ask_all(server, application, PEOPLE, WITHIN)
    assert load.answers == [1] * PEOPLE
    assert load.refused == []
    # Thirty a second is what Telegram lets through.
    assert max(load.waits) < SLOW * PEOPLE / 30
    # First come, first served: whoever asks first finds nobody in line.
    assert max(load.waits[:30]) < min(load.waits[-30:])


async def test_a_group_that_has_to_wait_holds_up_nobody_else(
    server: TelegramServer, start: Start
) -> None:
    server.enforce_flood = True
    application, _ = await start()
    group, other = server.add_chat("supergroup"), server.add_chat("supergroup")
    crowd = [server.add_user(f"P{n}") for n in range(40)]
    for person in crowd:
        server.send(person, group, f"/ask {QUESTION}")
    await server.wait_for(lambda: len(server.messages(group)) == 20, 30)
    for person in crowd[:10]:
        server.send(person, person, QUESTION)
        server.send(person, other, f"/ask {QUESTION}")
    await server.wait_for(lambda: all(server.messages(person) for person in crowd[:10]), 20)
    await server.wait_for(lambda: len(server.messages(other)) == 10, 20)
    assert len(server.messages(group)) == 20
    assert server.refused == []
    # The group's minute is not waited for.
    end_within(application, 0)
