from pathlib import Path

import pytest

from bot.engine import Engine
from bot.evaluation.measure import Options, measure_own
from bot.evaluation.own import read_csv
from bot.settings import Settings
from corpus.types import Article
from index.types import UnusableError
from tests.index.toys import article

LAMPS = article("lamps", "Nine lamps.")


def table(folder: Path, text: str) -> Path:
    path = folder / "asked.csv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    "text",
    [
        "question,url\nWhy?,https://news.example/lamps\nWho?,\n",
        "\ufeffExpected URL;note;Question\r\nHTTPS://News.Example/lamps/#top;x;Why?\r\n;;Who?\r\n",
        'query\tlink\n"Why?"\thttp://news.example/lamps\n\n\t\nWho?\n',
    ],
)
def test_forms(tmp_path: Path, text: str) -> None:
    first, second = read_csv(table(tmp_path, text), [LAMPS])
    assert (first.text, first.answerable, first.gold) == ("Why?", True, frozenset([LAMPS.id]))
    assert (second.text, second.answerable, second.gold) == ("Who?", False, frozenset())


def test_lines_are_counted_as_in_an_editor(tmp_path: Path) -> None:
    text = 'question,url\n"Why\nnot?",https://news.example/lamps\nWho?,\n'
    found = read_csv(table(tmp_path, text), [LAMPS])
    assert [(q.id, q.text) for q in found] == [("line-3", "Why\nnot?"), ("line-4", "Who?")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", r"asked\.csv: empty: begin with the header question,url"),
        ("question,url\n", r"asked\.csv: no questions below the header: add some"),
        ("q,url\nWhy?,\n", r'asked\.csv line 1: no column "question": begin with the header'),
        ("question\nWhy?\n", r'asked\.csv line 1: no column "url"'),
        ("question,url\nWho?,\n,https://news.example/lamps\n", r"line 3: no question: write one"),
        (
            "question,url\nWhy?,https://news.example/fog\n",
            r"line 2: no article in the index has the address https://news\.example/fog: correct",
        ),
        ('question,url\n"Why"?,\n', r"line 2: not CSV"),
    ],
)
def test_faults_name_their_line(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(UnusableError, match=reason):
        read_csv(table(tmp_path, text), [LAMPS])


def test_no_file(tmp_path: Path) -> None:
    nothing: list[Article] = []
    with pytest.raises(UnusableError, match=r"nowhere\.csv: cannot be read"):
        read_csv(tmp_path / "nowhere.csv", nothing)


def test_measured_against_the_index_itself(sample: Settings, tmp_path: Path) -> None:
    url = "https://news.example/2014/12/17/iran-backs-syria-talks-in-moscow"
    path = table(
        tmp_path,
        "question,url\n"
        f"What is Iran's position on the Moscow talks?,{url}\n"
        "Who will win the 2030 World Cup?,\n",
    )
    report = measure_own(sample, path, Options())
    with Engine(sample) as engine:
        (gold,) = (a.id for a in engine.library.current() if a.url == url)
    first, second = report.results
    assert (report.name, first["ranked"][0], first["gold"]) == ("asked", gold, [gold])
    # Articles are ranked, each once.
    assert len(set(first["ranked"])) == len(first["ranked"])
    values = {name: f.value for name, f in report.figures["all"].items()}
    assert (values["hit@1"], values["article_hit@1"], values["false_answer"]) == (1.0, 1.0, 0.0)
    assert second["measures"] == {"false_answer": 0.0}
    assert report.exact["quotations"] == report.exact["exact"]
