"""So many questions to each person and each chat, so that there is enough for all."""

import time
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Literal

from bot.turns import Place
from bot.windows import Window

_MANY = 4096
"""People and chats remembered before those that can be forgotten are looked for."""

Whose = Literal["person", "chat"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question too many.

    Attributes:
        whose: Whose limit is reached.
        seconds: How long until the next one will be answered.
        is_news: Whether that is to be said. It is said once while it is true.
    """

    whose: Whose
    seconds: float
    is_news: bool


class FairUse:
    """Counts questions. A person's count is for all chats, a chat's for all people in it.

    Args:
        per_minute: Of one person; 0 is no limit.
        per_hour: In one chat; 0 is no limit.
        exempt: People who are not counted.
        clock: Seconds, never falling.
    """

    def __init__(
        self,
        per_minute: int,
        per_hour: int,
        exempt: Set[int] = frozenset(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits: dict[Whose, tuple[int, float]] = {
            "chat": (per_hour, 3600.0),
            "person": (per_minute, 60.0),
        }
        self._exempt = exempt
        self._clock = clock
        self._windows: dict[tuple[Whose, int], Window] = {}
        self._told: dict[tuple[Whose, int], float] = {}

    def refusal(self, place: Place) -> Refusal | None:
        """Count a question, or say why it is not to be answered now."""
        if place.user in self._exempt:
            return None
        now = self._clock()
        self._forget(now)
        keys: dict[Whose, int] = {"chat": place.chat, "person": place.user}
        windows = [
            ((whose, keys[whose]), self._windows.setdefault((whose, keys[whose]), Window(*limit)))
            for whose, limit in self._limits.items()
            if limit[0]
        ]
        for key, window in windows:
            free = window.free_at(now)
            if free is not None and free > now:
                is_news = self._told.get(key, 0.0) <= now
                self._told[key] = max(self._told.get(key, 0.0), free)
                return Refusal(key[0], free - now, is_news)
        for _, window in windows:
            window.take()
            window.end(now)
        return None

    def _forget(self, now: float) -> None:
        if len(self._windows) >= _MANY:
            self._windows = {k: w for k, w in self._windows.items() if w.used(now)}
            self._told = {k: at for k, at in self._told.items() if at > now}
