"""Everybody at once, with Telegram's limits enforced. `benchmarks/load.py` does it with more."""

from tests.bot.telegram.conftest import Start
from tests.load import ask_all
from tests.telegram_server import TelegramServer

PEOPLE = 300
WITHIN = 3.0


async def test_everybody_is_answered_once_and_nobody_starves(
    server: TelegramServer, start: Start
) -> None:
    server.enforce_flood = True
    application, _ = await start()
    load = await ask_all(server, application, PEOPLE, WITHIN)
    assert load.answers == [1] * PEOPLE
    assert load.refused == []
    # Thirty a second is what Telegram lets through; half as long again, for a slow machine.
    assert max(load.waits) < 1.5 * PEOPLE / 30
    # First come, first served: whoever asks last finds those before, and nobody else, in line.
    assert max(load.waits[:30]) < 5
