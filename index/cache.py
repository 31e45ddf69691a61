"""Vectors once made are kept, by encoder fingerprint and digest of the text."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np

from index.types import Vectors

_LOOKUP = 500


class EmbeddingCache:
    """SQLite file of vectors, one row for each encoder and text. For one thread.

    Args:
        path: The file; made if it does not exist. A file that is no cache is replaced: everything
            in it can be computed again.
        fingerprint: The encoder's.
    """

    def __init__(self, path: Path, fingerprint: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._fingerprint = fingerprint
        try:
            self._db = _open(path)
        except sqlite3.DatabaseError:
            path.unlink()
            self._db = _open(path)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def erase(self) -> bool:
        """Write the file anew, so that nothing deleted is left in it; whether it was possible."""
        try:
            self._db.execute("VACUUM")
            busy, _, _ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
        return not busy

    def get(self, digests: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors that are kept for `digests`, each of shape (dimension,)."""
        found: dict[str, Vectors] = {}
        for at in range(0, len(digests), _LOOKUP):
            part = digests[at : at + _LOOKUP]
            marks = ",".join("?" * len(part))
            rows = self._db.execute(
                f"SELECT digest, data FROM vector WHERE fingerprint = ? AND digest IN ({marks})",
                (self._fingerprint, *part),
            )
            found.update((d, np.frombuffer(data, "<f4")) for d, data in rows)
        return found

    def put(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep vectors by digest, all or none."""
        rows = [(self._fingerprint, d, v.astype("<f4").tobytes()) for d, v in vectors.items()]
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", rows)

    def prune(self, keep: Collection[str]) -> int:
        """Forget the vectors of all texts but `keep`; return how many."""
        with self._db:
            self._db.execute("CREATE TEMP TABLE kept (digest TEXT PRIMARY KEY)")
            self._db.executemany("INSERT OR IGNORE INTO kept VALUES (?)", [(d,) for d in keep])
            gone = self._db.execute(
                "DELETE FROM vector WHERE digest NOT IN (SELECT digest FROM kept)"
            ).rowcount
            self._db.execute("DROP TABLE kept")
        return gone


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=30)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA secure_delete = ON")
        db.execute(
            "CREATE TABLE IF NOT EXISTS vector (fingerprint TEXT NOT NULL,"
            " digest TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (fingerprint, digest))"
            " STRICT, WITHOUT ROWID"
        )
        db.commit()
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db
