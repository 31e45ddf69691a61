from pathlib import Path

import pytest

from index.evaluation.files import Row, pairs, rows
from index.types import UnusableError


def touch(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).touch()
    return folder


def labels(folder: Path, articles: str | None = None, questions: str | None = None) -> list[str]:
    return [pair.label for pair in pairs(folder, articles, questions)]


def test_each_language_is_paired_with_its_own(tmp_path: Path) -> None:
    touch(tmp_path, *(f"{k}.{x}.jsonl" for k in ("articles", "questions") for x in ("en", "ru")))
    assert labels(tmp_path) == ["en", "ru"]
    assert labels(tmp_path, "en") == ["en", "ru in en"]
    assert labels(tmp_path, "en", "ru") == ["ru in en"]
    assert labels(tmp_path, None, "questions.ru.jsonl") == ["ru"]


def test_one_articles_file_serves_all(tmp_path: Path) -> None:
    touch(tmp_path, "articles.jsonl", "questions.jsonl", "questions.de.jsonl", "dialogues.jsonl")
    found = pairs(tmp_path)
    assert {p.articles.name for p in found} == {"articles.jsonl"}
    assert [p.label for p in found] == ["de", "", "dialogues"]
    assert labels(tmp_path, None, "dialogues") == ["dialogues"]


def test_articles_elsewhere(tmp_path: Path) -> None:
    touch(tmp_path, "questions.jsonl")
    (elsewhere := tmp_path / "markdown").mkdir()
    (pair,) = pairs(tmp_path, str(elsewhere))
    assert (pair.articles, pair.label) == (elsewhere, "")


@pytest.mark.parametrize(
    ("names", "articles", "questions", "reason"),
    [
        (["articles.jsonl"], None, None, "no questions*.jsonl: see README"),
        (["questions.jsonl"], None, None, "no articles*.jsonl: put one there"),
        (["articles.jsonl", "questions.jsonl"], "xx", None, "no articles.xx.jsonl: check"),
        (["articles.jsonl", "questions.jsonl"], None, "xx", "no questions.xx.jsonl"),
        (
            ["articles.en.jsonl", "articles.ru.jsonl", "questions.de.jsonl"],
            None,
            None,
            "questions.de.jsonl: no articles file of the same name",
        ),
    ],
)
def test_missing_files(
    tmp_path: Path, names: list[str], articles: str | None, questions: str | None, reason: str
) -> None:
    with pytest.raises(UnusableError) as caught:
        pairs(touch(tmp_path, *names), articles, questions)
    assert reason in str(caught.value)


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="nowhere: no such folder: check the spelling"):
        pairs(tmp_path / "nowhere")


def test_rows_name_their_line(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    # A line separator within a text ends no line.
    path.write_text('{"a": 1}\n\n{"a": "\u2028"}\n', "utf-8")
    assert list(rows(path)) == [
        Row(f"{path} line 1", {"a": 1}),
        Row(f"{path} line 3", {"a": "\u2028"}),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b'{"a": 1}\n{"a": \n', r"q.jsonl line 2: not JSON .*: mend or delete the line"),
        (b"[1]\n", "q.jsonl line 1: not a JSON object"),
        (b"\xff\n", "q.jsonl: cannot be read"),
    ],
)
def test_broken_rows(tmp_path: Path, text: bytes, reason: str) -> None:
    (path := tmp_path / "q.jsonl").write_bytes(text)
    with pytest.raises(UnusableError, match=reason):
        list(rows(path))
