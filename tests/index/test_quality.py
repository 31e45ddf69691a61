"""Floors of quality on public data; see CONTRIBUTING.md. They are raised, not lowered."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus.types import Article
from index.build import build
from index.generation import open_current
from index.layout import Layout
from index.search import HybridSearcher
from index.torch_encoder import SentenceTransformerEncoder
from index.types import Encoder
from tests.index.toys import fill, library_at
from tests.shared import need

pytestmark = pytest.mark.shared


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def ranks(
    folder: Path, encoder: Encoder, articles: list[dict[str, Any]], asked: list[dict[str, Any]]
) -> list[int]:
    """Rank of the right paragraph for each question, from 1; 99 beyond ten."""
    with library_at(folder) as library:
        fill(
            library,
            *(
                Article(
                    a["id"],
                    f"https://news.example/{a['id']}",
                    a["title"],
                    None,
                    (),
                    None,
                    None,
                    "en",
                    tuple(p.strip() for p in a["paragraphs"]),
                )
                for a in articles
            ),
        )
        build(Layout(folder), library, encoder)
    generation = open_current(Layout(folder))
    assert generation is not None
    with closing(generation):
        searcher = HybridSearcher(generation, encoder)
        found = []
        for question in asked:
            text = question["question"]
            results = searcher.search([searcher.form(text, "en")], 10)
            gold = (question["article_id"], question["paragraph"])
            at = [(r.passage.article_id, r.passage.paragraph) for r in results]
            found.append(at.index(gold) + 1 if gold in at else 99)
    return found


def hit(found: list[int], k: int) -> float:
    return 100 * sum(rank <= k for rank in found) / len(found)


def test_xquad(tmp_path: Path, shipped: Encoder) -> None:
    folder = need("data", "xquad")
    found = ranks(
        tmp_path, shipped, rows(folder / "articles.en.jsonl"), rows(folder / "questions.en.jsonl")
    )
    assert hit(found, 1) >= 96.0
    assert hit(found, 10) >= 99.5


def test_clapnq(tmp_path: Path, shipped: Encoder) -> None:
    folder = need("data", "clapnq")
    asked = [q for q in rows(folder / "questions.jsonl") if q["answerable"]]
    found = ranks(tmp_path, shipped, rows(folder / "articles.jsonl"), asked)
    assert hit(found, 1) >= 97.0
    assert hit(found, 10) >= 99.6


def test_int8_loses_nothing_to_the_reference(
    tmp_path: Path, shipped: Encoder, reference: SentenceTransformerEncoder
) -> None:
    folder = need("data", "xquad")
    articles = rows(folder / "articles.en.jsonl")[:12]
    names = {a["id"] for a in articles}
    asked = [q for q in rows(folder / "questions.en.jsonl") if q["article_id"] in names]
    ours = ranks(tmp_path / "int8", shipped, articles, asked)
    theirs = ranks(tmp_path / "reference", reference, articles, asked)
    assert len(asked) > 200
    assert hit(ours, 1) >= hit(theirs, 1) - 1.5
