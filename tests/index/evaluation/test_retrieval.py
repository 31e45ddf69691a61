from pathlib import Path

import pytest

from index.__main__ import main
from index.evaluation.articles import index, opened, read_articles
from index.types import UnusableError
from tests.index.evaluation.sets import ARTICLES, write_lines, write_set
from tests.index.toys import ToyEncoder


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(write_set(tmp_path / "tiny"))]) == 0
    printed = capsys.readouterr().out
    # Of three, two right paragraphs are first.
    assert printed.startswith("tiny: hit@1 66.7  hit@3 100.0  hit@5 100.0  hit@10 100.0  mrr@10 ")


def test_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path / "nowhere")]) == 1
    assert "nowhere: no such folder: check the spelling\n" in capsys.readouterr().err


def test_nothing_is_encoded_twice(tmp_path: Path) -> None:
    collection = read_articles(write_lines(tmp_path / "articles.jsonl", ARTICLES))
    encoder = ToyEncoder()
    assert index(tmp_path / "data", collection, encoder).encoded == 3
    again = index(tmp_path / "data", collection, encoder)
    assert (again.encoded, again.published) == (0, False)
    del collection["the mill"]
    assert index(tmp_path / "data", collection, encoder).manifest.articles == 1
    with opened(tmp_path / "data") as generation:
        assert generation.manifest.passages == 2


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="the index is gone"), opened(tmp_path):
        pass
