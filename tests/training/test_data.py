import shutil
from pathlib import Path

import pytest

from training.data import Data, load


def test_questions_know_their_passage_and_every_marked_answer(data: Data) -> None:
    assert len(data.asked) == len(data.sources) == 60
    assert data.sets == ("posts", "towns")
    for asked in data.asked:
        assert asked.text.startswith("Who built")
        said = [asked.source.text[start:end] for start, end in asked.spans]
        assert said[0] == f"master {said[1]}"


def test_an_article_is_held_out_whole(data: Data) -> None:
    by_title: dict[str, set[bool]] = {}
    for source in data.sources:
        if source.set == "towns":
            assert source.title.startswith("The ")
            by_title.setdefault(source.title, set()).add(source.held_out)
        else:
            assert source.title == ""
    assert all(len(kinds) == 1 for kinds in by_title.values())
    assert {source.held_out for source in data.sources} == {True, False}


def test_the_digest_changes_with_the_data(folder: Path, data: Data, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    assert load(copy).digest == data.digest
    with (copy / "posts.passages.jsonl").open("a") as file:
        file.write("\n".join(['{"id": "x", "title": "X", "text": "Oil."}', ""]))
    assert load(copy).digest != data.digest


def test_an_answer_that_is_not_there_is_refused(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    with (copy / "posts.questions.jsonl").open("a") as file:
        file.write('{"id": "q", "question": "?", "passage": "posts0", "answers": [["no", 3]]}\n')
    with pytest.raises(ValueError, match="no 'no' at 3"):
        load(copy)


def test_a_folder_without_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="name the folder of the data"):
        load(tmp_path)
