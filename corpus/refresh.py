"""One look at every source that is due: fetched, parsed, and what is new put into the library.

Needs no lock: each article and its entry are written in one transaction, and whoever builds the
index meanwhile takes what is there. A look that is stopped at any moment goes on the next time.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from corpus.fetch import Fetched, FetchError, NotModified, printable
from corpus.sources import Source
from corpus.store import Entry, Library
from corpus.types import Article, ReadError

_MOST_LINKS = 200
"""That are followed of one source at one look; the others wait for the next."""

_MOST_DEPTH = 3
"""Lists within lists, as sitemaps have them."""

_BATCH = 20
_WEB = ("http://", "https://")


class Link(NamedTuple):
    """A page that a feed or a sitemap names but does not hold.

    Attributes:
        url: Its address.
        stamp: Changes when the page has changed, as far as the list says; "" if it does not.
        is_list: Whether it is a list of further links.
        said: What the list says of the page, for the parser.
    """

    url: str
    stamp: str = ""
    is_list: bool = False
    said: object = None


class Parsed(NamedTuple):
    """What is in the bytes of a page.

    Attributes:
        articles: That it holds.
        links: That it names.
        errors: What in it could not be read.
    """

    articles: Sequence[Article] = ()
    links: Sequence[Link] = ()
    errors: Sequence[ReadError] = ()


class Parser(Protocol):
    """Makes articles and links of a page. Never raises for what the page holds."""

    def __call__(self, page: Fetched, said: object = None) -> Parsed:
        """Return what is in a page of which a list has `said` something."""


class Retriever(Protocol):
    """Fetches pages, as `corpus.fetch.Fetcher` does."""

    def fetch(
        self, url: str, *, etag: str | None = None, modified: str | None = None
    ) -> Fetched | NotModified:
        """Return a page; raises FetchError."""


Progress = Callable[[str, int, int], None]
"""Told (what is looked at, how many are done, how many there are)."""


@dataclass(slots=True)
class Refreshed:
    """What one look did.

    Attributes:
        looked: Names of the sources that were looked at.
        new: Ids of articles that were not in the collection before.
        changed: Ids of those whose text or header changed.
        unchanged: How many stayed as they were.
        failures: One for each source or page that could not be read.
        is_stopped: Whether it was stopped before it had seen everything.
    """

    looked: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    failures: list[ReadError] = field(default_factory=list)
    is_stopped: bool = False


def refresh(
    library: Library,
    retriever: Retriever,
    parser: Parser,
    *,
    only: Collection[str] | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Progress = lambda *_: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Refreshed:
    """Look at the sources that are due and take in what is new or has changed.

    Args:
        library: Knows the sources and keeps the articles.
        retriever: Fetches pages.
        parser: Reads them.
        only: Look at the sources of these names, due or not; None for those that are due.
        clock: The time, in UTC.
        progress: Told before each source and each page.
        is_stopped: Asked before each of them whether to end here.
    """
    look = _Look(library, retriever, parser, clock, progress, is_stopped)
    if only is None:
        sources = library.sources.due(clock())
    else:
        sources = [source for source in library.sources.listed() if source.name in only]
    for number, source in enumerate(sources):
        progress(source.name, number, len(sources))
        if is_stopped():
            look.report.is_stopped = True
            break
        look.at(source)
    library.copies.update()
    return look.report


def take(
    library: Library,
    retriever: Retriever,
    parser: Parser,
    urls: Sequence[str],
    *,
    progress: Progress = lambda *_: None,
) -> Refreshed:
    """Take in pages that a person names, once; of a feed or a sitemap, those that it names.

    An article that a person took out before is back with that.

    Args:
        library: Keeps the articles.
        retriever: Fetches pages.
        parser: Reads them.
        urls: Their addresses.
        progress: Told before each page.
    """
    look = _Look(library, retriever, parser, lambda: datetime.now(UTC), progress, lambda: False)
    look.restores = True
    for number, url in enumerate(urls):
        progress("fetching", number, len(urls))
        look.once(url)
    library.copies.update()
    return look.report


class _Look:
    """What is done with each source."""

    def __init__(
        self,
        library: Library,
        retriever: Retriever,
        parser: Parser,
        clock: Callable[[], datetime],
        progress: Progress,
        is_stopped: Callable[[], bool],
    ) -> None:
        self.report = Refreshed()
        self._library = library
        self._retriever = retriever
        self._parser = parser
        self._clock = clock
        self._progress = progress
        self._is_stopped = is_stopped
        self.restores = False
        self._missed = False
        self._held = {e.id: e for e in library.entries()}

    def at(self, source: Source) -> None:
        """Look at one source; whatever is wrong with it stops no other."""
        self.report.looked.append(source.name)
        sources = self._library.sources
        try:
            page = self._retriever.fetch(source.url, etag=source.etag, modified=source.modified)
        except FetchError as error:
            self._fail(error)
            sources.note_failure(source.name, self._clock(), error.reason, error.wait)
            return
        if isinstance(page, NotModified):
            sources.note_success(source.name, self._clock(), source.etag, source.modified)
            return
        parsed = self._parser(page)
        self.report.failures += parsed.errors
        if parsed.errors and not parsed.articles and not parsed.links:
            reason = printable(parsed.errors[0].reason)
            sources.note_failure(source.name, self._clock(), reason)
            return
        self._take(page.url, parsed.articles)
        is_whole = source.kind == "page" or self._follow(source, parsed.links)
        # A list whose pages have not all been read must not be answered by "not modified".
        kept = (page.etag, page.modified) if is_whole else (None, None)
        sources.note_success(source.name, self._clock(), *kept)

    def once(self, url: str) -> None:
        """Take in a page, and those that it names if it is a list."""
        try:
            page = self._retriever.fetch(url)
        except FetchError as error:
            self._fail(error)
            return
        if isinstance(page, NotModified):
            return
        parsed = self._parser(page)
        self.report.failures += parsed.errors
        self._take(page.url, parsed.articles)
        for number, link in enumerate(list(self._pages(parsed.links))[:_MOST_LINKS]):
            self._progress("fetching", number, min(len(parsed.links), _MOST_LINKS))
            self._read(link)

    def _follow(self, source: Source, links: Sequence[Link]) -> bool:
        """Read the pages of a list that have not been read yet; whether nothing is left to do."""
        sources = self._library.sources
        seen = sources.seen(source.name)
        self._missed = False
        batch: list[Link] = []
        wanted = list(self._pages(links))
        new = [one for one in wanted if seen.get(one.url) != one.stamp]
        for number, link in enumerate(new[:_MOST_LINKS]):
            self._progress(source.name, number, min(len(new), _MOST_LINKS))
            if self._is_stopped():
                self.report.is_stopped = self._missed = True
                break
            if self._read(link):
                batch.append(link)
            if len(batch) >= _BATCH:
                self._note(source, batch, ())
                batch = []
        self._note(source, batch, [one.url for one in wanted])
        return not self._missed and len(new) <= _MOST_LINKS

    def _note(self, source: Source, read: Sequence[Link], listed: Sequence[str]) -> None:
        pairs = [(one.url, one.stamp) for one in read]
        self._library.sources.note_seen(source.name, self._clock(), pairs, listed)

    def _pages(self, links: Sequence[Link], depth: int = 0) -> Iterator[Link]:
        """The links to pages, those in lists within the list included, each address once."""
        known: set[str] = set()
        for link in links:
            if link.url in known:
                continue
            known.add(link.url)
            if not link.is_list:
                yield link
            elif depth < _MOST_DEPTH and not self._is_stopped():
                yield from self._pages(self._listed(link), depth + 1)

    def _listed(self, link: Link) -> Sequence[Link]:
        """What stands in a list within a list."""
        try:
            page = self._retriever.fetch(link.url)
        except FetchError as error:
            self._fail(error)
            self._missed |= error.is_passing
            return ()
        if isinstance(page, NotModified):
            return ()
        parsed = self._parser(page, link.said)
        self.report.failures += parsed.errors
        self._take(page.url, parsed.articles)
        return parsed.links

    def _read(self, link: Link) -> bool:
        """Read one page of a list; False if it is to be tried again at the next look."""
        try:
            page = self._retriever.fetch(link.url)
        except FetchError as error:
            self._fail(error)
            self._missed |= error.is_passing
            return not error.is_passing
        if isinstance(page, Fetched):
            parsed = self._parser(page, link.said)
            self.report.failures += parsed.errors
            self._take(page.url, parsed.articles)
        return True

    def _take(self, url: str, articles: Sequence[Article]) -> None:
        """Put articles into the library, but for those that people took out or added as files."""
        if self.restores:
            self._library.restore([article.id for article in articles])
        removed = self._library.removed()
        kept: dict[str, tuple[Article, Entry]] = {}
        for article in articles:
            origin = article.url or f"{url}#{article.id}"
            old = self._held.get(article.id)
            digest = article.digest()
            if article.id in removed or (old and not old.origin.startswith(_WEB)):
                continue
            if old and old.digest == digest:
                self.report.unchanged += 1
                continue
            known = self.report.changed if old else self.report.new
            if article.id not in kept:
                known.append(article.id)
            entry = Entry(article.id, digest, origin, f"web:{digest}", added=True)
            kept[article.id] = article, entry
        with self._library.together():
            self._library.put(article for article, _ in kept.values())
            self._library.change(keep=[entry for _, entry in kept.values()])
        self._held.update((name, entry) for name, (_, entry) in kept.items())

    def _fail(self, error: FetchError) -> None:
        self.report.failures.append(ReadError(error.url, error.reason))
