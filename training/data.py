"""The questions and passages to train on, and which of them are held out."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HELD_OUT = 10
"""One article in so many is never trained on."""

_UNTITLED = ("Amazon_Reviews", "Filtered_Reddit")
"""Titles that begin so number a file of reviews or posts and say nothing of the text."""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage of the training data.

    Attributes:
        id: Its own.
        text: As it stands.
        set: Name of the file it comes from.
        title: Of its article, or empty.
        held_out: Whether it is kept from training.
    """

    id: str
    text: str
    set: str
    title: str
    held_out: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with every span that somebody marked as its answer.

    Attributes:
        id: Its own.
        text: The question.
        source: The passage that answers.
        spans: First character and one past the last of each answer in the passage.
    """

    id: str
    text: str
    source: Source
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Data:
    """Everything in a folder.

    Attributes:
        sources: Every passage.
        asked: Every question.
        sets: Names of the files.
        digest: sha256 of the files, in the order of their names.
    """

    sources: tuple[Source, ...]
    asked: tuple[Asked, ...]
    sets: tuple[str, ...]
    digest: str


def load(folder: Path) -> Data:
    """Read every `*.passages.jsonl` of `folder` with its `*.questions.jsonl`.

    Raises:
        OSError: A file is missing.
        ValueError: The folder has no such files, or an answer does not stand where it should.
    """
    digest = hashlib.sha256()
    sources: dict[str, Source] = {}
    asked: list[Asked] = []
    paths = sorted(folder.glob("*.passages.jsonl"))
    if not paths:
        raise ValueError(f"{folder}: there are no *.passages.jsonl: name the folder of the data")
    for path in paths:
        for row in _rows(path, digest):
            sources[row["id"]] = _source(row, path.name.partition(".")[0])
        questions = path.with_name(path.name.replace(".passages.", ".questions."))
        for row in _rows(questions, digest):
            source = sources[row["passage"]]
            for text, at in row["answers"]:
                if source.text[at : at + len(text)] != text:
                    raise ValueError(f"{questions}: {row['id']}: no {text!r} at {at}")
            spans = tuple(dict.fromkeys((at, at + len(text)) for text, at in row["answers"]))
            asked.append(Asked(row["id"], row["question"].strip(), source, spans))
    sets = tuple(path.name.partition(".")[0] for path in paths)
    return Data(tuple(sources.values()), tuple(asked), sets, digest.hexdigest())


def _rows(path: Path, digest: "hashlib._Hash") -> list[dict[str, Any]]:
    content = path.read_bytes()
    digest.update(content)
    return [json.loads(line) for line in content.decode().splitlines()]


def _source(row: dict[str, Any], name: str) -> Source:
    is_titled = not row["title"].startswith(_UNTITLED)
    # Passages of one article stay together: a question's own article must not be known.
    group = row["title"] if is_titled else row["id"]
    held_out = int(hashlib.sha256(group.encode()).hexdigest(), 16) % HELD_OUT == 0
    title = row["title"].replace("_", " ") if is_titled else ""
    return Source(row["id"], row["text"], name, title, held_out)
