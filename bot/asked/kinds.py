"""What a question can say about time."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["dated", "latest", "recent", "today", "since", "before"]


@dataclass(frozen=True, slots=True)
class Time:
    """The time a question is about.

    Attributes:
        kind: How the question says it.
        first: First day the question is about, UTC; None: open.
        last: Last day, included; None: open.
        span: The words in the question that say so.
    """

    kind: Kind
    first: date | None
    last: date | None
    span: tuple[int, int]
