"""A bot at work: PTB's real application polling the tests' Bot API server."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.app import App, make_application
from bot.handlers import ALLOWED_UPDATES
from bot.handlers.errors import Errors
from bot.settings import Settings, Token
from tests.bot.conftest import settings_at
from tests.telegram_server import TelegramServer


def pointed_at(server: TelegramServer, folder: Path, *lines: str) -> Settings:
    """Settings whose Bot API is the server; data is in `folder`."""
    return settings_at(
        folder,
        *lines,
        "[bot]",
        f'api_url = "{server.base_url}"',
        f'api_file_url = "{server.base_file_url}"',
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


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """Telegram; at the end nothing may have been refused or left unanswered."""
    async with TelegramServer() as server:
        yield server
        assert server.refused == []
        assert server.warnings == []
        assert server.unanswered() == []


Start = Callable[..., Awaitable[tuple[App, Errors]]]


@pytest.fixture
async def start(server: TelegramServer, sample: Settings) -> AsyncIterator[Start]:
    """Starts a bot over the sample collection."""
    async with AsyncExitStack() as stack:

        async def begin() -> tuple[App, Errors]:
            settings = pointed_at(server, sample.origin.parent)
            return await stack.enter_async_context(at_work(settings, server))

        yield begin
