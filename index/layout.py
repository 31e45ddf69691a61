"""Where everything that the program writes lies, and writing it so that a crash loses nothing."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths below the data folder."""

    data: Path

    @property
    def library(self) -> Path:
        """Articles (SQLite)."""
        return self.data / "library.sqlite"

    @property
    def embeddings(self) -> Path:
        """The embedding cache (SQLite)."""
        return self.data / "embeddings.sqlite"

    @property
    def chats(self) -> Path:
        """What the bot remembers of answers it sent (SQLite)."""
        return self.data / "chats.sqlite"

    @property
    def lock(self) -> Path:
        """Held by the one process that changes library and generations."""
        return self.data / "index.lock"

    @property
    def generations(self) -> Path:
        """One folder for each generation, and those still being built."""
        return self.data / "generations"

    @property
    def current(self) -> Path:
        """Names the generation that serves."""
        return self.data / "CURRENT"

    @property
    def rolled_back(self) -> Path:
        """Says that a person went back to an earlier generation, while that holds."""
        return self.data / "ROLLED_BACK"

    def generation(self, number: int) -> Path:
        """Folder of one generation."""
        return self.generations / f"{number:06d}"

    def numbers(self) -> list[int]:
        """Numbers of the whole generations, oldest first."""
        if not self.generations.is_dir():
            return []
        return sorted(int(p.name) for p in self.generations.iterdir() if p.name.isdigit())


def fsync(path: Path) -> None:
    """Make sure that a file, or a folder's list of names, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fsync_tree(folder: Path) -> None:
    """`fsync` a folder with everything below it."""
    for path in sorted(folder.rglob("*")):
        fsync(path)
    fsync(folder)


def replace_text(path: Path, text: str) -> None:
    """Put `text` in place of the file at `path` in one step that a crash cannot halve."""
    scratch = path.with_name(path.name + ".new")
    scratch.write_text(text, "utf-8")
    fsync(scratch)
    scratch.replace(path)
    fsync(path.parent)
