"""Exports with one article a row: JSON Lines, a JSON list, and CSV, by configured columns."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.blocks import Block
from corpus.compose import Header, UnreadableError, compose
from corpus.readers.base import Found, Result, Source
from corpus.readers.front import header_of
from corpus.readers.markup import fragment
from corpus.text import normalise
from corpus.wrapping import paragraphs

FIELDS = ("title", "text", "url", "outlet", "authors", "published", "updated", "language")
"""What a column can be mapped to."""

_TEXT = ("text", "paragraphs", "body", "content", "article", "articlebody", "article_body",
         "maintext", "fulltext", "full_text", "content_html", "html", "story")  # fmt: skip
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|blockquote|span|a)\b[^>]*>", re.IGNORECASE)
_LONGEST_FIELD = 10_000_000


def read_lines(data: bytes, source: Source) -> Iterator[Result]:
    """Read JSON Lines, or one JSON list or object.

    Raises:
        NotTextError: It is no text.
    """
    text = source.text(data)
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        yield from _lines(text, source)
        return
    rows = values if isinstance(values, list) else [values]
    for number, row in enumerate(rows, 1):
        yield _row(row, number, source)


def _lines(text: str, source: Source) -> Iterator[Result]:
    # Not by splitlines, which takes signs within a text for ends of lines.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield source.fault(f"line {number} is not JSON ({error}): mend it", str(number))
            continue
        yield _row(row, number, source)


def read_table(data: bytes, source: Source) -> Iterator[Result]:
    """Read CSV with a line of names first, whatever parts its columns.

    Raises:
        NotTextError: It is no text.
    """
    text = source.text(data)
    csv.field_size_limit(_LONGEST_FIELD)
    head = text[:20_000]
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(head.split("\n", 1)[0], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    dialect.doublequote = True
    rows = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect)
    number = 1
    while True:
        number += 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield source.fault(f"row {number}: {error}: mend it", str(number))
            continue
        if row is None:
            return
        yield _row({k: v for k, v in row.items() if isinstance(k, str)}, number, source)


def _row(row: object, number: int, source: Source) -> Result:
    if not isinstance(row, dict):
        return source.fault("not an object with the fields of an article: mend it", str(number))
    values = _mapped(row, source.options.columns)
    header = header_of(values, source.now, "column")
    header = header.over(Header(source=str(values.get("outlet") or "") or None))
    name = header.url or str(values.get("id") or number)
    text = next((values[n] for n in _TEXT if values.get(n)), None)
    if text is None:
        return source.fault(
            f"no text in {', '.join(sorted(map(str, row)))[:200]}:"
            " say in [corpus.columns] which column is the text",
            name,
        )
    try:
        article = compose(header.over(source.header), _blocks(text))
    except UnreadableError as error:
        return source.fault(str(error), name)
    return Found(article, source.inside(name), header.dating.notes, is_page=True)


def _mapped(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """The row by the names of an article's fields; "a.b" is b within a."""
    values = {k.strip().lower().replace("-", "_").replace(" ", "_"): v for k, v in row.items()}
    for field, column in columns.items():
        found: Any = row
        if column in row:
            found = row[column]
        else:
            for part in column.split("."):
                found = found.get(part) if isinstance(found, dict) else None
        if found is not None:
            values[field] = found
    return values


def _blocks(text: object) -> list[Block]:
    if isinstance(text, list):
        return [Block("text", normalise(str(t))) for t in text]
    written = str(text)
    if _MARKUP.search(written):
        return fragment(written)
    return [Block("text", normalise(p)) for p in paragraphs(written)]
