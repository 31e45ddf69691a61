"""The process that carries out one order: `python -m bot.keeper.work`, started by `process`.

It reads a `Task` from its standard input and writes `Said` to its standard output, a line each. It
ends with whoever started it: at any instant, since what it does can be taken up again.
"""

import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

from pydantic import TypeAdapter

from bot.engine import IndexReport, roll_back, update
from bot.keeper.foresight import Foresight, foresee
from bot.keeper.orders import (
    MOST_FAILURES,
    Changes,
    Failed,
    Order,
    Plan,
    Result,
    Said,
    Stage,
    Task,
)
from bot.settings import Settings
from corpus.store import LibraryError
from corpus.sync import SyncReport
from index.generation import current_number, read_manifest
from index.layout import Layout
from index.types import Progress, UnusableError

TASK = TypeAdapter(Task)
SAID = TypeAdapter(Said)

_NICENESS = 10
"""Whoever asks a question goes before."""

_EVERY = 0.1
"""Seconds between two words of how far it is."""

_PATIENCE = 30.0
"""Seconds to wait for another process that is indexing."""


class _Arguments(TypedDict):
    """Those that `update` and `foresee` share."""

    add: tuple[Path, ...]
    pages: tuple[str, ...]
    remove: tuple[str, ...]
    due: bool
    full: bool


def main() -> None:
    """Carry out the one order."""
    # What a library prints must not come between the lines.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    os.nice(_NICENESS)
    line = sys.stdin.buffer.readline()
    if not line.endswith(b"\n"):
        # The other process has ended already.
        return
    task = TASK.validate_json(line)
    threading.Thread(target=_end_with_the_other, daemon=True).start()

    def say(said: Said) -> None:
        out.write(SAID.dump_json(said, exclude_none=True) + b"\n")

    say(carried_out(task, telling(say)))


def carried_out(task: Task, tell: Progress) -> Said:
    """Carry out a task and return what came of it, never an exception.

    Args:
        task: The task.
        tell: Told how far it is.
    """
    settings = Settings.model_validate_json(task.settings)
    try:
        if task.order.kind == "rollback":
            return _rolled_back(settings, task.order)
        if task.is_dry:
            return Said(plan=_plan(foresee(settings, **_arguments(task.order), progress=tell)))
        # A rollback holds against what comes by itself, not against what a person wants.
        unhold = task.order.kind != "watch"
        report = update(
            settings,
            **_arguments(task.order),
            unhold=unhold,
            wait=_PATIENCE,
            progress=tell,
        )
        return Said(result=_result(report)) if report else Said(failed=Failed("nothing to do"))
    except (UnusableError, LibraryError, OSError) as error:
        return Said(failed=Failed(" ".join(str(error).split())))
    except Exception as error:
        traceback.print_exc()
        return Said(failed=Failed(f"unexpected: {type(error).__name__}: see the log"))


def _end_with_the_other() -> None:
    """Nothing more is written here, so that this ends when the other process does."""
    # Not by the buffer, which the interpreter would wait for at its end.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def telling(say: Callable[[Said], None]) -> Progress:
    """Return what to tell how far a job is: `say` is told of it, but not too often."""
    last: tuple[str, float] = ("", 0.0)

    def tell(name: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if name != last[0] or now - last[1] >= _EVERY or done == total:
            last = (name, now)
            say(Said(stage=Stage(name, done, total)))

    return tell


def _arguments(order: Order) -> _Arguments:
    added = order.names if order.kind == "add" else ()
    pages = [name for name in added if "://" in name]
    files = [name for name in added if "://" not in name]
    return {
        "add": tuple(Path(name) for name in files),
        "pages": tuple(pages),
        "remove": order.names if order.kind == "remove" else (),
        "due": order.kind in {"reindex", "full", "watch"},
        "full": order.kind == "full",
    }


def _changes(read: SyncReport) -> Changes:
    return Changes(len(read.new), len(read.changed), len(read.gone), read.unchanged)


def _plan(foreseen: Foresight) -> Plan:
    read, upcoming = foreseen.read, foreseen.upcoming
    return Plan(
        _changes(read),
        upcoming.passages,
        upcoming.seconds,
        tuple(read.errors[:MOST_FAILURES]),
        len(read.errors[MOST_FAILURES:]),
    )


def _rolled_back(settings: Settings, order: Order) -> Said:
    """Go back from the generation that was asked about, and from no other one."""
    layout, (asked_of,) = Layout(settings.index.data), map(int, order.names)
    current = current_number(layout)
    if current is not None and current < asked_of:
        # Broken off right after it was done.
        manifest = read_manifest(layout.generation(current))
    elif current == asked_of:
        manifest = roll_back(settings, _PATIENCE)
    else:
        return Said(failed=Failed("the index has changed since: ask again"))
    result = Result(Changes(), 0, manifest.articles, manifest.number, published=True)
    return Said(result=result)


def _result(report: IndexReport) -> Result:
    read, built = report.read, report.built
    return Result(
        _changes(read),
        built.encoded,
        built.manifest.articles,
        built.manifest.number,
        built.published,
        tuple(read.errors[:MOST_FAILURES]),
        len(read.errors[MOST_FAILURES:]),
    )


if __name__ == "__main__":
    main()
