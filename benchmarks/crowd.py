"""The sample among many other articles, where every common word stands in some title.

For `verbatim evaluate`: the sample's dialogues, and its questions asked after one on something else
("changed"), over the sample's articles and those of another data set.

    python -m benchmarks.crowd NEWS/articles.jsonl crowd
    verbatim evaluate crowd
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.types import Article
from index.evaluation.articles import read_articles
from index.evaluation.files import rows

_SAMPLE = Path("corpus/articles")
_TESTS = Path("tests/data")
_EACH = 2
_SEED = 5


def main() -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("others", type=Path, help="an articles*.jsonl")
    parser.add_argument("out", type=Path, help="the folder that all goes to")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    sample = [_row(article) for article in read_articles(_SAMPLE).values()]
    _write(given.out / "articles.jsonl", [*sample, *_rows(given.others)])
    dialogues = _rows(_TESTS / "dialogues.jsonl")
    _write(given.out / "dialogues.jsonl", dialogues)
    changed = _changed(dialogues, _rows(_TESTS / "questions.jsonl"))
    _write(given.out / "questions.changed.jsonl", list(changed))


def _changed(
    dialogues: list[dict[str, Any]], questions: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Each question that has an answer, after the first ones of dialogues on other articles."""
    draw = random.Random(_SEED)
    firsts = [dialogue["turns"][0] for dialogue in dialogues]
    for question in questions:
        if not question["answerable"]:
            continue
        others = [one for one in firsts if one.get("article", "") != question["article"]]
        for at, before in enumerate(draw.sample(others, _EACH)):
            history = [before["question"], "What was answered."]
            yield question | {"id": f"{question['id']}-{at}", "history": history}


def _row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "published": article.published.date().isoformat() if article.published else None,
        "outlet": article.source,
        "url": article.url,
        "language": article.language,
        "paragraphs": article.paragraphs,
    }


def _rows(path: Path) -> list[dict[str, Any]]:
    return [values for _, values in rows(path)]


def _write(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


if __name__ == "__main__":
    main()
