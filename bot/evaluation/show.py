"""Reports as tables on the terminal."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.evaluation.figures import Figure
from bot.evaluation.report import Report

TITLES = {
    "hit@1": "right paragraph first",
    "hit@3": "… in the first 3",
    "hit@5": "… in the first 5",
    "hit@10": "… in the first 10",
    "mrr@10": "mean reciprocal rank",
    "ndcg@10": "nDCG",
    "article_hit@1": "right article first",
    "sentence": "right paragraph: right sentence",
    "sentence_worded": "… or the same words elsewhere",
    "end_to_end": "both right, and given first",
    "false_silence": "silent on answerable",
    "false_answer": "answered unanswerable",
    "false_answer_far": "answered far ones",
    "auroc": "unanswerable told by confidence",
    "auroc_far": "far ones told by confidence",
    "false_answer@90": "answered, if 90 % of others are",
    "false_answer_far@90": "far ones, if 90 % of others are",
    "aurc": "risk over coverage",
    "ece": "expected calibration error",
}
"""Each measure in words, in the order shown."""


def show(report: Report, console: Console) -> None:
    """Print one report."""
    data, made = report.data, report.made_by
    console.print(
        Text(
            f"{report.name}: {data['questions']} questions, {data['articles']} articles,"
            f" {data['paragraphs']} paragraphs; {made['model']}, threshold {made['threshold']:.2f}",
            "bold",
        ),
        soft_wrap=True,
    )
    for group, figures in report.figures.items():
        console.print(_table(group, figures, alone=len(report.figures) == 1))
    exact, count = report.exact["exact"], report.exact["quotations"]
    console.print(f"Quotations in the articles' own words: {exact} of {count}")
    if report.speed:
        console.print(
            "{questions_per_second:.1f} questions a second; half within {p50_ms:.0f} ms,"
            " 95 % within {p95_ms:.0f} ms ({count:.0f} timed)".format(**report.speed)
        )
    console.print()


def _table(group: str, figures: Mapping[str, Figure], *, alone: bool) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("" if alone else group, min_width=31)
    table.add_column("measure", min_width=19, no_wrap=True)
    for head in ("%", "95 % interval", "of"):
        table.add_column(head, justify="right", no_wrap=True)
    for name, title in TITLES.items():
        if (figure := figures.get(name)) is not None:
            table.add_row(
                title,
                name,
                f"{100 * figure.value:.1f}",
                f"{100 * figure.low:.1f} to {100 * figure.high:.1f}",
                str(figure.count),
            )
    return table
