"""/feeds: which feeds are followed, and following another, fewer, or none for a while."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from telegram import Update
from telegram.ext import ContextTypes

from bot import texts
from bot.covering import is_usable, shortened, write_covered
from bot.desk import Desk
from bot.handlers.ordering import Said, said
from bot.handlers.replying import reply
from bot.keeper.wording import printable
from bot.languages import Language
from bot.message import Composer, Message, units
from bot.worker import Worker
from corpus.sources import Source, SourceError

_Context = ContextTypes.DEFAULT_TYPE
_ROOM = 3600
_MOST = 40
_LONGEST_REASON = 200


class Feeding:
    """Handler of /feeds.

    Args:
        worker: Has the library.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def feeds(self, update: Update, context: _Context) -> None:
        """List the feeds, or do with one what the words behind the command say."""
        heard = await said(self._worker, update, context.bot.username)
        if heard is None:
            return
        match heard.words:
            case () | ("list",):
                message = await self._worker.call(lambda desk: _listed(desk, heard.spoken))
                await reply(heard.message, message)
            case ("add", url) if urlsplit(url).scheme in {"http", "https"} and is_usable(url):
                await self._answer(heard, lambda desk: _added(desk, url, heard))
            case ("remove", *words) if words:
                await self._answer(heard, lambda desk: _removed(desk, " ".join(words), heard))
            case ("pause" | "resume" as act, *words) if words:
                name, is_pause = " ".join(words), act == "pause"
                await self._answer(
                    heard, lambda desk: _paused(desk, name, heard, is_pause=is_pause)
                )
            case _:
                await heard.answer(heard.spoken.say(texts.FEEDS_USAGE))

    async def _answer(self, heard: Said, work: Callable[[Desk], str]) -> None:
        out = Composer()
        write_covered(out, await self._worker.call(work))
        await reply(heard.message, out.message())


def _added(desk: Desk, url: str, heard: Said) -> str:
    library, by = desk.engine.library, str(heard.user.id)
    # Its address names a feed well enough, and is there at once.
    name = url.partition("://")[2].rstrip("/")
    try:
        library.sources.add(name, url, "feed", by)
    except SourceError as error:
        return heard.spoken.say(texts.FAULT, reason=heard.spoken.isolated(printable(str(error))))
    library.audit.put(by, "feeds add", name)
    return _named(texts.FEED_ADDED, name, heard.spoken)


def _removed(desk: Desk, name: str, heard: Said) -> str:
    library = desk.engine.library
    if not library.sources.remove(name):
        return _named(texts.FEED_UNKNOWN, name, heard.spoken)
    library.audit.put(str(heard.user.id), "feeds remove", name)
    return _named(texts.FEED_REMOVED, name, heard.spoken)


def _paused(desk: Desk, name: str, heard: Said, *, is_pause: bool) -> str:
    library = desk.engine.library
    if not library.sources.pause(name, paused=is_pause):
        return _named(texts.FEED_UNKNOWN, name, heard.spoken)
    library.audit.put(str(heard.user.id), "feeds pause" if is_pause else "feeds resume", name)
    return _named(texts.FEED_PAUSES if is_pause else texts.FEED_RESUMED, name, heard.spoken)


def _named(text: str, name: str, spoken: Language) -> str:
    return spoken.say(text, name=spoken.isolated(shortened(printable(name))))


def _listed(desk: Desk, spoken: Language) -> Message:
    sources = desk.engine.library.sources.listed()
    out = Composer()
    out.write(spoken.say(texts.FEEDS_LIST if sources else texts.FEEDS_NONE))
    for number, source in enumerate(sources):
        if units(out.text) > _ROOM or number == _MOST:
            out.write("\n" + spoken.counted(texts.AND_MORE, len(sources) - number))
            break
        out.write("\n• ")
        out.write(shortened(printable(source.name)), "code")
        write_covered(out, f" – {_standing(source, spoken)}")
    return out.message()


def _standing(source: Source, spoken: Language) -> str:
    """How a feed is doing."""
    if source.paused:
        return spoken.say(texts.FEED_PAUSED)
    if source.failing_since:
        reason = shortened(printable(source.error or ""), _LONGEST_REASON)
        ago = spoken.ago(_since(source.failing_since))
        return spoken.say(texts.FEED_FAILING, ago=ago, reason=spoken.isolated(reason))
    if source.succeeded:
        return spoken.say(texts.FEED_FINE, ago=spoken.ago(_since(source.succeeded)))
    return spoken.say(texts.FEED_NEW)


def _since(when: datetime) -> float:
    return (datetime.now(UTC) - when).total_seconds()
