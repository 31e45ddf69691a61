"""People who type inline queries, keystroke by keystroke, while others ask in their chats."""

import asyncio
import random
from collections.abc import Sequence

from tests.telegram_server import TelegramServer

QUESTIONS = (
    "How many people died of Ebola?",
    "Who won the Greek election?",
    "Where did the lander come down on the comet?",
    "What did OPEC decide about its output?",
    "When did the US and Cuba restore relations?",
    "Who signed the ceasefire in Minsk?",
    "What was agreed in Vienna on centrifuges?",
    "How did Scotland vote on independence?",
    "Why did the rouble fall in December?",
    "What does the Paris climate agreement say?",
)

_KEYSTROKES = 20
_PER_SECOND = 5.0
_ASKED_PER_SECOND = 2.0


async def _type(server: TelegramServer, question: str, chance: random.Random) -> dict[str, float]:
    """Type the last keystrokes of a question; return when each query was typed."""
    person, typed = server.add_user(), {}
    for end in range(len(question) - _KEYSTROKES + 1, len(question) + 1):
        # Between half and one and a half times as long as on average.
        await asyncio.sleep(chance.uniform(0.5, 1.5) / _PER_SECOND)
        at = server.clock()
        typed[server.inline_query(person, question[:end])] = at
    return typed


async def _ask(server: TelegramServer, seconds: float, chance: random.Random) -> None:
    """Ask in private chats."""
    for _ in range(int(seconds * _ASKED_PER_SECOND)):
        person = server.add_user()
        server.send(person, person, chance.choice(QUESTIONS))
        await asyncio.sleep(1 / _ASKED_PER_SECOND)


async def type_all(
    server: TelegramServer, people: int, seed: int = 0
) -> tuple[list[float], Sequence[str], int]:
    """Let `people` type at once.

    Returns:
        Seconds from the keystroke to its answer, for those that were answered; the names of each
        person's last query; and how many queries there were.
    """
    chance = random.Random(seed)
    everybody = [
        _type(server, QUESTIONS[n % len(QUESTIONS)], random.Random(seed + n)) for n in range(people)
    ]
    typed, _ = await asyncio.gather(
        asyncio.gather(*everybody), _ask(server, _KEYSTROKES / _PER_SECOND, chance)
    )
    await server.wait_for(lambda: not server.unanswered(), 20)
    await server.settled()
    at = {name: moment for one in typed for name, moment in one.items()}
    waits = [
        call.at - at[call.params["inline_query_id"]]
        for call in server.sent
        if call.method == "answerInlineQuery" and call.ok
    ]
    return waits, [list(one)[-1] for one in typed], len(at)
