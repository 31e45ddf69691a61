"""A data set small enough to be known by heart."""

import json
from pathlib import Path
from typing import Any

LAMPS = "  Nine lamps were lit in the square on Monday. The mayor thanked the firemen."
ARTICLES: list[dict[str, Any]] = [
    {
        "id": "lamps",
        "title": "Lamps in the square",
        "language": "en",
        "paragraphs": [LAMPS, "Bakers handed out warm bread to children."],
        "passage_ids": ["Lamps:1", "Lamps:2"],
        "sections": ["", "Bread"],
        "published": "2014-12-17",
        "outlet": "The Outlet",
        "url": "https://news.example/lamps",
    },
    {
        "id": "the mill",
        "title": "An old mill",
        "language": "en",
        "paragraphs": ["A water mill on the river became a museum of clocks."],
    },
]
QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "q1",
        "question": "How many lamps were lit in the square?",
        "article_id": "lamps",
        "paragraph": 0,
        "answer": "Nine lamps",
        "answer_start": 2,
        "answerable": True,
    },
    {
        "id": "q2",
        "question": "What did the water mill become?",
        "acceptable": [["the mill", 0], ["lamps", 1]],
        "article_ids": ["the mill"],
        "answer": "museum of clocks",
        "date": "2015-01-02",
        "kind": "gold",
    },
    # Its right paragraph is said to be another than the one that is found first.
    {"id": "q3", "question": "Who thanked the firemen?", "passages": ["Lamps:2"]},
    {
        "id": "u1",
        "question": "Who won the chess tournament in Reykjavik?",
        "answerable": False,
        "kind": "far",
    },
    {"id": "u2", "question": "Which colour were the lamps?", "answerable": False},
]


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def write_set(folder: Path) -> Path:
    """Write the data set and return its folder."""
    write_lines(folder / "articles.jsonl", ARTICLES)
    write_lines(folder / "questions.jsonl", QUESTIONS)
    return folder
