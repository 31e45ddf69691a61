"""Which articles have the same text: an agency's report, under the addresses of several outlets.

MinHash (Broder, 1997) finds likely pairs without comparing every article with every other one;
each pair found is then checked on the texts themselves.
"""

import json
import re
import sqlite3
from collections.abc import Iterator

import numpy as np
from datasketch import MinHash

from corpus.database import transaction

_SHINGLE = 5
"""Words in a row that are compared as one."""

_BANDS = 32
_ROWS = 4
"""Of the 128 values of a sketch: a pair that shares s of its shingles has one band in common with
probability 1 - (1 - s^4)^32, which is 0.87 for a half and 0.999 for two thirds."""

_LEAST_SHARED = 0.5
"""Of the shingles of both articles, which make them copies: an eighth of the words may be others at
the beginning and at the end."""

_SHORT = 50
_SHORT_SHARED = 0.8
"""A text of fewer shingles may be little but what many pages say, such as a note on its sources."""

_FEWEST = 20
"""Shingles: of a shorter text it cannot be told."""

_BATCH = 100

_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
"""Scripts without spaces between words: each character counts as one."""

_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


def shingles(paragraphs: list[str]) -> frozenset[str]:
    """Return every run of five words of a text, case aside."""
    words = [word for text in paragraphs for word in _WORD.findall(text.casefold())]
    return frozenset(" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of the shingles of two texts stands in both, 0 to 1."""
    return len(one & other) / (len(one | other) or 1)


class Copies:
    """Pairs of current articles with the same text. For one thread.

    Args:
        db: The library.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def update(self) -> int:
        """Look at the articles that are new since the last time; return how many pairs they make.

        What was found is kept as it goes: stopped at any moment, it goes on from there.
        """
        new = self._db.execute(
            "SELECT digest FROM entry WHERE digest NOT IN (SELECT digest FROM sketch)"
            " ORDER BY entry.id"
        ).fetchall()
        pairs = 0
        for at in range(0, len(new), _BATCH):
            with transaction(self._db):
                pairs += sum(self._look_at(digest) for (digest,) in new[at : at + _BATCH])
        return pairs

    def of(self, digest: str) -> list[str]:
        """Return the current versions of other articles with the text of this version, by id."""
        found = self._db.execute(
            "SELECT entry.digest FROM (SELECT other AS digest FROM copy WHERE digest = :digest"
            " UNION SELECT digest FROM copy WHERE other = :digest) JOIN entry USING (digest)"
            " ORDER BY entry.id",
            {"digest": digest},
        )
        return [other for (other,) in found]

    def _look_at(self, digest: str) -> int:
        text = self._shingles(digest)
        bands = list(_bands(text)) if len(text) >= _FEWEST else []
        others = [o for o in self._likely(digest, bands) if _is_copy(text, self._shingles(o))]
        self._db.execute("INSERT OR IGNORE INTO sketch VALUES (?)", (digest,))
        self._db.executemany(
            "INSERT OR IGNORE INTO band VALUES (?, ?, ?)",
            [(number, value, digest) for number, value in bands],
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO copy VALUES (?, ?)", [(digest, other) for other in others]
        )
        return len(others)

    def _likely(self, digest: str, bands: list[tuple[int, bytes]]) -> list[str]:
        """Other articles' current versions with one of these bands."""
        found: set[str] = set()
        for number, value in bands:
            rows = self._db.execute(
                "SELECT band.digest FROM band JOIN entry USING (digest)"
                " WHERE band = ? AND hash = ?"
                " AND entry.id <> (SELECT id FROM article WHERE digest = ?)",
                (number, value, digest),
            )
            found.update(other for (other,) in rows)
        return sorted(found)

    def _shingles(self, digest: str) -> frozenset[str]:
        (paragraphs,) = self._db.execute(
            "SELECT paragraphs FROM article WHERE digest = ?", (digest,)
        ).fetchone()
        return shingles(json.loads(paragraphs))


def _is_copy(one: frozenset[str], other: frozenset[str]) -> bool:
    least = _SHORT_SHARED if min(len(one), len(other)) < _SHORT else _LEAST_SHARED
    return shared(one, other) >= least


def _bands(text: frozenset[str]) -> Iterator[tuple[int, bytes]]:
    # Named, since sketches made in another way would match none that are kept.
    sketch = MinHash(num_perm=_BANDS * _ROWS, seed=1, scheme="affine32")
    sketch.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in text])
    values = np.asarray(sketch.hashvalues, "<u4").reshape(_BANDS, _ROWS)
    for number, band in enumerate(values):
        yield number, band.tobytes()
