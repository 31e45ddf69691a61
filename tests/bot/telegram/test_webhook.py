"""The same bot by webhook: what is let in, what is confirmed when, and changing over."""

import asyncio
import io
import json
import os
import signal
import socket
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.app import run, run_webhook
from bot.handlers import ALLOWED_UPDATES
from bot.inbox import Inbox
from bot.settings import Settings, SettingsError, Token, WebhookSecret
from bot.webhook import Webhook
from index.layout import Layout
from index.types import UnusableError
from tests.bot.telegram.conftest import (
    QUESTION,
    Json,
    Start,
    bot_process,
    ended,
    pointed_at,
    refused,
)
from tests.telegram_server import TelegramServer

SECRET = "a-secret-of-the-tests_0123456789"
URL = "https://bot.example/updates"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def by_webhook(server: TelegramServer, sample: Settings, port: int) -> Settings:
    """Settings for a webhook; Telegram finds the way to it."""
    server.deliver_to = f"http://127.0.0.1:{port}"
    lines = ('mode = "webhook"', f'webhook_url = "{URL}"', f'webhook_listen = "127.0.0.1:{port}"')
    return pointed_at(server, sample.origin.parent, bot=lines)


async def health(port: int) -> tuple[int, Json]:
    async with (
        ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/healthz") as response,
    ):
        return response.status, await response.json()


async def test_from_polling_to_webhook_and_back(
    server: TelegramServer, sample: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATIM_WEBHOOK_SECRET", SECRET)
    port = free_port()
    settings = by_webhook(server, sample, port)
    ann = server.add_user("Ann")
    # It was sent while nobody was there.
    server.send(ann, ann, QUESTION)
    process = await bot_process(settings, server.token, "run", "--verbose")
    assert "Iran supports" in (await server.next_sent(ann, 20))["text"]
    (call,) = [c for c in server.sent if c.method == "setWebhook"]
    assert (call.params["url"], call.params["secret_token"]) == (URL, SECRET)
    assert call.params["allowed_updates"] == list(ALLOWED_UPDATES)
    assert server.polls == []
    assert await health(port) == (200, {"generation": 1})
    process.send_signal(signal.SIGTERM)
    code, said = await ended(process)
    assert (code, "Traceback" in said, SECRET in said) == (0, False, False)
    assert server.webhook["url"] == URL
    assert server.deliveries == [200]
    # Nothing is lost on the way back to polling.
    server.send(ann, ann, QUESTION)
    polling = pointed_at(server, sample.origin.parent)
    process = await bot_process(polling, server.token, "run")
    assert "Iran supports" in (await server.next_sent(ann, 20))["text"]
    assert server.webhook == {"url": ""}
    process.send_signal(signal.SIGTERM)
    assert (await ended(process))[0] == 0
    assert len(server.messages(ann)) == 2


async def test_what_was_confirmed_is_answered_after_a_crash(
    server: TelegramServer, sample: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATIM_WEBHOOK_SECRET", SECRET)
    settings = by_webhook(server, sample, free_port())
    people = [server.add_user(f"P{n}") for n in range(5)]
    process = await bot_process(settings, server.token, "run")
    await server.wait_for(lambda: server.webhook.get("url"), 20)
    server.fail_next("sendChatAction", delay=60, times=5)
    for person in people:
        server.send(person, person, QUESTION)
    await server.wait_for(lambda: server.deliveries == [200] * 5 and not server._faults)
    process.kill()
    await process.communicate()
    assert not any(server.messages(person) for person in people)
    process = await bot_process(settings, server.token, "run")
    await server.settled(5, 20)
    assert [len(server.messages(person)) for person in people] == [1] * 5
    process.kill()
    await process.communicate()


@pytest.fixture
async def doorstep(server: TelegramServer, start: Start) -> AsyncIterator[str]:
    """Address of a webhook whose bot is at work."""
    application, _ = await start()
    inbox, port = application.update_queue, free_port()
    assert isinstance(inbox, Inbox)
    secret = WebhookSecret(SECRET)
    async with Webhook(inbox, application.bot, secret, URL, ("127.0.0.1", port), lambda: 7):
        yield f"http://127.0.0.1:{port}"


async def post(address: str, body: str | bytes, headers: dict[str, str]) -> int:
    data = io.BytesIO(body.encode() if isinstance(body, str) else body)
    async with (
        ClientSession() as session,
        session.post(address, data=data, headers=headers) as response,
    ):
        return response.status


def update_from(server: TelegramServer, user: Json, text: str = QUESTION) -> str:
    """An update as Telegram would post it."""
    server.send(user, user, text)
    return json.dumps(server._queue.pop())


@pytest.mark.parametrize(
    "headers",
    [{}, {HEADER: ""}, {HEADER: "wrong"}, {HEADER: SECRET + "x"}, {HEADER: "é"}],
)
async def test_without_the_secret_nothing_gets_in(
    server: TelegramServer, doorstep: str, headers: dict[str, str]
) -> None:
    ann = server.add_user("Ann")
    body = update_from(server, ann)
    assert await post(f"{doorstep}/updates", body, headers) == 403
    await asyncio.sleep(0.1)
    assert [c.method for c in server.sent if "chat_id" in c.params] == []
    assert await post(f"{doorstep}/updates", body, {HEADER: SECRET}) == 200
    assert "Iran supports" in (await server.next_sent(ann))["text"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("{", 400),
        (b"\xff", 400),
        ("[]", 400),
        ("{}", 400),
        ('{"update_id": "1"}', 400),
        ('{"update_id": 1, "message": {"message_id": 1}}', 400),
        ('{"update_id": 1, "message": 5}', 400),
        ('{"update_id": 1, "new_kind": {}}', 200),
        (" " * (1 << 20) + "{}", 413),
    ],
)
async def test_what_is_no_update_is_refused(
    server: TelegramServer, doorstep: str, body: str | bytes, status: int
) -> None:
    assert await post(f"{doorstep}/updates", body, {HEADER: SECRET}) == status
    ann = server.add_user("Ann")
    assert await post(f"{doorstep}/updates", update_from(server, ann), {HEADER: SECRET}) == 200
    assert "Iran supports" in (await server.next_sent(ann))["text"]


async def test_nothing_else_is_served(doorstep: str) -> None:
    async with ClientSession() as session:
        for path, status in (("/updates", 405), ("/", 404), ("/updates/x", 404), ("/healthz", 200)):
            async with session.get(doorstep + path) as response:
                assert response.status == status
    assert await post(f"{doorstep}/", "{}", {HEADER: SECRET}) == 404


async def test_delivered_twice_it_is_answered_once(server: TelegramServer, doorstep: str) -> None:
    ann = server.add_user("Ann")
    body = update_from(server, ann)
    for _ in range(3):
        assert await post(f"{doorstep}/updates", body, {HEADER: SECRET}) == 200
    await server.settled(1)
    assert await post(f"{doorstep}/updates", body, {HEADER: SECRET}) == 200
    await asyncio.sleep(0.3)
    assert len(server.messages(ann)) == 1


async def test_what_cannot_be_written_down_is_not_confirmed(
    server: TelegramServer,
    doorstep: str,
    sample: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ann = server.add_user("Ann")
    body = update_from(server, ann)
    with closing(sqlite3.connect(Layout(sample.index.data).chats)) as chats, chats:
        chats.execute("ALTER TABLE received RENAME TO hidden")
    assert await post(f"{doorstep}/updates", body, {HEADER: SECRET}) == 503
    assert "an update could not be written down" in caplog.messages
    assert server.messages(ann) == []
    with closing(sqlite3.connect(Layout(sample.index.data).chats)) as chats, chats:
        chats.execute("ALTER TABLE hidden RENAME TO received")
    assert await post(f"{doorstep}/updates", body, {HEADER: SECRET}) == 200
    assert "Iran supports" in (await server.next_sent(ann))["text"]


async def test_while_the_bot_is_not_at_work_nothing_is_confirmed(
    server: TelegramServer, start: Start
) -> None:
    application, _ = await start()
    inbox, port = application.update_queue, free_port()
    assert isinstance(inbox, Inbox)
    listen = ("127.0.0.1", port)
    secret = WebhookSecret(SECRET)
    async with Webhook(inbox, application.bot, secret, "https://b.example", listen, lambda: None):
        assert await health(port) == (503, {"generation": None})
        body = update_from(server, server.add_user("Ann"))
        assert await post(f"http://127.0.0.1:{port}/", body, {HEADER: SECRET}) == 503


# In this process, where coverage can follow.


def test_it_runs_until_it_is_stopped(telegram: TelegramServer, sample: Settings) -> None:
    ann = telegram.add_user("Ann")
    telegram.send(ann, ann, QUESTION)

    def stop_when_answered() -> None:
        while not telegram.messages(ann):
            threading.Event().wait(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop_when_answered, daemon=True).start()
    settings = by_webhook(telegram, sample, free_port())
    run_webhook(settings, Token(telegram.token), WebhookSecret(SECRET))
    assert "Iran supports" in telegram.messages(ann)[0]
    assert telegram.webhook["url"] == URL
    assert (refused(telegram), telegram.warnings) == ([], [])


def test_it_does_not_start_without_a_secret_or_its_package(
    telegram: TelegramServer, sample: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, token = by_webhook(telegram, sample, free_port()), Token(telegram.token)
    with pytest.raises(SettingsError, match="no webhook secret: make one up"):
        run(settings, token)
    monkeypatch.setenv("VERBATIM_WEBHOOK_SECRET", SECRET)
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    monkeypatch.delitem(sys.modules, "bot.webhook")
    with pytest.raises(SettingsError, match=r'pip install "verbatim-bot\[webhook\]"'):
        run(settings, token)
    assert telegram.sent == []


def test_without_an_index_it_does_not_start(telegram: TelegramServer, tmp_path: Path) -> None:
    port = free_port()
    lines = ('mode = "webhook"', f'webhook_url = "{URL}"', f'webhook_listen = "127.0.0.1:{port}"')
    settings = pointed_at(telegram, tmp_path, bot=lines)
    with pytest.raises(UnusableError, match="no index in"):
        run_webhook(settings, Token(telegram.token), WebhookSecret(SECRET))
    assert telegram.webhook == {}


def test_what_cannot_be_mended_ends_it(telegram: TelegramServer, sample: Settings) -> None:
    token, secret, port = Token(telegram.token), WebhookSecret(SECRET), free_port()
    settings = by_webhook(telegram, sample, port)
    telegram.fail_next("setWebhook", 403, "Forbidden: odd")
    with pytest.raises(SettingsError, match=r"^Telegram: Forbidden: odd$"):
        run_webhook(settings, token, secret)
    telegram.fail_next("getMe", 401, "Unauthorized")
    with pytest.raises(SettingsError, match="Telegram refuses the token"):
        run_webhook(settings, token, secret)
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(SettingsError, match=rf"webhook_listen: 127.0.0.1:{port} cannot be"):
            run_webhook(settings, token, secret)
    bot = settings.bot.model_copy(update={"webhook_url": f"{URL}/{telegram.token}"})
    with pytest.raises(SettingsError, match="the token must not stand in it"):
        run_webhook(settings.model_copy(update={"bot": bot}), token, secret)
