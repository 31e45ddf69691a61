import json
import warnings
from pathlib import Path

import pytest

from bot.confidence import Signs
from index.models import DEFAULT_RERANKER, open_cross_encoder
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


def test_calibrating_writes_the_calibration_with_the_reader_only(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "confidence.json"
    out.write_text(json.dumps({"plain": "as it was"}))
    monkeypatch.setattr(calibrate, "OUT", out)
    monkeypatch.setattr("sys.argv", ["calibrate", str(folder)])
    calibrate.main()
    written = json.loads(out.read_text())
    assert written["plain"] == "as it was"
    crossed = written["crossed"]
    assert set(crossed["weights"]) == set(Signs._fields)
    assert min(crossed["weights"].values()) >= 0
    assert 0 < crossed["threshold"] < 1
    assert crossed["fitted_on"]["reranker"] == open_cross_encoder(DEFAULT_RERANKER).fingerprint
    told = capsys.readouterr().err
    assert "weight 0.06: right passage first" in told
