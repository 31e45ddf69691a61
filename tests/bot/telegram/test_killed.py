"""The program is killed between any two steps, and started again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.settings import Settings
from tests.bot.telegram.conftest import (
    QUESTION,
    Json,
    bot_process,
    calls,
    labels,
    now,
    pointed_at,
    press,
)
from tests.bot.telegram.recognising import (
    HELD,
    NOT_OURS,
    NOT_THERE,
    OURS,
    answers,
    has_arrived,
    is_held,
    is_unconfirmed,
    probes,
)
from tests.telegram_server import TelegramServer

pytestmark = pytest.mark.uncounted

Run = Callable[[], Awaitable[asyncio.subprocess.Process]]


@pytest.fixture
async def run(server: TelegramServer, sample: Settings) -> AsyncIterator[Run]:
    """Starts the program; what still runs at the end is killed."""
    started: list[asyncio.subprocess.Process] = []

    async def begin() -> asyncio.subprocess.Process:
        settings = pointed_at(server, sample.origin.parent)
        started.append(await bot_process(settings, server.token, "run"))
        return started[-1]

    yield begin
    for process in started:
        await kill(process)


async def kill(process: asyncio.subprocess.Process) -> None:
    """Kill -9; its output is read so that its pipes are closed."""
    if process.returncode is None:
        process.kill()
    await process.communicate()


async def polling(server: TelegramServer) -> None:
    """Wait until the program asks for updates; those that it asked for before are forgotten."""
    server._poller = 0
    await server.wait_for(lambda: server._poller, 20)


@pytest.mark.parametrize("kind", ["private", "supergroup"])
@pytest.mark.parametrize(
    ("method", "fault", "point", "said"),
    [
        ("sendChatAction", {"delay": HELD}, is_held, set()),
        ("sendMessage", {"delay": HELD}, is_held, {NOT_THERE, NOT_OURS}),
        ("sendMessage", {"applied": True, "late": HELD}, has_arrived, {OURS}),
        ("getUpdates", {"delay": HELD}, is_unconfirmed, set()),
    ],
    ids=["received", "left", "arrived", "answered"],
)
async def test_killed_it_answers_once(
    server: TelegramServer,
    run: Run,
    kind: str,
    method: str,
    fault: Json,
    point: Callable[[TelegramServer, Json], bool],
    said: set[str],
) -> None:
    ann = server.add_user("Ann")
    chat = ann if kind == "private" else server.add_chat(kind)
    first = await run()
    await polling(server)
    server.fail_next(method, **fault)
    server.send(ann, chat, f"/ask {QUESTION}")
    await server.wait_for(lambda: point(server, chat), 10)
    if not said:
        await asyncio.sleep(0.1)
    await kill(first)
    # Somebody has written in the meantime.
    server.send(ann, chat, "/ask who led Syriza?")
    await run()
    await server.wait_for(lambda: len(server.messages(chat)) >= 2, 20)
    await server.settled()
    (answer,) = answers(server, chat)
    assert len(server.messages(chat)) == 2
    assert probes(server) == said
    # It is known for what it is: its buttons work.
    assert labels(await press(server, ann, answer, "▶"))[0][1] == "2/3"


async def test_killed_again_and_again_it_answers_each_once(
    server: TelegramServer, run: Run
) -> None:
    people = [server.add_user(f"P{n}") for n in range(6)]
    for delay in (0.0, 0.06, 0.2):
        process = await run()
        for person in people:
            server.send(person, person, QUESTION)
        await server.wait_for(lambda: calls(server, "sendChatAction"), 20)
        await asyncio.sleep(delay)
        await kill(process)
        server.sent.clear()
    await run()
    await server.wait_for(lambda: all(len(answers(server, p)) >= 3 for p in people), 30)
    await server.settled()
    assert [len(server.messages(person)) for person in people] == [3] * 6
    assert probes(server) <= {NOT_THERE, NOT_OURS, OURS}


async def test_a_button_pressed_while_it_was_away_waits_until_the_answer_is_recognised(
    server: TelegramServer, run: Run
) -> None:
    ann = server.add_user("Ann")
    first = await run()
    await polling(server)
    server.fail_next("sendMessage", applied=True, late=HELD)
    server.send(ann, ann, QUESTION)
    await server.wait_for(lambda: has_arrived(server, ann), 10)
    await kill(first)
    (answer,) = answers(server, ann)
    server.press(ann, answer, "▶")
    await run()
    await server.wait_for(lambda: not server.unanswered(), 20)
    await server.settled()
    assert probes(server) == {OURS}
    assert len(server.messages(ann)) == 1
    assert labels(now(server, answer))[0][1] == "2/3"
