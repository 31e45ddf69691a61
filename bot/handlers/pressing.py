"""What every button has in common: the message changes, and whoever pressed is told so."""

from telegram import CallbackQuery
from telegram.error import BadRequest

from bot.limiter import UNCHANGED
from bot.message import Message
from bot.wire import form


async def show(query: CallbackQuery, message: Message) -> None:
    """Put `message` in place of the one with the button."""
    try:
        await query.edit_message_text(**form(message))
    except BadRequest as error:
        # Two quick presses of one button: the first has done it.
        if UNCHANGED not in str(error).lower():
            raise


async def say(query: CallbackQuery, word: str | None = None, *, alert: bool = False) -> None:
    """End the press, with a word or without one; every press must be."""
    try:
        await query.answer(word, show_alert=alert or None)
    except BadRequest:
        # Too old to be answered, as after a restart; the message has changed all the same.
        return
