"""The bot is added, removed, blocked or promoted: one greeting, and no stay where it may not be."""

import asyncio
import logging
from collections.abc import Collection

from telegram import Chat, ChatMember, ChatMemberRestricted, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot import texts
from bot.chats import Mark
from bot.handlers.gone import Gone
from bot.handlers.speaking import tag
from bot.languages import Language
from bot.message import Message
from bot.turns import Place
from bot.wire import form
from bot.worker import Worker

_Context = ContextTypes.DEFAULT_TYPE
_MEMBERS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER})
_GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})

_MIGRATING = 0.5
"""Seconds. When a group becomes a supergroup, Telegram also says that the bot was added to a new
one: before or after it says what that was."""

_log = logging.getLogger(__name__)


class Membership:
    """Handlers of where the bot is.

    Args:
        worker: Remembers it.
        gone: The chats where it is no more.
        allowed: The only groups and channels where it may be; empty for anywhere.
    """

    def __init__(self, worker: Worker, gone: Gone, allowed: Collection[int]) -> None:
        self._worker = worker
        self._gone = gone
        self._allowed = frozenset(allowed)

    async def enter(self, update: Update, context: _Context) -> None:
        """See to it, before any other handler, that a message is from a chat that may write.

        Raises:
            ApplicationHandlerStop: It may not, and the bot has left.
        """
        chat = update.effective_chat
        if chat is None or update.my_chat_member:
            return
        # Who writes or presses is there again.
        await self._gone.mark(chat.id, gone=False)
        message = update.message or update.channel_post
        if message and not await self._may_stay(chat, message.migrate_from_chat_id):
            await self._leave(update, chat, context)
            raise ApplicationHandlerStop

    async def changed(self, update: Update, context: _Context) -> None:
        """Greet a group that the bot was added to; remember where it is no more."""
        change = update.my_chat_member
        if change is None:
            return
        chat, is_in = change.chat, _is_in(change.new_chat_member)
        await self._gone.mark(chat.id, gone=not is_in)
        if not is_in or _is_in(change.old_chat_member) or chat.type == ChatType.PRIVATE:
            return
        if chat.type == ChatType.SUPERGROUP and await self._formerly(chat) is None:
            await asyncio.sleep(_MIGRATING)
        if not await self._may_stay(chat):
            await self._leave(update, chat, context)
        # In a channel a greeting would be a post to all its readers.
        elif chat.type in _GROUPS and await self._is_first(chat, "greeted"):
            is_admin = change.new_chat_member.status == ChatMember.ADMINISTRATOR
            spoken = await self._language(chat, update)
            await _say(chat, _greeting(context, spoken, is_admin=is_admin))

    async def _may_stay(self, chat: Chat, formerly: int | None = None) -> bool:
        """Whether the bot may be in a chat, or might in the group that the chat was."""
        if not self._allowed or chat.type == ChatType.PRIVATE:
            return True
        if not self._allowed.isdisjoint({chat.id, formerly}):
            return True
        return await self._formerly(chat) in self._allowed

    async def _formerly(self, chat: Chat) -> int | None:
        return await self._worker.call(lambda desk: desk.kept.chats.formerly(chat.id))

    async def _is_first(self, chat: Chat, mark: Mark) -> bool:
        return await self._worker.call(lambda desk: desk.kept.chats.mark(chat.id, mark))

    async def _language(self, chat: Chat, update: Update) -> Language:
        """Of whoever does what the bot speaks of, unless the chat has chosen one."""
        user = update.effective_user
        where, wished = Place(chat.id, 0, user.id if user else 0), tag(update)
        return await self._worker.call(lambda desk: desk.language(where, wished))

    async def _leave(self, update: Update, chat: Chat, context: _Context) -> None:
        """Leave a chat, a group not without a word; but only one, however often it is added."""
        if chat.type in _GROUPS and await self._is_first(chat, "told"):
            spoken = await self._language(chat, update)
            await _say(chat, spoken.say(texts.NOT_ALLOWED))
        _log.info("left a chat that is not among [bot] chats: %d", chat.id)
        await context.bot.leave_chat(chat.id)


def _is_in(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in _MEMBERS


def _greeting(context: _Context, spoken: Language, *, is_admin: bool) -> str:
    name = context.bot.username
    sees_all = is_admin or context.bot.bot.can_read_all_group_messages
    privacy = texts.GREETING_PRIVACY_OFF if sees_all else texts.GREETING_PRIVACY_ON
    said = spoken.say(privacy, command=spoken.isolated(f"/settings@{name}"))
    return spoken.say(texts.GREETING, name=spoken.isolated(f"@{name}"), privacy=said)


async def _say(chat: Chat, words: str) -> None:
    try:
        await chat.get_bot().send_message(chat.id, **form(Message(words)))
    except (BadRequest, ChatMigrated) as error:
        # It may not write there, or not yet: nobody has asked for anything.
        _log.info("not said in %d: %s", chat.id, error)
