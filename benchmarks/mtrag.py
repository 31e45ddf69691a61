"""Conversations that people held, over the passages that many retrieval runs brought for them.

For `verbatim evaluate`, from mtRAG (Katsis and others, 2025), whose follow-ups are asked of an
encyclopedia, of manuals and of posts. Its whole collections are large; the passages of all runs at
hand, written as its evaluation wants them, are the ones that are easily mistaken for the answer.
Questions none of whose right passages is among them are left out.

    python -m benchmarks.mtrag clapnq_questions.jsonl qrels/dev.tsv mtrag RUN.jsonl…
    verbatim evaluate mtrag
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_PLACE = re.compile(r"(?P<article>\w+?)[-_](?P<start>\d+)-\d+(?:-(?P<part>\d+)-\d+)?")
_SAYS = "|user|:"


def main() -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", type=Path, help="a *_questions.jsonl, all turns in each line")
    parser.add_argument("qrels", type=Path, help="the dev.tsv of the same collection")
    parser.add_argument("out", type=Path, help="the folder that all goes to")
    parser.add_argument("runs", type=Path, nargs="+", help="results of retrieval with their texts")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    passages = {
        one["document_id"]: (one.get("title") or "", one["text"])
        for run in given.runs
        for row in _rows(run)
        for one in row.get("contexts", ())
        if "text" in one
    }
    articles = list(_articles(passages))
    held = {name for article in articles for name in article["passage_ids"]}
    right = defaultdict(list)
    for line in given.qrels.read_text("utf-8").splitlines()[1:]:
        question, passage, _ = line.split("\t")
        if passage in held:
            right[question].append(passage)
    questions = list(_questions(_rows(given.questions), right))
    _write(given.out / "articles.jsonl", articles)
    _write(given.out / "questions.jsonl", questions)
    print(f"{len(held)} passages, {len(questions)} questions")


def _articles(passages: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """The passages of each article in their order, texts that overlap as they are."""
    articles = defaultdict(list)
    for name, (title, text) in passages.items():
        if place := _PLACE.fullmatch(name):
            key, at = place["article"], (int(place["start"]), int(place["part"] or 0))
        else:
            key, at = name, (0, 0)
        text = " ".join(text.removeprefix(title).split())
        if text:
            articles[key].append((at, name, title.strip() or text[:80], text))
    for key, held in sorted(articles.items()):
        # A text that stands there twice would be shown once.
        texts = {text: (name, title) for _, name, title, text in sorted(held, reverse=True)}
        names, titles = zip(*reversed(texts.values()), strict=True)
        yield {
            "id": f"mtrag-{key}",
            "title": titles[0],
            "language": "en",
            "paragraphs": list(reversed(texts)),
            "passage_ids": list(names),
        }


def _questions(
    rows: Iterable[dict[str, Any]], right: dict[str, list[str]]
) -> Iterator[dict[str, Any]]:
    for row in rows:
        *before, question = (one.strip() for one in row["text"].split(_SAYS) if one.strip())
        if row["_id"] in right:
            yield {
                "id": row["_id"],
                # What was answered is not read: the bot answers for itself.
                "history": [said for one in before for said in (one, "")],
                "question": question,
                "passages": right[row["_id"]],
                "answerable": True,
            }


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _write(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")


if __name__ == "__main__":
    main()
