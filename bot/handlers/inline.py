"""Inline mode: what is typed behind the bot's name in any chat."""

import asyncio
import time

from telegram import InlineQueryResultsButton, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot import texts
from bot.deeplink import payload
from bot.desk import Desk
from bot.handlers.speaking import tag
from bot.inline import Choices, Finder
from bot.languages import Language
from bot.turns import Place
from bot.wire import article
from bot.worker import Worker

BUDGET_SECONDS = 0.5
"""From the keystroke; after them a question is answered without what takes long: for ten people who
type (benchmarks/inline.py, two busy cores) half the answers came within 570 ms; at 0.6 s, 660."""

_PAUSE_SECONDS = 0.2
"""Without a further keystroke, before a question is worth an answer. For the same ten, 95 % of the
answers came within 710 ms; without a pause 1,100: what nobody waits for any more was computed
before what somebody did."""

_CACHE_SECONDS = 60
"""For which Telegram itself repeats an answer."""

_START = "inline"

TOO_OLD = "query is too old"
"""What Telegram says then."""


class Inline:
    """Handler of inline queries.

    Args:
        worker: Answers them.
        pause: Seconds without a further keystroke before one is answered.
    """

    def __init__(self, worker: Worker, pause: float = _PAUSE_SECONDS) -> None:
        self._worker = worker
        self._pause = pause
        self._finder = Finder()
        self._newest: dict[int, str] = {}

    async def typed(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Offer passages, unless the person has typed on: then nobody waits for these any more."""
        query = update.inline_query
        if query is None:
            return
        person, deadline = query.from_user.id, time.monotonic() + BUDGET_SECONDS
        self._newest[person] = query.id
        wished = tag(update)

        def find(desk: Desk) -> tuple[Choices, Language] | None:
            if self._newest.get(person) != query.id:
                return None
            spoken = desk.language(Place(person, 0, person), wished)
            return self._finder.choices(desk.engine, query.query, spoken, deadline), spoken

        try:
            await asyncio.sleep(self._pause)
            if self._newest.get(person) != query.id:
                return
            found = await self._worker.call(find)
        finally:
            if self._newest.get(person) == query.id:
                del self._newest[person]
        if found is None:
            return
        choices, spoken = found
        # In the chat with the bot the question is asked again, and what comes nearest is named.
        start = payload(query.query) or _START
        button = InlineQueryResultsButton(spoken.say(texts.INLINE_SILENCE), start_parameter=start)
        try:
            await query.answer(
                [article(choice) for choice in choices.all],
                cache_time=_CACHE_SECONDS,
                # Dates and buttons are in the language of the person.
                is_personal=True,
                next_offset="",
                button=button if choices.is_silent else None,
            )
        except BadRequest as error:
            # Others' questions took so long that nobody waits for this one any more.
            if TOO_OLD not in str(error).lower():
                raise
