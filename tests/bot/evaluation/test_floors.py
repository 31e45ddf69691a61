import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.evaluation.floors import faults, raised, read, rounded_down, save
from bot.evaluation.report import Report
from index.types import UnusableError
from tests.bot.evaluation.conftest import report, result


def measured(right: int, digest: str = "d1") -> Report:
    """Of 20 times ten questions; hit@1 has a floor, false_silence, better when low, has none."""
    results = [result(f"q{n}", hit_at_1=n < 10 * right, false_silence=0) for n in range(200)]
    return report(results, digest=digest)


@pytest.mark.parametrize(
    ("value", "count", "floor"),
    [
        *((0.965, 1000, 0.96), (0.968, 1000, 0.965), (0.9655, 1000, 0.96), (1.0, 9999, 0.995)),
        *((0.001, 1000, 0.0), (0.4, 1000, 0.395), (0.4, 200, 0.39), (0.4, 64, 0.365)),
        (0.5, 2, 0.0),
    ],
)
def test_rounded_down(value: float, count: int, floor: float) -> None:
    assert rounded_down(value, count) == floor


def test_two_questions_may_turn() -> None:
    held = {"hand": raised(measured(10), None, None)}
    for right, under in ((99, []), (98, []), (97, ["hand: hit@1 48.5 is under its floor 49.0"])):
        results = [result(f"q{n}", hit_at_1=n < right) for n in range(200)]
        assert faults(report(results, digest="d1"), held) == under


def test_raised_never_lowered(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert faults(measured(10), read(path)) == ["hand: no floors yet: set them with --raise"]
    save(path, [measured(10)], None)
    assert read(path) == {
        "hand": {"digest": "d1", "options": {}, "floors": {"hit@1": 0.49}, "lowered": []}
    }
    assert faults(measured(10), read(path)) == []
    assert faults(measured(9), read(path)) == ["hand: hit@1 45.0 is under its floor 49.0"]
    before = path.read_bytes()
    with pytest.raises(UnusableError, match=r"hand: hit@1 would be lowered: say why with --reason"):
        save(path, [measured(9)], None)
    assert path.read_bytes() == before
    save(path, [measured(12)], None)
    assert read(path)["hand"]["floors"] == {"hit@1": 0.59}


def test_lowered_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    save(path, [measured(10)], None)
    save(path, [measured(9)], "a smaller model")
    today = datetime.now(UTC).date().isoformat()
    assert read(path)["hand"] == {
        "digest": "d1",
        "options": {},
        "floors": {"hit@1": 0.44},
        "lowered": [{"date": today, "reason": "a smaller model", "from": {"hit@1": 0.49}}],
    }
    # A reason alone lowers nothing.
    save(path, [measured(20)], "no need")
    assert len(read(path)["hand"]["lowered"]) == 1


def test_within_the_leeway_a_floor_stays() -> None:
    held = {"digest": "d1", "options": {}, "floors": {"hit@1": 0.5}, "lowered": []}
    assert raised(measured(10), held, None)["floors"] == {"hit@1": 0.5}


def test_other_data(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    save(path, [measured(10)], None)
    assert "not the data of its floors" in faults(measured(10, "d2"), read(path))[0]
    with pytest.raises(UnusableError, match="the data is another: say why"):
        save(path, [measured(20, "d2")], None)
    save(path, [measured(5, "d2")], "more questions")
    assert read(path)["hand"]["floors"] == {"hit@1": 0.24}
    assert read(path)["hand"]["lowered"][0]["from"] == {"hit@1": 0.49}


def test_a_measure_that_is_gone_falls_short() -> None:
    held = {"hand": {"digest": "d1", "options": {}, "floors": {"auroc": 0.5}, "lowered": []}}
    assert faults(measured(10), held) == ["hand: auroc 0.0 is under its floor 50.0"]
    with pytest.raises(UnusableError, match="auroc would be lowered"):
        raised(measured(10), held["hand"], None)
    assert raised(measured(10), held["hand"], "no longer asked")["floors"] == {"hit@1": 0.49}


@pytest.mark.parametrize("text", ["{", "[]", '{"a": {}}', '{"a": 1}'])
def test_other_files_are_no_floors(tmp_path: Path, text: str) -> None:
    (path := tmp_path / "floors.json").write_text(text, "utf-8")
    with pytest.raises(UnusableError, match="not a file of floors"):
        read(path)


def test_the_projects_own_floors_can_be_read() -> None:
    path = Path(__file__).parents[2] / "data" / "floors.json"
    found = read(path)
    names = [
        "clapnq",
        "clapnq every=3",
        "data dialogues",
        "data dialogues.events",
        "data dialogues.news",
        "half-ru limit=200",
        "half-ru limit=300",
        "inscit",
        "inscit every=3",
        "mistyped limit=200",
        "mistyped limit=300",
        "xquad en",
        "xquad en every=5",
    ]
    assert list(found) == names
    assert path.read_text("utf-8") == json.dumps(found, indent=2, ensure_ascii=False) + "\n"
