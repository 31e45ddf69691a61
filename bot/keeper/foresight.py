"""What an update of the collection would change, found out without changing anything."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.engine import encoder_of, read_into
from bot.settings import Settings
from corpus.store import Library
from corpus.sync import SyncReport
from index.layout import Layout
from index.types import Progress, silent
from index.upcoming import Upcoming, upcoming


@dataclass(frozen=True, slots=True)
class Foresight:
    """What an update would do.

    Attributes:
        read: To the articles.
        upcoming: To the index.
    """

    read: SyncReport
    upcoming: Upcoming


def foresee(
    settings: Settings,
    *,
    add: Sequence[Path] = (),
    pages: Sequence[str] = (),
    remove: Sequence[str] = (),
    due: bool = False,
    full: bool = False,
    progress: Progress = silent,
) -> Foresight:
    """Do what `bot.engine.update` would do to the library, but to a copy in memory.

    Raises:
        UnusableError: The model or the data folder cannot be used.
        LibraryError: The library cannot be opened.
    """
    layout = Layout(settings.index.data)
    with Library(layout.library) as library, closing(library.copy()) as copy:
        read = read_into(copy, settings, add, pages, remove, progress, due=due)
        progress("counting", 0, 0)
        return Foresight(read, upcoming(layout, copy, encoder_of(settings), full=full))
