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
from bot.handlers.speaking import place, tag
from bot.languages import Language, language
from bot.menu import CLOSE, LANGUAGE, MAIN, Choice, choose, menu, parsed
from bot.message import Message
from bot.turns import Place
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
            await self._show(update, message, page)
        elif is_addressed(message, context.bot.username):
            spoken = await self._language(place(message), update)
            await reply(message, Message(spoken.say(texts.ADMINS_ONLY)))

    async def _show(self, update: Update, message: Received, page: str) -> None:
        where, wished = place(message), tag(update)
        chat = message.chat_id
        shown = await self._worker.call(
            lambda desk: menu(chat, desk.kept.chats.of(chat), desk.language(where, wished), page)
        )
        await reply(message, shown)

    async def _language(self, where: Place, update: Update) -> Language:
        wished = tag(update)
        return await self._worker.call(lambda desk: desk.language(where, wished))

    async def press(self, update: Update, context: _Context) -> None:
        """Do what a button of the menu says, if whoever pressed it may."""
        query = update.callback_query
        if query is None:
            return
        choice, message = parsed(query.data or ""), query.message
        if choice is None or message is None or choice.chat != message.chat.id:
            await say(query, language(tag(update)).say(texts.NOT_YOURS))
        elif not await is_admin(message.chat, query.from_user.id):
            where = Place(message.chat.id, 0, query.from_user.id)
            spoken = await self._language(where, update)
            await say(query, spoken.say(texts.ADMINS_ONLY), alert=True)
        elif choice.page == CLOSE and choice.value is None:
            await _close(query, language(tag(update)))
        else:
            await self._turn(query, choice, context.bot, tag(update))

    async def _turn(
        self, query: CallbackQuery, choice: Choice, bot: Bot, wished: str | None
    ) -> None:
        where = Place(choice.chat, 0, query.from_user.id)
        spoken = language(wished)
        try:
            page = await self._worker.call(lambda desk: _chosen(desk, choice, where, wished))
        except LookupError:
            await say(query, spoken.say(texts.NOT_YOURS))
            return
        await show(query, page)
        unseen = choice[1:] == ("w", "question") and not await _sees_all(query, bot)
        await say(query, spoken.say(texts.UNSEEN) if unseen else None, alert=unseen)


def _chosen(desk: Desk, choice: Choice, where: Place, wished: str | None) -> Message:
    """Keep what a button chooses, if anything, and return the page to show."""
    chats = desk.kept.chats
    settings = choose(choice, chats.of(choice.chat))
    if choice.value is not None:
        chats.choose(choice.chat, settings)
    # A language that has just been chosen is the page's own, too.
    return menu(choice.chat, settings, desk.language(where, wished), choice.page)


async def _sees_all(query: CallbackQuery, bot: Bot) -> bool:
    """Whether the bot is shown what is not put to it where the menu is."""
    if bot.bot.can_read_all_group_messages or query.message is None:
        return True
    return await is_admin(query.message.chat, bot.id)


async def _close(query: CallbackQuery, spoken: Language) -> None:
    try:
        await query.delete_message()
    except BadRequest:
        # Telegram lets no message older than two days be deleted; or somebody was quicker.
        with contextlib.suppress(BadRequest):
            await show(query, Message(spoken.say(texts.CLOSED)))
    await say(query)
