"""The retriever: a path -> files -> bytes. What the bytes mean is the parser's business."""

from collections.abc import Iterator
from pathlib import Path

from corpus.types import ReadError

SUFFIXES = (".md", ".markdown")


def find(path: Path) -> Iterator[Path | ReadError]:
    """Yield the files of the collection at `path`: itself, or all below it, sorted.

    Hidden files and folders are passed over. A link that leads nowhere is an error of its own.
    """
    if path.is_dir():
        try:
            names = sorted(path.iterdir())
        except OSError as error:
            yield ReadError(str(path), f"{error.strerror or error}: check the folder's rights")
            return
        for name in names:
            if name.name.startswith("."):
                continue
            if name.is_dir() and not name.is_symlink():
                yield from find(name)
            elif name.suffix.lower() in SUFFIXES:
                yield name
    elif path.exists():
        if path.suffix.lower() in SUFFIXES:
            yield path
        else:
            yield ReadError(str(path), f"not a Markdown file: its name must end in {SUFFIXES[0]}")
    else:
        yield ReadError(str(path), "does not exist: check the spelling")


def load(path: Path, most: int) -> bytes | ReadError:
    """Return the bytes of a file of at most `most` bytes."""
    try:
        if not path.is_file():
            return ReadError(str(path), "not a regular file: remove it or give another path")
        size = path.stat().st_size
        if size > most:
            return ReadError(
                str(path),
                f"{size / 1e6:.1f} MB is more than the {most / 1e6:g} MB that [corpus] max_file_mb"
                " allows: split the file or raise the limit",
            )
        return path.read_bytes()
    except OSError as error:
        return ReadError(str(path), f"{error.strerror or error}: check the file's rights")
