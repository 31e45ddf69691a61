"""The commands beside /ask."""

from collections.abc import Callable

from telegram import Message as Received
from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import texts
from bot.deeplink import question_in
from bot.desk import Desk
from bot.handlers.questions import Questions
from bot.handlers.replying import reply
from bot.handlers.speaking import place, tag
from bot.languages import Language
from bot.message import Message
from bot.worker import Worker

_Context = ContextTypes.DEFAULT_TYPE


class Commands:
    """Handlers of commands.

    Args:
        worker: Knows the collection.
        questions: Asks the question that a link brings.
    """

    def __init__(self, worker: Worker, questions: Questions) -> None:
        self._worker = worker
        self._questions = questions

    async def start(self, update: Update, context: _Context) -> None:
        """Answer the question in the link followed here; else say what the bot is for."""
        question = question_in(context.args[0]) if context.args else None
        if question and update.message and update.message.chat.type == ChatType.PRIVATE:
            await self._questions.brought(update, question)
        else:
            await self._say(update, context, lambda desk, language: desk.welcome(language))

    async def help(self, update: Update, context: _Context) -> None:
        """Say how to use it."""
        name = f"@{context.bot.username}"
        await self._say(update, context, lambda desk, language: desk.help(language, name))

    async def sources(self, update: Update, context: _Context) -> None:
        """Say what the collection holds."""
        await self._say(update, context, lambda desk, language: desk.sources(language))

    async def status(self, update: Update, context: _Context) -> None:
        """Say how fresh the index is, and what privacy mode means here."""
        all_seen = context.bot.bot.can_read_all_group_messages
        privacy = texts.PRIVACY_OFF if all_seen else texts.PRIVACY_ON

        def said(desk: Desk, language: Language) -> Message:
            return Message(f"{desk.status(language).text}\n{language.say(privacy)}")

        await self._say(update, context, said)

    async def only_text(self, update: Update, context: _Context) -> None:
        """Photos, voices and stickers sent in private."""
        await self._say(update, context, lambda _, language: Message(language.say(texts.ONLY_TEXT)))

    async def _say(
        self, update: Update, context: _Context, words: Callable[[Desk, Language], Message]
    ) -> None:
        received = update.effective_message
        if received is None or not is_addressed(received, context.bot.username):
            return
        where, wished = place(received), tag(update)
        message = await self._worker.call(lambda desk: words(desk, desk.language(where, wished)))
        await reply(received, message)


def is_addressed(message: Received, username: str) -> bool:
    """Whether a command is meant for this bot: in groups only with its name behind it."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    command = (message.text or message.caption or "").split(maxsplit=1)[0]
    return command.casefold().endswith(f"@{username}".casefold())
