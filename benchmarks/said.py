"""Everybody who says something in a collection, asked for: "What did Varoufakis say?".

    python -m benchmarks.said DATA --count 80
    python -m benchmarks.said DATA --count 80 --about
    python -m benchmarks.said DATA --count 80 --of-others

`DATA` is an indexed data folder. Names stand before "said", "told" and the like in English
articles; some that are found so are nobody's. Counts the answers whose marked sentence has the name
and such a verb, and silence. With `--about` it is asked what somebody said about something that
stands in a sentence of his, and what is quoted must have that, too. With `--of-others` that thing
stands in a sentence of somebody else in an article in which he says something, but of other things:
what is quoted must be said by him, or nothing be quoted.
"""

import argparse
import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.engine import Engine
from bot.settings import load
from corpus.paragraphs import sentences

_SAYS = re.compile(
    r"\b((?:[A-Z][a-z]+ )?[A-Z][a-z]{3,})(?:, [^.,]{3,60},)? (?:said|told|added|warned|insisted)\b"
)
_VERB = re.compile(
    r"\b(?:said|says|say|told|add|warn|argu|insist|claim|announc|wrote|promis|demand|repl|accord|vow"
    r"|pledg|deni|suggest|urg|not(?:ed|es)|admit|conced|acknowledg|accus|condemn|critici|prais)"
)
_THING = re.compile(
    r"\b(?:the|of|for|about|on|over|against) (?:[a-z]+ )?([a-z]{5,})"
    r"(?=[,.;:”\"]| (?:of|in|on|for|and|to|that|which|is|was|will|would|has|had)\b)"
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
    on = parser.add_mutually_exclusive_group()
    on.add_argument("--about", action="store_true", help="something that they spoke of")
    on.add_argument("--of-others", action="store_true", help="something that only others spoke of")
    given = parser.parse_args()
    silent = right = 0
    with Engine(load(None, given.data)) as engine:
        articles = [one for one in engine.library.current() if one.language == "en"]
        texts = [text for article in articles for text in article.paragraphs]
        if given.of_others:
            asked = sorted({pair for one in articles for pair in _others(one.paragraphs)})
        else:
            asked = sorted(_things(texts) if given.about else {(one, "") for one in _names(texts)})
        drawn = random.Random(1).sample(asked, min(given.count, len(asked)))
        for name, thing in drawn:
            question = f"What did {name} say{f' about the {thing}' if thing else ''}?"
            answer = engine.ask(question)
            first = answer.quotations[0] if answer.answered else None
            sentence = first.text[slice(*first.answer)] if first else ""
            is_right = name.split()[-1] in sentence and _VERB.search(sentence) is not None
            if given.about:
                # "Votes" are a vote.
                is_right &= first is not None and thing[:-1] in first.text
            is_right |= given.of_others and first is None
            silent, right = silent + (first is None), right + is_right
            if not is_right:
                print(f"{question} {sentence or '-'}")
    print(f"{len(drawn)} asked for, {right} right, {silent} silent")


def _names(texts: Iterable[str]) -> set[str]:
    """Who says something."""
    found = {one[1] for text in texts for one in _SAYS.finditer(text)}
    return {name for name in found if _NOBODY.isdisjoint(name.split())}


def _things(texts: Iterable[str]) -> set[tuple[str, str]]:
    """Who says something, and what stands in the same sentence."""
    found = set()
    for text in texts:
        for start, end in sentences(text, "en"):
            said = _SAYS.search(text, start, end)
            thing = _THING.search(text, said.end(), end) if said else None
            if said and thing and _NOBODY.isdisjoint(said[1].split()):
                found.add((said[1], thing[1]))
    return found


def _others(texts: Sequence[str]) -> set[tuple[str, str]]:
    """Who says something in an article, and what only others of it speak of."""
    spoken = _things(texts)
    return {
        (name, thing)
        for name in _names(texts)
        for other, thing in spoken
        if other.split()[-1] != name.split()[-1]
        and not any(name.split()[-1] in text and thing[:-1] in text for text in texts)
    }


if __name__ == "__main__":
    main()
