"""At which point of its way an answer is, as tests of its being sent once see it."""

import time
from collections.abc import Callable

from tests.bot.telegram.conftest import (
    Json,
)
from tests.telegram_server import TelegramServer

NOT_THERE = "Bad Request: message to edit not found"
NOT_OURS = "Bad Request: message can't be edited"
OURS = "Bad Request: message is not modified: specified new message content"
HELD = 60.0
"""Seconds for which a call is held: longer than any test takes."""


def answers(server: TelegramServer, chat: Json) -> list[Json]:
    return [m for m in server.history(chat["id"]) if "Iran supports" in m.get("text", "")]


def probes(server: TelegramServer) -> set[str]:
    """What was said to the edits by which an answer is looked for; takes them off the record."""
    found = [c for c in server.refused if c.method == "editMessageReplyMarkup"]
    server.refused[:] = [c for c in server.refused if c not in found]
    return {c.description[: len(OURS)] for c in found}


def ago(seconds: float) -> Callable[[], float]:
    """A clock that is slow by so much."""
    return lambda: time.time() - seconds


def is_held(server: TelegramServer, chat: Json) -> bool:
    """Whether the prepared call is under way, and the question will not be delivered again."""
    return not server._faults and not server._queue


def has_arrived(server: TelegramServer, chat: Json) -> bool:
    return bool(answers(server, chat)) and not server._queue


def is_unconfirmed(server: TelegramServer, chat: Json) -> bool:
    """Whether the question has been answered, and will be delivered again."""
    return bool(answers(server, chat)) and bool(server._queue) and not server._faults
