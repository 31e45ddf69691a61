"""A web page -> Article."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from lxml.html import HtmlElement
from trafilatura import load_html

from corpus.compose import NO_TEXT, UnreadableError, compose
from corpus.readers.base import Found, Result, Source
from corpus.readers.body import body_of
from corpus.readers.meta import header_of, next_page, saved_from

_MOST_ELEMENTS = 100_000
"""Of a page: to find the article among more takes minutes, and no article needs them."""


def read(data: bytes, source: Source) -> Iterator[Result]:
    """Read one web page: a saved one, or as it was fetched.

    Raises:
        NotTextError: It is no text.
        UnreadableError: It has no title or no text of an article.
    """
    text = source.text(data)
    tree = parse(text)
    url = source.url or source.header.url or saved_from(text)
    said = header_of(tree, url, source.now)
    # A feed knows the date and the title of its item; the page knows its own address and outlet.
    outlet = said.source or source.header.source
    header = replace(source.header.over(said), url=said.url, source=outlet)
    following = next_page(tree, url)
    blocks = body_of(deepcopy(tree), header.title)
    notes = [*header.dating.notes]
    if following:
        notes.append(f"goes on at {following}: that page is not read with it")
    yield Found(compose(header, blocks), source.origin, tuple(notes), is_page=True)


def parse(text: str) -> HtmlElement:
    """Parse a page; nothing is fetched, and its entities stay what they are.

    Raises:
        UnreadableError: There is nothing in it.
    """
    tree = load_html(text)
    if tree is not None and sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise UnreadableError("a page of far too many parts: split it")
    if tree is None or tree.tag != "html" or tree.find("body") is None:
        raise UnreadableError(NO_TEXT)
    return tree
