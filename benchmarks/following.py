"""Second questions about real news that name nothing: those that go on, and those that do not.

    python -m benchmarks.following DATA --date 2022-07-21

`DATA` is an indexed data folder of the news of summer 2022 (`../shared/tools/realtimeqa.py` makes
it). Each question of `tests/data/following.jsonl` is asked after another one. Counts the answers
whose article names what is asked about, in its title, its beginning or the passage, and silence.
"""

import argparse
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bot.conversation import turn
from bot.engine import Engine
from bot.quote import Quotation
from bot.settings import load

_QUESTIONS = Path("tests/data/following.jsonl")
_BEGINNING = 3


def main() -> None:
    """Ask, print those that went wrong and the counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="a data folder with an index")
    parser.add_argument("--date", default="2022-07-21", help="the day on which it is asked")
    given = parser.parse_args()
    now = datetime.fromisoformat(given.date).replace(tzinfo=UTC)
    asked, right, silent = Counter[bool](), Counter[bool](), Counter[bool]()
    with Engine(load(None, given.data)) as engine:
        for line in _QUESTIONS.read_text("utf-8").splitlines():
            row = json.loads(line)
            first = engine.answerer.answer(row["first"], 3, now=now)
            said = turn(row["first"], first.resolved, first.subject, first.quotations, first.passed)
            answer = engine.answerer.answer(row["then"], 3, now=now, conversation=(said,))
            goes_on = row["goes_on"]
            asked[goes_on] += 1
            silent[goes_on] += not answer.answered
            if answer.answered and _names(answer.quotations[0], row["names"]):
                right[goes_on] += 1
            else:
                print(f"{row['first']} {answer.resolved} {answer.confidence:.2f}")
    for goes_on, what in ((True, "go on"), (False, "change the subject")):
        print(
            f"{asked[goes_on]} {what}: {right[goes_on]} of what is asked about,"
            f" {silent[goes_on]} silent"
        )


def _names(quotation: Quotation, names: list[str]) -> bool:
    article = quotation.article
    told = "\n".join([article.title, *article.paragraphs[:_BEGINNING], quotation.text])
    return any(name in told for name in names)


if __name__ == "__main__":
    main()
