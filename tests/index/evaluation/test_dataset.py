from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from index.evaluation.articles import paragraphs, read_articles
from index.evaluation.dataset import Dataset, read_dataset
from index.evaluation.files import pairs
from index.types import UnusableError
from tests.index.evaluation.sets import ARTICLES, QUESTIONS, write_lines, write_set


def read(folder: Path, split: str | None = None) -> Dataset:
    return read_dataset(folder, pairs(folder)[0], split)


def changed(rows: list[dict[str, Any]], at: int, values: dict[str, Any]) -> list[dict[str, Any]]:
    return [row | values if place == at else row for place, row in enumerate(rows)]


def test_articles(tmp_path: Path) -> None:
    found = read_articles(write_lines(tmp_path / "articles.jsonl", ARTICLES))
    lamps, mill = found["lamps"], found["the mill"]
    assert lamps.paragraphs[0].startswith("Nine lamps")
    assert lamps.sections == ("", "Bread")
    assert lamps.published == datetime(2014, 12, 17, tzinfo=UTC)
    assert (lamps.source, lamps.url) == ("The Outlet", "https://news.example/lamps")
    assert (mill.title, mill.published, mill.sections) == ("An old mill", None, ())
    assert found.shifts["lamps", 0] == 2
    assert found.passages == {"Lamps:1": ("lamps", 0), "Lamps:2": ("lamps", 1)}
    assert paragraphs(found.values()) == 3


def test_articles_from_markdown(tmp_path: Path) -> None:
    (tmp_path / "lamps.md").write_text("# Lamps\n\nNine lamps were lit.", "utf-8")
    found = read_articles(tmp_path)
    assert found["lamps"].paragraphs == ("Nine lamps were lit.",)
    (tmp_path / "bad.md").write_text("no title", "utf-8")
    with pytest.raises(UnusableError, match=r"bad\.md"):
        read_articles(tmp_path)


def test_questions(tmp_path: Path) -> None:
    dataset = read(write_set(tmp_path / "tiny"))
    assert (dataset.name, len(dataset.digest)) == ("tiny", 64)
    q1, q2, q3, u1, u2 = dataset.questions
    assert q1.gold == {"lamps:0"}
    assert q1.gold_articles == {"lamps"}
    assert q1.wording == "Nine lamps"
    # What was cut off the beginning of the paragraph shifts the answer.
    assert q1.spans == {"lamps:0": ((0, 1),)}
    # Docids have no spaces, for trec_eval.
    assert q2.gold == {"the%20mill:0", "lamps:1"}
    assert q2.gold_articles == {"the%20mill", "lamps"}
    start = ARTICLES[1]["paragraphs"][0].index("museum")
    assert q2.spans == {"the%20mill:0": ((start, start + 1),)}
    assert q2.asked == datetime(2015, 1, 2, 12, tzinfo=UTC)
    assert q3.gold == {"lamps:1"}
    assert not q3.spans
    assert q3.asked is None
    assert [(u.answerable, u.far, u.gold) for u in (u1, u2)] == [
        (False, True, frozenset()),
        (False, False, frozenset()),
    ]


def test_answer_sentences(tmp_path: Path) -> None:
    sentence = "The mayor thanked the firemen."
    row = {"id": "a", "question": "Who?", "article": "lamps", "paragraphs": [0, 1]}
    write_set(tmp_path)
    write_lines(tmp_path / "questions.jsonl", [row | {"answer_sentences": [sentence, "Not there"]}])
    (question,) = read(tmp_path).questions
    assert question.gold == {"lamps:0", "lamps:1"}
    assert question.spans == {"lamps:0": ((45, 75),)}


def test_conversations(tmp_path: Path) -> None:
    write_set(tmp_path)
    gold = {"article": "lamps", "paragraphs": [0]}
    dialogue = {
        "id": "d",
        "split": "dev",
        "turns": [
            {"question": "Who was thanked?", "dependent": False, **gold},
            {"question": "By whom?", "dependent": True, **gold},
            {"question": "Why?", "dependent": True, "answerable": False},
        ],
    }
    write_lines(tmp_path / "questions.jsonl", [dialogue, dialogue | {"id": "e", "split": "held"}])
    found = read(tmp_path, "dev").questions
    assert [(q.id, q.turn, q.dependent) for q in found] == [
        ("d-1", 1, False),
        ("d-2", 2, True),
        ("d-3", 3, True),
    ]
    assert found[2].history == ("Who was thanked?", "By whom?")
    assert len(read(tmp_path).questions) == 6
    with pytest.raises(UnusableError, match="no questions of the split test"):
        read(tmp_path, "test")


def test_only_what_the_user_said_is_history(tmp_path: Path) -> None:
    write_set(tmp_path)
    row = QUESTIONS[0] | {"history": ["Lamps?", "Yes, lamps.", "Where?", "In the square."]}
    write_lines(tmp_path / "questions.jsonl", [row])
    (question,) = read(tmp_path).questions
    assert (question.history, question.turn) == (("Lamps?", "Where?"), 3)


def test_the_digest_is_of_the_files(tmp_path: Path) -> None:
    first = read(write_set(tmp_path))
    assert read(tmp_path).digest == first.digest
    write_lines(tmp_path / "questions.jsonl", QUESTIONS[:3])
    second = read(tmp_path)
    assert second.digest != first.digest
    assert second.articles_digest == first.articles_digest


@pytest.mark.parametrize(
    ("at", "values", "reason"),
    [
        (1, {"id": "lamps"}, "line 2: the article lamps was there before: give it a new id"),
        (0, {"id": ""}, "line 1: an article without an id: add one"),
        (0, {"paragraphs": [" "]}, 'line 1: "paragraphs" must be a list of texts'),
        (0, {"paragraphs": "text"}, 'line 1: "paragraphs" must be a list of texts'),
        (0, {"sections": [""]}, 'line 1: "sections" must have one text for each'),
        (0, {"published": "yesterday"}, "line 1: 'yesterday' is no date: write 2014-12-31"),
    ],
)
def test_bad_articles(tmp_path: Path, at: int, values: dict[str, Any], reason: str) -> None:
    write_lines(tmp_path / "articles.jsonl", changed(ARTICLES, at, values))
    with pytest.raises(UnusableError) as caught:
        read_articles(tmp_path / "articles.jsonl")
    assert f"articles.jsonl {reason}" in str(caught.value)


def test_no_articles(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").touch()
    with pytest.raises(UnusableError, match="no articles: write one JSON object a line"):
        read_articles(tmp_path / "articles.jsonl")


@pytest.mark.parametrize(
    ("at", "values", "reason"),
    [
        (1, {"id": "q1"}, "line 2: the id q1 was there before: change it"),
        (0, {"id": 7}, 'line 1: "id" is missing or empty: write one'),
        (3, {"question": " "}, 'line 4: "question" is missing or empty: write one'),
        (0, {"article_id": "mist"}, "line 1: there is no article 'mist': correct the id"),
        (0, {"paragraph": 2}, "line 1: lamps has no paragraph 2: count from 0"),
        (0, {"paragraph": None}, "line 1: lamps has no paragraph None: count from 0"),
        (2, {"passages": ["Fog:1"]}, "line 3: no article has the passage 'Fog:1': correct it"),
        (2, {"passages": []}, "line 3: no right paragraph"),
        (1, {"acceptable": ["mill"]}, "line 2: 'mill' is no pair of article and paragraph"),
        (0, {"answer_start": 3}, 'line 1: "answer" is not at "answer_start": count from 0'),
        (0, {"history": ["Lamps?"]}, 'line 1: "history" must alternate'),
        (1, {"date": "soon"}, "line 2: 'soon' is no date: write 2014-12-31"),
        (1, {"turns": "none"}, 'line 2: "turns" must be a list of questions'),
    ],
)
def test_bad_questions(tmp_path: Path, at: int, values: dict[str, Any], reason: str) -> None:
    write_set(tmp_path)
    write_lines(tmp_path / "questions.jsonl", changed(QUESTIONS, at, values))
    with pytest.raises(UnusableError) as caught:
        read(tmp_path)
    assert f"questions.jsonl {reason}" in str(caught.value)


def test_no_questions(tmp_path: Path) -> None:
    write_set(tmp_path)
    write_lines(tmp_path / "questions.jsonl", [])
    with pytest.raises(UnusableError, match=r"questions.jsonl: no questions: add some"):
        read(tmp_path)
