import json
from pathlib import Path

import pytest

from training.plot import draw


def test_curves_become_the_same_picture_each_time(tmp_path: Path) -> None:
    curves = tmp_path / "curves.jsonl"
    row = {"train": 1.0, "loss": 2.0, "first": 0.8, "auroc": 0.9, "inside": 0.7}
    curves.write_text("".join(json.dumps({"step": at, **row}) + "\n" for at in (10, 20)))
    pictures = [tmp_path / "a.svg", tmp_path / "b.svg"]
    for picture in pictures:
        draw(curves, picture)
    assert pictures[0].read_bytes() == pictures[1].read_bytes()
    assert b"<svg" in pictures[0].read_bytes()


def test_no_curve_is_said(tmp_path: Path) -> None:
    empty = tmp_path / "curves.jsonl"
    empty.write_text("")
    with pytest.raises(ValueError, match="nothing to draw yet"):
        draw(empty, tmp_path / "a.png")
