"""What happens on each kind of update. One file a kind; `register` is the whole list."""

from typing import Any

from telegram import Message
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.handlers.buttons import Buttons
from bot.handlers.commands import Commands
from bot.handlers.course import Course
from bot.handlers.errors import Errors
from bot.handlers.questions import Questions
from bot.worker import Worker

ALLOWED_UPDATES = ("message", "callback_query")
"""What the bot asks Telegram for; edits and channel posts are not among it."""


class _ByPeople(filters.MessageFilter):
    """By people, be it in the name of a chat: two bots would answer each other for ever."""

    def filter(self, message: Message) -> bool:
        sender = message.from_user
        return sender is None or not sender.is_bot or message.sender_chat is not None


def register(
    application: Application[Any, Any, Any, Any, Any, Any], worker: Worker, course: Course
) -> Errors:
    """Put every handler in its place; return the one that keeps what ended the bot."""
    service = filters.StatusUpdate.ALL
    new = filters.UpdateType.MESSAGE & _ByPeople()
    groups = filters.ChatType.GROUPS
    commands, questions = Commands(worker), Questions(worker, course)
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
    application.add_handler(CallbackQueryHandler(Buttons(worker, course).press))
    errors = Errors()
    application.add_error_handler(errors.handle)
    return errors
