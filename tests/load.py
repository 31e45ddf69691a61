"""Many people asking at once, for the load test and for `benchmarks/load.py`."""

import asyncio
import time
from dataclasses import dataclass

from bot.app import App
from tests.telegram_server import TelegramServer

QUESTIONS = (
    "What is Iran's position on the Moscow talks?",
    "who led Syriza?",
    "where did Philae land?",
    "how long are the nuclear talks extended?",
    "did Scotland vote for independence?",
)


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it.

    Attributes:
        people: How many asked.
        asked_in: Seconds in which they did.
        answers: How many answers each person got.
        waits: Seconds that each waited, in the order in which they asked.
        refused: Calls that Telegram refused.
        cpu: Seconds of processor time, the tests' server included.
    """

    people: int
    asked_in: float
    answers: list[int]
    waits: list[float]
    refused: list[str]
    cpu: float

    def __str__(self) -> str:
        waits = sorted(self.waits)
        half, most = waits[len(waits) // 2], waits[-1]
        return (
            f"{self.people} people asked within {self.asked_in:.1f} s:"
            f" {sum(self.answers)} answers after {half:.1f} s (median) to {most:.1f} s (longest),"
            f" {len(self.refused)} calls refused, {self.cpu:.0f} s of processor time"
        )


async def ask_all(server: TelegramServer, application: App, people: int, within: float) -> Load:
    """Let so many people ask within so many seconds, each in private, and wait for all answers."""
    assert application.running
    users = [server.add_user(f"P{n}") for n in range(people)]
    asked: dict[int, float] = {}
    begun, cpu = time.time(), time.process_time()
    for number, user in enumerate(users):
        delay = begun + number * within / people - time.time()
        if delay > 0.01:
            await asyncio.sleep(delay)
        asked[user["id"]] = time.time()
        server.send(user, user, QUESTIONS[number % len(QUESTIONS)])
    asked_in = time.time() - begun
    await server.settled(people, 30 + people / 10, quiet=1)
    came = {c.params["chat_id"]: c.at for c in reversed(server.sent) if c.method == "sendMessage"}
    return Load(
        people,
        asked_in,
        [len(server.messages(user)) for user in users],
        [came[chat] - at for chat, at in asked.items()],
        [f"{c.method}: {c.description}" for c in server.refused],
        time.process_time() - cpu,
    )
