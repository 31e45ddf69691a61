"""Outcomes as columns of numbers, and the measures taken from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.evaluation.measures import RANKING

Column = NDArray[np.float64]

ANSWERABLE, RELATED, FAR = 0, 1, 2
KINDS = ("answerable", "unanswerable", "far")

MEANS = (
    *RANKING,
    "article_hit@1",
    "sentence",
    "sentence_worded",
    "end_to_end",
    "false_silence",
    "false_answer",
    "false_answer_far",
)
"""Measures that are the mean of one number for each question."""

LOWER_IS_BETTER = frozenset(
    {
        *("false_silence", "false_answer", "false_answer_far"),
        *("false_answer@90", "false_answer_far@90", "aurc", "ece"),
    }
)
ANSWERED_SHARE = 0.9
BINS = 10


@dataclass(frozen=True, slots=True)
class Columns:
    """One row a question.

    Attributes:
        values: Each of `MEANS`, 0 to 1, NaN for a question that it does not concern; (rows, means).
        confidence: 0 to 1.
        right: 1 where the first paragraph considered is right.
        kind: `ANSWERABLE`, `RELATED` or `FAR`.
        group: Questions of one conversation have one number.
    """

    values: Column
    confidence: Column
    right: Column
    kind: NDArray[np.int64]
    group: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.confidence)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "Columns":
        """Return these rows."""
        return Columns(
            self.values[rows],
            self.confidence[rows],
            self.right[rows],
            self.kind[rows],
            self.group[rows],
        )

    def mixed(self, other: "Columns", swap: NDArray[np.bool_]) -> "Columns":
        """Return the rows of `other` where `swap` is true, and these elsewhere."""
        return Columns(
            np.where(swap[:, None], other.values, self.values),
            np.where(swap, other.confidence, self.confidence),
            np.where(swap, other.right, self.right),
            self.kind,
            self.group,
        )


def columns(results: Sequence[Mapping[str, Any]]) -> Columns:
    """Return the columns of results as `bot.evaluation.report` writes them."""
    groups: dict[str, int] = {}
    return Columns(
        np.array([[r["measures"].get(m, np.nan) for m in MEANS] for r in results], float).reshape(
            len(results), len(MEANS)
        ),
        np.array([r["confidence"] for r in results], float),
        np.array([r["measures"].get("hit@1", 0.0) for r in results], float),
        np.array([KINDS.index(r["kind"]) for r in results], np.int64),
        np.array([groups.setdefault(r["conversation"], len(groups)) for r in results], np.int64),
    )


def auroc(positive: Column, negative: Column) -> float:
    """Chance that one of `positive` is higher than one of `negative`; ties count half."""
    if not len(positive) or not len(negative):
        return float("nan")
    order = np.sort(negative)
    below = np.searchsorted(order, positive, "left") + np.searchsorted(order, positive, "right")
    return float(below.mean() / 2 / len(negative))


def false_answers(positive: Column, negative: Column) -> float:
    """Share of `negative` that is answered when `ANSWERED_SHARE` of `positive` is."""
    if not len(positive) or not len(negative):
        return float("nan")
    needed = int(np.ceil(ANSWERED_SHARE * len(positive)))
    threshold = np.sort(positive)[len(positive) - needed]
    return float((negative >= threshold).mean())


def risk_coverage(confidence: Column, right: Column) -> tuple[Column, Column]:
    """Coverage and risk at each threshold: the share answered, and of that the share wrong."""
    order = np.argsort(-confidence, kind="stable")
    answered = np.arange(1, len(order) + 1)
    risk = np.cumsum(1 - right[order]) / answered
    # Questions of one confidence are answered together.
    last = np.append(np.diff(confidence[order]) != 0, True)
    return answered[last] / len(order), risk[last]


def aurc(confidence: Column, right: Column) -> float:
    """Area under risk over coverage: mean risk over all questions, each at its own threshold."""
    if not len(right):
        return float("nan")
    coverage, risk = risk_coverage(confidence, right)
    return float((risk * np.diff(coverage, prepend=0.0)).sum())


def reliability(confidence: Column, right: Column) -> tuple[Column, Column, Column]:
    """Per bin of equal width that is not empty: mean confidence, share right, share of all."""
    at = np.minimum((confidence * BINS).astype(int), BINS - 1)
    count = np.bincount(at, minlength=BINS)
    full = count > 0
    sure = np.bincount(at, confidence, BINS)[full] / count[full]
    hits = np.bincount(at, right, BINS)[full] / count[full]
    return sure, hits, count[full] / max(len(right), 1)


def ece(confidence: Column, right: Column) -> float:
    """Expected calibration error: mean distance of confidence from what came true, by bin."""
    if not len(right):
        return float("nan")
    sure, hits, share = reliability(confidence, right)
    return float((np.abs(sure - hits) * share).sum())


def _by_kind(measure: Callable[[Column, Column], float], kind: int) -> Callable[[Columns], float]:
    return lambda c: measure(c.confidence[c.kind == ANSWERABLE], c.confidence[c.kind == kind])


WHOLES: Mapping[str, Callable[[Columns], float]] = {
    "auroc": _by_kind(auroc, RELATED),
    "auroc_far": _by_kind(auroc, FAR),
    "false_answer@90": _by_kind(false_answers, RELATED),
    "false_answer_far@90": _by_kind(false_answers, FAR),
    "aurc": lambda c: aurc(c.confidence, c.right),
    "ece": lambda c: ece(c.confidence, c.right),
}
"""Measures of all questions together; NaN where there are none of the kind."""

CONCERNED: Mapping[str, tuple[int, ...]] = {
    "auroc": (ANSWERABLE, RELATED),
    "auroc_far": (ANSWERABLE, FAR),
    "false_answer@90": (ANSWERABLE, RELATED),
    "false_answer_far@90": (ANSWERABLE, FAR),
    "aurc": (ANSWERABLE, RELATED, FAR),
    "ece": (ANSWERABLE, RELATED, FAR),
}
"""Which kinds of questions each of `WHOLES` is taken from."""
