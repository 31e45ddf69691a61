"""An e-book (EPUB) -> one article for each chapter. It is unpacked in a process of its own."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from corpus.compose import NO_TEXT, NO_TITLE, Header, UnreadableError, compose
from corpus.dates import dated
from corpus.readers.apart import work
from corpus.readers.base import Found, Result, Source
from corpus.readers.markup import flatten
from corpus.readers.sitemap import parse
from corpus.text import has_words, normalise

_MOST_FILE = 10_000_000
_MOST_CHAPTERS = 5000
_FEWEST_CHARACTERS = 200
_CONTAINER = "META-INF/container.xml"


def read(data: bytes, source: Source) -> Iterator[Result]:
    """Read the chapters in the order of the book; its title is their outlet.

    Raises:
        UnreadableError: It is damaged, locked, empty, or takes too long or too much memory.
    """
    found = work("epub", data, source.options.limits)
    book = Header(
        source=normalise(found["title"]) or None,
        authors=found["authors"],
        dating=dated([(found["date"], "book")], [], source.now),
        language=found["language"][:2].lower() or None,
    ).over(source.header)
    is_any = False
    for name, markup in found["chapters"]:
        blocks = [b for b in flatten(_tree(markup)) if has_words(b.text)]
        heading = next((b for b in blocks if b.kind == "heading"), None)
        # A cover, a half-title, a table of contents.
        if sum(len(b.text) for b in blocks) < _FEWEST_CHARACTERS or len(blocks) < 2:
            continue
        title = heading.text if heading else book.source or ""
        header = Header(title=title).over(book)
        try:
            article = compose(header, [b for b in blocks if b is not heading])
        except UnreadableError as error:
            yield source.fault(NO_TITLE if str(error) == NO_TITLE else str(error), name)
            continue
        is_any = True
        yield Found(article, source.inside(name), book.dating.notes)
    if not is_any:
        raise UnreadableError(NO_TEXT)


def extract(data: bytes) -> dict[str, Any]:
    """Return the chapters' XHTML by name, in order, and what the book says of itself.

    Raises:
        UnreadableError: It is not a book, or locked.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = set(archive.namelist())
        if _CONTAINER not in inside:
            raise UnreadableError("no book in it: is the file whole?")
        if "META-INF/rights.xml" in inside:
            raise UnreadableError("it is locked against copying: get one that is not")
        container = parse(_bytes(archive, _CONTAINER))
        package = next((e.get("full-path") or "" for e in container.iter("{*}rootfile")), "")
        root = parse(_bytes(archive, package))
        paths = _spine(root, posixpath.dirname(package))[:_MOST_CHAPTERS]
        chapters = [
            (path, _bytes(archive, path).decode("utf-8", "replace"))
            for path in paths
            if path in inside
        ]
        return {
            "title": _said(root, "title"),
            "authors": _all(root, "creator"),
            "date": _said(root, "date"),
            "language": _said(root, "language"),
            "chapters": chapters,
        }


def _bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as file:
            content = file.read(_MOST_FILE + 1)
    except KeyError:
        raise UnreadableError("a part of it is missing: is the file whole?") from None
    if len(content) > _MOST_FILE:
        raise UnreadableError("unpacks to far more than it is: remove it")
    return content


def _spine(root: etree._Element, folder: str) -> list[str]:
    """Paths of the chapters in reading order."""
    items = {i.get("id"): i.get("href") or "" for i in root.iter("{*}item")}
    kinds = {i.get("id"): i.get("properties") or "" for i in root.iter("{*}item")}
    return [
        posixpath.normpath(posixpath.join(folder, unquote(items[name])))
        for ref in root.iter("{*}itemref")
        if (name := ref.get("idref")) in items and "nav" not in kinds[name].split()
    ]


def _all(root: etree._Element, name: str) -> list[str]:
    return [t for e in root.iter(f"{{*}}{name}") if (t := (e.text or "").strip())]


def _said(root: etree._Element, name: str) -> str:
    return next(iter(_all(root, name)), "")


def _tree(markup: str) -> Any:  # noqa: ANN401 - an element of either parser
    root = parse(markup.encode())
    return next((e for e in root.iter("{*}body")), root)
