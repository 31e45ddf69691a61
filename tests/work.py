"""How much work something is: a bound that a busy, cold or slow machine does not break."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = 0.12
"""Seconds that `_pace` measures on the machine for which bounds are given."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What is done within may take this much of the processor, with processes it started and ended.

    A clock on the wall would count what else the machine does, and waiting for its disk. A slow
    machine is given as much more as it is slow, by a measurement right after what was too slow.

    Args:
        seconds: Of the processor of a usual machine.

    Raises:
        AssertionError: It took more.
    """
    begun = _spent()
    yield
    spent = _spent() - begun
    if spent >= seconds:
        most = seconds * max(_pace() / _USUAL, 1.0)
        assert spent < most, f"took {spent:.2f} s of the processor, not {most:.2f}"


def _spent() -> float:
    return sum(os.times()[:4])


def _pace() -> float:
    """Seconds of the processor for work of the kind that is bounded: letter by letter."""
    begun = time.process_time()
    "".join(letter.lower() for letter in "Verbatim" * 160_000 if letter.isalnum())
    return time.process_time() - begun
