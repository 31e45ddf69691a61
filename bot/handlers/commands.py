"""The commands beside /ask."""

from telegram import Message as Received
from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import texts
from bot.handlers.replying import reply
from bot.message import Message
from bot.worker import Worker

_Context = ContextTypes.DEFAULT_TYPE


class Commands:
    """Handlers of commands.

    Args:
        worker: Knows the collection.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def start(self, update: Update, context: _Context) -> None:
        """Say what the bot is for."""
        await _say(update, context, Message(texts.START.format(example=texts.EXAMPLE)))

    async def help(self, update: Update, context: _Context) -> None:
        """Say how to use it."""
        await _say(update, context, Message(texts.HELP.format(name=f"@{context.bot.username}")))

    async def sources(self, update: Update, context: _Context) -> None:
        """Say what the collection holds."""
        if _is_for(update, context):
            await _say(update, context, await self._worker.call(lambda desk: desk.sources()))

    async def status(self, update: Update, context: _Context) -> None:
        """Say how fresh the index is, and what privacy mode means here."""
        if not _is_for(update, context):
            return
        message = await self._worker.call(lambda desk: desk.status())
        all_seen = context.bot.bot.can_read_all_group_messages
        privacy = texts.PRIVACY_OFF if all_seen else texts.PRIVACY_ON
        await _say(update, context, Message(f"{message.text}\n{privacy}"))

    async def only_text(self, update: Update, context: _Context) -> None:
        """Photos, voices and stickers sent in private."""
        await _say(update, context, Message(texts.ONLY_TEXT))


def is_addressed(message: Received, username: str) -> bool:
    """Whether a command is meant for this bot: in groups only with its name behind it."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    command = (message.text or "").split(maxsplit=1)[0]
    return command.casefold().endswith(f"@{username}".casefold())


def _is_for(update: Update, context: _Context) -> bool:
    message = update.effective_message
    return message is not None and is_addressed(message, context.bot.username)


async def _say(update: Update, context: _Context, message: Message) -> None:
    if update.effective_message and _is_for(update, context):
        await reply(update.effective_message, message)
