"""Questions that are put to nobody, which a group can have answered.

An unwanted answer is what gets a bot thrown out: whatever might be meant for somebody, or comes
from elsewhere, is let pass.
"""

from telegram import Message as Received
from telegram import MessageEntity

_MARKS = ("?", "؟", "？")
_CLOSING = " \n\t\"'»”’)]"
_LEAST_CHARACTERS = 10
_MOST_CHARACTERS = 300
_POINTING = frozenset(
    {
        MessageEntity.MENTION,
        MessageEntity.TEXT_MENTION,
        MessageEntity.BOT_COMMAND,
        MessageEntity.URL,
        MessageEntity.TEXT_LINK,
    }
)
"""Entities that make a question somebody's, or one about what a link leads to."""


def is_open_question(message: Received) -> bool:
    """Whether a message of a group is a person's own question to everybody."""
    text = (message.text or "").strip(_CLOSING)
    replied = message.reply_to_message
    # Every message of a topic replies to the one that opened it.
    is_reply = replied is not None and not replied.forum_topic_created
    is_from_elsewhere = bool(
        message.forward_origin or message.via_bot or message.external_reply or message.quote
    )
    return (
        text.endswith(_MARKS)
        and _LEAST_CHARACTERS <= len(text) <= _MOST_CHARACTERS
        and message.sender_chat is None
        and not is_reply
        and not is_from_elsewhere
        and not any(entity.type in _POINTING for entity in message.entities)
    )
