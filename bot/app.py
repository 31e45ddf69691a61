"""The Telegram application, wired together and run. The only place where the parts meet."""

import asyncio
import logging
import signal
from typing import Any

from telegram import BotCommand
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot import texts
from bot.handlers import ALLOWED_UPDATES, register
from bot.handlers.course import Course
from bot.handlers.errors import Errors
from bot.inbox import Finishing, Inbox
from bot.limiter import PatientLimiter
from bot.settings import Settings, SettingsError, Token
from bot.wire import base_urls
from bot.worker import Worker
from index.layout import Layout

_log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]


class _Discreet(logging.Formatter):
    """Blots the token out of whatever is logged, tracebacks included."""

    def __init__(self, token: Token) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        return self._token.hidden_in(super().format(record))


def make_application(settings: Settings, token: Token) -> tuple[App, Errors]:
    """Build the application, and the handler that keeps what ended it."""
    worker = Worker(settings)
    inbox = Inbox(Layout(settings.index.data).chats)

    async def opened(application: App) -> None:
        await worker.open()
        await inbox.open(application.bot)
        await application.bot.set_my_commands(
            [BotCommand(name, words) for name, words in texts.COMMANDS.items()]
        )
        _log.info("answering as @%s; Ctrl-C or SIGTERM ends", application.bot.username)

    async def closed(_: App) -> None:
        await worker.close()
        await inbox.close()

    builder = (
        ApplicationBuilder()
        .token(token.reveal())
        .update_queue(inbox)
        .concurrent_updates(Finishing(inbox))
        .rate_limiter(PatientLimiter())
        .post_init(opened)
        .post_shutdown(closed)
    )
    urls = base_urls(settings)
    if "base_url" in urls:
        builder = builder.base_url(urls["base_url"])
    if "base_file_url" in urls:
        builder = builder.base_file_url(urls["base_file_url"])
    application = builder.build()
    return application, register(application, worker, Course(inbox, worker, settings.bot))


def run_polling(settings: Settings, token: Token, *, verbose: bool = False) -> None:
    """Answer until SIGTERM or SIGINT; answers under way are delivered first.

    Raises:
        SettingsError: Telegram refuses the token, cannot be reached, or another bot has it.
        UnusableError: Model or index cannot be used.
    """
    _log_to_stderr(token, verbose=verbose)
    application, errors = make_application(settings, token)
    _end_on_the_first_signal(errors)
    try:
        application.run_polling(
            allowed_updates=list(ALLOWED_UPDATES), drop_pending_updates=False, stop_signals=None
        )
    except TelegramError as error:
        raise SettingsError(_explained(error, token)) from None
    if errors.fatal:
        raise SettingsError(_explained(errors.fatal, token))


def _end_on_the_first_signal(errors: Errors) -> None:
    """A second one, as of a service manager in haste, would cut off the answers under way."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    numbers = (signal.SIGINT, signal.SIGTERM)

    def end() -> None:
        for number in numbers:
            loop.add_signal_handler(number, lambda: None)
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
