"""A file that an admin drops into the chat is added to the collection, once they have said yes."""

import asyncio
from pathlib import Path

from telegram import Document, Update
from telegram.ext import ContextTypes

from bot import texts
from bot.covering import shortened
from bot.handlers.keeping import Keeping
from bot.handlers.ordering import Said, said
from bot.keeper.dropped import keep
from bot.keeper.keeper import Keeper
from bot.keeper.wording import printable
from bot.settings import Settings
from bot.worker import Worker

_Context = ContextTypes.DEFAULT_TYPE
_MOST_MB = 20
"""Of a file that a bot may have (Bot API, getFile)."""

_TOGETHER = 1.0
"""Seconds in which the other files of one album arrive, each in a message of its own."""


class Dropping:
    """Handler of files.

    Args:
        worker: Knows who is spoken to in which language.
        keeping: Asks whether they are to be added.
        keeper: Does it.
        settings: The largest file, and the data folder.
    """

    def __init__(
        self, worker: Worker, keeping: Keeping, keeper: Keeper, settings: Settings
    ) -> None:
        self._worker = worker
        self._keeping = keeping
        self._keeper = keeper
        self._data = settings.index.data
        self._most_mb = min(settings.corpus.max_file_mb, _MOST_MB)
        self._albums: dict[str, list[Path]] = {}

    async def drop(self, update: Update, context: _Context) -> None:
        """Keep a file, find out what it would bring, and ask; for a whole album at once."""
        message = update.effective_message
        # A file without a caption comes here only in private, where nobody else can be meant.
        is_command = bool(message and message.caption)
        heard = await said(self._worker, update, context.bot.username, is_command=is_command)
        document = heard.message.document if heard else None
        if heard is None or document is None or await heard.is_busy(self._keeper):
            return
        path = await self._kept(heard, document)
        album = heard.message.media_group_id
        if path is None:
            return
        if album is None:
            await self._keeping.foresee(heard, heard.order("add", str(path)))
        elif album in self._albums:
            self._albums[album].append(path)
        else:
            await self._foresee_album(heard, album, path)

    async def _foresee_album(self, heard: Said, album: str, first: Path) -> None:
        paths = self._albums[album] = [first]
        await asyncio.sleep(_TOGETHER)
        del self._albums[album]
        names = dict.fromkeys(map(str, paths))
        await self._keeping.foresee(heard, heard.order("add", *names))

    async def _kept(self, heard: Said, document: Document) -> Path | None:
        """Fetch a file from Telegram; None if it is too large, which has been said."""
        name = document.file_name or "file"
        if (document.file_size or 0) > self._most_mb * 1e6:
            shown = heard.spoken.isolated(shortened(printable(name)))
            most = f"{self._most_mb:g}"
            await heard.answer(heard.spoken.say(texts.TOO_LARGE, file=shown, most=most))
            return None
        file = await document.get_file()
        content = bytes(await file.download_as_bytearray())
        return await asyncio.to_thread(keep, self._data, name, content)
