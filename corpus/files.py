"""The retriever: a path -> files -> bytes. What the bytes mean is the parser's business."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from corpus.types import ReadError

SUFFIXES = (".md", ".markdown")


def find(path: Path) -> Iterator[Path | ReadError]:
    """Yield the files of the collection at `path`: itself, or all below it, sorted.

    Hidden files and folders are passed over. A link that leads nowhere is an error of its own.
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
        if path.suffix.lower() in SUFFIXES:
            yield path
        else:
            yield ReadError(_name(path), f"not a Markdown file: its name must end in {SUFFIXES[0]}")
    for entry in entries:
        if entry.name.startswith("."):
            continue
        # Asked of the entry, not of its path, which may lie where this user cannot look.
        if entry.is_dir(follow_symlinks=False):
            yield from find(path / entry.name)
        elif Path(entry.name).suffix.lower() in SUFFIXES:
            yield path / entry.name


def load(path: Path, most: int) -> bytes | ReadError:
    """Return the bytes of a file of at most `most` bytes."""
    name = _name(path)
    if name != str(path):
        return ReadError(name, "its name is not UTF-8: rename it")
    try:
        if not path.is_file():
            return ReadError(name, "not a regular file: remove it or give another path")
        size = path.stat().st_size
        if size > most:
            return ReadError(
                name,
                f"{size / 1e6:.1f} MB is more than the {most / 1e6:g} MB that [corpus] max_file_mb"
                " allows: split the file or raise the limit",
            )
        return path.read_bytes()
    except OSError as error:
        return ReadError(name, f"{error.strerror or error}: check the file's rights")


def _name(path: Path) -> str:
    """The path as text that can be stored and printed, whatever bytes it is made of."""
    return os.fsencode(path).decode(errors="backslashreplace")
