"""The text of a PDF -> Article. It is read in a process of its own."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from corpus.blocks import Block
from corpus.compose import NO_TEXT, Header, UnreadableError, compose
from corpus.dates import dated, is_date_line
from corpus.paragraphs import ends_sentence
from corpus.readers.apart import work
from corpus.readers.base import Found, Result, Source
from corpus.readers.front import names
from corpus.text import has_words, normalise
from corpus.wrapping import unwrapped, usual_width

_MOST_PAGES = 2000
_EDGE = 2
"""Lines at the top and at the bottom of a page among which running titles are looked for."""

_NUMBER = re.compile(r"(?:page\s+)?\W{0,3}\d{1,4}\W{0,3}(?:\s*(?:of|/)\s*\d+)?", re.IGNORECASE)
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")
_LONGEST_TITLE = 200


def read(data: bytes, source: Source) -> Iterator[Result]:
    """Read one document. Running titles and page numbers go; paragraphs go on over a page's end.

    Raises:
        UnreadableError: It is locked, damaged, has no text, or takes too long or too much memory.
    """
    found = work("pdf", data, source.options.limits)
    lines = [line for page in without_running(found["pages"]) for line in page]
    width = usual_width([line for line in lines if line.strip()])
    texts = [t for p in _parted(lines, width) if has_words(t := normalise(p))]
    if not texts:
        raise UnreadableError("no text in it, only pictures of it: give it a text layer")
    meta = found["meta"]
    title = normalise(meta.get("title", ""))
    if not _is_title(title):
        title = texts.pop(0) if len(texts[0]) <= _LONGEST_TITLE and len(texts) > 1 else ""
    elif texts[0].casefold() == title.casefold():
        texts.pop(0)
    dating = dated(
        [(t, "date line") for t in texts[:3] if is_date_line(t)]
        + [(_pdf_date(meta, "made"), "PDF")],
        [(_pdf_date(meta, "changed"), "PDF")],
        source.now,
    )
    header = Header(
        title=title or PurePosixPath(source.name).stem,
        url=source.url,
        authors=names(meta.get("author")),
        dating=dating,
    )
    article = compose(
        source.header.over(header), [Block("text", t) for t in texts if not is_date_line(t)]
    )
    yield Found(article, source.origin, dating.notes)


def extract(data: bytes) -> dict[str, Any]:
    """Return the lines of each page and what the document says of itself; may do anything else.

    Raises:
        UnreadableError: It is locked.
    """
    from pypdf import PdfReader

    document = PdfReader(io.BytesIO(data), strict=False)
    if document.is_encrypted and not document.decrypt(""):
        raise UnreadableError("it is locked by a password: unlock it")
    said: Mapping[str, Any] = document.metadata or {}
    pages = [
        (page.extract_text() or "").split("\n")
        for page, _ in zip(document.pages, range(_MOST_PAGES), strict=False)
    ]
    if not pages:
        raise UnreadableError(NO_TEXT)
    keys = {"title": "/Title", "author": "/Author", "made": "/CreationDate", "changed": "/ModDate"}
    return {"pages": pages, "meta": {k: str(said.get(v) or "") for k, v in keys.items()}}


def without_running(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without page numbers and without lines that stand at the edge of most of them."""
    full = [[line for line in page if line.strip()] for page in pages]
    edges = Counter(
        key for page in full for key in {_running(x) for x in (*page[:_EDGE], *page[-_EDGE:])}
    )
    often = {
        key for key, count in edges.items() if count > max(1, len(full) // 2) and len(full) > 2
    }

    def is_running(page: list[str], at: int) -> bool:
        at_edge = at < _EDGE or at >= len(page) - _EDGE
        line = page[at].strip()
        return at_edge and (bool(_NUMBER.fullmatch(line)) or _running(line) in often)

    return [[line for at, line in enumerate(page) if not is_running(page, at)] for page in full]


def _running(line: str) -> str:
    return re.sub(r"\d+", "0", line).strip().casefold()


def _parted(lines: Sequence[str], width: float | None) -> Iterator[str]:
    """Paragraphs of lines without blank ones: a first line that is not full is a heading."""
    if width is None:
        yield from unwrapped(lines, 1000 if any(not ends_sentence(x) for x in lines) else None)
        return
    start = 0
    while (
        start < len(lines) and len(lines[start]) < 0.7 * width and not ends_sentence(lines[start])
    ):
        yield lines[start].strip()
        start += 1
    yield from unwrapped(lines[start:], width)


def _is_title(title: str) -> bool:
    """Whether a document's title is more than what a program put there."""
    return has_words(title) and not re.search(
        r"\.(?:docx?|pdf|indd|qxd|tex|rtf|odt)$|^(?:microsoft|untitled|unbenannt)", title, re.I
    )


def _pdf_date(meta: dict[str, str], name: str) -> str | None:
    found = _DATE.match(meta.get(name, ""))
    if not found:
        return None
    year, month, day, *time = found.groups()
    return f"{year}-{month}-{day}" + (f"T{':'.join(time)}Z" if time[0] else "")
