import json
from pathlib import Path

import pytest

from training import gather
from training.data import load

SQUAD = {
    "data": [
        {
            "title": "Old_Mill",
            "paragraphs": [
                {
                    "context": "The mill was built in 1820 by Mason. It burnt down.",
                    "qas": [
                        {
                            "id": "s1",
                            "question": "When was the mill built?",
                            "answers": [{"text": "1820", "answer_start": 22}],
                        },
                        {
                            "id": "s2",
                            "question": "Who built the mill?",
                            "answers": [{"text": "Mason", "answer_start": 30}],
                        },
                        {
                            "id": "s3",
                            "question": "What is wrong here?",
                            "answers": [{"text": "Mason", "answer_start": 3}],
                        },
                    ],
                }
            ],
        }
    ]
}


def explained(key: int, text: str, answer: str) -> str:
    start = text.index(answer)
    row = {
        "example_id": key,
        "paragraph_text": text,
        "question_text": f"what is number {key}",
        "title_text": "Some Numbers",
        "answer_spans": [[start, start + len(answer)]],
    }
    return json.dumps(row)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "squad.json").write_text(json.dumps(SQUAD))
    lines = [
        explained(1, "It cost 3.5 % ( 2 -- 3 times more ) , they said .", "2 -- 3 times"),
        explained(2, "It cost $ 40 ( forty ) , and Ann 's was `` dear '' .", "dear"),
        explained(2, "It cost $ 40 ( forty ) , and Ann 's was `` dear '' .", "dear"),
        explained(3, "Rank Name 1 Ann 2 Ben", "Ann"),
    ]
    (tmp_path / "a-qed.jsonlines").write_text("\n".join(lines))
    asked = {"question": "who built the mill"}
    (tmp_path / "questions.jsonl").write_text(json.dumps(asked) + "\n")
    folder = tmp_path / "data"
    options = ["--squad", tmp_path / "squad.json", "--qed", tmp_path / "a-qed.jsonlines"]
    options += ["--without", tmp_path / "questions.jsonl"]
    monkeypatch.setattr("sys.argv", ["gather", str(folder), *map(str, options)])
    gather.main()
    return folder


def test_what_is_gathered_is_what_training_reads(made: Path) -> None:
    data = load(made)
    assert data.sets == ("qed", "squad")
    asked = {one.id: one for one in data.asked}
    # A question that is measured on, and one whose answer stands elsewhere, are left out.
    assert set(asked) == {"s1", "qed1", "qed2"}
    assert asked["s1"].source.title == "Old Mill"
    answers = {key: one.source.text[slice(*one.spans[0])] for key, one in asked.items()}
    assert answers == {"s1": "1820", "qed1": "2 -- 3 times", "qed2": "dear"}


def test_half_of_what_is_tokenised_is_written_as_people_write(made: Path) -> None:
    texts = {one.id: one.source.text for one in load(made).asked}
    assert texts["qed1"] == "It cost 3.5 % ( 2 -- 3 times more ) , they said ."
    assert texts["qed2"] == "It cost $40 (forty), and Ann's was  dear ."


@pytest.mark.parametrize("content", ["[]", '{"data', '{"rows": []}'])
def test_a_file_of_another_kind_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"other\.json is no file of SQuAD"):
        list(gather.squad(path))
    with pytest.raises(ValueError, match=r"other\.json is no file of QED"):
        list(gather.qed([path]))
