"""The collection, open and ready to answer: library, encoder, and the generation that serves."""

import logging
import os
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from bot.answer import Answer, Answerer, Ignored
from bot.confidence import shipped
from bot.conversation import Turn
from bot.marking import Marker
from bot.quote import Elsewhere, Quotation, QuoteFaultError, quote
from bot.reading import Reader
from bot.settings import OFF, Settings
from corpus import sync
from corpus.closing import Closing
from corpus.fetch import Fetcher
from corpus.fetch import Limits as FetchLimits
from corpus.files import Sizes
from corpus.pages import parser
from corpus.paragraphs import sentences
from corpus.readers import Limits, Options
from corpus.refresh import Refreshed, refresh, take
from corpus.store import Library, Standing
from corpus.sync import SyncReport
from corpus.types import Article, Passage
from index.across import Across
from index.build import BuildReport, build, exclusive
from index.generation import Generation, Manifest, current_number, open_current
from index.layout import Layout
from index.models import open_cross_encoder, open_encoder, open_words
from index.openings import openings
from index.rerank import brevity
from index.rollback import rollback
from index.search import HybridSearcher
from index.types import CrossEncoder, Encoder, Progress, UnusableError, silent

_UNPACKED = 5
"""How many times the largest archive may come out of one."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What reading the files and building the index did."""

    read: SyncReport
    built: BuildReport


@dataclass(frozen=True, slots=True)
class Summary:
    """What the collection holds.

    Attributes:
        articles: How many.
        outlets: Their names, the most frequent first.
        first: Date of the oldest article, None if none has a date.
        last: Date of the newest.
        latest: The newest articles, newest first.
    """

    articles: int
    outlets: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    latest: tuple[Article, ...]


def sources(settings: Settings) -> tuple[Path, ...]:
    """The configured files and folders, or the sample collection if none is configured."""
    return settings.corpus.paths or (Path(str(files("corpus").joinpath("articles"))),)


def reading(settings: Settings) -> tuple[Sizes, Options]:
    """How large a file may be, and how files are read."""
    corpus = settings.corpus
    sizes = Sizes(int(corpus.max_file_mb * 1e6), int(corpus.max_archive_mb * 1e6))
    limits = Limits(sizes.document, sizes.archive, total=_UNPACKED * sizes.archive)
    return sizes, Options(corpus.columns, corpus.channels, limits)


def encoder_of(settings: Settings) -> Encoder:
    """Open the configured encoder.

    Raises:
        UnusableError: It is missing, damaged, or needs an extra.
    """
    return open_encoder(
        settings.index.model,
        query_prefix=settings.index.query_prefix,
        passage_prefix=settings.index.passage_prefix,
        threads=settings.index.threads,
    )


def _threads(settings: Settings) -> int:
    return settings.index.threads or os.cpu_count() or 1


def fetcher_of(settings: Settings) -> Fetcher:
    """Make what fetches pages, within the configured bounds."""
    limits = FetchLimits(size=int(settings.corpus.max_file_mb * 1e6))
    return Fetcher(limits, allow_hosts=settings.corpus.allow_hosts)


def cross_encoder_of(settings: Settings) -> CrossEncoder | None:
    """Open the configured cross-encoder, or None if there shall be none.

    Raises:
        UnusableError: It is missing, damaged, or needs an extra.
    """
    name = settings.index.reranker
    return None if name == OFF else open_cross_encoder(name, threads=settings.index.threads)


def update(
    settings: Settings,
    *,
    add: Sequence[Path] = (),
    pages: Sequence[str] = (),
    remove: Sequence[str] = (),
    due: bool = False,
    full: bool = False,
    unhold: bool = False,
    wait: float = 2.0,
    unless_built: bool = False,
    progress: Progress = silent,
) -> IndexReport | None:
    """Read the collection's files and publish a generation of what they hold.

    Args:
        settings: Names files, model and data folder.
        add: Files and folders to take into the collection for good.
        pages: Addresses of pages, feeds and sitemaps to fetch and take in.
        remove: Ids of articles to take out of it. Without any of these the configured files are
            read.
        due: Look at the feeds that are due, too.
        full: Encode everything again.
        unhold: Publish even if a person has gone back to an earlier generation; so does `full`.
        wait: Seconds to wait for another process that is indexing; -1 for ever.
        unless_built: Do nothing and return None if, having waited, there is an index.
        progress: Told how far it is.

    Raises:
        UnusableError: The model or the data folder cannot be used.
        LibraryError: The library cannot be opened.
    """
    layout = Layout(settings.index.data)
    with exclusive(layout, wait):
        if unless_built and current_number(layout) is not None:
            return None
        progress("opening the model", 0, 0)
        encoder = encoder_of(settings)
        progress("opening the model", 1, 1)
        with Library(layout.library) as library:
            read = read_into(library, settings, add, pages, remove, progress, due=due)
            library.copies.update()
            built = build(
                layout,
                library,
                encoder,
                sources=[str(path) for path in sources(settings)],
                full=full,
                keep=settings.index.keep_generations,
                unhold=unhold,
                progress=progress,
            )
    return IndexReport(read, built)


def roll_back(settings: Settings, wait: float = 2.0) -> Manifest:
    """Answer from the generation before the current one again; return what it is made of.

    Builds publish nothing from then on until a person says so (`index.rollback`).

    Args:
        settings: Names the data folder.
        wait: Seconds to wait for another process that is indexing; -1 for ever.

    Raises:
        UnusableError: There is no earlier generation, or the data folder cannot be used.
    """
    layout = Layout(settings.index.data)
    with exclusive(layout, wait):
        return rollback(layout)


def read_into(
    library: Library,
    settings: Settings,
    add: Sequence[Path],
    pages: Sequence[str],
    remove: Sequence[str],
    progress: Progress,
    *,
    due: bool = False,
) -> SyncReport:
    """Bring a library into step; the arguments are those of `update`."""
    most, options = reading(settings)
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        progress("reading", count, 0)

    if add or pages:
        report = sync.add(library, add, most, options) if add else SyncReport()
        if pages:
            retriever = fetcher_of(settings)
            found = take(library, retriever, parser(options), pages, progress=progress)
            _count_in(report, found)
        return report
    if remove:
        library.remove(remove)
        return SyncReport(gone=list(remove))
    report = sync.sync(library, sources(settings), most, tick, options)
    if due:
        found = refresh(library, fetcher_of(settings), parser(options), progress=progress)
        _count_in(report, found)
    return report


def _count_in(report: SyncReport, found: Refreshed) -> None:
    report.new += found.new
    report.changed += found.changed
    report.unchanged += found.unchanged
    report.errors += found.failures


class Engine(Closing):
    """Answers from the newest generation. For one thread; another process may index meanwhile.

    Args:
        settings: Names model and data folder.
        encoder: The configured one where it is open already.
        cross_encoder: Likewise.

    Attributes:
        library: The articles.
        answerer: Over the newest generation.
        cross_encoder: In use, or None.

    Raises:
        UnusableError: There is no index yet, or model or index cannot be used.
        LibraryError: The library cannot be opened.
    """

    def __init__(
        self,
        settings: Settings,
        encoder: Encoder | None = None,
        cross_encoder: CrossEncoder | None = None,
    ) -> None:
        self._settings = settings
        self._layout = Layout(settings.index.data)
        self._encoder = encoder or encoder_of(settings)
        self._across = Across(self._encoder)
        self.cross_encoder = cross_encoder or cross_encoder_of(settings)
        # A cross-encoder marks what it has read.
        self._marker = None if self.cross_encoder else Marker(open_words(), _threads(settings))
        with ExitStack() as opened:
            self._generation = opened.enter_context(closing(self._open()))
            self.library = opened.enter_context(Library(self._layout.library))
            self.answerer = self._answerer_of(self._generation)
            opened.pop_all()

    def close(self) -> None:
        """Close the files."""
        self._generation.close()
        self.library.close()

    @property
    def manifest(self) -> Manifest:
        """Of the generation that answers."""
        return self._generation.manifest

    @property
    def is_elsewhere(self) -> bool:
        """Whether the index was built from other files than the settings name."""
        return self.manifest.sources != [str(path) for path in sources(self._settings)]

    @property
    def unasked_confidence(self) -> float:
        """How sure an answer must be to be given to a question that was not put to the bot."""
        return self._settings.bot.unasked_confidence

    def ask(
        self,
        question: str,
        most: int | None = None,
        *,
        now: datetime | None = None,
        conversation: Sequence[Turn] = (),
        without: Collection[Ignored] = (),
        deadline: float | None = None,
    ) -> Answer:
        """Answer from the newest generation.

        Args:
            question: Any text.
            most: How many quotations at most; None takes the configured number.
            now: When it is asked; None for this moment.
            conversation: What was asked and answered before, oldest first.
            without: What is not to be heeded.
            deadline: On `time.monotonic`, from which what can be left out is left out.

        Raises:
            NoQuestionError: The question has no words.
        """
        self._follow()
        return self.answerer.answer(
            question,
            most or self._settings.bot.quotations,
            now=now,
            conversation=conversation,
            without=without,
            deadline=deadline,
        )

    def requote(
        self,
        passage: Passage,
        answer: tuple[int, int],
        also_in: tuple[Elsewhere, ...] = (),
        words: tuple[int, int] | None = None,
    ) -> Quotation | None:
        """Quote again what was quoted before, or None if that version is no longer kept.

        Args:
            passage: As it was quoted.
            answer: Span of the answering sentence.
            also_in: Where else the text stands.
            words: Span of the words in it that answer.
        """
        try:
            article = self.library.version(passage.article_digest)
            return quote(passage, article).judged(answer, 0.0, also_in, words)
        except (QuoteFaultError, ValueError) as fault:
            _log.info("not quoted again: %s", fault)
            return None

    def standing(self, passage: Passage) -> Standing:
        """Say what has become of the article that was quoted since."""
        return self.library.standing(passage.article_id, passage.article_digest)

    def latest(self, most: int) -> list[Article]:
        """Return the newest articles, newest first."""
        return self.library.latest(most)

    def summary(self, most: int) -> Summary:
        """Say what the collection holds, with its `most` latest articles."""
        count, first, last = self.library.range()
        return Summary(
            articles=count,
            outlets=tuple(self.library.outlets()),
            first=first,
            last=last,
            latest=tuple(self.library.latest(most)),
        )

    def recent(self, most: int) -> tuple[Quotation, ...]:
        """Quote the beginnings of the `most` latest articles, newest first."""
        found = []
        hidden = self.library.removed()
        for passage in openings(self._generation, None, None, most, hidden=hidden):
            quotation = self.requote(passage, (0, len(passage.text.strip())))
            if quotation:
                first = sentences(quotation.text, quotation.article.language)[0]
                found.append(quotation.judged(first, 0.0))
        return tuple(found)

    def newest(self) -> int:
        """Number of the generation that answers from now on, the newest that can be used."""
        self._follow()
        return self.manifest.number

    def age(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float:
        """Seconds since the generation that answers was built."""
        self._follow()
        return (now() - datetime.fromisoformat(self.manifest.created)).total_seconds()

    def _open(self) -> Generation:
        generation = open_current(self._layout)
        if generation is None:
            raise UnusableError(f"no index in {self._layout.data}: run `verbatim index`")
        return generation

    def _answerer_of(self, generation: Generation) -> Answerer:
        threshold = self._settings.bot.threshold
        short = brevity(generation.manifest.length)
        return Answerer(
            HybridSearcher(generation, self._encoder, self.library.removed, self._across),
            Reader(
                self._across,
                self.library,
                shipped(),
                short,
                self.cross_encoder,
                self._settings.index.threads,
            ),
            shipped().threshold if threshold is None else threshold,
            self._marker,
        )

    def _follow(self) -> None:
        """Change over to a newer generation if there is one; stay if it cannot be used."""
        try:
            if current_number(self._layout) in {None, self.manifest.number}:
                return
            newer = self._open()
            try:
                answerer = self._answerer_of(newer)
            except UnusableError:
                newer.close()
                raise
        except UnusableError as error:
            _log.error("still answering from generation %d: %s", self.manifest.number, error)
            return
        self._generation.close()
        self._generation, self.answerer = newer, answerer
        _log.info("answering from generation %d", newer.manifest.number)
