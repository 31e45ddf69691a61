"""RSS, Atom and JSON Feed: articles where the feed has their whole text, leads where it has not."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser

from corpus.address import is_web
from corpus.blocks import Block
from corpus.compose import NO_TITLE, Header, UnreadableError, compose
from corpus.dates import dated
from corpus.readers.base import Found, Result, Source
from corpus.readers.front import names
from corpus.readers.markup import fragment
from corpus.text import has_words, normalise
from corpus.types import Lead

_FEWEST_CHARACTERS = 600
_FEWEST_PARAGRAPHS = 2
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|read more|continue reading\S*|weiterlesen|lire la suite|читать далее"
    r"|the post .{0,200} appeared first on .{0,100})\W*$",
    re.IGNORECASE,
)
_DECLARED = ("<!DOCTYPE", "<!ENTITY")
_CODES = ("ascii", "utf-16-le", "utf-16-be")
_SIGNED = re.compile(r"the post .{0,200} appeared first on .{0,100}", re.IGNORECASE)


def read(data: bytes, source: Source) -> Iterator[Result]:
    """Read the items of a feed.

    Raises:
        NotTextError: A JSON Feed is no text.
        UnreadableError: It is no feed.
    """
    if data.lstrip()[:1] == b"{":
        yield from _read_json(json.loads(source.text(data)), source)
        return
    # A stream: of bytes, feedparser would try whether they are an address or a file.
    read = feedparser.parse(io.BytesIO(_spread(data)))
    if not read.get("version") and not read.entries:
        raise UnreadableError("no feed: check the address")
    outlet = _plain(_said(read.feed, "title"))
    for number, entry in enumerate(read.entries, 1):
        contents = [_said(c, "value") for c in entry.get("content") or ()]
        summary = _said(entry, "summary")
        header = Header(
            title=_plain(_said(entry, "title")),
            url=_said(entry, "feedburner_origlink") or _said(entry, "link") or _said(entry, "id"),
            source=_plain(_said(entry.get("source") or {}, "title")) or outlet,
            authors=[_said(a, "name") for a in entry.get("authors") or ()],
            dating=dated(
                # Of Atom, the last is obligatory, and the others are not.
                [(_said(entry, n), "feed") for n in ("published", "created", "updated")],
                [(_said(entry, "updated"), "feed")],
                source.now,
            ),
        )
        yield from _item(source, number, header, max([*contents, summary], key=len), summary)


def _spread(data: bytes) -> bytes:
    """Put each declaration on a line of its own.

    Only there feedparser finds those of entities that stand for others, a few of which would fill
    pages, and takes them out.
    """
    for code in _CODES:
        for declared in _DECLARED:
            data = data.replace(declared.encode(code), f"\n{declared}".encode(code))
    return data


def _read_json(values: Mapping[str, Any], source: Source) -> Iterator[Result]:
    outlet = normalise(str(values.get("title") or ""))
    for number, item in enumerate(values.get("items") or (), 1):
        if not isinstance(item, dict):
            yield source.fault("no item of a feed: remove it", str(number))
            continue
        text = str(item.get("content_text") or "")
        markup = str(item.get("content_html") or "") or "".join(
            f"<p>{_escaped(line)}</p>" for line in text.split("\n")
        )
        url = item.get("url") or item.get("external_url") or item.get("id")
        yield from _item(
            source,
            number,
            Header(
                title=_plain(str(item.get("title") or "")),
                url=str(url or ""),
                source=outlet,
                authors=names(item.get("authors") or item.get("author")),
                dating=dated(
                    [(_said(item, "date_published"), "feed")],
                    [(_said(item, "date_modified"), "feed")],
                    source.now,
                ),
                language=_said(item, "language")[:2].lower() or None,
            ),
            markup,
            str(item.get("summary") or ""),
        )


def _item(
    source: Source, number: int, header: Header, markup: str, summary: str
) -> Iterator[Result]:
    """The article that an item holds, or the lead that it is."""
    url = (header.url or "").strip()
    name = url if is_web(url) else str(number)
    blocks = [b for b in fragment(markup) if has_words(b.text) and not _SIGNED.fullmatch(b.text)]
    if is_web(url) and not _is_whole(blocks):
        dating = header.dating
        teaser = _plain(summary or markup)
        yield Lead(
            source.origin,
            url,
            title=header.title or None,
            source=header.source or None,
            published=dating.published,
            updated=dating.updated,
            teaser=teaser,
        )
        return
    try:
        article = compose(header, blocks)
    except UnreadableError as error:
        reason = str(error) if error.args[0] != NO_TITLE else "an item without a title"
        yield source.fault(reason, name)
    else:
        yield Found(article, source.inside(name), header.dating.notes, is_page=True)


def _is_whole(blocks: list[Block]) -> bool:
    """Whether these blocks are a whole article rather than its beginning."""
    if not blocks or _CUT.search(blocks[-1].text):
        return False
    characters = sum(len(b.text) for b in blocks)
    return characters >= _FEWEST_CHARACTERS and len(blocks) >= _FEWEST_PARAGRAPHS


def _plain(markup: str) -> str:
    if "<" not in markup and "&" not in markup:
        return normalise(markup)
    return normalise(" ".join(b.text for b in fragment(markup)))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _said(item: Mapping[str, Any], name: str) -> str:
    # Not by `get`: feedparser's own gives the date of publication for a missing one of change.
    value = dict.get(item, name) if isinstance(item, dict) else None
    return value if isinstance(value, str) else ""
