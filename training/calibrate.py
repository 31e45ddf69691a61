"""Find how far the bot should follow the reader.

    python -m training.calibrate DATA

DATA is the folder of `python -m training`. Only held-out questions are asked, which the reader that
ships with the project was never trained on. Each set is indexed twice, with its passages whole and,
as news has them, cut into short paragraphs of one sentence. Printed are, for a range of weights of
the reader beside the search, how often the right passage comes first (`bot.reading.RANK_WEIGHT`),
and the right sentence is marked (`bot.sentence.PLACE_WEIGHT`).
"""

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.reading import LIKENESS_WEIGHT, RANK_WEIGHT
from bot.sentence import PLACE_WEIGHT, answering_sentence
from corpus.paragraphs import sentences
from corpus.types import Article
from index.models import open_cross_encoder, open_encoder
from index.types import CrossEncoder, Encoder, Judgement, SearchResult
from training.collection import Collection
from training.data import Asked, Data, Source, load

QUESTIONS = 150
"""Of each set."""

SOURCES = 500
"""Of each set, the held-out ones first."""

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


class Place(NamedTuple):
    """Where in the collection a source stands: its article, and the start of each paragraph."""

    article: str
    first: int
    starts: list[int]


class Examiner:
    """Asks a set's questions in a collection of its passages.

    Args:
        sources: The passages.
        short: Cut them into paragraphs of one sentence.
        folder: Empty; for the index.
        encoder: Of the bot.
        cross_encoder: Of the bot.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        folder: Path,
        encoder: Encoder,
        cross_encoder: CrossEncoder,
        *,
        short: bool,
    ) -> None:
        # Each passage is read for every weight.
        self._tokens = lru_cache(2000)(encoder.encode_tokens)
        self._cross_encoder = cross_encoder
        self._titles = {s.id: s.title or s.id for s in sources}
        self._places, articles = laid_out(sources, short=short)
        self._collection = Collection(folder, articles, encoder)

    def ask(self, asked: Asked) -> list[Seen]:
        """Ask a question; return the best passages, whatever their order by the reader."""
        tokens = [(self._tokens(asked.text, query=True), 1.0)]

        def see(result: SearchResult) -> Seen:
            passage = result.passage
            title = self._collection.articles[passage.article_id].title
            around = "" if title == "-" else title
            judgement = self._cross_encoder.judge(asked.text, around, passage.text)
            right = self._is_right(asked, result)
            marked = answering_sentence(passage.text, "en", title, tokens, self._tokens)
            score = result.score + LIKENESS_WEIGHT * marked.likeness
            marks = self._marks(asked, result, title, judgement) if right else ()
            return Seen(score, judgement.rank, right, marks)

        with ThreadPoolExecutor() as pool:
            return list(pool.map(see, self._collection.found(asked.text)[:READ]))

    def _is_right(self, asked: Asked, result: SearchResult) -> bool:
        place = self._places[asked.source.id]
        if result.passage.article_id != place.article:
            return False
        at = result.passage.paragraph - place.first
        return any(sum(s <= start for s in place.starts) - 1 == at for start, _ in asked.spans)

    def _marks(
        self, asked: Asked, result: SearchResult, title: str, judgement: Judgement
    ) -> tuple[bool, ...]:
        """Whether a sentence with an answer is marked, for each weight of the reader's places."""
        place = self._places[asked.source.id]
        offset = place.starts[result.passage.paragraph - place.first] + result.passage.start
        tokens = [(self._tokens(asked.text, query=True), 1.0)]
        found = []
        for weight in WEIGHTS:
            start, end = answering_sentence(
                result.passage.text,
                "en",
                title,
                tokens,
                self._tokens,
                judgement,
                weight,
            ).span
            found.append(any(s < offset + end and e > offset + start for s, e in asked.spans))
        return tuple(found)


def laid_out(sources: Sequence[Source], *, short: bool) -> tuple[dict[str, Place], list[Article]]:
    """Return where each source stands, by its id, and the articles that hold them."""
    together: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        # What has no title is an article by itself; so is, cut short, each passage.
        together[source.id if short else source.title or source.id].append(source)
    places, made = {}, []
    for name, parts in together.items():
        paragraphs: list[str] = []
        for part in parts:
            spans = sentences(part.text, "en") if short else [(0, len(part.text))]
            places[part.id] = Place(name, len(paragraphs), [start for start, _ in spans])
            paragraphs += [part.text[start:end] for start, end in spans]
        title = parts[0].title or "-"
        made.append(Article(name, None, title, None, (), None, None, "en", tuple(paragraphs)))
    return places, made


def tried(data: Data, encoder: Encoder, cross_encoder: CrossEncoder) -> list[list[Seen]]:
    """Ask the held-out questions of each set; return what was found for each."""
    chance = random.Random(0)
    found: list[list[Seen]] = []
    for name in data.sets:
        held_out = [a for a in data.asked if a.source.held_out and a.source.set == name]
        questions = chance.sample(held_out, min(QUESTIONS, len(held_out)))
        sources = sorted(
            (s for s in data.sources if s.set == name), key=lambda s: (not s.held_out, s.id)
        )[:SOURCES]
        for short in (False, True):
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
    found = tried(data, encoder, cross_encoder)
    for number, weight in enumerate(WEIGHTS):
        first = np.mean([s.right for s in firsts(found, weight)])
        marks = [s.marks[number] for seen in found for s in seen if s.right]
        _say(f"weight {weight}: right passage first {first:.3f}, sentence {np.mean(marks):.3f}")
    _say(f"in use: {RANK_WEIGHT} of the rank, {PLACE_WEIGHT} of the place")


if __name__ == "__main__":
    main()
