"""The retriever: a path -> files -> bytes. What the bytes mean is the parser's business."""

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.readers.kinds import PACKED, SUFFIXES
from corpus.types import ReadError

MARKDOWN = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Sizes:
    """The largest files that are read, in bytes: one document, and one that holds many."""

    document: int
    archive: int

    @classmethod
    def of(cls, most: "int | Sizes") -> "Sizes":
        """One size for both, or two."""
        return most if isinstance(most, Sizes) else cls(most, most)


_PAGES = (".html", ".htm", ".xhtml")
_PARTS = "_files"


def find(path: Path, suffixes: Collection[str] = SUFFIXES) -> Iterator[Path | ReadError]:
    """Yield the files of the collection at `path`: itself, whatever its name, or those below it.

    Those below are sorted and have names that end in one of `suffixes`. Hidden files and folders
    are passed over, and so are the parts that a browser saved beside a page. A link that leads
    nowhere is an error of its own.
    """
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
        entries = sorted(os.scandir(path), key=lambda e: e.name) if is_folder else []
    except (FileNotFoundError, ValueError):
        yield ReadError(_name(path), "does not exist: check the spelling")
        return
    except OSError as error:
        yield ReadError(_name(path), f"{error.strerror or error}: check its rights")
        return
    if not is_folder:
        yield path
    pages = {e.name.rsplit(".", 1)[0] for e in entries if e.name.lower().endswith(_PAGES)}
    for entry in entries:
        if entry.name.startswith(".") or _is_part(entry.name, pages):
            continue
        # Asked of the entry, not of its path, which may lie where this user cannot look.
        if entry.is_dir(follow_symlinks=False):
            yield from find(path / entry.name, suffixes)
        elif Path(entry.name).suffix.lower() in suffixes:
            yield path / entry.name


def _is_part(name: str, pages: Collection[str]) -> bool:
    return name.endswith(_PARTS) and name.removesuffix(_PARTS) in pages


def load(path: Path, most: int | Sizes) -> bytes | ReadError:
    """Return the bytes of a file of at most `most` bytes."""
    name = _name(path)
    is_packed = path.suffix.lower() in PACKED
    limit = Sizes.of(most).archive if is_packed else Sizes.of(most).document
    key = "max_archive_mb" if is_packed else "max_file_mb"
    if name != str(path):
        return ReadError(name, "its name is not UTF-8: rename it")
    try:
        if not path.is_file():
            return ReadError(name, "not a regular file: remove it or give another path")
        size = path.stat().st_size
        if size > limit:
            return ReadError(
                name,
                f"{size / 1e6:.1f} MB is more than the {limit / 1e6:g} MB that [corpus] {key}"
                " allows: split the file or raise the limit",
            )
        return path.read_bytes()
    except OSError as error:
        return ReadError(name, f"{error.strerror or error}: check the file's rights")


def _name(path: Path) -> str:
    """The path as text that can be stored and printed, whatever bytes it is made of."""
    return os.fsencode(path).decode(errors="backslashreplace")
