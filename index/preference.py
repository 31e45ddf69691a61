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

ARCHIVE = 0.8
"""What an old article counts at most."""

_NEW_DAYS = 7
_AGEING_DAYS = 30.0
"""News is mostly asked about while it is new. Whatever time is asked for, the last week counts in
full and the archive a fifth less: enough to decide between equals, too little to hide anything."""

_OTHER_OUTLET = 0.5
"""What an article counts that is not from the outlet that was asked for."""


@dataclass(frozen=True, slots=True)
class Rows:
    """When, where and in which language the article of each row was published.

    Attributes:
        days: Proleptic Gregorian ordinals (`date.toordinal`), shape (n,); UNDATED for no date.
        outlets: Positions in `names`, shape (n,); -1 for none.
        names: The outlets.
        languages: Positions in `codes`, shape (n,); -1 for none.
        codes: ISO 639-1 codes of the languages.
    """

    days: NDArray[np.int32]
    outlets: NDArray[np.int32]
    names: tuple[str, ...]
    languages: NDArray[np.int32]
    codes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.days)

    @property
    def newest(self) -> date | None:
        """The day of the newest article, or None where none has a date."""
        day = int(self.days.max(initial=UNDATED))
        return None if day == UNDATED else date.fromordinal(day)

    def has(self, first: date, last: date) -> bool:
        """Say whether an article is of these days, both included."""
        return bool(np.any((self.days >= first.toordinal()) & (self.days <= last.toordinal())))

    @classmethod
    def of(
        cls,
        published: Sequence[date | None],
        outlets: Sequence[str | None],
        languages: Sequence[str | None],
    ) -> Self:
        """Make it of each row's date, outlet and language."""
        days = np.array([d.toordinal() if d else UNDATED for d in published], np.int32)
        return cls(days, *_numbered(outlets), *_numbered(languages))

    def rearranged(
        self,
        taken: NDArray[np.int64],
        published: Sequence[date | None],
        outlets: Sequence[str | None],
        languages: Sequence[str | None],
    ) -> Self:
        """Return it for some of these rows and for new ones.

        Args:
            taken: For each row of the result the row here that it is, or -1 for the next new one.
            published: When each new one was.
            outlets: Where.
            languages: And in which language.
        """
        new = self.of(published, outlets, languages)
        kept = taken >= 0
        days = np.empty(len(taken), np.int32)
        days[kept], days[~kept] = self.days[taken[kept]], new.days
        places = _merged(taken, (self.outlets, self.names), (new.outlets, new.names))
        tongues = _merged(taken, (self.languages, self.codes), (new.languages, new.codes))
        return type(self)(days, *places, *tongues)

    def save(self, path: Path) -> None:
        """Write it to one file."""
        with path.open("wb") as file:
            np.savez(
                file,
                days=self.days,
                outlets=self.outlets,
                names=np.array(self.names, np.str_),
                languages=self.languages,
                codes=np.array(self.codes, np.str_),
            )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Open what `save` wrote.

        Raises:
            UnusableError: The file is not such a table.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                names, codes = (tuple(map(str, file[key])) for key in ("names", "codes"))
                return cls(file["days"], file["outlets"], names, file["languages"], codes)
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise UnusableError(
                f"{path}: not a table of dates: run `verbatim index --full`"
            ) from error


_Numbered = tuple[NDArray[np.int32], tuple[str, ...]]
"""A label for each row: positions in the labels, -1 for none."""


def _numbered(labels: Sequence[str | None]) -> _Numbered:
    names = tuple(sorted({name for name in labels if name}))
    at: dict[str | None, int] = {name: number for number, name in enumerate(names)}
    return np.array([at.get(name, -1) for name in labels], np.int32), names


def _merged(taken: NDArray[np.int64], old: _Numbered, new: _Numbered) -> _Numbered:
    """The labels of rows of which some are taken from `old`, the others those of `new` in order."""
    kept, at = taken >= 0, {-1: None, **dict(enumerate(old[1]))}
    held = {at[number] for number in np.unique(old[0][taken[kept]]).tolist()}
    names = tuple(sorted({name for name in held if name} | set(new[1])))
    places = np.empty(len(taken), np.int32)
    places[kept] = _renamed(old[1], names)[old[0][taken[kept]]]
    places[~kept] = _renamed(new[1], names)[new[0]]
    return places, names


def _renamed(old: tuple[str, ...], names: tuple[str, ...]) -> NDArray[np.int32]:
    """The positions of `old` names in `names`; -1, at the end, stays what it is."""
    at = {name: number for number, name in enumerate(names)}
    return np.array([*(at.get(name, -1) for name in old), -1], np.int32)


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

    def factors(self, rows: Rows, naming: NDArray[np.bool_] | None = None) -> NDArray[np.float32]:
        """Return what each row counts, shape (n,), each in (0, 1].

        Args:
            rows: When and where each was published.
            naming: Which rows name the time in question, shape (n,): they tell of it, whenever
                they were written. None for none.

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
        if naming is not None:
            away[naming] = 0.0
        counts = self.least + (1.0 - self.least) * np.exp(-away / self.days)
        old = np.maximum(self.now.toordinal() - _NEW_DAYS - day, 0.0)
        counts *= ARCHIVE + (1.0 - ARCHIVE) * np.exp(-old / _AGEING_DAYS)
        counts = np.where(day > self.now.toordinal() + 1, np.minimum(counts, _FUTURE), counts)
        counts = np.where(rows.days == UNDATED, 1.0, counts)
        if self.outlet in rows.names:
            wanted = rows.names.index(self.outlet)
            counts = np.where(rows.outlets == wanted, counts, _OTHER_OUTLET * counts)
        return counts.astype(np.float32)
