"""How much work something is: a bound that a busy or cold machine does not break."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What is done within may take this much of the processor, with processes it started and ended.

    A clock on the wall would count what else the machine does, and waiting for its disk.

    Raises:
        AssertionError: It took more.
    """
    begun = _spent()
    yield
    spent = _spent() - begun
    assert spent < seconds, f"took {spent:.2f} s of the processor, not {seconds:g}"


def _spent() -> float:
    return sum(os.times()[:4])
