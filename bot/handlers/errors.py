"""What goes wrong in a handler: logged under an id, and told to the person without details."""

import contextlib
import logging
import secrets

from telegram import Update
from telegram.error import Conflict, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot import texts
from bot.handlers.replying import reply
from bot.message import Message

_log = logging.getLogger(__name__)


class Errors:
    """The error handler.

    Attributes:
        fatal: The error that ended the bot, if one did.
    """

    def __init__(self) -> None:
        self.fatal: TelegramError | None = None

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log first, then tell whoever asked; end the bot where going on is of no use."""
        error = context.error
        if isinstance(error, Conflict | InvalidToken) and update is None:
            self.fatal = error
            context.application.stop_running()
            return
        if isinstance(error, Forbidden):
            # `OpenChats` has taken note of it.
            _log.info("a chat is closed to the bot")
            return
        if update is None and isinstance(error, NetworkError):
            _log.warning("Telegram cannot be reached: %s", error)
            return
        number = secrets.token_hex(4)
        _log.error("error %s", number, exc_info=error)
        if isinstance(update, Update) and update.effective_message and not update.callback_query:
            with contextlib.suppress(TelegramError):
                await reply(update.effective_message, Message(texts.FAILED.format(error=number)))
        elif isinstance(update, Update) and update.callback_query:
            with contextlib.suppress(TelegramError):
                await update.callback_query.answer(texts.FAILED.format(error=number))
