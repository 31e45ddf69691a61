"""The library's SQLite file: opened, brought to the newest schema, changed all or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MIGRATIONS = (
    """
    CREATE TABLE article (
        digest TEXT PRIMARY KEY, id TEXT NOT NULL, url TEXT, title TEXT NOT NULL, source TEXT,
        authors TEXT NOT NULL, published TEXT, published_from TEXT, language TEXT NOT NULL,
        paragraphs TEXT NOT NULL
    ) STRICT;
    CREATE TABLE entry (
        id TEXT PRIMARY KEY, digest TEXT NOT NULL REFERENCES article (digest),
        origin TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, added INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE removed (id TEXT PRIMARY KEY) STRICT;
    """,
    "ALTER TABLE article ADD COLUMN sections TEXT NOT NULL DEFAULT '[]'",
    """
    CREATE TABLE source (
        name TEXT PRIMARY KEY, url TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        added_by TEXT NOT NULL, every INTEGER NOT NULL, paused INTEGER NOT NULL DEFAULT 0,
        etag TEXT, modified TEXT, due INTEGER NOT NULL DEFAULT 0, succeeded INTEGER,
        failing_since INTEGER, failures INTEGER NOT NULL DEFAULT 0, error TEXT
    ) STRICT;
    CREATE TABLE seen (
        source TEXT NOT NULL REFERENCES source (name) ON DELETE CASCADE, link TEXT NOT NULL,
        stamp TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (source, link)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE audit (
        number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL,
        act TEXT NOT NULL, detail TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_stays BEFORE DELETE ON audit
        BEGIN SELECT RAISE (ABORT, 'the audit log is only added to'); END;
    CREATE TRIGGER audit_is_as_written BEFORE UPDATE ON audit
        BEGIN SELECT RAISE (ABORT, 'the audit log is only added to'); END;
    CREATE TABLE sketch (
        digest TEXT PRIMARY KEY REFERENCES article (digest) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE band (
        band INTEGER NOT NULL, hash BLOB NOT NULL,
        digest TEXT NOT NULL REFERENCES sketch (digest) ON DELETE CASCADE,
        PRIMARY KEY (band, hash, digest)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX band_digest ON band (digest);
    CREATE TABLE copy (
        digest TEXT NOT NULL REFERENCES sketch (digest) ON DELETE CASCADE,
        other TEXT NOT NULL REFERENCES sketch (digest) ON DELETE CASCADE,
        PRIMARY KEY (digest, other)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX copy_other ON copy (other);
    CREATE INDEX entry_digest ON entry (digest);
    """,
)
"""One script for each version of the schema, in order; `user_version` counts those applied."""


class LibraryError(Exception):
    """The library cannot be opened; the message names the fix."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the library's file, made and brought to the newest schema if need be.

    Raises:
        LibraryError: The file is not a library, or one of a newer version of the program.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=30, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"{path}: {error}: choose another folder with --data") from error
    try:
        _prepare(db, path)
    except sqlite3.Error as error:
        db.close()
        raise LibraryError(
            f"{path}: {error}: move the file away and run `verbatim index`"
        ) from error
    except LibraryError:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    try:
        db.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # Another process is making the library just now; who opens it next turns this on.
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
    db.execute("PRAGMA foreign_keys = ON")
    # What is deleted shall be gone from the disk.
    db.execute("PRAGMA secure_delete = ON")
    if _version(db) == len(_MIGRATIONS):
        return
    with transaction(db):
        version = _version(db)
        if version > len(_MIGRATIONS):
            raise LibraryError(
                f"{path}: written by a newer version of Verbatim: upgrade, or use --data"
            )
        for script in _MIGRATIONS[version:]:
            for statement in _statements(script):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")


def _version(db: sqlite3.Connection) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; a trigger has semicolons of its own."""
    held = ""
    for part in script.split(";"):
        held += f"{part};"
        if sqlite3.complete_statement(held):
            yield held
            held = ""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Do what follows all or not at all."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # A full disk ends the transaction by itself.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def clear_remains(db: sqlite3.Connection, *, wholly: bool = False) -> bool:
    """Wipe what was deleted out of the log beside the file; whether no reader stood in the way.

    Args:
        db: The library.
        wholly: Write the file anew as well, for what versions before this one had left in it.
    """
    try:
        if wholly:
            db.execute("VACUUM")
        busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        # This very connection, or another one, is reading.
        if error.sqlite_errorcode not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        return False
    return not busy
