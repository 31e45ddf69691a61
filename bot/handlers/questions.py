"""Questions: any text in private; in groups the command, a mention, a reply to the bot."""

import asyncio
from typing import Any

from telegram import Bot, MessageEntity, Update
from telegram import Message as Received
from telegram.ext import ContextTypes

from bot import texts
from bot.handlers.course import Course
from bot.handlers.replying import reply, typing
from bot.message import Message
from bot.turns import Place
from bot.worker import Worker

_Context = ContextTypes.DEFAULT_TYPE


class Questions:
    """Handlers of questions.

    Args:
        worker: Answers them.
        course: Says when, and sees that it is done once.
    """

    def __init__(self, worker: Worker, course: Course) -> None:
        self._worker = worker
        self._course = course

    async def private(self, update: Update, context: _Context) -> None:
        """Any text in a private chat."""
        message = _message(update)
        await self._answer(message, _own_words(message, context.bot))

    async def ask(self, update: Update, context: _Context) -> None:
        """The command, anywhere; without words it asks what the message replied to says."""
        message = _message(update)
        _, *words = _own_words(message, context.bot).split()
        await self._answer(message, " ".join(words) or _replied_text(message, context.bot))

    async def group(self, update: Update, context: _Context) -> None:
        """A text in a group: answered only if it is addressed to the bot."""
        message = _message(update)
        if message.via_bot:
            return
        if without_mention(message, context.bot) is None and not _replies_to(message, context.bot):
            return
        question = _own_words(message, context.bot)
        await self._answer(message, question or _replied_text(message, context.bot))

    async def migrate(self, update: Update, _: _Context) -> None:
        """A group became a supergroup: its answers' buttons go on working there."""
        message = _message(update)
        old, new = message.chat_id, message.migrate_to_chat_id
        if new is None:
            old, new = message.migrate_from_chat_id or message.chat_id, message.chat_id
        await self._worker.call(lambda desk: desk.migrate(old, new))

    async def _answer(self, message: Received, question: str) -> None:
        if not question.strip():
            await reply(message, Message(texts.ASK_USAGE.format(example=texts.EXAMPLE)))
            return
        place, replied = _place(message), message.reply_to_message
        number = replied.message_id if replied else None
        async with self._course.turn(message, place) as goes:
            if not goes:
                return
            shown = asyncio.create_task(typing(message))
            answer = await self._worker.call(lambda desk: desk.ask(question, place, number))
            await shown
            await self._course.answer(message, answer)


def without_mention(message: Received, bot: Bot) -> str | None:
    """Return the text without the mentions of `bot`, or None if it does not mention it.

    Entities count UTF-16 units, so the text is cut in that encoding: an emoji before the mention
    would shift a cut by characters.
    """
    rest = (message.text or "").encode("utf-16-le", "surrogatepass")
    name = f"@{bot.username}".casefold()
    found = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    mentions = [
        entity
        for entity, words in found.items()
        if words.casefold() == name or (entity.user and entity.user.id == bot.id)
    ]
    if not mentions:
        return None
    for entity in sorted(mentions, key=lambda e: e.offset, reverse=True):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        rest = rest[:start] + rest[end:]
    return rest.decode("utf-16-le", "surrogatepass").strip(" ,:\n\t")


def _own_words(message: Received, bot: Bot) -> str:
    """The text; the bot's name in it is no part of a question."""
    rest = without_mention(message, bot)
    return (message.text or "") if rest is None else rest


def _replies_to(message: Received, bot: Bot) -> bool:
    replied = message.reply_to_message
    return bool(
        replied
        and replied.from_user
        and replied.from_user.id == bot.id
        # Every message of a topic replies to the one that opened it.
        and not replied.forum_topic_created
    )


def _place(message: Received) -> Place:
    """Whose conversation it is: in groups each person's own, in each topic."""
    sender = message.sender_chat or message.from_user
    topic = message.message_thread_id if message.is_topic_message else None
    return Place(message.chat_id, topic or 0, sender.id if sender else 0)


def _replied_text(message: Received, bot: Bot) -> str:
    """What the message replied to says, unless the bot itself said it."""
    replied: Any = message.reply_to_message
    if replied is None or _replies_to(message, bot):
        return ""
    return replied.text or replied.caption or ""


def _message(update: Update) -> Received:
    if update.message is None:
        raise ValueError("this handler is registered for new messages only")
    return update.message
