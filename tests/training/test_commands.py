import json
import warnings
from pathlib import Path

import pytest

from index.models import open_cross_encoder
from training import __main__ as command
from training import calibrate


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
    judged = open_cross_encoder(str(out)).judge("Who built the mill?", "", "Master Mason did.")
    assert len(judged.starts) == 4


def test_the_weights_are_tried_on_what_is_held_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["calibrate", str(folder)])
    calibrate.main()
    told = capsys.readouterr().err.splitlines()
    tried = [line for line in told if line.startswith("weight ")]
    assert len(tried) == len(calibrate.WEIGHTS)
    assert all(
        "right passage first 0." in line or "right passage first 1." in line for line in tried
    )
    assert told[-1] == "in use: 0.06 of the rank, 0.12 of the place"
