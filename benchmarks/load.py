"""1,000 people ask within a minute, and then within a second: who waits for how long?

    python benchmarks/load.py [--people 1000]

The real application against the tests' Bot API server on loopback, with its limits enforced.
"""

import argparse
import asyncio
import tempfile
from pathlib import Path

from bot.engine import update
from bot.settings import load
from tests.bot.telegram.conftest import at_work, pointed_at
from tests.load import ask_all
from tests.telegram_server import TelegramServer


async def measure(folder: Path, people: int, within: float) -> None:
    """Print what came of it."""
    async with TelegramServer(enforce_flood=True) as server:
        settings = pointed_at(server, folder)
        async with at_work(settings, server) as (application, _):
            print(await ask_all(server, application, people, within))


def main() -> None:
    """Measure with the sample collection."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    people = parser.parse_args().people
    for within in (60.0, 1.0):
        with tempfile.TemporaryDirectory() as folder:
            update(load(data=Path(folder) / "data"))
            asyncio.run(measure(Path(folder), people, within))


if __name__ == "__main__":
    main()
