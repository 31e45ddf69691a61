"""Guest mode: the bot is named in a chat that it is no member of, and answers there once."""

import time

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.desk import Desk
from bot.handlers.inline import BUDGET_SECONDS, TOO_OLD
from bot.handlers.questions import without_mention
from bot.handlers.speaking import tag
from bot.inline import Choice, card
from bot.turns import Place
from bot.wire import article
from bot.worker import Worker


class Guest:
    """Handler of guest messages.

    Args:
        worker: Answers them.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer what is asked, or else what the message that is replied to says."""
        message = update.guest_message
        if message is None:
            return
        rest = without_mention(message, context.bot)
        question = (message.text or message.caption or "") if rest is None else rest
        if not question.strip() and (replied := message.reply_to_message):
            question = replied.text or replied.caption or ""
        deadline = time.monotonic() + BUDGET_SECONDS
        user, wished = message.from_user, tag(update)
        person = user.id if user else 0

        def find(desk: Desk) -> Choice:
            # The chat is not one of the bot's, and has chosen nothing.
            spoken = desk.language(Place(person, 0, person), wished)
            example = next(iter(desk.examples(spoken)), "…")
            return card(desk.engine, question, spoken, example, deadline)

        found = await self._worker.call(find)
        try:
            await message.answer_guest_query(article(found))
        except BadRequest as error:
            if TOO_OLD not in str(error).lower():
                raise
