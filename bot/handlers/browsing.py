"""Lists for admins: /articles, /log, /missed."""

from collections.abc import Collection

from telegram import Message as Shown
from telegram import Update
from telegram.ext import ContextTypes

from bot import texts
from bot.handlers.ordering import said
from bot.handlers.pressing import say, show
from bot.handlers.replying import reply
from bot.handlers.speaking import place, tag
from bot.keeper.pages import Page, parsed, search, shown
from bot.languages import language
from bot.worker import Worker

_Context = ContextTypes.DEFAULT_TYPE


class Browsing:
    """Handlers of the lists and of the buttons that leaf through them.

    Args:
        worker: Has what is listed.
        admins: Ids of the people who may see it.
    """

    def __init__(self, worker: Worker, admins: Collection[int]) -> None:
        self._worker = worker
        self._admins = frozenset(admins)

    async def articles(self, update: Update, context: _Context) -> None:
        """List the articles, or those with the words behind the command."""
        await self._list(update, context, search(" ".join(context.args or ())))

    async def log(self, update: Update, context: _Context) -> None:
        """List who did what."""
        await self._list(update, context, Page("l"))

    async def missed(self, update: Update, context: _Context) -> None:
        """List what was asked in vain."""
        await self._list(update, context, Page("m"))

    async def _list(self, update: Update, context: _Context, page: Page) -> None:
        heard = await said(self._worker, update, context.bot.username)
        if heard:
            spoken = heard.spoken
            message = await self._worker.call(lambda desk: shown(desk, page, spoken))
            await reply(heard.message, message)

    async def press(self, update: Update, _: _Context) -> None:
        """Turn to another page."""
        query = update.callback_query
        if query is None:
            return
        page, message, wished = parsed(query.data or ""), query.message, tag(update)
        may = query.from_user.id in self._admins
        if not (page and may and isinstance(message, Shown)):
            await say(query, language(wished).say(texts.NOT_YOURS))
            return
        where = place(message)._replace(user=query.from_user.id)
        turned = await self._worker.call(
            lambda desk: shown(desk, page, desk.language(where, wished))
        )
        await show(query, turned)
        await say(query)
