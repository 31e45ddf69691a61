"""Whether two measurements of the same questions differ by more than chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.evaluation.columns import LOWER_IS_BETTER, MEANS, WHOLES, Columns, columns
from bot.evaluation.report import Report
from index.types import UnusableError

DRAWS = 10_000
BEYOND_CHANCE = 0.05
_PART = 1000


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure in two measurements.

    Attributes:
        first: Its value in the first one, 0 to 1.
        second: In the second one.
        p: Chance of as large a difference if both were alike.
        count: Over how many questions.
    """

    first: float
    second: float
    p: float
    count: int

    @property
    def is_beyond_chance(self) -> bool:
        """Whether it is significant at 5 %."""
        return self.p < BEYOND_CHANCE


def pair(first: Sequence[Report], second: Sequence[Report]) -> list[tuple[Report, Report]]:
    """Bring together what was measured on the same data.

    Raises:
        UnusableError: There is nothing of the kind.
    """
    if len(first) == len(second) == 1:
        return [(first[0], second[0])]
    by_name = {r.data["name"]: r for r in second}
    found = [(r, by_name[r.data["name"]]) for r in first if r.data["name"] in by_name]
    if not found:
        raise UnusableError("the two files have no data set in common: measure the same one twice")
    return found


def compare(first: Report, second: Report, seed: int = 0) -> dict[str, Difference]:
    """Test each measure by paired randomisation over the questions that both have.

    Where both systems are alike, it does not matter which of them gave which of the two results of
    a question: p is the share of random exchanges that bring at least the difference seen.

    Raises:
        UnusableError: They have no question in common.
    """
    others = {r["id"]: r for r in second.results}
    both = [(r, others[r["id"]]) for r in first.results if r["id"] in others]
    if not both:
        raise UnusableError(f"{first.name} and {second.name}: no question in common")
    a, b = columns([one for one, _ in both]), columns([other for _, other in both])
    chance = np.random.default_rng(seed)
    return _of_means(a, b, chance) | _of_wholes(a, b, chance)


def _of_means(a: Columns, b: Columns, chance: np.random.Generator) -> dict[str, Difference]:
    there = np.isfinite(a.values) & np.isfinite(b.values)
    difference = np.where(there, a.values - b.values, 0.0)
    seen = np.abs(difference.sum(axis=0))
    reached = np.zeros(len(MEANS))
    for _ in range(DRAWS // _PART):
        sign = chance.choice([-1.0, 1.0], (_PART, len(a)))
        # A sum of the same numbers in another order may differ in its last digit.
        reached += (np.abs(sign @ difference) >= seen - 1e-9).sum(axis=0)
    return {
        name: Difference(
            float(a.values[there[:, at], at].mean()),
            float(b.values[there[:, at], at].mean()),
            _p(reached[at]),
            int(there[:, at].sum()),
        )
        for at, name in enumerate(MEANS)
        if there[:, at].any()
    }


def _of_wholes(a: Columns, b: Columns, chance: np.random.Generator) -> dict[str, Difference]:
    values = {name: (measure(a), measure(b)) for name, measure in WHOLES.items()}
    values = {name: both for name, both in values.items() if np.isfinite(both).all()}
    reached = dict.fromkeys(values, 0)
    for _ in range(DRAWS):
        swap = chance.random(len(a)) < 1 / 2
        one, other = a.mixed(b, swap), b.mixed(a, swap)
        for name, (first, second) in values.items():
            drawn = abs(WHOLES[name](one) - WHOLES[name](other))
            reached[name] += drawn >= abs(first - second) - 1e-9
    return {
        name: Difference(first, second, _p(reached[name]), len(a))
        for name, (first, second) in values.items()
    }


def _p(reached: float) -> float:
    """The draws and the difference seen are counted together, so that p is never 0."""
    return float((reached + 1) / (DRAWS + 1))


def show(first: Report, second: Report, found: Mapping[str, Difference], console: Console) -> None:
    """Print what differs."""
    console.print(Text(f"A {_made(first)}\nB {_made(second)}", "bold"), soft_wrap=True)
    if first.data["digest"] != second.data["digest"]:
        console.print("The data differs: only questions with the same id are compared.")
    table = Table(box=None, pad_edge=False)
    table.add_column("measure", no_wrap=True)
    for head in ("A %", "B %", "B - A", "p", "of"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("beyond chance")
    for name, one in found.items():
        change = one.second - one.first
        better = (change > 0) != (name in LOWER_IS_BETTER)
        table.add_row(
            name,
            f"{100 * one.first:.1f}",
            f"{100 * one.second:.1f}",
            f"{100 * change:+.1f}",
            f"{one.p:.4f}",
            str(one.count),
            f"B is {'better' if better else 'worse'}" if one.is_beyond_chance else "no",
        )
    console.print(table)
    console.print()


def _made(report: Report) -> str:
    made = report.made_by
    return f"{report.name}: {made['model']} {made['fingerprint'][:8]}, version {made['version']}"
