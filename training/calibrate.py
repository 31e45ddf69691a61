"""Find how far the bot should follow the reader.

    python -m training.calibrate DATA

DATA is the folder of `python -m training`. Only held-out questions are asked, which the reader that
ships with the project was never trained on. Each set is indexed twice, with its passages whole and,
as news has them, cut into short paragraphs of one sentence. Printed are, for a range of weights of
the reader beside the search, how often the right passage comes first (`bot.judging.RANK_WEIGHT`,
and `RANK_WEIGHT_SHORT` more where passages are short), and the right sentence is marked
(`bot.sentence.PLACE_WEIGHT`).
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.judging import RANK_WEIGHT, RANK_WEIGHT_SHORT
from bot.sentence import PLACE_WEIGHT, answering_sentence
from index.models import open_cross_encoder, open_encoder
from index.types import CrossEncoder, Encoder, Judgement, SearchResult
from training.data import Asked, Data, load
from training.examined import Examined, chosen

QUESTIONS = 150
"""Of each set."""

READ = 6
WEIGHTS = (0.0, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.12, 0.2, 1.0)


class Seen(NamedTuple):
    """A passage that was found.

    Attributes:
        score: Of search and likeness.
        rank: The reader's.
        right: Whether it holds the answer.
        marks: Whether the right sentence is marked, for each of `WEIGHTS`; empty if it is wrong.
    """

    score: float
    rank: float
    right: bool
    marks: tuple[bool, ...]


class Examiner(Examined):
    """Tries weights on what is found for a question."""

    def ask(self, asked: Asked) -> list[Seen]:
        """Ask a question; return the best passages, whatever their order by the reader."""

        def see(result: SearchResult) -> Seen:
            read = self.read(asked, result)
            right = self.is_right(asked, result)
            marks = self._marks(asked, result, read.judgement) if right else ()
            return Seen(read.score, read.judgement.rank, right, marks)

        with ThreadPoolExecutor() as pool:
            return list(pool.map(see, self.collection.found(asked.text)[:READ]))

    def _marks(self, asked: Asked, result: SearchResult, judgement: Judgement) -> tuple[bool, ...]:
        """Whether a sentence with an answer is marked, for each weight of the reader's places."""
        place, text = self.places[asked.source.id], result.passage.text
        offset = place.starts[result.passage.paragraph - place.first] + result.passage.start
        title, tokens = self.title(result), self.asked(asked)
        found = []
        for weight in WEIGHTS:
            start, end = answering_sentence(
                text, "en", title, tokens, self.tokens, judgement, weight
            ).span
            found.append(any(s < offset + end and e > offset + start for s, e in asked.spans))
        return tuple(found)


def tried(
    data: Data, encoder: Encoder, cross_encoder: CrossEncoder, *, short: bool
) -> list[list[Seen]]:
    """Ask the held-out questions of each set; return what was found for each."""
    chance = random.Random(0)
    found: list[list[Seen]] = []
    for name in data.sets:
        sources, questions = chosen(data, name)
        questions = chance.sample(questions, min(QUESTIONS, len(questions)))
        with tempfile.TemporaryDirectory() as folder:
            examiner = Examiner(sources, Path(folder), encoder, cross_encoder, short=short)
            found += [examiner.ask(asked) for asked in questions]
        _say(f"{name}, {'short' if short else 'whole'}: {len(found)} asked so far")
    return found


def firsts(found: Sequence[Sequence[Seen]], weight: float) -> list[Seen]:
    """The first passage of each question, by the reader's weight."""
    return [max(seen, key=lambda s: s.score + weight * s.rank) for seen in found if seen]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 (progress and figures)


def main() -> None:
    """Ask and report."""
    parser = argparse.ArgumentParser(prog="python -m training.calibrate")
    parser.add_argument("data", type=Path)
    parser.add_argument("--reranker", help="a folder, instead of the one that ships")
    given = parser.parse_args()
    data = load(given.data)
    encoder = open_encoder()
    cross_encoder = open_cross_encoder(given.reranker) if given.reranker else open_cross_encoder()
    for short, kind in ((False, "whole"), (True, "short")):
        found = tried(data, encoder, cross_encoder, short=short)
        for number, weight in enumerate(WEIGHTS):
            first = np.mean([s.right for s in firsts(found, weight)])
            marks = [s.marks[number] for seen in found for s in seen if s.right]
            mark = np.mean(marks)
            _say(f"{kind}, weight {weight}: right passage first {first:.3f}, sentence {mark:.3f}")
    _say(
        f"in use: {RANK_WEIGHT} of the rank, {RANK_WEIGHT_SHORT:+} where passages are short,"
        f" {PLACE_WEIGHT} of the place"
    )


if __name__ == "__main__":
    main()
