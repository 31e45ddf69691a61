"""/forget: what is kept about a person is deleted, once they have said yes."""

import re

from telegram import Chat, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import texts
from bot.handlers.admins import is_admin
from bot.handlers.commands import is_addressed
from bot.handlers.course import Course
from bot.handlers.pressing import say, show
from bot.handlers.replying import reply
from bot.handlers.speaking import place, tag
from bot.languages import language
from bot.message import Button, Message
from bot.turns import Place
from bot.worker import Worker

_Context = ContextTypes.DEFAULT_TYPE
_DATA = re.compile(r"f:(-?\d{1,19}):([yn])", re.ASCII)


class Forgetting:
    """Handlers of /forget: in private everything goes, in a group what was asked there.

    Args:
        worker: Keeps what is to be deleted.
        course: Keeps some of it, too.
    """

    def __init__(self, worker: Worker, course: Course) -> None:
        self._worker = worker
        self._course = course

    async def ask(self, update: Update, context: _Context) -> None:
        """Ask whether it is meant."""
        message = update.effective_message
        if message is None or not is_addressed(message, context.bot.username):
            return
        person = message.sender_chat or message.from_user
        if person is None:
            return
        where, wished = place(message), tag(update)
        spoken = await self._worker.call(lambda desk: desk.language(where, wished))
        private = message.chat.type == ChatType.PRIVATE
        buttons = (
            Button(spoken.say(texts.FORGET_YES), data=f"f:{person.id}:y"),
            Button(spoken.say(texts.FORGET_NO), data=f"f:{person.id}:n"),
        )
        question = texts.FORGET_ASK if private else texts.FORGET_ASK_HERE
        await reply(message, Message(spoken.say(question), rows=(buttons,)))

    async def press(self, update: Update, _: _Context) -> None:
        """Delete or keep, and say so; for nobody but whoever asked."""
        query = update.callback_query
        if query is None:
            return
        found, message = _DATA.fullmatch(query.data or ""), query.message
        if not (found and message and await _is(int(found[1]), query.from_user.id, message.chat)):
            await say(query, language(tag(update)).say(texts.NOT_YOURS))
            return
        person = int(found[1])
        where, wished = Place(message.chat.id, 0, query.from_user.id), tag(update)
        if found[2] == "y":
            await self._course.forget(person)
            said = await self._worker.call(lambda desk: desk.forget(where, wished, person))
        else:
            spoken = await self._worker.call(lambda desk: desk.language(where, wished))
            said = Message(spoken.say(texts.NOTHING_DELETED))
        await show(query, said)
        await say(query)


async def _is(person: int, user: int, chat: Chat) -> bool:
    """Whether a user is a person, or for a chat's own name one of its administrators."""
    return person == user or (person == chat.id and await is_admin(chat, user))
