"""Lines that recur over the pages of one site: no part of any article, whatever they are."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from corpus.address import host
from corpus.paragraphs import digest
from corpus.store import Entry, Library
from corpus.types import Article

FEWEST_PAGES = 4
SHARE = 0.1
"""Of the pages of a site: a line that stands on so many of them, and on `FEWEST_PAGES`, recurs."""

_LONGEST = 300
_NO_PAGES = (".md", ".markdown", ".txt", ".text", ".pdf")
"""Written or set by somebody, with nothing around them."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A line that was dropped because it stands on many pages of one site."""

    host: str
    line: str
    pages: int

    @property
    def key(self) -> str:
        """What is kept of the line: enough to know it again, and nothing of its text."""
        return _key(self.line)


@dataclass(slots=True)
class Lines:
    """What stands on how many pages of each site, copies of one article counted as one page.

    Attributes:
        pages: How many, by host.
        counts: By host and line, folded.
    """

    pages: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _shown: dict[str, str] = field(default_factory=dict)
    _met: set[tuple[str, str, str]] = field(default_factory=set)

    def add(self, article: Article) -> None:
        """Count the lines of one page; one without an address counts for nothing."""
        site = host(article.url)
        if not site:
            return
        longest, *others = sorted(map(_folded, article.paragraphs), key=len, reverse=True)
        self.pages[site] += self._is_new(site, "", longest)
        for _, text in _lines(article):
            line = _folded(text)
            company = longest if line != longest else next(iter(others), "")
            self._shown.setdefault(line, text)
            self.counts[site, line] += self._is_new(site, line, company)

    def _is_new(self, site: str, line: str, company: str) -> bool:
        """Whether the line was not met yet beside this other text: beside it, it is a copy."""
        met = (site, line, digest(company)[:16])
        if met in self._met:
            return False
        self._met.add(met)
        return True

    def recurring(self) -> dict[str, dict[str, int]]:
        """Return the lines that recur on each site, as first seen, and on how many of its pages."""
        found: dict[str, dict[str, int]] = {}
        for (site, line), count in self.counts.items():
            if count >= max(FEWEST_PAGES, SHARE * self.pages[site]):
                found.setdefault(site, {})[self._shown[line]] = count
        return found


class Pages:
    """The web pages of one pass: what is known to recur on their sites, and what is found to.

    Attributes:
        found: Lines that were found to recur in this pass.
    """

    def __init__(self, library: Library) -> None:
        self.found: list[Recurrence] = []
        self._library = library
        self._known: dict[str, frozenset[str]] = {}
        self._lines = Lines()

    def without_known(self, article: Article) -> Article:
        """Leave out what is known to recur on the article's site."""
        site = host(article.url)
        if site not in self._known:
            self._known[site] = self._library.recurring(site)
        return without(article, self._known[site])

    def add(self, article: Article) -> None:
        """Count a page that was read in this pass."""
        self._lines.add(article)

    def shortened(
        self, entries: Iterable[Entry], read: Collection[str]
    ) -> Iterator[tuple[Entry, Article]]:
        """Look for lines that recur, and yield the articles that lose some, with their entries.

        Args:
            entries: All that are current.
            read: Ids of those that were read in this pass: their lines are counted already.
        """
        pages: list[tuple[Entry, Article]] = []
        for entry in entries if self._lines.pages else ():
            if entry.origin.endswith(_NO_PAGES):
                continue
            article = self._library.version(entry.digest)
            if article and host(article.url) in self._known:
                pages.append((entry, article))
                if entry.id not in read:
                    self._lines.add(article)
        lines = self._lines.recurring()
        self.found += [
            Recurrence(site, line, count)
            for site, counts in sorted(lines.items())
            for line, count in sorted(counts.items())
        ]
        keys = {site: frozenset(map(_key, counts)) for site, counts in lines.items()}
        for entry, article in pages:
            shortened = without(article, keys.get(host(article.url), ()))
            if shortened is not article:
                yield entry, shortened


def without(article: Article, keys: Collection[str]) -> Article:
    """Leave out the lines with these keys; an article of nothing else stays as it is."""
    if not keys:
        return article
    gone = {at for at, line in _lines(article) if _key(line) in keys}
    kept = [at for at in range(len(article.paragraphs)) if at not in gone]
    if not gone or not kept:
        return article
    sections = tuple(article.section(at) for at in kept)
    return replace(
        article,
        paragraphs=tuple(article.paragraphs[at] for at in kept),
        sections=sections if any(sections) else (),
    )


def _key(line: str) -> str:
    return digest(_folded(line))


def _lines(article: Article) -> Iterator[tuple[int, str]]:
    """Position and text of each paragraph that may be furniture: short, and heading nothing."""
    for at, text in enumerate(article.paragraphs):
        following = article.section(at + 1) if at + 1 < len(article.paragraphs) else ""
        if len(text) <= _LONGEST and not following.endswith(text):
            yield at, text


def _folded(line: str) -> str:
    return " ".join(line.casefold().split())
