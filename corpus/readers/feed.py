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
    read = feedparser.parse(io.BytesIO(data))
    if not read.get("version") and not read.entries:
        raise UnreadableError("no feed: check the address")
    outlet = normalise(read.feed.get("title", ""))
    for number, entry in enumerate(read.entries, 1):
        contents = [c.get("value", "") for c in entry.get("content", ())]
        summary = entry.get("summary", "")
        yield from _item(
            source,
            number,
            Header(
                title=_plain(entry.get("title", "")),
                url=entry.get("feedburner_origlink") or entry.get("link") or entry.get("id"),
                source=_plain(entry.get("source", {}).get("title", "")) or outlet,
                authors=[a.get("name", "") for a in entry.get("authors", ())],
                dating=dated(
                    # Of Atom, the last is obligatory, and the others are not.
                    [(dict.get(entry, n), "feed") for n in ("published", "created", "updated")],
                    [(dict.get(entry, "updated"), "feed")],
                    source.now,
                ),
            ),
            max([*contents, summary], key=len),
            summary,
        )


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
    value = item.get(name)
    return value if isinstance(value, str) else ""
