"""Fixtures shared by the tests of `corpus`."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from corpus.store import Library
from index.models import open_encoder
from index.types import Encoder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library of its own for each test."""
    with Library(tmp_path / "data" / "library.db") as opened:
        yield opened


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can look into, unlike `tmp_path`."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The encoder that ships with the project, for its tokenizer."""
    return open_encoder(threads=1)
