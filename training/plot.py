"""Draw the curves of a training.

    python -m training.plot CURVES PICTURE

CURVES is the `curves.jsonl` that `python -m training` writes. Needs the extra `plot`.
"""

import argparse
import json
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

SHARES = {
    "first": "right text first of its group",
    "auroc": "AUROC, answers or not",
    "inside": "start within the answer",
}


def draw(curves: Path, picture: Path) -> None:
    """Draw loss and held-out figures over the steps.

    Raises:
        OSError: A file cannot be read or written.
        ValueError: There is no curve, or matplotlib does not know the picture's kind.
    """
    rows = [json.loads(line) for line in curves.read_text("utf-8").splitlines()]
    if not rows:
        raise ValueError(f"{curves}: there is nothing to draw yet")
    steps = [row["step"] for row in rows]
    figure = Figure(figsize=(10, 4), layout="constrained")
    loss, shares = figure.subplots(1, 2)
    for name, label in {"train": "training, running mean", "loss": "held out"}.items():
        loss.plot(steps, [row[name] for row in rows], marker="o", label=label)
    loss.set(xlabel="step", ylabel="loss", ylim=(0, None))
    for name, label in SHARES.items():
        shares.plot(steps, [row[name] for row in rows], marker="o", label=label)
    shares.set(xlabel="step", ylabel="held-out questions", ylim=(0.5, 1))
    for axes in (loss, shares):
        axes.legend()
        axes.grid(visible=True, alpha=0.3)
    # The same picture of the same curves: no date, and names of parts that do not change.
    with mpl.rc_context({"svg.hashsalt": "verbatim"}):
        figure.savefig(picture, metadata={"Date": None} if picture.suffix == ".svg" else None)


def main() -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(prog="python -m training.plot")
    parser.add_argument("curves", type=Path)
    parser.add_argument("picture", type=Path)
    given = parser.parse_args()
    draw(given.curves, given.picture)


if __name__ == "__main__":
    main()
