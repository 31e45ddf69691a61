"""What happens on each kind of update. One file a kind; `register` is the whole list."""

from typing import Any

from telegram import Message
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.desk import EXAMPLE_DATA
from bot.handlers.buttons import Buttons
from bot.handlers.commands import Commands
from bot.handlers.errors import Errors
from bot.handlers.guest import Guest
from bot.handlers.inline import Inline
from bot.handlers.questions import Questions
from bot.worker import Worker

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "guest_message",
)
"""What the bot asks Telegram for; channel posts are not among it."""


class _ByPeople(filters.MessageFilter):
    """By people, be it in the name of a chat: two bots would answer each other for ever."""

    def filter(self, message: Message) -> bool:
        sender = message.from_user
        return sender is None or not sender.is_bot or message.sender_chat is not None


def register(application: Application[Any, Any, Any, Any, Any, Any], worker: Worker) -> Errors:
    """Put every handler in its place; return the one that keeps what ended the bot."""
    service = filters.StatusUpdate.ALL
    # A card chosen by inline mode is no question, not even in the chat with the bot.
    new = filters.UpdateType.MESSAGE & _ByPeople() & ~filters.VIA_BOT
    groups = filters.ChatType.GROUPS
    questions = Questions(worker)
    commands = Commands(worker, questions)
    application.add_handler(CommandHandler("ask", questions.ask, new))
    for name, answer in (
        ("start", commands.start),
        ("help", commands.help),
        ("sources", commands.sources),
        ("status", commands.status),
    ):
        application.add_handler(CommandHandler(name, answer, new))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, questions.migrate))
    text = filters.TEXT & ~filters.COMMAND
    private = new & filters.ChatType.PRIVATE
    application.add_handler(MessageHandler(private & text, questions.private))
    application.add_handler(MessageHandler(private & filters.COMMAND, commands.help))
    application.add_handler(MessageHandler(private & ~filters.TEXT & ~service, commands.only_text))
    application.add_handler(MessageHandler(new & groups & text, questions.group))
    edited = filters.UpdateType.EDITED_MESSAGE & _ByPeople() & filters.TEXT
    application.add_handler(MessageHandler(edited, questions.edited))
    example = CallbackQueryHandler(questions.example, pattern=rf"^{EXAMPLE_DATA.pattern}$")
    application.add_handler(example)
    application.add_handler(CallbackQueryHandler(Buttons(worker).press))
    # It waits for the next keystroke: others must not wait for it.
    application.add_handler(InlineQueryHandler(Inline(worker).typed, block=False))
    guest = filters.UpdateType.GUEST_MESSAGE & _ByPeople()
    application.add_handler(MessageHandler(guest, Guest(worker).ask))
    errors = Errors()
    application.add_error_handler(errors.handle)
    return errors
