"""A job under way: how far it is, how fast, and what came of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.keeper.orders import Order, Outcome, Stage

_SURE = 2.0
"""Seconds of a stage before anything is said of its pace."""


class Pace(NamedTuple):
    """How fast a stage goes.

    Attributes:
        rate: Of it a second.
        left: Seconds.
    """

    rate: float
    left: float


@dataclass(slots=True)
class Job:
    """One job.

    Attributes:
        order: What is done.
        is_dry: Whether it only finds out what would change.
        clock: Seconds, never falling.
        begun: When, by that clock.
        stage: How far it is; None before the first word of it.
        task: Its result is what came of it.
        work: What to cancel to end it in the middle.
        is_ended: Whether somebody has.
        ended_by: Who.
    """

    order: Order
    is_dry: bool
    clock: Callable[[], float]
    begun: float = field(init=False)
    stage: Stage | None = field(default=None, init=False)
    task: asyncio.Task[Outcome] = field(init=False)
    work: asyncio.Task[Outcome] | None = field(default=None, init=False)
    is_ended: bool = field(default=False, init=False)
    ended_by: str = field(default="", init=False)
    _first: tuple[float, int] = field(default=(0.0, 0), init=False)

    def __post_init__(self) -> None:
        self.begun = self.clock()

    def tell(self, stage: Stage) -> None:
        """Take note of how far it is."""
        if self.stage is None or self.stage.name != stage.name:
            self._first = (self.clock(), stage.done)
        self.stage = stage

    def end(self, name: str) -> None:
        """End it in the middle, in the name of whoever wants that."""
        self.is_ended, self.ended_by = True, name
        if self.work:
            self.work.cancel()

    def pace(self) -> Pace | None:
        """Return how fast the stage goes, None while that is not known."""
        at, done = self._first
        passed = self.clock() - at
        if self.stage is None or not self.stage.total or passed < _SURE or self.stage.done == done:
            return None
        rate = (self.stage.done - done) / passed
        return Pace(rate, (self.stage.total - self.stage.done) / rate)

    @property
    def age(self) -> float:
        """Seconds since it began."""
        return self.clock() - self.begun
