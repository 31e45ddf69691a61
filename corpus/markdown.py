"""The collection's own format: bytes of a Markdown file -> Article.

    # Title

    17 December 2014

    **Outlet**

    Paragraphs ...

    Original url:

    <https://...>

Date line, outlet and footer may be missing. Blocks and inline markup are read by a CommonMark
parser; the rules that would swallow words of a news text are off (see `_parser`).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.dates import AmbiguousDateError, date_line
from corpus.language import detect
from corpus.paragraphs import heal
from corpus.text import NORMALISATION, has_words, normalise
from corpus.types import Article, ReadError

READER = f"markdown-2.{NORMALISATION}"
"""Name and version of this reader: a new one makes every file be read again."""

_MOST_CONTROL = 0.01
_LONGEST_OUTLET = 80
_FOOTER = re.compile(r"original url\s*(?::|$|https?://)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Block:
    """One block: its kind ("h1", "heading", "item", "text"), words, and first link in it.

    `level` is that of a heading, from 1; 0 for all else.
    """

    kind: str
    text: str
    bold: bool
    link: str | None
    level: int = 0


def read_markdown(data: bytes, origin: str) -> Article | ReadError:
    """Read one file in the collection's own format.

    Args:
        data: The file's bytes: UTF-8, with or without a byte-order mark.
        origin: Where they came from; names the file in errors.
    """
    try:
        # Files that were joined together hold a byte-order mark wherever one of them began.
        text = data.decode().replace("\ufeff", "")
    except UnicodeDecodeError as error:
        return ReadError(
            origin, f"not UTF-8 text (byte {error.start} cannot be read): save the file as UTF-8"
        )
    if sum(c < " " and c not in "\t\n\r\f" for c in text) > _MOST_CONTROL * len(text):
        return ReadError(origin, "a binary file, not Markdown text: remove or rename it")
    blocks = list(_blocks(text))
    if not blocks or blocks[0].kind != "h1" or not blocks[0].text:
        return ReadError(origin, "no title: begin the file with a line such as `# Title`")
    try:
        published, source, body = _header(blocks[1:])
    except AmbiguousDateError as error:
        return ReadError(
            origin, f"the date {error} can be read in two ways: write it as 2014-12-31"
        )
    body, url = _footer(body)
    paragraphs, sections = _sectioned(body)
    if not any(has_words(p) for p in paragraphs):
        return ReadError(origin, "no paragraphs: write the article's text below its header")
    title = blocks[0].text
    return Article(
        id=_identity(url, title, source, published),
        url=url,
        title=title,
        source=source,
        authors=(),
        published=published,
        published_from="date line" if published else None,
        language=detect("\n".join((title, *paragraphs))),
        paragraphs=paragraphs,
        sections=sections if any(sections) else (),
    )


def _sectioned(body: list[_Block]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Healed paragraphs, headings among them, and the headings above each."""
    paragraphs: list[str] = []
    sections: list[str] = []
    above: list[tuple[int, str]] = []
    for level, blocks in groupby(body, key=lambda b: b.level):
        parts = list(heal([(b.text, b.kind == "text") for b in blocks]))
        if level:
            above = [outer for outer in above if outer[0] < level]
        paragraphs += parts
        sections += [" > ".join(text for _, text in above)] * len(parts)
        if level:
            above.append((level, parts[-1]))
    return tuple(paragraphs), tuple(sections)


def _identity(url: str | None, title: str, source: str | None, published: datetime | None) -> str:
    named = url or "\n".join((title, source or "", published.isoformat() if published else ""))
    return hashlib.sha256(named.encode()).hexdigest()[:12]


def _header(blocks: list[_Block]) -> tuple[datetime | None, str | None, list[_Block]]:
    published: datetime | None = None
    source: str | None = None
    for position, block in enumerate(blocks):
        if published is None and (day := date_line(block.text)):
            published = day
        elif source is None and block.bold and len(block.text) <= _LONGEST_OUTLET:
            source = block.text
        else:
            return published, source, blocks[position:]
    return published, source, []


def _footer(blocks: list[_Block]) -> tuple[list[_Block], str | None]:
    """Split off everything from the last "Original url:" on, and the web address in it."""
    for position in range(len(blocks) - 1, -1, -1):
        if _FOOTER.match(blocks[position].text):
            footer = blocks[position:]
            url = next((b.link for b in footer if b.link), None) or next(
                (m[0] for b in footer if (m := _URL.search(b.text))), None
            )
            return blocks[:position], url if url and _is_web(url) else None
    return blocks, None


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    # Each of these turns words of an ordinary paragraph into something else: an indented line into
    # code, a line above dashes into a heading, "[Syrian]: text" into a definition that vanishes,
    # the ``quotes'' of news agencies into code without its ticks.
    parser.disable(
        ["backticks", "code", "fence", "html_block", "html_inline", "lheading", "reference"]
    )
    return parser


def _blocks(text: str) -> Iterator[_Block]:
    tokens = _parser().parse(text.replace("\x00", ""))
    kind, marker, depth, level = "text", "", 0, 0
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
            kind = "h1" if token.tag == "h1" else "heading"
        elif token.type == "paragraph_open":
            kind, level = "item" if depth else "text", 0
        elif token.type == "list_item_open":
            # The number of an ordered item is part of what the page shows: "2014. A hard year".
            marker += f"{token.info}{token.markup} " if token.info else ""
            depth += 1
        elif token.type == "list_item_close":
            if marker:
                yield _Block("item", marker.strip(), bold=False, link=None)
            marker = ""
            depth -= 1
        elif token.type == "inline":
            block = _Block(
                kind,
                normalise(marker + _inline(token)),
                _is_bold(token),
                _link(token.children or ()),
                level,
            )
            marker = ""
            if block.text:
                yield block


def _inline(token: Token) -> str:
    words = []
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            words.append(" ")
        elif child.type == "image":
            continue
        else:
            words.append(child.content)
    return "".join(words)


def _is_bold(token: Token) -> bool:
    """Whether the whole block is bold, as the outlet's line is."""
    children = [c for c in token.children or () if c.content.strip() or c.nesting]
    if len(children) < 2 or children[0].type != "strong_open":
        return False
    closing = next(i for i, c in enumerate(children) if c.type == "strong_close")
    return closing == len(children) - 1


def _link(children: Iterable[Token]) -> str | None:
    for child in children:
        if child.type == "link_open":
            return str(child.attrs["href"])
    return None
