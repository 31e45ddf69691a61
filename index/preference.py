"""Which passages a question prefers by when and where they were published.

A preference is no filter: what is preferred counts in full, and the rest less and less, since an
article of March may be the one that tells of December.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.types import UnusableError

UNDATED = 0
"""Day of an article without a date."""

_FUTURE = 0.3
"""What an article dated after the question counts; a day is allowed for clocks and zones."""

_ARCHIVE = 0.8
_NEW_DAYS = 7
_AGEING_DAYS = 30.0
"""News is mostly asked about while it is new. Whatever time is asked for, the last week counts in
full and the archive a fifth less: enough to decide between equals, too little to hide anything."""

_OTHER_OUTLET = 0.5
"""What an article counts that is not from the outlet that was asked for."""


@dataclass(frozen=True, slots=True)
class Rows:
    """When and where the article of each row was published.

    Attributes:
        days: Proleptic Gregorian ordinals (`date.toordinal`), shape (n,); UNDATED for no date.
        outlets: Positions in `names`, shape (n,); -1 for none.
        names: The outlets.
    """

    days: NDArray[np.int32]
    outlets: NDArray[np.int32]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.days)

    @classmethod
    def of(cls, published: Sequence[date | None], outlets: Sequence[str | None]) -> Self:
        """Make it of each row's date and outlet."""
        names = tuple(sorted({name for name in outlets if name}))
        at: dict[str | None, int] = {name: number for number, name in enumerate(names)}
        return cls(
            np.array([d.toordinal() if d else UNDATED for d in published], np.int32),
            np.array([at.get(name, -1) for name in outlets], np.int32),
            names,
        )

    def rearranged(
        self,
        taken: NDArray[np.int64],
        published: Sequence[date | None],
        outlets: Sequence[str | None],
    ) -> Self:
        """Return it for some of these rows and for new ones.

        Args:
            taken: For each row of the result the row here that it is, or -1 for the next new one.
            published: When each new one was.
            outlets: And where.
        """
        new = self.of(published, outlets)
        kept, at = taken >= 0, {-1: None, **dict(enumerate(self.names))}
        held = {at[number] for number in np.unique(self.outlets[taken[kept]]).tolist()}
        names = tuple(sorted({name for name in held if name} | set(new.names)))
        days = np.empty(len(taken), np.int32)
        days[kept], days[~kept] = self.days[taken[kept]], new.days
        places = np.empty(len(taken), np.int32)
        places[kept] = _renamed(self, names)[self.outlets[taken[kept]]]
        places[~kept] = _renamed(new, names)[new.outlets]
        return type(self)(days, places, names)

    def save(self, path: Path) -> None:
        """Write it to one file."""
        names = np.array(self.names, np.str_)
        with path.open("wb") as file:
            np.savez(file, days=self.days, outlets=self.outlets, names=names)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Open what `save` wrote.

        Raises:
            UnusableError: The file is not such a table.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                names = tuple(str(name) for name in file["names"])
                return cls(file["days"], file["outlets"], names)
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise UnusableError(
                f"{path}: not a table of dates: run `verbatim index --full`"
            ) from error


def _renamed(rows: Rows, names: tuple[str, ...]) -> NDArray[np.int32]:
    """The positions in `names` of the outlets of `rows`; -1, at the end, stays what it is."""
    at = {name: number for number, name in enumerate(names)}
    return np.array([*(at.get(name, -1) for name in rows.names), -1], np.int32)


@dataclass(frozen=True, slots=True)
class Preference:
    """What counts in full, and how fast the rest fades.

    Attributes:
        now: The day on which the question is asked.
        first: First day of the time in question; None is open.
        last: Its last day, included; None is open.
        days: Over how many days beyond that time it fades to about a third of the way.
        least: What the farthest counts, 0 to 1.
        outlet: The outlet in question, as the collection names it, or None.
    """

    now: date
    first: date | None
    last: date | None
    days: float
    least: float
    outlet: str | None = None

    def factors(self, rows: Rows) -> NDArray[np.float32]:
        """Return what each row counts, shape (n,), each in (0, 1].

        Within the time it is 1; d days away from it, least + (1 - least) exp(-d / days); times
        what the article's age counts. Rows without a date count in full: nothing speaks against
        them.
        """
        day = rows.days.astype(np.float32)
        away = np.zeros(len(rows), np.float32)
        if self.first is not None:
            away = np.maximum(away, self.first.toordinal() - day)
        if self.last is not None:
            away = np.maximum(away, day - self.last.toordinal())
        counts = self.least + (1.0 - self.least) * np.exp(-away / self.days)
        old = np.maximum(self.now.toordinal() - _NEW_DAYS - day, 0.0)
        counts *= _ARCHIVE + (1.0 - _ARCHIVE) * np.exp(-old / _AGEING_DAYS)
        counts = np.where(day > self.now.toordinal() + 1, np.minimum(counts, _FUTURE), counts)
        counts = np.where(rows.days == UNDATED, 1.0, counts)
        if self.outlet in rows.names:
            wanted = rows.names.index(self.outlet)
            counts = np.where(rows.outlets == wanted, counts, _OTHER_OUTLET * counts)
        return counts.astype(np.float32)
