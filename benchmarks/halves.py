"""Half of a data set's articles, and all its questions: those on the other half have no answer.

For `verbatim evaluate`, to see whether a collection in any language is silent about what it lacks.
Every second article is kept, in the order of their ids, and the questions in even or odd places.

    python -m benchmarks.halves ../shared/data/xquad/articles.ru.jsonl \
        ../shared/data/xquad/questions.ru.jsonl half
    verbatim evaluate half
"""

import argparse
import json
from pathlib import Path


def main() -> None:
    """Write the half."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, help="an articles*.jsonl")
    parser.add_argument("questions", type=Path, help="the questions*.jsonl on them")
    parser.add_argument("out", type=Path, help="the folder that they go to")
    parser.add_argument("--odd", action="store_true", help="the questions in odd places")
    given = parser.parse_args()
    articles = [json.loads(line) for line in given.articles.read_text("utf-8").splitlines()]
    kept = set(sorted(article["id"] for article in articles)[::2])
    questions = [json.loads(line) for line in given.questions.read_text("utf-8").splitlines()]
    asked = [
        one
        if one.get("article_id") in kept
        else {key: one[key] for key in ("id", "question")} | {"answerable": False, "kind": "far"}
        for one in questions[int(given.odd) :: 2]
    ]
    given.out.mkdir(parents=True, exist_ok=True)
    _write(given.out / "articles.jsonl", [one for one in articles if one["id"] in kept])
    _write(given.out / "questions.jsonl", asked)


def _write(path: Path, lines: list[dict]) -> None:
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")


if __name__ == "__main__":
    main()
