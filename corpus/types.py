"""What the rest of the program knows of articles. Standard library only, no input or output."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

INSIDE = "#"
"""Between the name of a file and that of a part of it, in an origin."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read, the source of everything that is ever quoted.

    Attributes:
        id: Stable over edits of the text: made from the url, or else from title, outlet and date.
        url: Where a reader finds the original, or None.
        title: Headline, one line.
        source: The outlet, such as "The Moscow Times", or None.
        authors: Names, possibly empty.
        published: In UTC, or None when the article does not say.
        published_from: How `published` was found, such as "date line"; None with no date.
        language: ISO 639-1 code, or "und".
        paragraphs: The text, verbatim but for whitespace (see `corpus.text.normalise`).
        sections: The headings above each paragraph, outermost first, such as "Talks > Reactions";
            "" where there is none. As long as `paragraphs`, or empty for an article without any.
        updated: When it was last changed, in UTC, or None when the article does not say.
        updated_from: How `updated` was found; None with no such date.
    """

    id: str
    url: str | None
    title: str
    source: str | None
    authors: tuple[str, ...]
    published: datetime | None
    published_from: str | None
    language: str
    paragraphs: tuple[str, ...]
    sections: tuple[str, ...] = ()
    updated: datetime | None = None
    updated_from: str | None = None

    def __post_init__(self) -> None:
        if self.sections and len(self.sections) != len(self.paragraphs):
            raise ValueError(f"{self.id}: sections and paragraphs differ in number")

    def section(self, paragraph: int) -> str:
        """The headings above the paragraph at this position, "" for none."""
        return self.sections[paragraph] if self.sections else ""

    def digest(self) -> str:
        """Sha256 over every field, in hex: two articles with one digest are the same version."""
        # Not by `asdict`, which copies every paragraph first.
        values: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("published", "updated"):
            values[name] = values[name] and values[name].isoformat()
        for name in ("sections", "updated", "updated_from"):
            if not values[name]:
                # Versions stored before there was such a field keep their digests.
                del values[name]
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of one paragraph that is embedded, found and quoted as a whole.

    Attributes:
        article_id: The article's id.
        article_digest: The version of the article that the passage was cut from.
        paragraph: Position of the paragraph in the article, from 0.
        start: First character within the paragraph.
        end: One past the last character within the paragraph.
        text: Exactly `article.paragraphs[paragraph][start:end]`.
        digest: Sha256, in hex, of exactly the text that is embedded.
    """

    article_id: str
    article_digest: str
    paragraph: int
    start: int
    end: int
    text: str
    digest: str

    @property
    def docid(self) -> str:
        """A name for runs and for stable ties: unique within a generation."""
        return f"{self.article_id}:{self.paragraph}:{self.start}"


@dataclass(frozen=True, slots=True)
class ReadError:
    """Why one item could not be read: a value, so that one bad file never stops the others.

    Attributes:
        origin: The file, folder or address, as the person gave it.
        reason: One line that names the fix.
    """

    origin: str
    reason: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Lead:
    """A page that was named but not given: whoever fetches pages finds its article there.

    Attributes:
        origin: The feed or sitemap that names it.
        url: Its address.
        kind: "page", or "sitemap" for a list of further addresses.
        title: Its headline, or None.
        source: The outlet, or None.
        published: In UTC, or None.
        updated: When it was last changed, in UTC, or None.
        teaser: What the feed says of it, "" for nothing.
    """

    origin: str
    url: str
    kind: str = "page"
    title: str | None = None
    source: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    teaser: str = ""
