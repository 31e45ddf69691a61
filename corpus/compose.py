"""From the parts that a reader found to an Article."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from corpus.address import canonical, host, is_web
from corpus.blocks import Block, sectioned
from corpus.dates import Dating
from corpus.language import detect
from corpus.text import has_words, normalise
from corpus.types import Article

NO_TITLE = "no title: give it one"
NO_TEXT = "no text of an article was found in it: remove it"
_LONGEST_TITLE = 300


class UnreadableError(ValueError):
    """What was read is no article; the message is one line that names the fix."""


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of an article besides its text; any of it may be missing."""

    title: str = ""
    url: str | None = None
    source: str | None = None
    authors: Sequence[str] = ()
    dating: Dating = field(default_factory=Dating)
    language: str | None = None

    def over(self, other: "Header") -> "Header":
        """Return this header with its gaps filled from `other`."""
        return replace(
            self,
            title=self.title or other.title,
            url=self.url or other.url,
            source=self.source or other.source,
            authors=self.authors or other.authors,
            dating=self.dating.over(other.dating),
            language=self.language or other.language,
        )


def compose(header: Header, blocks: Iterable[Block]) -> Article:
    """Make the article.

    Raises:
        UnreadableError: It has no title, or no words.
    """
    title = normalise(header.title)[:_LONGEST_TITLE].strip()
    if not has_words(title):
        raise UnreadableError(NO_TITLE)
    paragraphs, sections = sectioned(b for b in blocks if has_words(b.text))
    if not paragraphs:
        raise UnreadableError(NO_TEXT)
    url = canonical(header.url) if header.url and is_web(header.url.strip()) else None
    source = normalise(header.source or "") or host(url) or None
    authors = dict.fromkeys(n for a in header.authors if has_words(n := normalise(a)))
    published = header.dating.published
    return Article(
        id=identity(url, title, source, published),
        url=url,
        title=title,
        source=source,
        authors=tuple(authors),
        published=published,
        published_from=header.dating.published_from,
        language=header.language or detect("\n".join((title, *paragraphs))),
        paragraphs=paragraphs,
        sections=sections if any(sections) else (),
        updated=header.dating.updated,
        updated_from=header.dating.updated_from,
    )


def identity(url: str | None, title: str, source: str | None, published: datetime | None) -> str:
    """Make an article's id: of its address, or else of title, outlet and date."""
    named = url or "\n".join((title, source or "", published.isoformat() if published else ""))
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:12]
