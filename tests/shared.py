"""Where the data to measure on lies: beside the repository, never inside it."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("VERBATIM_SHARED", Path(__file__).parents[2] / "shared"))


def need(*parts: str) -> Path:
    """Return a path below the folder, or skip the test if it is not there."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        pytest.skip("needs ../shared")
    return path
