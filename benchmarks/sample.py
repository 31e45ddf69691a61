"""The sample collection, indexed for a benchmark."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.engine import Engine, update
from bot.quote import Quotation
from bot.settings import load


@contextmanager
def sample() -> Iterator[Engine]:
    """Answer from the sample, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load(None, data=Path(folder))
        update(settings)
        with Engine(settings) as engine:
            yield engine


def name(quotation: Quotation) -> str:
    """Name of an article of the sample: its addresses end with those of its files."""
    return str(quotation.article.url).rsplit("/", 1)[-1]
