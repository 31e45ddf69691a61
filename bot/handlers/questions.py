"""Questions: any text in private, the command anywhere.

In groups a mention and a reply to the bot, too, and where a group wants it what is put to all.
"""

import asyncio
import logging
import re
from datetime import UTC, datetime
from typing import Any

from telegram import Bot, MaybeInaccessibleMessage, MessageEntity, Update
from telegram import Message as Received
from telegram.ext import ContextTypes

from bot import texts
from bot.chats import Way
from bot.desk import Question
from bot.handlers.course import Course
from bot.handlers.replying import edit, react, reply, typing
from bot.handlers.speaking import place, tag
from bot.handlers.unasked import is_open_question
from bot.languages import language
from bot.message import Message
from bot.pleasantry import pleasantry
from bot.turns import Place
from bot.worker import Worker

_COMMAND = re.compile(r"^/ask(?:@\w+)?(?!\w)", re.IGNORECASE)

_log = logging.getLogger(__name__)

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
        part = message.quote.text if message.quote else ""
        await self._answer(update, _own_words(message, context.bot), part=part)

    async def brought(self, update: Update, question: str) -> None:
        """The question that a link brought along: nothing else in the chat shows it."""
        await self._answer(update, question, is_shown=True)

    async def example(self, update: Update, _: _Context) -> None:
        """The label of a button pressed under the welcome."""
        query = update.callback_query
        if query is None:
            return
        question = _label(query.message, query.data)
        if question is None:
            # PTB lets empty data through any pattern.
            await query.answer(language(tag(update)).say(texts.NOT_YOURS))
            return
        await query.answer()
        await self._answer(update, question, is_shown=True)

    async def edited(self, update: Update, context: _Context) -> None:
        """A question that was answered is edited: so is its answer."""
        message = update.edited_message
        if message is None:
            return
        words = _own_words(message, context.bot)
        words = _COMMAND.sub("", words, count=1).strip()
        question = Question(words, place(message), tag(update), number=message.message_id)
        again = await self._worker.call(lambda desk: desk.ask_again(question))
        if again:
            await edit(message, again)

    async def ask(self, update: Update, context: _Context) -> None:
        """The command, anywhere; without words it asks what the message replied to says."""
        message = _message(update)
        _, *words = _own_words(message, context.bot).split()
        await self._answer(update, " ".join(words) or _replied_text(message, context.bot))

    async def group(self, update: Update, context: _Context) -> None:
        """A text in a group: answered as its settings say if it is put to the bot, or to all."""
        message = _message(update)
        if message.via_bot:
            return
        if without_mention(message, context.bot) is None and not _replies_to(message, context.bot):
            if is_open_question(message) and await self._heeds(message, "question"):
                await self._volunteer(update, message)
            return
        if not await self._heeds(message, "mention"):
            return
        question = _own_words(message, context.bot)
        await self._answer(update, question or _replied_text(message, context.bot))

    async def migrate(self, update: Update, _: _Context) -> None:
        """A group became a supergroup: its answers' buttons go on working there."""
        message = _message(update)
        old, new = message.chat_id, message.migrate_to_chat_id
        if new is None:
            old, new = message.migrate_from_chat_id or message.chat_id, message.chat_id
        await self._worker.call(lambda desk: desk.migrate(old, new))

    async def _heeds(self, message: Received, way: Way) -> bool:
        """Whether a question put in this way is answered in a group at this time."""
        settings = await self._worker.call(lambda desk: desk.kept.chats.of(message.chat_id))
        return settings.heeds(way, datetime.now(UTC))

    async def _volunteer(self, update: Update, message: Received) -> None:
        """Answer what nobody asked the bot, or give no sign at all."""
        question = Question(
            message.text or "", place(message), tag(update), number=message.message_id
        )
        try:
            async with self._course.turn(message, question.place, quietly=True) as goes:
                if not goes:
                    return
                answer = await self._worker.call(lambda desk: desk.volunteer(question))
                if answer is not None:
                    await self._course.answer(message, answer)
        except Exception:
            # Nobody has asked, so that nobody is told.
            _log.exception("a question that was put to nobody was not answered")

    async def _answer(
        self, update: Update, text: str, *, part: str = "", is_shown: bool = False
    ) -> None:
        """Answer a text; `part` and `is_shown` are those of `desk.Question`."""
        message = update.effective_message
        if message is None:
            return
        replied = message.reply_to_message
        question = Question(
            text=text,
            place=_asker(update, message),
            tag=tag(update),
            replied=replied.message_id if replied else None,
            part=part,
            number=0 if is_shown else message.message_id,
            is_shown=is_shown,
        )
        if not text.strip() and not part:
            usage = await self._worker.call(lambda desk: desk.usage(question))
            await reply(message, usage)
            return
        if update.callback_query:
            # The message with the button is none that could be answered twice.
            if await self._course.is_fair(message, question.place, question.tag):
                await self._send(message, await self._found(message, question))
            return
        async with self._course.turn(message, question.place, question.tag) as goes:
            if not goes:
                return
            answer = await self._found(message, question)
            if answer.is_reaction:
                await react(message, answer.text)
            else:
                await self._course.answer(message, answer)

    async def _found(self, message: Received, question: Question) -> Message:
        if pleasantry(question.text):
            # Nothing is looked for.
            return await self._worker.call(lambda desk: desk.ask(question))
        shown = asyncio.create_task(typing(message))
        answer = await self._worker.call(lambda desk: desk.ask(question))
        await shown
        return answer

    async def _send(self, message: Received, answer: Message) -> None:
        sent = await reply(message, answer)
        if key := answer.key:
            await self._worker.call(lambda desk: desk.sent_as(key, sent.chat_id, sent.message_id))


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


def _asker(update: Update, message: Received) -> Place:
    """Whose question it is. A button's message is the bot's own, not the person's."""
    where = place(message)
    query = update.callback_query
    return where._replace(user=query.from_user.id) if query else where


def _label(message: MaybeInaccessibleMessage | None, data: str | None) -> str | None:
    """What stands on the button of a message that sends back `data`."""
    markup = message.reply_markup if isinstance(message, Received) else None
    rows = markup.inline_keyboard if markup else ()
    labels = (b.text for row in rows for b in row if data and b.callback_data == data)
    return next(labels, None)


def _replied_text(message: Received, bot: Bot) -> str:
    """What the message replied to says, unless the bot itself said it."""
    replied: Any = message.reply_to_message
    if replied is None or _replies_to(message, bot):
        return ""
    return replied.text or replied.caption or ""


def _message(update: Update) -> Received:
    message = update.message or update.channel_post
    if message is None:
        raise ValueError("this handler is registered for new messages only")
    return message
