"""So many in so long a time."""

from collections import deque


class Window:
    """At most `limit` within any `seconds`. Times are given by the caller, never falling.

    Attributes:
        limit: How many.
        seconds: Length of the window.
    """

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit, self.seconds = limit, seconds
        self._under_way = 0
        self._ended: deque[float] = deque()

    def used(self, now: float) -> int:
        """How many places are taken."""
        while self._ended and self._ended[0] + self.seconds <= now:
            self._ended.popleft()
        return self._under_way + len(self._ended)

    def free_at(self, now: float) -> float | None:
        """When a place is free, now or later; None if that hangs on what is still under way."""
        if self.used(now) < self.limit:
            return now
        return self._ended[0] + self.seconds if self._ended else None

    def take(self) -> None:
        """Take a place. It is held until `end`, and for the window's length after."""
        self._under_way += 1

    def end(self, now: float) -> None:
        """What took a place has come to its end."""
        self._under_way -= 1
        self._ended.append(now)
