"""Buttons under an answer: leaf, context, back."""

from dataclasses import replace

from telegram import Message as Shown
from telegram import Update
from telegram.ext import ContextTypes

from bot import texts
from bot.handlers.admins import is_admin
from bot.handlers.course import Course
from bot.handlers.pressing import say, show
from bot.handlers.speaking import place, tag
from bot.languages import language
from bot.presses import Press, Pressed
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
        pressed = Pressed(word=language(tag(update)).say(texts.NOT_YOURS))
        if isinstance(message, Shown):
            chat, user = message.chat, query.from_user.id
            press = Press(data, place(message)._replace(user=user), tag(update))
            await self._course.clear(chat.id)
            pressed = await self._worker.call(lambda desk: desk.press(press))
            # Asked in the chat's own name: by one of its administrators.
            if pressed.asker == chat.id and await is_admin(chat, user):
                named = replace(press, place=press.place._replace(user=chat.id))
                pressed = await self._worker.call(lambda desk: desk.press(named))
        if pressed.message:
            await show(query, pressed.message)
        await say(query, pressed.word)
