"""Putting a message where it belongs: the same chat, the same topic, as a reply in groups."""

import contextlib

from telegram import Message as Received
from telegram import ReplyParameters
from telegram.constants import ChatAction, ChatType
from telegram.error import ChatMigrated, TelegramError

from bot.message import Message
from bot.wire import form


async def reply(to: Received, message: Message) -> Received:
    """Answer a received message and return what was sent."""
    try:
        return await _send(to, message, to.chat_id)
    except ChatMigrated as moved:
        # The group became a supergroup while the answer was looked for.
        return await _send(to, message, moved.new_chat_id)


async def _send(to: Received, message: Message, chat: int) -> Received:
    private = to.chat.type == ChatType.PRIVATE
    return await to.get_bot().send_message(
        chat,
        **form(message),
        message_thread_id=_topic(to),
        reply_parameters=None
        if private
        else ReplyParameters(to.message_id, allow_sending_without_reply=True),
    )


async def typing(to: Received) -> None:
    """Show that an answer is being looked for; not worth an error."""
    with contextlib.suppress(TelegramError):
        await to.get_bot().send_chat_action(
            to.chat_id, ChatAction.TYPING, message_thread_id=_topic(to)
        )


def _topic(message: Received) -> int | None:
    """The forum topic. Outside forums, a chain of replies has such an id too: a trap."""
    return message.message_thread_id if message.is_topic_message else None
