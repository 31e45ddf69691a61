"""How a guest behaves: robots.txt is heeded, and a host asked one thing at a time, in no haste."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cachetools import TTLCache
from protego import Protego

_KEPT_SECONDS = 86400
_HOSTS = 1000
_LONGEST_DELAY = 60.0
"""Seconds between two requests that a robots.txt can ask for; more would keep a feed from ever
being read through."""


class Robots:
    """What each site asks of robots, remembered for a day.

    Args:
        read: Returns the text of the robots.txt at an address, "" where there is none.
        clock: Seconds.
    """

    def __init__(
        self, read: Callable[[str], str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._known: TTLCache[str, Protego] = TTLCache(_HOSTS, _KEPT_SECONDS, clock)
        self._lock = threading.Lock()

    def allow(self, origin: str, url: str, agent: str) -> bool:
        """Whether a robot may read `url`.

        Args:
            origin: Scheme, host and port of `url`, such as "https://news.example".
            url: The address.
            agent: The robot's name.
        """
        return bool(self._of(origin).can_fetch(url, agent))

    def delay(self, origin: str, agent: str) -> float:
        """Seconds that a robot shall let pass between two requests, as far as that is known."""
        with self._lock:
            known = self._known.get(origin)
        return min(float((known and known.crawl_delay(agent)) or 0.0), _LONGEST_DELAY)

    def _of(self, origin: str) -> Protego:
        with self._lock:
            known = self._known.get(origin)
        if known is None:
            known = Protego.parse(self._read(f"{origin}/robots.txt"))
            with self._lock:
                self._known[origin] = known
        return known


@dataclass(slots=True)
class _Turn:
    """Whose turn it is at a host, and from when."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    ready: float = 0.0


class Turns:
    """Requests to one host come one after the other, with a pause between. For any thread.

    Args:
        clock: Seconds.
        sleep: Waits for so many seconds.
    """

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._turns: dict[str, _Turn] = {}
        self._lock = threading.Lock()

    @contextmanager
    def take(self, host: str, delay: Callable[[], float]) -> Iterator[None]:
        """Wait until `host` may be asked; nobody else asks it until this ends.

        Args:
            host: Which.
            delay: Seconds until the next one may ask, counted from the end.
        """
        with self._lock:
            turn = self._turns.setdefault(host, _Turn())
        with turn.lock:
            pause = turn.ready - self._clock()
            if pause > 0:
                self._sleep(pause)
            try:
                yield
            finally:
                turn.ready = self._clock() + delay()
