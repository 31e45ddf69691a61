"""Taking updates in by HTTP instead of asking for them, and saying whether the bot is well.

PTB's own webhook server is not used: it compares the secret by `!=`, whose time tells how much of a
guess was right, confirms an update before it is written down, and has no place for a health check.
"""

import hmac
import json
import logging
import sqlite3
from collections.abc import Callable
from typing import Self
from urllib.parse import urlsplit

from telegram import Bot, Update

from bot.inbox import Inbox
from bot.settings import SettingsError, WebhookSecret

try:
    from aiohttp import web
except ModuleNotFoundError as missing:
    raise SettingsError(
        '[bot] mode = "webhook" needs one package more: pip install "verbatim-bot[webhook]"'
    ) from missing

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_HEALTH = "/healthz"
_MOST_BYTES = 1 << 20
"""Of a request. Telegram's largest updates have some tens of kilobytes."""

_log = logging.getLogger(__name__)


class Webhook:
    """The server, to be entered with `async with`.

    Args:
        inbox: Takes the updates.
        bot: Belongs to them.
        secret: What Telegram sends along with each.
        url: Where Telegram sends them; its path is where they are taken in.
        listen: Host and port, such as ("127.0.0.1", 8443).
        generation: Number of the index in use, None while the bot is not at work.

    Raises:
        SettingsError: The address cannot be listened on.
    """

    def __init__(
        self,
        inbox: Inbox,
        bot: Bot,
        secret: WebhookSecret,
        url: str,
        listen: tuple[str, int],
        generation: Callable[[], int | None],
    ) -> None:
        self._inbox, self._bot = inbox, bot
        self._secret = secret.reveal().encode()
        self._listen = listen
        self._generation = generation
        application = web.Application(client_max_size=_MOST_BYTES)
        application.router.add_post(urlsplit(url).path or "/", self._receive)
        application.router.add_get(_HEALTH, self._health)
        self._runner = web.AppRunner(application, access_log=None)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        host, port = self._listen
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise SettingsError(
                f"[bot] webhook_listen: {host}:{port} cannot be listened on ({error.strerror})"
            ) from error
        return self

    async def __aexit__(self, *_: object) -> None:
        """Finish the requests under way and close."""
        await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        """Take an update in: only after this is it Telegram's no longer."""
        said = request.headers.get(_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(said, self._secret):
            raise web.HTTPForbidden
        if self._generation() is None:
            raise web.HTTPServiceUnavailable
        body = await request.read()
        try:
            update = _update_of(json.loads(body), self._bot)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            _log.warning("what came by webhook is no update: %s", type(error).__name__)
            raise web.HTTPBadRequest from error
        try:
            await self._inbox.take(update)
        except sqlite3.Error as error:
            # Telegram will deliver it again.
            _log.exception("an update could not be written down")
            raise web.HTTPServiceUnavailable from error
        return web.Response()

    async def _health(self, _: web.Request) -> web.Response:
        number = self._generation()
        return web.json_response({"generation": number}, status=503 if number is None else 200)


def _update_of(values: object, bot: Bot) -> Update:
    if not isinstance(values, dict) or not isinstance(values.get("update_id"), int):
        raise TypeError("no update")
    return Update.de_json(values, bot)
