"""Put public question sets into the form that training reads.

    python -m training.gather FOLDER [--squad train-v1.1.json] [--qed nq-train-*-qed.jsonlines]
        [--without questions.jsonl]

SQuAD 1.1 (Rajpurkar and others, 2016, CC BY-SA 4.0) and QED (Lamm and others, 2021; questions of
Natural Questions, CC BY-SA 3.0). FOLDER then holds `squad.…` and `qed.…` beside what it held. The
questions of a set that is measured on, given by --without, are left out.
"""

import argparse
import hashlib
import json
import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

_LONGEST = 2500
"""Characters of a passage of QED; what is longer is a table."""

_ENDS = (".", "!", "?", '"', "'")
_SPACED = re.compile(r" (?=[.,;:?!%)\]]|'s\b|n't\b)|(?<=[(\[$]) | ?--? ?(?=\d)|``|''")
"""What tokenising put between words and marks."""

_TIGHT = 2
"""One passage of QED in so many is written as people write, the others as they are tokenised."""


class _Row(NamedTuple):
    title: str
    text: str
    asked: list[tuple[str, str, list[tuple[str, int]]]]


def squad(path: Path) -> Iterator[_Row]:
    """The paragraphs of a file of SQuAD 1.1.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no such file.
    """
    try:
        articles = json.loads(path.read_text("utf-8"))["data"]
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is no file of SQuAD: {error}") from error
    for article in articles:
        for paragraph in article["paragraphs"]:
            asked = [
                (
                    one["id"],
                    one["question"],
                    [(a["text"], a["answer_start"]) for a in one["answers"]],
                )
                for one in paragraph["qas"]
            ]
            yield _Row(article["title"], paragraph["context"], asked)


def qed(paths: Iterable[Path]) -> Iterator[_Row]:
    """The paragraphs of files of QED in its first form, one object a line.

    Raises:
        OSError: One cannot be read.
        ValueError: One is no such file.
    """
    known = set()
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            try:
                row: dict[str, Any] = json.loads(line)
                key, text = row["example_id"], row["paragraph_text"]
                spans = row["answer_spans"]
            except (KeyError, TypeError, json.JSONDecodeError) as error:
                raise ValueError(f"{path} is no file of QED: {error}") from error
            if key in known or len(text) > _LONGEST or not text.rstrip().endswith(_ENDS):
                continue
            known.add(key)
            answers = [(text[start:end], start) for start, end in spans]
            if key % _TIGHT == 0:
                text, answers = _tight(text, answers)
            yield _Row(row["title_text"], text, [(f"qed{key}", row["question_text"], answers)])


def _tight(text: str, answers: list[tuple[str, int]]) -> tuple[str, list[tuple[str, int]]]:
    """A tokenised text as people write it, with where its answers then stand."""
    gone = [found.span() for found in _SPACED.finditer(text)]
    moved = []
    for answer, start in answers:
        end = start + len(answer)
        first = start - sum(min(b, start) - a for a, b in gone if a < start)
        last = end - sum(min(b, end) - a for a, b in gone if a < end)
        moved.append((first, last))
    text = _SPACED.sub("", text)
    return text, [(text[first:last], first) for first, last in moved]


def write(
    rows: Iterable[_Row], folder: Path, name: str, without: Container[str] = frozenset()
) -> int:
    """Write `name.passages.jsonl` and `name.questions.jsonl`; return how many questions.

    Questions without an answer that stands where it should are left out, and those in `without`,
    which are as `plain` makes them.
    """
    passages, questions = [], []
    for row in rows:
        key = hashlib.sha256(f"{row.title} {row.text}".encode()).hexdigest()[:12]
        passages.append({"id": key, "title": row.title.replace(" ", "_"), "text": row.text})
        for number, question, answers in row.asked:
            right = [
                [answer, start]
                for answer, start in answers
                if answer and row.text[start : start + len(answer)] == answer
            ]
            if right and plain(question) and plain(question) not in without:
                asked = {"id": number, "question": question, "passage": key, "answers": right}
                questions.append(asked)
    for kind, made in (("passages", passages), ("questions", questions)):
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made)
        (folder / f"{name}.{kind}.jsonl").write_text(lines, "utf-8")
    return len(questions)


def plain(question: str) -> str:
    """A question without what may differ between two copies of it."""
    return " ".join(re.findall(r"\w+", question.casefold()))


def main() -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(prog="python -m training.gather")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--qed", type=Path, nargs="*", default=[])
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    without = {
        plain(json.loads(line)["question"])
        for path in given.without
        for line in path.read_text("utf-8").splitlines()
    }
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.squad:
        count = write(squad(given.squad), given.folder, "squad", without)
        print(f"squad: {count} questions")  # noqa: T201 (what was done)
    if given.qed:
        count = write(qed(sorted(given.qed)), given.folder, "qed", without)
        print(f"qed: {count} questions")  # noqa: T201


if __name__ == "__main__":
    main()
