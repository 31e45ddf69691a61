"""The SQLite file in which everything about chats is kept."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from corpus.closing import Closing
from index.types import UnusableError

PATIENCE = 30
"""Seconds to wait while another connection writes."""


def opened(
    path: Path | str, prepare: Callable[[sqlite3.Connection], None], loss: str
) -> sqlite3.Connection:
    """Open the file, made if it does not exist. For one thread at a time.

    Args:
        path: The file; ":memory:" keeps everything for this run only.
        prepare: Makes the tables, within one transaction.
        loss: What moving the file away costs, for the error's text.

    Raises:
        UnusableError: The file is not such a database.
    """
    if isinstance(path, Path):
        path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        # What is written survives the end of the process at any instant. A power cut may take the
        # last moments with it, which is worth it: nothing waits for the disk.
        db.execute("PRAGMA synchronous = NORMAL")
        # What is deleted must not be found in the file by whoever looks for it.
        db.execute("PRAGMA secure_delete = ON")
        with db:
            prepare(db)
    except sqlite3.DatabaseError as error:
        db.close()
        raise UnusableError(f"{path}: {error}: move the file away; {loss}") from error
    return db


class Store(Closing):
    """A part of the chats' file. For one thread at a time; the arguments are those of `opened`."""

    def __init__(
        self, path: Path | str, prepare: Callable[[sqlite3.Connection], None], loss: str
    ) -> None:
        self._db = opened(path, prepare, loss)

    def close(self) -> None:
        """Close the file."""
        self._db.close()
