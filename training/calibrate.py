"""Fit what the bot weighs by: how far to follow the reader, and how sure an answer is.

    python -m training.calibrate DATA

DATA is the folder of `python -m training`. Only held-out questions are asked, which the reader that
ships with the project was never trained on. Each set is indexed twice, with its passages whole and,
as news has them, cut into short paragraphs of one sentence. Printed are, for a range of weights of
the reader beside the search, how often the right passage comes first (`bot.reading.RANK_WEIGHT`),
and the right sentence is marked (`bot.sentence.PLACE_WEIGHT`).

Written to bot/confidence.json is the calibration for use with the reader, a logistic regression of
"the first passage is right" on its signs; benchmarks/fit_confidence.py makes the other one. Three
kinds of questions are asked: a set's own, its own with the whole article of the answer taken out,
and another set's. No sign may count against an answer. The threshold is the confidence that nine in
ten of the right first passages reach. Needs scipy.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.confidence import Signs
from bot.reading import LIKENESS_WEIGHT, RANK_WEIGHT
from bot.sentence import PLACE_WEIGHT, answering_sentence
from corpus.paragraphs import sentences
from corpus.types import Article
from index.models import open_cross_encoder, open_encoder
from index.rerank import brevity
from index.types import CrossEncoder, Encoder, Judgement, SearchResult
from training.collection import Collection
from training.data import Asked, Data, Source, load

QUESTIONS = 150
"""Of each set."""

SOURCES = 500
"""Of each set, the held-out ones first."""

READ = 6
ANSWERED = 0.9
RIDGE = 1e-5
WEIGHTS = (0.0, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.12, 0.2, 1.0)
OUT = Path(__file__).parents[1] / "bot" / "confidence.json"

Floats = NDArray[np.float64]


class Seen(NamedTuple):
    """A passage that was found.

    Attributes:
        score: Of search and likeness.
        rank: The reader's.
        signs: For the confidence.
        right: Whether it holds the answer.
        marks: Whether the right sentence is marked, for each of `WEIGHTS`; empty if it is wrong.
    """

    score: float
    rank: float
    signs: Signs
    right: bool
    marks: tuple[bool, ...]


class Tried(NamedTuple):
    """A question asked, and whether it was a set's own."""

    seen: list[Seen]
    is_own: bool


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
        self._places, articles = _laid_out(sources, short=short)
        self._collection = Collection(folder, articles, encoder)
        self._short = brevity(self._collection.generation.manifest.length)
        self._of_article = {
            place.article: self._titles[source] for source, place in self._places.items()
        }

    def own(self, asked: Asked) -> Iterator[Tried]:
        """Ask it as it is, and with the whole article of the answer taken out."""
        results = self._collection.found(asked.text)
        yield self._tried(asked, results[:READ], is_own=True)
        own = self._titles[asked.source.id]
        others = [r for r in results if self._of_article[r.passage.article_id] != own]
        if others:
            yield self._tried(asked, others[:1], is_own=False)

    def strange(self, asked: Asked) -> Iterator[Tried]:
        """Ask another set's question."""
        yield self._tried(asked, self._collection.found(asked.text)[:READ], is_own=False)

    def _tried(self, asked: Asked, results: Sequence[SearchResult], *, is_own: bool) -> Tried:
        tokens = [(self._tokens(asked.text, query=True), 1.0)]

        def see(result: SearchResult) -> Seen:
            passage, evidence = result.passage, result.evidence
            title = self._collection.articles[passage.article_id].title
            around = "" if title == "-" else title
            judgement = self._cross_encoder.judge(asked.text, around, passage.text)
            right = is_own and self._is_right(asked, result)
            marked = answering_sentence(passage.text, "en", title, tokens, self._tokens)
            signs = Signs(
                evidence.cosine,
                evidence.coverage,
                self._short * evidence.lead,
                marked.fullest,
                judgement.answers or 0.0,
            )
            score = result.score + LIKENESS_WEIGHT * marked.likeness
            marks = self._marks(asked, result, title, judgement) if right else ()
            return Seen(score, judgement.rank, signs, right, marks)

        with ThreadPoolExecutor() as pool:
            return Tried(list(pool.map(see, results)), is_own)

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


def _laid_out(sources: Sequence[Source], *, short: bool) -> tuple[dict[str, Place], list[Article]]:
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


def tried(data: Data, encoder: Encoder, cross_encoder: CrossEncoder) -> list[Tried]:
    """Ask the held-out questions of each set."""
    chance = random.Random(0)
    questions = {}
    for name in data.sets:
        held_out = [a for a in data.asked if a.source.held_out and a.source.set == name]
        questions[name] = chance.sample(held_out, min(QUESTIONS, len(held_out)))
    found: list[Tried] = []
    for number, name in enumerate(data.sets):
        sources = sorted(
            (s for s in data.sources if s.set == name), key=lambda s: (not s.held_out, s.id)
        )[:SOURCES]
        other = questions[data.sets[number - 1]]
        for short in (False, True):
            with tempfile.TemporaryDirectory() as folder:
                examiner = Examiner(sources, Path(folder), encoder, cross_encoder, short=short)
                for asked in questions[name]:
                    found += examiner.own(asked)
                for asked in other[: len(other) // 2]:
                    found += examiner.strange(asked)
            _say(f"{name}, {'short' if short else 'whole'}: {len(found)} asked so far")
    return found


def firsts(found: Sequence[Tried], weight: float) -> list[Seen]:
    """The first passage of each question, by the reader's weight."""
    return [max(t.seen, key=lambda s: s.score + weight * s.rank) for t in found if t.seen]


def fit(signs: Floats, right: Floats) -> Floats:
    """Weights, none below zero, and intercept of a logistic regression; signs of shape (n, s)."""
    design = np.c_[signs, np.ones(len(signs))]

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = design @ weights
        chance = 1.0 / (1.0 + np.exp(-odds))
        value = np.mean(np.logaddexp(0.0, odds) - right * odds) + RIDGE * np.sum(weights[:-1] ** 2)
        slope = design.T @ (chance - right) / len(right)
        slope[:-1] += 2 * RIDGE * weights[:-1]
        return float(value), slope

    bounds = [(0, None)] * signs.shape[1] + [(None, None)]
    start = np.zeros(design.shape[1])
    fitted: Floats = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    return fitted


def calibration(seen: Sequence[Seen]) -> dict[str, Any]:
    """Fit a calibration."""
    signs = np.array([s.signs for s in seen], float)
    right = np.array([s.right for s in seen], float)
    *weights, intercept = fit(signs, right)
    confidence = 1.0 / (1.0 + np.exp(-(signs @ weights + intercept)))
    return {
        "weights": {n: round(float(w), 3) for n, w in zip(Signs._fields, weights, strict=True)},
        "intercept": round(float(intercept), 3),
        "threshold": round(float(np.quantile(confidence[right == 1], 1 - ANSWERED)), 3),
    }


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 (progress and figures)


def main() -> None:
    """Ask, report, fit, write."""
    parser = argparse.ArgumentParser(prog="python -m training.calibrate")
    parser.add_argument("data", type=Path)
    parser.add_argument("--reranker", help="a folder, instead of the one that ships")
    given = parser.parse_args()
    data = load(given.data)
    encoder = open_encoder()
    cross_encoder = open_cross_encoder(given.reranker) if given.reranker else open_cross_encoder()
    found = tried(data, encoder, cross_encoder)
    own = [t for t in found if t.is_own]
    for number, weight in enumerate(WEIGHTS):
        first = np.mean([s.right for s in firsts(own, weight)])
        marks = [s.marks[number] for t in own for s in t.seen if s.right]
        _say(f"weight {weight}: right passage first {first:.3f}, sentence {np.mean(marks):.3f}")
    _say(f"in use: {RANK_WEIGHT} of the rank, {PLACE_WEIGHT} of the place")
    written = json.loads(OUT.read_text("utf-8"))
    written["crossed"] = {
        **calibration(firsts(found, RANK_WEIGHT)),
        "fitted_on": {
            "data_sha256": data.digest,
            "rows": len(found),
            "reranker": cross_encoder.fingerprint,
        },
    }
    OUT.write_text(json.dumps(written, indent=2) + "\n", "utf-8")
    _say(json.dumps(written["crossed"], indent=2))


if __name__ == "__main__":
    main()
