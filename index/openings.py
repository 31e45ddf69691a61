"""How the articles of some days begin."""

from collections.abc import Iterable
from datetime import date

import numpy as np

from corpus.types import Passage
from index.generation import Generation
from index.preference import UNDATED


def openings(
    generation: Generation,
    first: date | None,
    last: date | None,
    most: int,
    *,
    outlet: str | None = None,
    hidden: Iterable[str] = (),
) -> list[Passage]:
    """Return the first passages of the articles of some days, newest first, undated last.

    Args:
        generation: That has them.
        first: The first day, None for open.
        last: The last, included; None for open. An article without a date is of no day.
        most: How many at most.
        outlet: Only articles of this one; None for all.
        hidden: Ids of articles that are left out.
    """
    index = generation.rows
    rows = np.array(sorted(generation.catalog.first_rows()), np.int64)
    out = [row for article in hidden for row in generation.rows_of(article)]
    rows = rows[~np.isin(rows, out)]
    if outlet is not None:
        known = index.names.index(outlet) if outlet in index.names else -2
        rows = rows[index.outlets[rows] == known]
    days = index.days[rows]
    within = np.ones(len(rows), bool)
    if first is not None or last is not None:
        within &= days != UNDATED
    if first is not None:
        within &= days >= first.toordinal()
    if last is not None:
        within &= days <= last.toordinal()
    rows, days = rows[within], days[within]
    newest = rows[np.argsort(-days, kind="stable")][:most]
    return [entry.passage for entry in generation.entries(newest.tolist())]
