"""Who speaks where, and in which language."""

from telegram import Message as Received
from telegram import Update

from bot.turns import Place


def place(message: Received) -> Place:
    """Return whose conversation a message is part of: in groups each person's own, by topic."""
    sender = message.sender_chat or message.from_user
    topic = message.message_thread_id if message.is_topic_message else None
    return Place(message.chat_id, topic or 0, sender.id if sender else 0)


def tag(update: Update) -> str | None:
    """Return the language that the person's Telegram speaks, a BCP 47 tag, if it says so."""
    return update.effective_user.language_code if update.effective_user else None
