"""Figures with their intervals, from columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.columns import CONCERNED, MEANS, WHOLES, Column, Columns

DRAWS = 1000
LEVEL = 95.0
"""Per cent of the draws that an interval holds."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure, 0 to 1, the ends of its interval, and over how many questions it is taken."""

    value: float
    low: float
    high: float
    count: int


def figures(columns: Columns, *, wholes: bool = True, seed: int = 0) -> dict[str, Figure]:
    """Return each measure that concerns some question.

    Intervals are percentiles of bootstrap draws of whole conversations, whose questions are not
    independent; a question that stands alone is a conversation of its own.

    Args:
        columns: One row a question.
        wholes: Whether to take the measures of all questions together too.
        seed: For the draws.
    """
    if not len(columns):
        return {}
    times = _times(columns.group, seed)
    found = {}
    counts = np.isfinite(columns.values).sum(axis=0)
    means, drawn = _means(columns.values, np.ones((1, len(columns)))), _means(columns.values, times)
    for at, name in enumerate(MEANS):
        if counts[at]:
            found[name] = _figure(float(means[0, at]), drawn[:, at], int(counts[at]))
    if not wholes:
        return found
    rows = np.arange(len(columns))
    draws = [columns.take(np.repeat(rows, one)) for one in times]
    for name, measure in WHOLES.items():
        value = measure(columns)
        if np.isfinite(value):
            count = int(np.isin(columns.kind, CONCERNED[name]).sum())
            found[name] = _figure(value, np.array([measure(one) for one in draws]), count)
    return found


def _times(group: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """How often each row is drawn, shape (draws, rows)."""
    _, at = np.unique(group, return_inverse=True)
    many = int(at.max()) + 1
    chance = np.random.default_rng(seed)
    times: NDArray[np.int64] = chance.multinomial(many, np.full(many, 1 / many), DRAWS)[:, at]
    return times


def _means(values: Column, times: Column | NDArray[np.int64]) -> Column:
    """Means of the columns, rows counted as often as `times` says; NaN for none."""
    there = np.isfinite(values)
    total = times @ np.where(there, values, 0.0)
    count = times @ there.astype(float)
    means: Column = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return means


def _figure(value: float, drawn: Column, count: int) -> Figure:
    drawn = drawn[np.isfinite(drawn)]
    edge = (100 - LEVEL) / 2
    low, high = np.percentile(drawn, [edge, 100 - edge]) if len(drawn) else (value, value)
    return Figure(value, float(low), float(high), count)
