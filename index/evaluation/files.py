"""Which files of a folder are measured together, and their rows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from index.types import UnusableError


class Row(NamedTuple):
    """One object of a JSON Lines file and where it stands, such as "questions.jsonl line 3"."""

    place: str
    values: dict[str, Any]


class Pair(NamedTuple):
    """A file of questions, and the file or folder with the articles that answer them."""

    articles: Path
    questions: Path

    @property
    def label(self) -> str:
        """What tells it from the other pairs of the folder, "" for the plain pair."""
        asked = self.questions.stem.removeprefix("questions").lstrip(".")
        read = _infix(self.articles)
        return f"{asked} in {read}" if read and _infix(self.questions) != read else asked


_ANSWER = ("answer", "answer_start", "answer_sentences")


def asked(pair: Pair) -> Iterator[Row]:
    """The rows of the questions. In another language than the articles, no answer is to be found.

    Raises:
        UnusableError: See `rows`.
    """
    other = _infix(pair.questions) and _infix(pair.articles) not in {"", _infix(pair.questions)}
    for place, values in rows(pair.questions):
        yield Row(place, {k: v for k, v in values.items() if not (other and k in _ANSWER)})


def rows(path: Path) -> Iterator[Row]:
    """Yield the objects of a JSON Lines file.

    Raises:
        UnusableError: The file cannot be read, or a line is not a JSON object.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{path} line {number}"
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            raise UnusableError(f"{place}: not JSON ({error}): mend or delete the line") from error
        if not isinstance(values, dict):
            raise UnusableError(f"{place}: not a JSON object: write one {{…}} a line")
        yield Row(place, values)


def pairs(folder: Path, articles: str | None = None, questions: str | None = None) -> list[Pair]:
    """Return what is to be measured in `folder`, by name.

    Args:
        folder: Holds `articles*.jsonl` and `questions*.jsonl` or `dialogues*.jsonl`.
        articles: Take these for all questions: what stands between the dots of the name, such as
            "en", or a file or folder of articles elsewhere. None pairs by language.
        questions: Take only these: as above, or the name of a file.

    Raises:
        UnusableError: There are none, or it is not clear which belong together.
    """
    if not folder.is_dir():
        raise UnusableError(f"{folder}: no such folder: check the spelling")
    asked = _chosen([*_named(folder, "questions"), *_named(folder, "dialogues")], questions)
    if not asked:
        raise UnusableError(
            f"{folder}: no {_wanted('questions', questions)}: see README, “Measuring”, for its form"
        )
    there = _named(folder, "articles")
    if articles is not None:
        found = _chosen(there, articles) or [p for p in [Path(articles)] if p.exists()]
        if not found:
            raise UnusableError(f"{folder}: no articles.{articles}.jsonl: check --articles")
        return [Pair(found[0], path) for path in asked]
    if not there:
        raise UnusableError(
            f"{folder}: no articles*.jsonl: put one there or name a folder with --articles"
        )
    by_infix = {_infix(path): path for path in there}
    made = []
    for path in asked:
        match = there[0] if len(there) == 1 else by_infix.get(_infix(path))
        if match is None:
            raise UnusableError(f"{path}: no articles file of the same name: choose by --articles")
        made.append(Pair(match, path))
    return made


def _named(folder: Path, kind: str) -> list[Path]:
    return sorted(p for p in folder.glob(f"{kind}*.jsonl") if p.stem.split(".")[0] == kind)


def _infix(path: Path) -> str:
    return path.stem.partition(".")[2] if path.suffix == ".jsonl" else ""


def _chosen(paths: list[Path], name: str | None) -> list[Path]:
    if name is None:
        return paths
    return [p for p in paths if name in {_infix(p), p.stem, p.name}]


def _wanted(kind: str, name: str | None) -> str:
    return f"{kind}*.jsonl" if name is None else f"{kind}.{name}.jsonl"
