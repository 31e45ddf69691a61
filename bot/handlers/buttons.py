"""Buttons under an answer: leaf, context, back."""

from telegram import Message as Shown
from telegram import Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot import texts
from bot.desk import Pressed
from bot.handlers.course import Course
from bot.limiter import UNCHANGED
from bot.wire import form
from bot.worker import Worker


class Buttons:
    """Handler of pressed buttons.

    Args:
        worker: Knows what they mean.
        course: Knows when they may change.
    """

    def __init__(self, worker: Worker, course: Course) -> None:
        self._worker = worker
        self._course = course

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Change the message as the button says; every press is answered, whatever it was."""
        query = update.callback_query
        if query is None:
            return
        message, data = query.message, query.data or ""
        pressed = Pressed(word=texts.NOT_YOURS)
        if isinstance(message, Shown):
            chat = message.chat_id
            await self._course.clear(chat)
            pressed = await self._worker.call(lambda desk: desk.press(data, chat))
        if pressed.message:
            try:
                await query.edit_message_text(**form(pressed.message))
            except BadRequest as error:
                # Two quick presses of one button: the first has done it.
                if UNCHANGED not in str(error).lower():
                    raise
        try:
            await query.answer(pressed.word)
        except BadRequest:
            # Too old to be answered, as after a restart; the message has changed all the same.
            return
