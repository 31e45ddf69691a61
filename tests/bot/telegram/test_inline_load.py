"""Inline mode while ten people type, beside questions in chats."""

import numpy as np
import pytest

from tests.bot.telegram.conftest import Start
from tests.bot.telegram.typists import type_all
from tests.telegram_server import TelegramServer

pytestmark = pytest.mark.timed


async def test_a_result_comes_within_a_second(server: TelegramServer, start: Start) -> None:
    await start()
    waits, last, typed = await type_all(server, 10)
    assert typed == 200
    assert all(server.queries[name] for name in last)
    # What was overtaken is not computed.
    assert 10 <= len(waits) < typed
    assert np.quantile(waits, 0.95) < 1.0
