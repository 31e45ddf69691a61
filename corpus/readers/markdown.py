"""The collection's own format: bytes of a Markdown file -> Article.

    # Title

    17 December 2014

    **Outlet**

    Paragraphs ...

    Original url:

    <https://...>

Date line, outlet and footer may be missing. Blocks and inline markup are read by a CommonMark
parser; the rules that would swallow words of a news text are off (see `_parser`). Front matter, in
YAML or TOML, goes before the header.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.address import is_web
from corpus.blocks import Block, sectioned
from corpus.compose import Header, compose, identity
from corpus.dates import AmbiguousDateError, date_line
from corpus.language import detect
from corpus.readers.base import Found, Result, Source
from corpus.readers.front import header_of, split
from corpus.text import has_words, normalise
from corpus.types import Article, ReadError

_MOST_CONTROL = 0.01
_LONGEST_OUTLET = 80
_FOOTER = re.compile(r"original url\s*(?::|$|https?://)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


def read(data: bytes, source: Source) -> Iterator[Result]:
    """Read one Markdown file, with front matter or without, in any charset.

    Raises:
        NotTextError: It is no text.
    """
    text = source.text(data)
    front, body = split(text)
    if front is None:
        article = read_markdown(text.encode("utf-8", "surrogatepass"), source.origin)
        yield article if isinstance(article, ReadError) else Found(article, source.origin)
        return
    header = header_of(front, source.now, "front matter")
    blocks = list(_blocks(body))
    if blocks and blocks[0].kind == "h1" and header.title in {"", blocks[0].text}:
        header = replace(header, title=blocks.pop(0).text)
    blocks, url = _footer(blocks)
    article = compose(header.over(Header(url=url)).over(source.header), blocks)
    yield Found(article, source.origin, header.dating.notes)


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
    paragraphs, sections = sectioned(body)
    if not any(has_words(p) for p in paragraphs):
        return ReadError(origin, "no paragraphs: write the article's text below its header")
    title = blocks[0].text
    return Article(
        id=identity(url, title, source, published),
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


def _header(blocks: list[Block]) -> tuple[datetime | None, str | None, list[Block]]:
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


def _footer(blocks: list[Block]) -> tuple[list[Block], str | None]:
    """Split off everything from the last "Original url:" on, and the web address in it."""
    for position in range(len(blocks) - 1, -1, -1):
        if _FOOTER.match(blocks[position].text):
            footer = blocks[position:]
            url = next((b.link for b in footer if b.link), None) or next(
                (m[0] for b in footer if (m := _URL.search(b.text))), None
            )
            return blocks[:position], url if url and is_web(url) else None
    return blocks, None


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    # Each of these turns words of an ordinary paragraph into something else: an indented line into
    # code, a line above dashes into a heading, "[Syrian]: text" into a definition that vanishes,
    # the ``quotes'' of news agencies into code without its ticks.
    parser.disable(
        ["backticks", "code", "fence", "html_block", "html_inline", "lheading", "reference"]
    )
    return parser


def _blocks(text: str) -> Iterator[Block]:
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
                yield Block("item", marker.strip(), bold=False, link=None)
            marker = ""
            depth -= 1
        elif token.type == "inline":
            block = Block(
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
