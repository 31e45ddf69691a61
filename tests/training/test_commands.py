import json
import math
import random
import shutil
import warnings
from pathlib import Path

import pytest
import torch

from bot.confidence import Closely
from index.models import open_cross_encoder
from training import __main__ as command
from training import calibrate, confidence, mean
from training.data import load

SHIPPED = confidence.OUT


def test_one_command_trains_and_exports(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "reader"
    options = ["--share", "0.2", "--epochs", "1", "--groups", "5", "--export", str(out)]
    monkeypatch.setattr("sys.argv", ["training", str(folder), str(tmp_path / "work"), *options])
    with warnings.catch_warnings():
        # The exporter of torch warns of itself and of shapes that are constant on purpose.
        warnings.simplefilter("ignore")
        command.main()
    told = capsys.readouterr().err
    assert "questions to train on" in told
    assert f"written to {out}" in told
    (line,) = (tmp_path / "work" / "curves.jsonl").read_text().splitlines()
    row = json.loads(line)
    assert row["loss"] > 0
    asked = ("Who built the mill?", "", "Master Mason did.")
    judged = open_cross_encoder(str(out)).judge(*asked)
    assert len(judged.starts) == 4
    # The mean of weights with themselves is what they are, also with what was exported of them.
    twice, best = tmp_path / "twice", str(tmp_path / "work" / "best.pt")
    monkeypatch.setattr("sys.argv", ["mean", str(folder), str(twice), best, str(out)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mean.main()
    again = open_cross_encoder(str(twice)).judge(*asked)
    assert (again.rank, again.answers) == pytest.approx((judged.rank, judged.answers), abs=1e-4)
    described = [json.loads((f / "cross_encoder.json").read_text()) for f in (out, twice)]
    assert described[0]["trained_on"] == described[1]["trained_on"] == load(folder).digest


def test_the_mean_is_of_each_weight_by_its_name() -> None:
    first, second = ({"a": torch.tensor([x]), "n": torch.tensor(3)} for x in (1.0, 4.0))
    assert mean.mean([first, second]) == {"a": torch.tensor([2.5]), "n": torch.tensor(3)}
    with pytest.raises(ValueError, match="not of one model"):
        mean.mean([first, {"a": torch.tensor([1.0])}])


def test_the_weights_are_tried_on_what_is_held_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["calibrate", str(folder)])
    calibrate.main()
    told = capsys.readouterr().err.splitlines()
    for kind in ("whole", "short"):
        tried = [line for line in told if line.startswith(f"{kind}, weight ")]
        assert len(tried) == len(calibrate.WEIGHTS)
        assert all(
            "right passage first 0." in line or "right passage first 1." in line for line in tried
        )
    assert told[-1] == (
        "in use: 0.02 of the rank, +0.06 where passages are short, 0.12 of the place"
    )


def test_how_sure_an_answer_is_is_fitted_on_what_is_held_out(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "confidence.json"
    shutil.copy(confidence.OUT, out)
    monkeypatch.setattr(confidence, "OUT", out)
    monkeypatch.setattr("sys.argv", ["confidence", str(folder)])
    confidence.main()
    before, after = (json.loads(path.read_text()) for path in (SHIPPED, out))
    assert after["weights"] == before["weights"]
    closely = Closely(**after["closely"])
    assert closely.answers == pytest.approx(confidence.TRUST * closely.own, abs=0.001)
    assert after["closely_fitted_on"]["data_sha256"] == load(folder).digest
    assert f"{closely}" in capsys.readouterr().err


def test_nine_in_ten_right_passages_reach_the_threshold() -> None:
    chance = random.Random(0)
    rows = [
        confidence.Row(chance.gauss(mean, 1.0), chance.gauss(2 * mean, 2.0), right=mean > 0)
        for mean in (-1.0, 1.0)
        for _ in range(400)
    ]
    own, answers, intercept = confidence.fit(rows, 0.15)
    odds = [own * row.odds + answers * row.answers + intercept for row in rows]
    reached = [o >= math.log(0.15 / 0.85) for o, row in zip(odds, rows, strict=True) if row.right]
    assert sum(reached) / len(reached) == pytest.approx(0.9, abs=0.005)
    assert own > 0
