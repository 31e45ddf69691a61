"""A bot at work: PTB's real application polling the tests' Bot API server."""

import asyncio
import gc
import logging
import os
import shutil
import ssl
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot import texts
from bot.app import App, make_application, settle
from bot.handlers import ALLOWED_UPDATES, introduction
from bot.handlers.errors import Errors
from bot.inbox import Finishing
from bot.settings import Settings, Token
from bot.told import Told
from index.layout import Layout
from tests.bot.conftest import settings_at
from tests.telegram_server import TelegramServer

QUESTION = "What is Iran's position on the Moscow talks?"
EXAMPLE = "What is known about Syriza?"
"""The question that the sample collection answers best of those it would begin with."""

JUDGE = ["👍", "👎", texts.COPY]
"""Labels of the row of buttons below each quotation."""

SILENT = 0.4
"""Seconds within which an answer would have come."""

Json = dict[str, Any]


def part(message: Json, kind: str) -> list[str]:
    """The words under each entity of a kind."""
    encoded = message["text"].encode("utf-16-le")
    return [
        encoded[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message.get("entities", [])
        if e["type"] == kind
    ]


def labels(message: Json) -> list[list[str]]:
    """What stands on the buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[b["text"] for b in row] for row in rows]


def data_of(message: Json, label: str) -> str:
    """What the button with this label sends back."""
    rows = message["reply_markup"]["inline_keyboard"]
    return str(next(b["callback_data"] for row in rows for b in row if b["text"] == label))


def now(server: TelegramServer, message: Json) -> Json:
    """A message as it now stands."""
    history = server.history(message["chat"]["id"])
    return next(m for m in history if m["message_id"] == message["message_id"])


async def answered(server: TelegramServer) -> None:
    """Wait until no user sees a spinner and no call is under way."""
    await server.wait_for(lambda: not server.unanswered())
    await server.settled()


async def press(server: TelegramServer, user: Json, message: Json, label: str) -> Json:
    """Press a button, and return the message as it stands after."""
    server.press(user, message, label)
    await answered(server)
    return now(server, message)


async def press_data(
    server: TelegramServer, user: Json, message: Json | None, data: str | None
) -> Json:
    """Send back any data, as a forged or an old button would; return the bot's word for it."""
    name = str(len(server.queries) + 50)
    query: Json = {"id": name, "from": user, "chat_instance": "1"}
    query |= {"message": message} if message else {"inline_message_id": "i"}
    query |= {"data": data} if data is not None else {"game_short_name": "g"}
    server.queries[name] = None
    server.push("callback_query", query)
    await answered(server)
    answer = server.queries[name]
    assert answer is not None
    return answer


def refused(server: TelegramServer) -> list[str]:
    """Why calls were refused. A poll broken off may cross the one that confirms: no fault."""
    return [c.description for c in server.refused if c.method != "getUpdates"]


def calls(server: TelegramServer, *methods: str) -> list[str]:
    """The methods called about a chat, in order; of these alone if any is named."""
    return [
        c.method
        for c in server.sent
        if "chat_id" in c.params and (not methods or c.method in methods)
    ]


def pointed_at(
    server: TelegramServer, folder: Path, *lines: str, bot: tuple[str, ...] = ()
) -> Settings:
    """Settings whose Bot API is the server; data is in `folder`, `bot` is of the table [bot]."""
    return settings_at(
        folder,
        *lines,
        "[bot]",
        f'api_url = "{server.base_url}"',
        f'api_file_url = "{server.base_file_url}"',
        *bot,
    )


@asynccontextmanager
async def at_work(settings: Settings, server: TelegramServer) -> AsyncIterator[tuple[App, Errors]]:
    """Run the application as `run_polling` does, in the test's own loop."""
    application, errors = make_application(settings, Token(server.token))
    await application.initialize()
    assert application.post_init is not None
    assert application.post_shutdown is not None
    assert application.updater is not None
    try:
        await application.post_init(application)
        await application.start()
        await application.updater.start_polling(
            poll_interval=0, allowed_updates=list(ALLOWED_UPDATES)
        )
        yield application, errors
    finally:
        # A test may have stopped it itself.
        if application.updater.running:
            await application.updater.stop()
        if application.running:
            await application.stop()
        await application.shutdown()
        await application.post_shutdown(application)


async def bot_process(settings: Settings, token: str, *words: str) -> asyncio.subprocess.Process:
    """Start the program as its users do."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "--config", str(settings.origin), *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "VERBATIM_TOKEN": token},
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """Wait for a process's end; return its exit code and what it said."""
    async with asyncio.timeout(30):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, (out + err).decode()


def end_within(application: App, seconds: float) -> None:
    """Let go of all updates that are being handled then, as an end in haste would."""
    assert isinstance(application.update_processor, Finishing)
    application.update_processor.end_within(seconds)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """Telegram; at the end nothing may have been refused or left unanswered."""
    async with TelegramServer() as server:
        yield server
        assert refused(server) == []
        assert server.warnings == []
        assert server.unanswered() == []


Start = Callable[..., Awaitable[tuple[App, Errors]]]


@pytest.fixture(scope="session")
def introduced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is kept of chats once Telegram has been told all that it shows of the bot."""
    path = tmp_path_factory.mktemp("introduced") / "chats.sqlite"
    with closing(Told(path)) as told:
        for item in introduction.items(Bot("1:x")):
            told.tell(item.name, item.content)
    return path


@pytest.fixture
async def start(server: TelegramServer, sample: Settings, introduced: Path) -> AsyncIterator[Start]:
    """Starts a bot over the sample collection, or over other settings."""
    async with AsyncExitStack() as stack:

        async def begin(settings: Settings | None = None) -> tuple[App, Errors]:
            settings = settings or pointed_at(server, sample.origin.parent)
            chats = Layout(settings.index.data).chats
            if not chats.exists():
                # Telling it takes longer than most tests do.
                chats.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(introduced, chats)
            return await stack.enter_async_context(at_work(settings, server))

        yield begin


@pytest.fixture(autouse=True)
def no_authorities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the certificates of all takes 40 ms a client, and Telegram here needs none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    monkeypatch.setattr(ssl, "create_default_context", lambda **_: context)


@pytest.fixture(autouse=True)
def nothing_leaks(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No log record of the bot's, at any level, has the token or the words of a question."""
    caplog.set_level(logging.DEBUG, "bot")
    yield
    said = "\n".join(
        r.getMessage() + (r.exc_text or "")
        for r in caplog.get_records("call")
        if r.name[:3] == "bot"
    )
    assert "AAE-of-the-tests" not in said
    assert QUESTION not in said


@pytest.fixture
def quiet_logging() -> Iterator[None]:
    """Puts logging back as it was: `run_polling` sets it up for the whole process."""
    names = (None, "httpx", "httpcore", "telegram")
    loggers = [logging.getLogger(n) for n in names]
    before = [(x.level, list(x.handlers)) for x in loggers]
    yield
    for logger, (level, handlers) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.fixture
def telegram(quiet_logging: None) -> Iterator[TelegramServer]:
    """Telegram in a thread of its own: `run_polling` keeps the main one for itself."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def begin() -> TelegramServer:
        return await TelegramServer().__aenter__()

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result(10)
    yield server
    # What was left open is to be found in the test that left it.
    gc.collect()
    asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
    asyncio.set_event_loop(None)


@pytest.fixture(autouse=True)
def settled(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where time is measured, as `bot.app.run` has it; tests load several times as much."""
    if request.node.get_closest_marker("timed") is not None:
        settle()
    yield
    gc.unfreeze()


@pytest.fixture
async def ticks() -> AsyncIterator[list[float]]:
    """The gaps, in seconds, between the turns of a task that asks for one every 5 ms."""
    gaps: list[float] = []

    async def tick() -> None:
        clock = asyncio.get_running_loop().time
        last = clock()
        while True:
            await asyncio.sleep(0.005)
            gaps.append(clock() - last)
            last = clock()

    task = asyncio.create_task(tick())
    yield gaps
    task.cancel()
