"""Putting a message where it belongs: the same chat, the same topic, as a reply in groups."""

import contextlib
import logging
from typing import cast

from telegram import Message as Received
from telegram import ReplyParameters
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest, ChatMigrated, TelegramError
from telegram.ext import ExtBot

from bot.desk import Edited
from bot.limiter import Leaving
from bot.message import Message
from bot.wire import form

_log = logging.getLogger(__name__)


async def reply(to: Received, message: Message, leaving: Leaving | None = None) -> Received:
    """Answer a received message and return what was sent; `leaving` is called before."""
    try:
        return await _send(to, message, to.chat_id, leaving)
    except ChatMigrated as moved:
        # The group became a supergroup while the answer was looked for.
        return await _send(to, message, moved.new_chat_id, leaving)


async def _send(to: Received, message: Message, chat: int, leaving: Leaving | None) -> Received:
    private = to.chat.type == ChatType.PRIVATE
    bot = cast("ExtBot[Leaving]", to.get_bot())
    return await bot.send_message(
        chat,
        **form(message),
        message_thread_id=topic(to),
        reply_parameters=None
        if private
        else ReplyParameters(to.message_id, allow_sending_without_reply=True),
        rate_limit_args=leaving,
    )


async def edit(question: Received, edited: Edited) -> None:
    """Show another answer to an edited question, in the message that had the first."""
    try:
        await question.get_bot().edit_message_text(
            chat_id=question.chat_id, message_id=edited.number, **form(edited.message)
        )
    except BadRequest as error:
        # The person deleted the answer, or it is too old to be changed; or it says the same.
        _log.info("an answer was not edited: %s", error)


async def react(to: Received, emoji: str) -> None:
    """Put an emoji to a received message; where a group allows none, nothing is lost."""
    with contextlib.suppress(TelegramError):
        await to.get_bot().set_message_reaction(to.chat_id, to.message_id, emoji)


async def typing(to: Received) -> None:
    """Show that an answer is being looked for; not worth an error."""
    with contextlib.suppress(TelegramError):
        await to.get_bot().send_chat_action(
            to.chat_id, ChatAction.TYPING, message_thread_id=topic(to)
        )


def topic(message: Received) -> int | None:
    """Return the forum topic. Outside forums, a chain of replies has such an id too: a trap."""
    return message.message_thread_id if message.is_topic_message else None
