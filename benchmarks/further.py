"""What "more", "what else?" and "what happened next?" get after a question on the sample.

    python -m benchmarks.further

Asks each question of tests/data/further.jsonl and then what goes on with it, and counts the answers
that quote something new from an article on the same matter, those that quote the same once more,
those from elsewhere, and silence.
"""

import json
from collections import Counter
from pathlib import Path

from benchmarks.sample import name, sample
from bot.conversation import Turn, turn
from bot.engine import Engine

QUESTIONS = Path(__file__).parents[1] / "tests" / "data" / "further.jsonl"


def after(engine: Engine, question: str, said: tuple[Turn, ...]) -> tuple[tuple, tuple[Turn, ...]]:
    """Ask a question; return (article, docid) of what came first, and the turns so far."""
    answer = engine.ask(question, conversation=said)
    last = turn(question, answer.resolved, answer.subject, answer.quotations, answer.passed)
    firsts = answer.quotations[:1]
    places = [(name(q), q.passage.docid) for q in firsts]
    return (places[0] if places else ()), (*said, last)


def counted(engine: Engine, split: str | None = None) -> Counter[str]:
    """Count what became of the questions, all or those of a split."""
    found: Counter[str] = Counter()
    for line in QUESTIONS.read_text("utf-8").splitlines():
        one = json.loads(line)
        if split not in {None, one["split"]}:
            continue
        first, said = after(engine, one["question"], ())
        then, _ = after(engine, one["further"], said)
        if not then:
            found["silent"] += 1
        elif then == first:
            found["same"] += 1
        else:
            found["new" if then[0] in one["articles"] else "elsewhere"] += 1
    return found


def main() -> None:
    """Print the counts."""
    with sample() as engine:
        for split in ("dev", "held"):
            print(split, dict(counted(engine, split)))


if __name__ == "__main__":
    main()
