"""A data set: articles, and questions with what is right."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.evaluation.articles import Collection, read_articles
from index.evaluation.files import Pair, asked
from index.evaluation.questions import Question, read_questions
from index.types import UnusableError


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is measured at once.

    Attributes:
        name: Of the folder and the pair of files, such as "xquad en".
        collection: The articles.
        questions: In the order of their file.
        digest: Sha256, in hex, over the files.
        articles_digest: The same over the articles alone.
    """

    name: str
    collection: Collection
    questions: list[Question]
    digest: str
    articles_digest: str


def read_dataset(folder: Path, pair: Pair, split: str | None = None) -> Dataset:
    """Read one pair of files.

    Args:
        folder: Gives the name.
        pair: The files.
        split: Only the dialogues of this split.

    Raises:
        UnusableError: See `read_articles` and `read_questions`.
    """
    collection = read_articles(pair.articles)
    questions = read_questions(asked(pair), collection, split)
    if not questions:
        wanted = f" of the split {split}" if split else ""
        raise UnusableError(f"{pair.questions}: no questions{wanted}: add some")
    return Dataset(
        name=f"{folder.resolve().name} {pair.label}".strip(),
        collection=collection,
        questions=questions,
        digest=digest((pair.articles, pair.questions)),
        articles_digest=digest((pair.articles,)),
    )


def digest(paths: Iterable[Path]) -> str:
    """Sha256, in hex, over the bytes of files; a folder stands for all the files in it."""
    whole = hashlib.sha256()
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
