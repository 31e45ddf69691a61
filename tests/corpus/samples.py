"""What several test modules need: an invented article, as a value and as a file."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.types import Article, ReadError

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("VERBATIM_SHARED", ROOT.parent / "shared"))
"""Data that does not travel with the repository; tests that need it carry the mark `shared`."""

MOST = 5_000_000
"""Largest file that tests read, in bytes."""

HARBOUR = Article(
    id="f2a4c1d09b37",
    url="https://news.example/harbour",
    title="Harbour Reopens After the Storm",
    source="The Tidewater Post",
    authors=("Ada Quill", "Omar Reed"),
    published=datetime(2015, 3, 3, tzinfo=UTC),
    published_from="date line",
    language="en",
    paragraphs=(
        "The harbour opened again on Tuesday, two days after the storm.",
        "“We lost nets, not people,” the harbour master said.",
    ),
)

_NOBODY = 65534


def article(**fields: Any) -> Article:  # noqa: ANN401 - any field, each of its own type
    """`HARBOUR` with other `fields`."""
    return replace(HARBOUR, **fields)


def markdown(
    title: str = "Harbour Reopens After the Storm",
    *,
    date: str = "3 March 2015",
    outlet: str = "The Tidewater Post",
    paragraphs: Sequence[str] = HARBOUR.paragraphs,
    url: str = "https://news.example/harbour",
) -> str:
    """Return an article in the collection's own format; empty parts are left out."""
    parts = [title and f"# {title}", date, outlet and f"**{outlet}**", *paragraphs]
    footer = ["Original url:", f"<{url}>"] if url else []
    return "\n\n".join(p for p in parts + footer if p) + "\n"


def write(path: Path, text: str) -> Path:
    """Write a file and the folders it lies in; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def readable(read: Article | ReadError) -> Article:
    """Return what was read, which must be an article."""
    assert isinstance(read, Article), str(read)
    return read


@contextmanager
def unprivileged() -> Iterator[None]:
    """Do what follows as a user to whom file modes apply: to root they do not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
