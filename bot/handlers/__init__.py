"""What happens on each kind of update. One file a kind; `register` is the whole list."""

from collections.abc import Collection
from typing import Any

from telegram import Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.desk import EXAMPLE_DATA
from bot.handlers.board import Board
from bot.handlers.browsing import Browsing
from bot.handlers.buttons import Buttons
from bot.handlers.commands import Commands
from bot.handlers.course import Course
from bot.handlers.dropping import Dropping
from bot.handlers.errors import Errors
from bot.handlers.feeding import Feeding
from bot.handlers.forgetting import Forgetting
from bot.handlers.gone import Gone
from bot.handlers.guest import Guest
from bot.handlers.inline import Inline
from bot.handlers.keeping import Keeping
from bot.handlers.membership import Membership
from bot.handlers.menus import Menus
from bot.handlers.questions import Questions
from bot.keeper.keeper import Keeper
from bot.settings import Settings
from bot.worker import Worker

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "my_chat_member",
    "callback_query",
    "inline_query",
    "guest_message",
)
"""What the bot asks Telegram for."""

_FIRST = -1
"""The group of handlers that see an update before the others."""


class _ByPeople(filters.MessageFilter):
    """By people, be it in the name of a chat: two bots would answer each other for ever."""

    def filter(self, message: Message) -> bool:
        sender = message.from_user
        return sender is None or not sender.is_bot or message.sender_chat is not None


def register_admins(
    application: Application[Any, Any, Any, Any, Any, Any],
    worker: Worker,
    keeper: Keeper,
    board: Board,
    settings: Settings,
) -> None:
    """Put what only the bot's own admins may do before everything else, so that nobody else can.

    Args:
        application: What the handlers are put into.
        worker: Knows the collection.
        keeper: Changes it.
        board: Shows how.
        settings: Who they are, and what they may add.
    """
    admins = settings.bot.admins
    # In their own names: who writes in the name of a group may be anybody.
    theirs = filters.UpdateType.MESSAGE & filters.User(admins) & ~filters.SenderChat.ALL
    keeping = Keeping(worker, keeper, board, admins)
    browsing = Browsing(worker, admins)
    for name, answer in (
        ("add", keeping.add),
        ("remove", keeping.remove),
        ("reindex", keeping.reindex),
        ("rollback", keeping.rollback),
        ("cancel", keeping.cancel),
        ("feeds", Feeding(worker).feeds),
        ("articles", browsing.articles),
        ("missed", browsing.missed),
        ("log", browsing.log),
    ):
        application.add_handler(CommandHandler(name, answer, theirs))
    is_add = filters.CaptionRegex(r"^/add(?:@\w+)?(?!\S)")
    alone = filters.ChatType.PRIVATE & ~filters.CAPTION
    dropped = theirs & filters.Document.ALL & (is_add | alone)
    dropping = Dropping(worker, keeping, keeper, settings)
    # The files of one album wait for each other.
    application.add_handler(MessageHandler(dropped, dropping.drop, block=False))
    application.add_handler(CallbackQueryHandler(keeping.press, "^k:"))
    application.add_handler(CallbackQueryHandler(browsing.press, "^p:"))


def register(
    application: Application[Any, Any, Any, Any, Any, Any],
    worker: Worker,
    course: Course,
    gone: Gone,
    allowed: Collection[int],
) -> Errors:
    """Put every handler in its place; return the one that keeps what ended the bot.

    Args:
        application: What they are put into.
        worker: Does what they ask.
        course: Says when a question is answered, and sees that it is done once.
        gone: The chats that the bot is no longer in.
        allowed: The only groups and channels where it may be; empty for anywhere.
    """
    membership = Membership(worker, gone, allowed)
    application.add_handler(TypeHandler(Update, membership.enter), _FIRST)
    application.add_handler(ChatMemberHandler(membership.changed))
    service = filters.StatusUpdate.ALL
    # A card chosen by inline mode is no question, not even in the chat with the bot.
    new = filters.UpdateType.MESSAGE & _ByPeople() & ~filters.VIA_BOT
    # A channel's post is forwarded to its discussion group: what it says is the channel's.
    new &= ~filters.IS_AUTOMATIC_FORWARD
    posted = new | filters.UpdateType.CHANNEL_POST
    groups = filters.ChatType.GROUPS
    questions = Questions(worker, course)
    commands = Commands(worker, questions)
    menus, forgetting = Menus(worker), Forgetting(worker, course)
    application.add_handler(CommandHandler("ask", questions.ask, posted))
    application.add_handler(CommandHandler("settings", menus.settings, posted))
    application.add_handler(CommandHandler("language", menus.language, posted))
    for name, answer in (
        ("forget", forgetting.ask),
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
    application.add_handler(CallbackQueryHandler(menus.press, "^s:"))
    application.add_handler(CallbackQueryHandler(forgetting.press, "^f:"))
    application.add_handler(CallbackQueryHandler(Buttons(worker, course).press))
    # It waits for the next keystroke: others must not wait for it.
    application.add_handler(InlineQueryHandler(Inline(worker).typed, block=False))
    guest = filters.UpdateType.GUEST_MESSAGE & _ByPeople()
    application.add_handler(MessageHandler(guest, Guest(worker).ask))
    errors = Errors()
    application.add_error_handler(errors.handle)
    return errors
