"""Fit how sure an answer is whose passage the reader has read.

    python -m training.confidence DATA

DATA is the folder of `python -m training`. Only held-out questions are asked, which the reader was
never trained on. Each set is indexed with its passages whole and, as news has them, cut into short
paragraphs of one sentence, and is asked three kinds of questions: its own (right if the passage
with the answer comes first), its own with the whole article of the answer left out, and another
set's (nothing found is right). The log-odds of `bot.confidence` and the reader's "answers", the
latter by `TRUST`, give those of "right" by a logistic regression, of which the intercept is then
moved so that nine in ten of the right first passages reach the threshold: there is one for all
answers. Written to bot/confidence.json. Needs scipy.
"""

import argparse
import json
import math
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.confidence import Closely, Signs, shipped
from bot.judging import rank_weight
from index.models import open_cross_encoder, open_encoder
from index.rerank import brevity
from index.types import CrossEncoder, Encoder, SearchResult
from training.data import Asked, Data, load
from training.examined import Examined, chosen

QUESTIONS = 100
"""Of each set."""

READ = 5

TRUST = 0.3
"""What the reader's log-odds count beside the others. The fit itself would give them 1.3: on texts
like those that it has learned from the reader is surer than elsewhere. At 0.8 RealTimeQA's AUROC
against questions of another year falls from 0.979 to 0.962; CLAP NQ's gains 0.008."""

ANSWERED = 0.9
OUT = Path(__file__).parents[1] / "bot" / "confidence.json"


class Row(NamedTuple):
    """What is known of a first passage.

    Attributes:
        odds: Of `bot.confidence`, without the reader.
        answers: Of the reader.
        right: Whether it is.
    """

    odds: float
    answers: float
    right: bool


class Examiner(Examined):
    """Asks for the first passage and what speaks for it."""

    def ask(self, asked: Asked, *, without: bool = False) -> Row | None:
        """Ask a question; None if nothing is found.

        Args:
            asked: Of this set or another.
            without: Leave the article with the answer out.
        """
        results = self.collection.found(asked.text)
        if without:
            gone, title = self.places[asked.source.id].article, asked.source.title
            results = [r for r in results if not self._is_of(r, gone, title)]
        read = [self._read(asked, result) for result in results[:READ]]
        return max(read, key=lambda one: one[0])[1] if read else None

    def _is_of(self, result: SearchResult, article: str, title: str) -> bool:
        return result.passage.article_id == article or title == self.title(result)

    def _read(self, asked: Asked, result: SearchResult) -> tuple[float, Row]:
        """Its score, by which it is first or not, and what speaks for it."""
        read = self.read(asked, result)
        short = brevity(self.collection.generation.manifest.length)
        chance = shipped().confidence(Signs.of(result, read.marked.likeness, short))
        score = read.score + rank_weight(short) * read.judgement.rank
        odds = math.log(chance / (1 - chance))
        answers = read.judgement.answers or 0.0
        return score, Row(odds, answers, self.is_right(asked, result))


def examined(data: Data, encoder: Encoder, cross_encoder: CrossEncoder) -> Iterator[Row]:
    """Ask held-out questions of all kinds of each set."""
    chance = random.Random(0)
    sources, questions = {}, {}
    for name in data.sets:
        sources[name], asked = chosen(data, name)
        questions[name] = chance.sample(asked, min(QUESTIONS, len(asked)))
    for number, name in enumerate(data.sets):
        own = questions[name]
        strange = questions[data.sets[number - 1]][: QUESTIONS // 2]
        for short in (False, True):
            with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
                examiner = Examiner(
                    sources[name], Path(folder), encoder, cross_encoder, short=short
                )
                found = [*pool.map(examiner.ask, [*own, *strange])]
                found += pool.map(partial(examiner.ask, without=True), own)
            yield from (row for row in found if row is not None)
            _say(f"{name}, {'short' if short else 'whole'}: {len(found)} asked")


def fit(rows: Sequence[Row], threshold: float) -> Closely:
    """Fit, and move the intercept to the threshold."""
    signs = np.array([(row.odds + TRUST * row.answers, 1.0) for row in rows])
    right = np.array([row.right for row in rows], float)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = signs @ weights
        slope = signs.T @ (1.0 / (1.0 + np.exp(-odds)) - right) / len(right)
        return float(np.mean(np.logaddexp(0.0, odds) - right * odds)), slope

    own, free = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B").x
    least = float(np.quantile(own * signs[right == 1, 0], 1 - ANSWERED))
    moved = float(np.log(threshold / (1 - threshold))) - least
    _say(f"intercept by the fit {free:.2f}, by the threshold {moved:.2f}")
    return Closely(round(float(own), 3), round(float(TRUST * own), 3), round(moved, 3))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 (progress and figures)


def main() -> None:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(prog="python -m training.confidence")
    parser.add_argument("data", type=Path)
    given = parser.parse_args()
    data = load(given.data)
    rows = list(examined(data, open_encoder(), open_cross_encoder()))
    found = fit(rows, shipped().threshold)
    written = json.loads(OUT.read_text("utf-8"))
    written["closely"] = found._asdict()
    written["closely_fitted_on"] = {"data_sha256": data.digest, "rows": len(rows)}
    OUT.write_text(json.dumps(written, indent=2) + "\n", "utf-8")
    _say(f"{len(rows)} rows, {sum(row.right for row in rows)} right: {found}")


if __name__ == "__main__":
    main()
