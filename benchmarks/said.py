"""Everybody who says something in a collection, asked for: "What did Varoufakis say?".

    python -m benchmarks.said DATA --count 80

`DATA` is an indexed data folder. Names stand before "said", "told" and the like in English
articles; some that are found so are nobody's. Counts the answers whose marked sentence has the name
and such a verb, and silence.
"""

import argparse
import random
import re
from pathlib import Path

from bot.engine import Engine
from bot.settings import load

_SAYS = re.compile(
    r"\b((?:[A-Z][a-z]+ )?[A-Z][a-z]{3,})(?:, [^.,]{3,60},)? (?:said|told|added|warned|insisted)\b"
)
_VERB = re.compile(
    r"\b(?:said|says|say|told|add|warn|argu|insist|claim|announc|wrote|promis|demand|repl|accord|vow"
    r"|pledg|deni|suggest|urg|not(?:ed|es)|admit|conced|acknowledg|accus|condemn|critici|prais)"
)
_NO_NAMES = (
    "He She They It But The Officials Police This That What Some Many There Others People When"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
)
_NOBODY = frozenset(_NO_NAMES.split())


def main() -> None:
    """Ask, print those that went wrong and the counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="a data folder with an index")
    parser.add_argument("--count", type=int, default=80, help="how many at most, drawn by chance")
    given = parser.parse_args()
    silent = right = 0
    with Engine(load(None, given.data)) as engine:
        names = {
            found[1]
            for article in engine.library.current()
            for text in article.paragraphs
            for found in _SAYS.finditer(text)
            if article.language == "en" and _NOBODY.isdisjoint(found[1].split())
        }
        drawn = random.Random(1).sample(sorted(names), min(given.count, len(names)))
        for name in drawn:
            answer = engine.ask(f"What did {name} say?")
            first = answer.quotations[0] if answer.answered else None
            sentence = first.text[slice(*first.answer)] if first else ""
            is_right = name.split()[-1] in sentence and _VERB.search(sentence) is not None
            silent, right = silent + (first is None), right + is_right
            if not is_right:
                print(f"{name}: {sentence or '-'}")
    print(f"{len(drawn)} asked for, {right} say something in what is marked, {silent} silent")


if __name__ == "__main__":
    main()
