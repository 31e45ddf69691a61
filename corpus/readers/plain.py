"""Plain text -> Article: the first line is its title."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.blocks import Block
from corpus.compose import Header, compose
from corpus.dates import dated, is_date_line
from corpus.readers.base import Found, Result, Source
from corpus.text import has_words, normalise
from corpus.wrapping import paragraphs

_LONGEST_TITLE = 200


def read(data: bytes, source: Source) -> Iterator[Result]:
    """Read one text. A line that is a date and nothing else, near the top, is its date.

    Raises:
        NotTextError: It is no text.
        UnreadableError: It has no words.
    """
    texts = [p for p in map(normalise, paragraphs(source.text(data))) if has_words(p)]
    header = source.header
    if texts and len(texts[0]) <= _LONGEST_TITLE and not header.title and len(texts) > 1:
        header = replace(header, title=texts.pop(0))
    if not header.title:
        header = replace(header, title=PurePosixPath(source.name).stem or "Untitled")
    day = next((t for t in texts[:2] if is_date_line(t)), None)
    if day and len(texts) > 1:
        texts.remove(day)
        header = header.over(Header(dating=dated([(day, "date line")], [], source.now)))
    blocks = [Block("text", t) for t in texts]
    article = compose(header.over(Header(url=source.url)), blocks)
    yield Found(article, source.origin, header.dating.notes)
