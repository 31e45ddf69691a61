"""The curves of a measurement. The only import of the drawing library."""

from collections.abc import Sequence
from pathlib import Path

from bot.evaluation.columns import reliability, risk_coverage
from bot.evaluation.report import Report, Result, writing
from index.evaluation.measures import DEPTH
from index.types import UnusableError

_INCHES = (15, 4.5)


def save(path: Path, reports: Sequence[Report]) -> None:
    """Draw hits within k, risk over coverage, and reliability.

    Args:
        path: Its name ends in .png or .svg.
        reports: A line each.

    Raises:
        UnusableError: The extra `plot` is not installed, or the file cannot be written.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UnusableError(
            f"drawing needs an extra: pip install 'verbatim-bot[plot]' ({error})"
        ) from error
    if path.suffix not in {".png", ".svg"}:
        raise UnusableError(f"{path}: no kind of picture that is drawn: name it .png or .svg")
    figure = Figure(figsize=_INCHES, layout="constrained")
    hits, risk, trust = figure.subplots(1, 3)
    for report in reports:
        table = report.columns
        hits.plot(range(1, DEPTH + 1), hit_curve(report.results), marker=".", label=report.name)
        risk.plot(*risk_coverage(table.confidence, table.right))
        sure, right, _ = reliability(table.confidence, table.right)
        trust.plot(sure, right, marker=".")
    hits.set(xlabel="k", ylabel="right paragraph in the first k", ylim=(0, 1.02))
    hits.legend()
    risk.set(xlabel="coverage", ylabel="risk: wrong of those answered", xlim=(0, 1), ylim=(0, 1.02))
    trust.plot([0, 1], [0, 1], color="grey", linestyle=":")
    trust.set(xlabel="confidence", ylabel="first paragraph right", xlim=(0, 1), ylim=(0, 1.02))
    with writing(path):
        figure.savefig(path)


def hit_curve(results: Sequence[Result]) -> list[float]:
    """Share of the answerable questions with a right paragraph in the first 1, 2, … `DEPTH`."""
    asked = [r for r in results if r["gold"]]
    return [
        sum(not set(r["gold"]).isdisjoint(r["ranked"][:k]) for r in asked) / max(len(asked), 1)
        for k in range(1, DEPTH + 1)
    ]
