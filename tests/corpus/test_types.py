"""corpus.types: versions, names, errors."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest

from corpus.types import Article, Lead, Passage, ReadError
from tests.corpus.samples import HARBOUR, article


def test_digest_is_the_same_in_every_process_and_release() -> None:
    assert HARBOUR.digest() == "4d24cbfba78a6cfac30d560f8c8f8a1bc2cf917d63779a1a2e225cdd905da0ce"


def test_equal_articles_have_equal_digests() -> None:
    assert article().digest() == HARBOUR.digest()


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "0"},
        {"url": None},
        {"title": "Harbour reopens after the storm"},
        {"source": None},
        {"authors": ("Ada Quill",)},
        {"published": None},
        {"published": datetime(2015, 3, 4, tzinfo=UTC)},
        {"published_from": None},
        {"language": "de"},
        {"paragraphs": HARBOUR.paragraphs[:1]},
        {"paragraphs": ("".join(HARBOUR.paragraphs),)},
        {"sections": ("Part", "Part")},
        {"updated": datetime(2015, 3, 4, tzinfo=UTC)},
        {"updated_from": "meta"},
    ],
    ids=str,
)
def test_every_field_is_part_of_the_digest(fields: dict[str, Any]) -> None:
    assert article(**fields).digest() != HARBOUR.digest()


def test_docid_names_article_paragraph_and_start() -> None:
    passage = Passage("f2a4c1d09b37", "d" * 64, 3, 120, 125, "nets,", "e" * 64)
    assert passage.docid == "f2a4c1d09b37:3:120"


def test_read_error_reads_as_one_line() -> None:
    assert str(ReadError("news/a.md", "no title")) == "news/a.md: no title"


@pytest.mark.parametrize("kind", [Article, Lead, Passage, ReadError])
def test_values_are_frozen_and_hold_nothing_else(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert kind.__slots__ == tuple(f.name for f in dataclasses.fields(kind))  # type: ignore[attr-defined]
