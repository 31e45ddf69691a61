"""What goes wrong in a handler: logged under an id, and told to the person without details."""

import contextlib
import logging
import secrets

from telegram import InlineQueryResultsButton, Update
from telegram.error import Conflict, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot import texts
from bot.handlers.replying import reply
from bot.handlers.speaking import tag
from bot.inline import said
from bot.languages import language
from bot.message import Message
from bot.wire import article

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
        if isinstance(update, Update):
            with contextlib.suppress(TelegramError):
                await _tell(update, number)


async def _tell(update: Update, number: str) -> None:
    """Tell whoever asked, in the way in which they asked."""
    spoken = language(tag(update))
    words = spoken.say(texts.FAILED, error=number)
    if update.callback_query:
        await update.callback_query.answer(words)
    elif update.inline_query:
        shown = spoken.say(texts.INLINE_FAILED, error=number)
        button = InlineQueryResultsButton(shown, start_parameter="error")
        await update.inline_query.answer([], cache_time=0, is_personal=True, button=button)
    elif update.guest_message:
        await update.guest_message.answer_guest_query(article(said(Message(words))))
    elif update.effective_message:
        await reply(update.effective_message, Message(words))
