"""How long inline answers take while people type.

Real application, model and index over the sample collection; Telegram is the tests' server, in the
same process. Run from the repository's root:

    python -m benchmarks.inline --people 10
"""

import argparse
import asyncio
import logging
import tempfile
from pathlib import Path

import numpy as np

from bot.engine import update
from tests.bot.telegram.conftest import at_work, pointed_at
from tests.bot.telegram.typists import type_all
from tests.telegram_server import TelegramServer


async def _measure(people: int, folder: Path) -> None:
    async with TelegramServer() as server:
        settings = pointed_at(server, folder)
        update(settings)
        async with at_work(settings, server):
            waits, last, typed = await type_all(server, people)
        answered = sum(server.queries[name] is not None for name in last)
    middle, most = np.quantile(waits, [0.5, 0.95])
    print(
        f"{people} people, {typed} keystrokes, {len(waits)} answered (of the last ones {answered}):"
        f" median {1000 * middle:.0f} ms, 95 % within {1000 * most:.0f} ms,"
        f" all within {1000 * max(waits):.0f} ms"
    )


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10)
    options = parser.parse_args()
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(options.people, Path(folder)))


if __name__ == "__main__":
    main()
