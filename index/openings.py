"""How the articles of some days, or on some topic, begin."""

from collections.abc import Iterable
from datetime import date
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage
from index.generation import Generation
from index.preference import UNDATED
from index.topic import Topic, is_on_topic, named


def openings(
    generation: Generation,
    first: date | None,
    last: date | None,
    most: int,
    *,
    outlet: str | None = None,
    hidden: Iterable[str] = (),
    topic: Topic | None = None,
    heard: NDArray[np.bool_] | None = None,
) -> list[Passage]:
    """Return the first passages of the articles of some days, newest first, undated last.

    Args:
        generation: That has them.
        first: The first day, None for open.
        last: The last, included; None for open. An article without a date is of no day.
        most: How many at most.
        outlet: Only articles of this one; None for all.
        hidden: Ids of articles that are left out.
        topic: Only articles on it; None for those on anything.
        heard: Whether the model understands the language of each row, shape (n,); None for all.
    """
    index = generation.rows
    rows = np.array(sorted(generation.catalog.first_rows()), np.int64)
    shares = named(generation, rows, topic) if topic else np.ones(len(rows))
    hidden_rows = [row for article in hidden for row in generation.rows_of(article)]
    within = ~np.isin(rows, hidden_rows) & (shares > 0)
    if outlet is not None:
        known = index.names.index(outlet) if outlet in index.names else -2
        within &= index.outlets[rows] == known
    days = index.days[rows]
    if first is not None or last is not None:
        within &= days != UNDATED
    if first is not None:
        within &= days >= first.toordinal()
    if last is not None:
        within &= days <= last.toordinal()
    newest = [at for at in np.argsort(-days, kind="stable").tolist() if within[at]]
    # Whether it is on the topic takes a look at each, and the newest ones mostly suffice.
    found = islice(
        (
            int(rows[at])
            for at in newest
            if topic is None
            or is_on_topic(
                generation,
                int(rows[at]),
                shares[at],
                topic,
                is_heard=heard is None or bool(heard[rows[at]]),
            )
        ),
        most,
    )
    return [entry.passage for entry in generation.entries(list(found))]
