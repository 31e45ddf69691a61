"""The Telegram application, wired together and run. The only place where the parts meet."""

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, NamedTuple

from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.handlers import ALLOWED_UPDATES, register, register_admins
from bot.handlers.board import Board
from bot.handlers.course import Course
from bot.handlers.errors import Errors
from bot.handlers.gone import Gone, OpenChats
from bot.handlers.introduction import introduce
from bot.handlers.watching import Watching
from bot.inbox import Finishing, Inbox
from bot.keeper.health import Health
from bot.keeper.keeper import Keeper
from bot.limiter import PatientLimiter
from bot.settings import (
    Settings,
    SettingsError,
    Token,
    WebhookSecret,
    listening,
    load_webhook_secret,
)
from bot.wire import base_urls
from bot.worker import Worker
from index.layout import Layout

_GRACE = 10.0
"""Seconds that answers under way have, when the program is to end. What Telegram lets wait for
longer is answered at the next start."""

_READING = 20.0
"""Seconds that a reply of Telegram's is waited for. It is better late than in doubt: after this, an
answer has to be looked for."""

_log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]


class _Discreet(logging.Formatter):
    """Blots the token out of whatever is logged, tracebacks included."""

    def __init__(self, token: Token) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        return self._token.hidden_in(super().format(record))


class _Parts(NamedTuple):
    application: App
    errors: Errors
    inbox: Inbox
    processor: Finishing
    worker: Worker


def make_application(settings: Settings, token: Token) -> tuple[App, Errors]:
    """Build the application, and the handler that keeps what ended it."""
    parts = _parts(settings, token)
    return parts.application, parts.errors


def _parts(settings: Settings, token: Token) -> _Parts:
    worker = Worker(settings)
    gone = Gone(worker)
    inbox = Inbox(Layout(settings.index.data).chats)
    processor = Finishing(inbox)
    keeper, board = Keeper(settings, worker), Board(worker)
    watching = Watching(
        worker,
        keeper,
        board,
        Health(settings.index.data, settings.corpus.stale_days),
        settings.bot.admins,
        settings.corpus.watch_minutes,
    )

    async def opened(application: App) -> None:
        await worker.open()
        await gone.load()
        await inbox.open(application.bot)
        await introduce(application.bot, worker, settings.bot.admins)
        await watching.open(application.bot)
        _log.info("answering as @%s; Ctrl-C or SIGTERM ends", application.bot.username)

    async def closed(_: App) -> None:
        await watching.close()
        await worker.close()
        await inbox.close()

    builder = (
        ApplicationBuilder()
        .token(token.reveal())
        .update_queue(inbox)
        .concurrent_updates(processor)
        .rate_limiter(OpenChats(PatientLimiter(), gone))
        .read_timeout(_READING)
        .post_init(opened)
        .post_shutdown(closed)
    )
    urls = base_urls(settings)
    if "base_url" in urls:
        builder = builder.base_url(urls["base_url"])
    if "base_file_url" in urls:
        builder = builder.base_file_url(urls["base_file_url"])
    application = builder.build()
    register_admins(application, worker, keeper, board, settings)
    errors = register(
        application, worker, Course(inbox, worker, settings.bot), gone, settings.bot.chats
    )
    return _Parts(application, errors, inbox, processor, worker)


def run(settings: Settings, token: Token, *, verbose: bool = False) -> None:
    """Answer until SIGTERM or SIGINT, by polling or by webhook, as [bot] mode says.

    Raises:
        SettingsError: As `run_polling` and `run_webhook` do.
        UnusableError: Likewise.
    """
    settle()
    if settings.bot.mode == "webhook":
        run_webhook(settings, token, load_webhook_secret(), verbose=verbose)
    else:
        run_polling(settings, token, verbose=verbose)


def settle() -> None:
    """Take what is loaded by now from the garbage collector.

    It never becomes garbage, and all chats would wait while it is looked through: 60 ms each time,
    for 125,000 objects.
    """
    gc.collect()
    gc.freeze()


def run_webhook(
    settings: Settings, token: Token, secret: WebhookSecret, *, verbose: bool = False
) -> None:
    """Answer what Telegram sends until SIGTERM or SIGINT; answers under way are delivered first.

    The webhook stays set, and Telegram keeps what comes until the program is back.

    Raises:
        SettingsError: Telegram refuses the token or the webhook, or cannot be reached; the address
            cannot be listened on, or a package is missing.
        UnusableError: Model or index cannot be used.
    """
    from bot.webhook import Webhook  # its server comes with an extra

    url = settings.bot.webhook_url
    if token.reveal() in url:
        raise SettingsError("[bot] webhook_url: the token must not stand in it: choose any path")
    _log_to_stderr(token, verbose=verbose)
    parts = _parts(settings, token)

    async def serve() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        application, bot = parts.application, parts.application.bot
        webhook = Webhook(
            parts.inbox,
            bot,
            secret,
            url,
            listening(settings.bot.webhook_listen),
            lambda: parts.worker.generation if application.running else None,
        )
        # The server is there before and after the application, to say that it is not.
        async with webhook, _started(application):
            await bot.set_webhook(
                url,
                secret_token=secret.reveal(),
                allowed_updates=list(ALLOWED_UPDATES),
                drop_pending_updates=False,
            )
            await stop.wait()
            parts.processor.end_within(_GRACE)

    try:
        asyncio.run(serve())
    except TelegramError as error:
        raise SettingsError(_explained(error, token)) from None


@asynccontextmanager
async def _started(application: App) -> AsyncIterator[None]:
    """Keep the application running, as PTB's own `run_polling` would."""
    async with AsyncExitStack() as stack:
        if application.post_shutdown:
            stack.push_async_callback(application.post_shutdown, application)
        # A bot that could not be initialised has open connections, and is not shut down with it.
        stack.push_async_callback(application.bot.shutdown)
        stack.push_async_callback(application.shutdown)
        await application.initialize()
        if application.post_init:
            await application.post_init(application)
        await application.start()
        stack.push_async_callback(application.stop)
        yield


def run_polling(settings: Settings, token: Token, *, verbose: bool = False) -> None:
    """Answer until SIGTERM or SIGINT; answers under way are delivered first.

    Raises:
        SettingsError: Telegram refuses the token, cannot be reached, or another bot has it.
        UnusableError: Model or index cannot be used.
    """
    _log_to_stderr(token, verbose=verbose)
    application, errors, _, processor, _ = _parts(settings, token)
    _end_on_the_first_signal(errors, processor)
    try:
        application.run_polling(
            allowed_updates=list(ALLOWED_UPDATES), drop_pending_updates=False, stop_signals=None
        )
    except TelegramError as error:
        raise SettingsError(_explained(error, token)) from None
    if errors.fatal:
        raise SettingsError(_explained(errors.fatal, token))


def _end_on_the_first_signal(errors: Errors, processor: Finishing) -> None:
    """A second one, as of a service manager in haste, would cut off the answers under way."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    numbers = (signal.SIGINT, signal.SIGTERM)

    def end() -> None:
        for number in numbers:
            loop.add_signal_handler(number, lambda: None)
        processor.end_within(_GRACE)
        # After a fatal error it is ending already.
        if errors.fatal is None:
            raise SystemExit

    for number in numbers:
        loop.add_signal_handler(number, end)


def _explained(error: TelegramError, token: Token) -> str:
    if isinstance(error, InvalidToken):
        return "Telegram refuses the token: copy it again from @BotFather into VERBATIM_TOKEN"
    if isinstance(error, Conflict):
        return "another process is polling with this token: stop it, or use another token"
    if isinstance(error, NetworkError):
        return (
            "Telegram cannot be reached: check the network, or [bot] api_url"
            f" ({token.hidden_in(str(error))})"
        )
    return f"Telegram: {token.hidden_in(str(error))}"


def _log_to_stderr(token: Token, *, verbose: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_Discreet(token))
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.INFO, handlers=[handler], force=True
    )
    # These log whole addresses, the token and what people write among them.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # What this logs with a traceback, `Errors` and `_explained` say in a line.
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
