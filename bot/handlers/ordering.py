"""What the handlers of admins' commands have in common."""

from typing import NamedTuple

from telegram import Message as Received
from telegram import Update, User

from bot.handlers.commands import is_addressed
from bot.handlers.replying import reply, topic
from bot.handlers.speaking import place, tag
from bot.keeper.keeper import Keeper
from bot.keeper.orders import Kind, Order
from bot.keeper.wording import busy
from bot.languages import Language
from bot.message import Message
from bot.worker import Worker


class Said(NamedTuple):
    """A command of an admin's.

    Attributes:
        message: That it stands in.
        user: The admin.
        spoken: The language to answer in.
        words: Behind the command.
    """

    message: Received
    user: User
    spoken: Language
    words: tuple[str, ...]

    def order(self, kind: Kind, *names: str) -> Order:
        """Return what is ordered by it."""
        message = self.message
        return Order(
            kind,
            names,
            self.user.id,
            self.user.full_name,
            message.chat_id,
            topic(message) or 0,
            self.spoken.code,
        )

    async def answer(self, words: str) -> None:
        """Answer it."""
        await reply(self.message, Message(words))

    async def is_busy(self, keeper: Keeper) -> bool:
        """Whether a job is under way; then that has been said."""
        if keeper.running is None:
            return False
        await self.answer(busy(keeper.running, self.spoken))
        return True


async def said(
    worker: Worker, update: Update, username: str, *, is_command: bool = True
) -> Said | None:
    """Return the command in an update, or None if it is meant for another bot.

    Args:
        worker: Knows who is spoken to in which language.
        update: From an admin, with a message.
        username: This bot's.
        is_command: Whether it is to be one, which in a group must name this bot.
    """
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return None
    if is_command and not is_addressed(message, username):
        return None
    where, wished = place(message), tag(update)
    spoken = await worker.call(lambda desk: desk.language(where, wished))
    words = (message.text or message.caption or "").split()
    return Said(message, user, spoken, tuple(words[1:]))
