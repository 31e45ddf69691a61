"""Work on what others made, in a process of its own, with bounds on time and memory.

The process is `python -m corpus.readers.apart MODULE`: bytes go in, one line of JSON comes out. It
knows nothing of the program's data, and whatever a document does to it ends with it.
"""

import contextlib
import importlib
import json
import logging
import os
import resource
import subprocess
import sys
from typing import Any

from corpus.compose import UnreadableError
from corpus.readers.base import Limits

_WORKERS = {"pdf": "corpus.readers.pdf", "epub": "corpus.readers.epub"}


def work(kind: str, data: bytes, limits: Limits) -> Any:  # noqa: ANN401 - any JSON
    """Return what the function `extract` of the reader of this kind makes of `data`.

    Raises:
        UnreadableError: It could not, or not within its bounds.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__, kind, str(limits.seconds), str(limits.memory)],
            input=data,
            capture_output=True,
            timeout=limits.seconds,
            env={k: v for k, v in os.environ.items() if not k.startswith("VERBATIM_")},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError(
            f"takes more than {limits.seconds:g} s to read: save it anew, or split it"
        ) from None
    try:
        values = json.loads(done.stdout)
    except ValueError:
        # Killed, or out of memory in a way that nothing could be said of.
        raise UnreadableError(_too_much(limits)) from None
    if "error" in values:
        raise UnreadableError(_too_much(limits) if not values["error"] else values["error"])
    return values["found"]


def _too_much(limits: Limits) -> str:
    return (
        f"takes more than {limits.memory / 1e6:g} MB of memory to read: save it anew, or split it"
    )


def main() -> None:
    """Do the work; called in the new process."""
    kind, seconds, memory = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    extract = importlib.import_module(_WORKERS[kind]).extract
    with contextlib.suppress(ValueError, OSError):  # not every system knows each of these
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    try:
        said = {"found": extract(data)}
    except UnreadableError as error:
        said = {"error": str(error)}
    except MemoryError:
        said = {"error": ""}
    except Exception as error:
        # Its readers meet broken files in more ways than they have names for.
        said = {"error": f"damaged ({type(error).__name__}): save it anew"}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
