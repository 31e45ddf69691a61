"""What admins have done to the collection: /add, /remove, /reindex, /rollback, /cancel."""

import asyncio
import re
from collections.abc import Collection

from telegram import CallbackQuery, Update
from telegram import Message as Shown
from telegram.ext import ContextTypes

from bot import texts
from bot.covering import shortened, write_list
from bot.desk import Desk
from bot.handlers.board import Board
from bot.handlers.ordering import Said, said
from bot.handlers.pressing import say, show
from bot.handlers.replying import reply
from bot.handlers.speaking import place, tag
from bot.keeper.keeper import Keeper
from bot.keeper.orders import Cancelled, Order
from bot.keeper.wording import busy, orderer, printable, progress, work, yes_or_no
from bot.languages import Language, language
from bot.message import Button, Composer, Message
from bot.worker import Worker
from corpus.types import Article

_Context = ContextTypes.DEFAULT_TYPE
_DATA = re.compile(r"k:(\d{1,18}):([yn])", re.ASCII)
_LONGEST_LABEL = 50
_LONGEST_ALERT = 200
"""Characters of what pops up over the chat, at most (Bot API, answerCallbackQuery)."""


class Keeping:
    """Handlers of commands that change the collection, and of the buttons that confirm them.

    Args:
        worker: Knows the collection.
        keeper: Does the work.
        board: Shows it.
        admins: Ids of the people who may.
    """

    def __init__(
        self, worker: Worker, keeper: Keeper, board: Board, admins: Collection[int]
    ) -> None:
        self._worker = worker
        self._keeper = keeper
        self._board = board
        self._admins = frozenset(admins)

    async def add(self, update: Update, context: _Context) -> None:
        """Find out what addresses would bring, and ask."""
        heard = await said(self._worker, update, context.bot.username)
        if heard is None:
            return
        if not heard.words:
            await heard.answer(heard.spoken.say(texts.ADD_USAGE))
        else:
            await self.foresee(heard, heard.order("add", *dict.fromkeys(heard.words)))

    async def reindex(self, update: Update, context: _Context) -> None:
        """Find out what has changed, or what encoding everything again would cost, and ask."""
        heard = await said(self._worker, update, context.bot.username)
        if heard is None:
            return
        if heard.words not in {(), ("full",)}:
            await heard.answer(heard.spoken.say(texts.REINDEX_USAGE))
        else:
            await self.foresee(heard, heard.order("full" if heard.words else "reindex"))

    async def foresee(self, heard: Said, order: Order) -> None:
        """Begin to find out what an order would do; that it may be done is asked then."""
        job = self._keeper.begin(order, is_dry=True)
        if job is None:
            await heard.is_busy(self._keeper)
        else:
            shown = await reply(heard.message, progress(job, heard.spoken))
            self._board.follow(shown, job, heard.spoken)

    async def remove(self, update: Update, context: _Context) -> None:
        """Ask whether an article is to go: one that is named, or that an answer quotes."""
        heard = await said(self._worker, update, context.bot.username)
        if heard is None:
            return
        replied = heard.message.reply_to_message
        if heard.words:
            name = heard.words[0]
            article = await self._worker.call(lambda desk: desk.engine.library.named(name))
            if article is None:
                named = heard.spoken.isolated(shortened(printable(name)))
                await heard.answer(heard.spoken.say(texts.NO_ARTICLE, name=named))
                return
            found = [article]
        elif replied:
            chat, number = heard.message.chat_id, replied.message_id
            found = await self._worker.call(lambda desk: _quoted(desk, chat, number))
        else:
            found = []
        if found:
            await reply(heard.message, await self._which(heard, found))
        else:
            await heard.answer(heard.spoken.say(texts.REMOVE_USAGE))

    async def _which(self, heard: Said, articles: list[Article]) -> Message:
        """Ask which of the articles shall go, if any: an order waits for each."""
        orders = [heard.order("remove", article.id) for article in articles]
        numbers = await self._worker.call(
            lambda desk: [desk.kept.jobs.plan(order) for order in orders]
        )
        out, spoken = Composer(), heard.spoken
        out.write(spoken.say(texts.REMOVE_ASK if len(articles) == 1 else texts.REMOVE_WHICH))
        write_list(out, articles, spoken)
        if len(articles) == 1:
            return out.message(yes_or_no(numbers[0], spoken))
        rows = [
            (Button(shortened(printable(article.title), _LONGEST_LABEL), data=f"k:{number}:y"),)
            for number, article in zip(numbers, articles, strict=True)
        ]
        return out.message(*rows, yes_or_no(numbers[0], spoken)[1:])

    async def rollback(self, update: Update, context: _Context) -> None:
        """Ask whether the index before shall answer again."""
        heard = await said(self._worker, update, context.bot.username)
        if heard is None:
            return
        spoken = heard.spoken
        numbers = await asyncio.to_thread(self._keeper.before)
        if numbers is None:
            await heard.answer(spoken.say(texts.ROLLBACK_NONE))
            return
        asking = spoken.say(texts.ROLLBACK_ASK, number=numbers[0], before=numbers[1])
        order = heard.order("rollback", str(numbers[0]))
        planned = await self._worker.call(lambda desk: desk.kept.jobs.plan(order))
        await reply(heard.message, Message(asking, rows=(yes_or_no(planned, spoken),)))

    async def cancel(self, update: Update, context: _Context) -> None:
        """End what is under way."""
        heard = await said(self._worker, update, context.bot.username)
        if heard is None:
            return
        spoken = heard.spoken
        job = await self._keeper.cancel(heard.user.full_name)
        if job is None or not isinstance(job.task.result(), Cancelled):
            await heard.answer(spoken.say(texts.NOTHING_RUNS))
            return
        name, doing = orderer(job.order, spoken), work(job.order, spoken)
        await heard.answer(spoken.say(texts.CANCELLED, name=name, work=doing))

    async def press(self, update: Update, _: _Context) -> None:
        """Do what was asked about, or leave it."""
        query = update.callback_query
        if query is None:
            return
        found, message = _DATA.fullmatch(query.data or ""), query.message
        spoken = language(tag(update))
        may = query.from_user.id in self._admins
        if not (found and may and isinstance(message, Shown)):
            await say(query, spoken.say(texts.NOT_YOURS))
            return
        where, number = place(message)._replace(user=query.from_user.id), int(found[1])
        spoken = await self._worker.call(lambda desk: desk.language(where, tag(update)))
        order = await self._worker.call(lambda desk: desk.kept.jobs.planned(number))
        if order is None:
            await say(query, spoken.say(texts.NO_LONGER))
        elif found[2] == "n":
            await self._keeper.refuse(order, number)
            await show(query, Message(spoken.say(texts.NOT_WANTED)))
            await say(query)
        else:
            await self._do(query, message, order, number, spoken)

    async def _do(
        self, query: CallbackQuery, message: Shown, order: Order, number: int, spoken: Language
    ) -> None:
        job = self._keeper.begin(order, number=number)
        if job is None:
            running = self._keeper.running
            words = busy(running, spoken) if running else spoken.say(texts.NO_LONGER)
            await say(query, shortened(words, _LONGEST_ALERT), alert=True)
            return
        await show(query, progress(job, spoken))
        await say(query)
        self._board.follow(message, job, spoken)


def _quoted(desk: Desk, chat: int, number: int) -> list[Article]:
    """The articles that the answer in a message quotes and that are still there."""
    sent = desk.kept.sent.shown(chat, number)
    names = dict.fromkeys(p.article_id for p in sent.passages) if sent else {}
    found = (desk.engine.library.named(name) for name in names)
    return [article for article in found if article]
