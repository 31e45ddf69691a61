"""What happened to somebody, or somewhere, asked without a time: "what happened in Debaltseve?".

    python -m benchmarks.happened
    python -m benchmarks.happened DATA --date 2022-07-21

The first asks the sample. `DATA` is an indexed data folder of the news of summer 2022
(`../shared/tools/realtimeqa.py` makes it). Of `tests/data/happened.jsonl` each question has words
of which one at least stands in a passage that tells it. Counts the first quotations that have one
in the passage, and in the sentence that is marked, and silence.
"""

import argparse
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.sample import sample
from bot.engine import Engine
from bot.settings import load

_QUESTIONS = Path("tests/data/happened.jsonl")


def main() -> None:
    """Ask, print those that went wrong and the counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="?", help="a data folder with an index")
    parser.add_argument("--date", default="2022-07-21", help="the day on which it is asked")
    given = parser.parse_args()
    if given.data is None:
        with sample() as engine:
            _ask(engine, "sample", None)
    else:
        with Engine(load(None, given.data)) as engine:
            _ask(engine, "news", datetime.fromisoformat(given.date).replace(tzinfo=UTC))


def _ask(engine: Engine, on: str, now: datetime | None) -> None:
    count = Counter[str]()
    for line in _QUESTIONS.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["on"] != on:
            continue
        count["asked"] += 1
        answer = engine.ask(row["question"], 3, now=now)
        if not answer.answered:
            count["silent"] += 1
            print(f"{row['question']} silent")
            continue
        first = answer.quotations[0]
        marked = first.text[slice(*first.answer)]
        told, is_marked = (
            any(word in text for word in row["words"]) for text in (first.text, marked)
        )
        count["told"] += told
        count["marked"] += is_marked
        if not is_marked:
            print(f"{row['question']} {'not marked' if told else 'not told'}: {first.text[:120]}")
    print(
        f"{count['asked']} asked: {count['told']} told in the first passage,"
        f" {count['marked']} in the sentence marked, {count['silent']} silent"
    )


if __name__ == "__main__":
    main()
