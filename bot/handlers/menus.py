"""/settings and /language: a menu of buttons, in groups and channels for administrators only."""

import contextlib

from telegram import Bot, CallbackQuery, Update
from telegram import Message as Received
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot import texts
from bot.desk import Desk
from bot.handlers.admins import is_admin, is_by_admin
from bot.handlers.commands import is_addressed
from bot.handlers.pressing import say, show
from bot.handlers.replying import reply
from bot.menu import CLOSE, LANGUAGE, MAIN, Choice, choose, menu, parsed
from bot.message import Message
from bot.worker import Worker

_Context = ContextTypes.DEFAULT_TYPE


class Menus:
    """Handlers of the menu of settings.

    Args:
        worker: Keeps the settings.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def settings(self, update: Update, context: _Context) -> None:
        """Show the first page."""
        await self._open(update, context, MAIN)

    async def language(self, update: Update, context: _Context) -> None:
        """Show the languages."""
        await self._open(update, context, LANGUAGE)

    async def _open(self, update: Update, context: _Context, page: str) -> None:
        message = update.effective_message
        if message is None:
            return
        if await is_by_admin(message):
            await self._show(message, page)
        elif is_addressed(message, context.bot.username):
            await reply(message, Message(texts.ADMINS_ONLY))

    async def _show(self, message: Received, page: str) -> None:
        chat = message.chat_id
        await reply(
            message, await self._worker.call(lambda desk: menu(chat, desk.chats.of(chat), page))
        )

    async def press(self, update: Update, context: _Context) -> None:
        """Do what a button of the menu says, if whoever pressed it may."""
        query = update.callback_query
        if query is None:
            return
        choice, message = parsed(query.data or ""), query.message
        if choice is None or message is None or choice.chat != message.chat.id:
            await say(query, texts.NOT_YOURS)
        elif not await is_admin(message.chat, query.from_user.id):
            await say(query, texts.ADMINS_ONLY, alert=True)
        elif choice.page == CLOSE and choice.value is None:
            await _close(query)
        else:
            await self._turn(query, choice, context.bot)

    async def _turn(self, query: CallbackQuery, choice: Choice, bot: Bot) -> None:
        try:
            page = await self._worker.call(lambda desk: _chosen(desk, choice))
        except LookupError:
            await say(query, texts.NOT_YOURS)
            return
        await show(query, page)
        unseen = choice[1:] == ("w", "question") and not await _sees_all(query, bot)
        await say(query, texts.UNSEEN if unseen else None, alert=unseen)


def _chosen(desk: Desk, choice: Choice) -> Message:
    """Keep what a button chooses, if anything, and return the page to show."""
    settings = choose(choice, desk.chats.of(choice.chat))
    page = menu(choice.chat, settings, choice.page)
    if choice.value is not None:
        desk.chats.choose(choice.chat, settings)
    return page


async def _sees_all(query: CallbackQuery, bot: Bot) -> bool:
    """Whether the bot is shown what is not put to it where the menu is."""
    if bot.bot.can_read_all_group_messages or query.message is None:
        return True
    return await is_admin(query.message.chat, bot.id)


async def _close(query: CallbackQuery) -> None:
    try:
        await query.delete_message()
    except BadRequest:
        # Telegram lets no message older than two days be deleted; or somebody was quicker.
        with contextlib.suppress(BadRequest):
            await show(query, Message(texts.CLOSED))
    await say(query)
