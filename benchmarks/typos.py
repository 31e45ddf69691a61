r"""Questions as people mistype them, made from a data set: for `verbatim evaluate` beside the set.

One word of five letters or more in each question has a slip in it: a letter left out, doubled,
swapped with the next, or its neighbour on the keyboard hit instead. Seeded: the same set each time.

    python -m benchmarks.typos ../shared/data/xquad/questions.en.jsonl mistyped/questions.jsonl
    cp ../shared/data/xquad/articles.en.jsonl mistyped/articles.jsonl
    verbatim evaluate mistyped
"""

import argparse
import json
import random
import re
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]{5,}")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def mistyped(question: str, draw: random.Random) -> str:
    """Return `question` with one slip in it; as it is if it has no word long enough."""
    words = list(_WORD.finditer(question))
    if not words:
        return question
    word = draw.choice(words)
    # The first letter is nearly always right.
    at = draw.randrange(1, len(word[0]) - 1) + word.start()
    before, letter, after = question[:at], question[at], question[at + 1 :]
    slips = [
        before + after,
        before + letter + letter + after,
        before + after[0] + letter + after[1:],
        before + _beside(letter, draw) + after,
    ]
    return draw.choice(slips)


def _beside(letter: str, draw: random.Random) -> str:
    for row in _KEYS:
        at = row.find(letter.lower())
        if at >= 0:
            return draw.choice(row[max(at - 1, 0) : at] + row[at + 1 : at + 2])
    return letter


def main() -> None:
    """Write the mistyped questions."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", type=Path, help="a questions*.jsonl")
    parser.add_argument("out", type=Path, help="where the mistyped ones go")
    given = parser.parse_args()
    draw = random.Random(0)
    lines = []
    for line in given.questions.read_text("utf-8").splitlines():
        one = json.loads(line)
        lines.append(json.dumps(one | {"question": mistyped(one["question"], draw)}) + "\n")
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
