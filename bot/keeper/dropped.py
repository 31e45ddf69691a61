"""Files that were dropped into a chat: kept under the data folder, under names that do no harm."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from index.layout import fsync

FOLDER = "added"
"""Below the data folder."""

_LONGEST = 80
_UNFIT = re.compile(r"[^\w.-]+")


def keep(data: Path, name: str, content: bytes) -> Path:
    """Keep a file, in one step that a crash cannot halve; return where it lies.

    Before its name stands the digest of its content, so that no file takes another one's place.

    Args:
        data: The data folder.
        name: As whoever sent it calls it: anything.
        content: The file.

    Raises:
        OSError: The disk is full, or may not be written.
    """
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(content).hexdigest()[:12]}-{harmless(name)}"
    # Hidden files are never read.
    scratch = folder / f".{path.name}"
    scratch.write_bytes(content)
    fsync(scratch)
    scratch.replace(path)
    fsync(folder)
    return path


def discard(data: Path, names: Iterable[str]) -> None:
    """Delete those of the files that were kept here; all others are somebody else's.

    Args:
        data: The data folder.
        names: Files, and whatever else an order names.
    """
    for path in map(Path, names):
        if path.parent == data / FOLDER:
            path.unlink(missing_ok=True)


def harmless(name: str) -> str:
    """Return a file's name without folders and without signs that a shell or a log would heed.

    What tells its kind, at its end, stays whatever is cut.
    """
    bare = _UNFIT.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip("._") or "file"
    stem, dot, ending = bare.rpartition(".")
    if not dot or len(ending) > _LONGEST // 2:
        stem, ending = bare, ""
    # Letters of some scripts are up to four bytes long, of which a name may have 255.
    while len(f"{stem}{dot}{ending}".encode()) > 2 * _LONGEST:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}" if ending else stem
