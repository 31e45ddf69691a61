import json
import sys
from pathlib import Path

import pytest
import pytrec_eval
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.evaluation import plot, trec
from bot.evaluation.report import Report
from index.types import UnusableError
from tests.bot.evaluation.conftest import report, result


def run(config: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["--config", str(config), "evaluate", *map(str, words)])


@pytest.fixture
def config(tiny: Path, tiny_report: Report) -> Path:
    """Settings whose data folder has the tiny data set indexed."""
    return tiny.parent / "config.toml"


def error_of(done: Result, code: int = 1) -> str:
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return done.stderr.splitlines()[-1]


def test_everything_at_once(config: Path, tiny: Path, tmp_path: Path) -> None:
    floors, shown = tmp_path / "floors.json", tmp_path / "a.svg"
    done = run(
        *(config, tiny, "--json", tmp_path / "a.json", "--run", tmp_path / "runs"),
        *("--plot", shown, "--floors", floors, "--raise"),
    )
    assert done.exit_code == 0, done.output
    lines = [line.split() for line in done.stdout.splitlines()]
    assert "tiny: 5 questions, 2 articles, 3 paragraphs; all-MiniLM-L6-v2," in done.stdout
    (hit,) = (line for line in lines if "hit@1" in line)
    assert (hit[:5], hit[-1]) == (["right", "paragraph", "first", "hit@1", "66.7"], "3")
    assert f"Floors raised in {floors}." in done.stdout
    (written,) = json.loads((tmp_path / "a.json").read_text("utf-8"))["reports"]
    assert written["data"]["digest"]
    assert written["made_by"]["fingerprint"]
    assert written["made_by"]["reranker"] == "verbatim-reader"
    assert written["made_by"]["calibration"]["threshold"] == written["made_by"]["threshold"]
    assert len(written["results"]) == 5
    assert shown.read_text("utf-8").startswith("<?xml")
    judged, found = tmp_path / "runs" / "tiny.qrels", tmp_path / "runs" / "tiny.run"
    with judged.open() as gold, found.open() as run_file:
        read = (pytrec_eval.parse_qrel(gold), pytrec_eval.parse_run(run_file))
    values = pytrec_eval.RelevanceEvaluator(read[0], {"success.1"}).evaluate(read[1])
    assert {name: one["success_1"] for name, one in values.items()} == {"q1": 1, "q2": 1, "q3": 0}
    assert run(config, tiny, "--floors", floors).exit_code == 0
    held = json.loads(floors.read_text("utf-8"))
    held["tiny"]["floors"]["hit@1"] = 0.9
    floors.write_text(json.dumps(held), "utf-8")
    short = run(config, tiny, "--floors", floors)
    assert error_of(short) == "Error: tiny: hit@1 66.7 is under its floor 90.0"
    again = run(config, "--compare", tmp_path / "a.json", tmp_path / "a.json")
    assert "hit@1" in again.stdout
    assert "better" not in again.stdout


def test_runs_are_what_trec_eval_reads(tmp_path: Path) -> None:
    made = report(
        [
            result("q 1", gold=["a:0", "b:0"], ranked=["a:0", "c:1"]),
            result("u", kind="unanswerable", ranked=["c:1"]),
        ]
    )
    trec.save(tmp_path / "runs", [made])
    assert (tmp_path / "runs" / "hand.run").read_text("utf-8") == (
        "q%201 Q0 a:0 1 10 verbatim-1\nq%201 Q0 c:1 2 9 verbatim-1\nu Q0 c:1 1 10 verbatim-1\n"
    )
    assert (tmp_path / "runs" / "hand.qrels").read_text("utf-8") == (
        "q%201 0 a:0 1\nq%201 0 b:0 1\n"
    )


def test_hit_curve() -> None:
    results = [
        result("a", gold=["x:0"], ranked=["x:0"]),
        result("b", gold=["x:0"], ranked=["y:0", "z:0", "x:0"]),
        result("u", kind="unanswerable", ranked=["x:0"]),
    ]
    assert plot.hit_curve(results) == [0.5, 0.5, *[1.0] * 8]
    assert plot.hit_curve([]) == [0.0] * 10


def test_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = report([result("a", 0.9, hit_at_1=1, gold=["x:0"], ranked=["x:0"])])
    plot.save(tmp_path / "a.png", [made])
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(UnusableError, match=r"a\.pdf: .* name it \.png or \.svg"):
        plot.save(tmp_path / "a.pdf", [made])
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(UnusableError, match=r"pip install 'verbatim-bot\[plot\]'"):
        plot.save(tmp_path / "a.png", [made])


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "give one of FOLDER, --answers FILE.csv and --compare A.json B.json"),
        (["x", "--answers", "y.csv"], "give one of FOLDER"),
        (["x", "--raise"], "--raise needs --floors FILE, and --reason needs --raise"),
        (["x", "--floors", "f.json", "--reason", "why"], "--reason needs --raise"),
    ],
)
def test_wrong_usage(config: Path, words: list[str], reason: str) -> None:
    assert reason in error_of(run(config, *words), 2)


def test_what_is_missing_is_one_line(config: Path, tmp_path: Path) -> None:
    assert "nowhere: no such folder: check" in error_of(run(config, tmp_path / "nowhere"))
    assert "cannot be read" in error_of(run(config, "--compare", "a.json", "b.json"))
    assert "no questions*.jsonl" in error_of(run(config, tmp_path, "--model", "other"))


def test_the_csv_form(config: Path, tmp_path: Path) -> None:
    path = tmp_path / "asked.csv"
    path.write_text("question,url\nWhy?,\n", "utf-8")
    assert "run `verbatim index`" in error_of(run(config, "--answers", path))
