"""From data set to report: index, ask, judge."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from bot import confidence
from bot.engine import Engine, encoder_of
from bot.evaluation.asking import Asker, ask_all, seconds
from bot.evaluation.memo import MemoEncoder
from bot.evaluation.own import read_csv
from bot.evaluation.report import Report, all_figures, results
from bot.settings import Settings
from corpus.types import Article
from index.evaluation.articles import index, paragraphs
from index.evaluation.dataset import Dataset, digest, read_dataset
from index.evaluation.files import pairs
from index.evaluation.questions import Question
from index.types import Encoder, Progress, UnusableError, silent

_CALIBRATION = Path(confidence.__file__).with_name("confidence.json")

_TIMED = 100
"""How many questions are timed, spread over all of them, unless that is left out."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured of a folder; see `verbatim evaluate --help`.

    Attributes:
        every: Only each conversation whose place is a multiple of it, a question without a history
            being one, so that all articles are asked about in less time.
        timed: Also how long an answer takes, which floors do not ask for.
    """

    articles: str | None = None
    questions: str | None = None
    split: str | None = None
    limit: int | None = None
    far: Path | None = None
    every: int = 1
    timed: bool = True

    def shown(self) -> dict[str, Any]:
        """Those that change the questions and do not show in the data set's name."""
        far = self.far.resolve().name if self.far else None
        every = self.every if self.every > 1 else None
        found = {"split": self.split, "every": every, "limit": self.limit, "far": far}
        return {name: value for name, value in found.items() if value is not None}


def measure_folder(
    settings: Settings, folder: Path, options: Options, tell: Progress = silent
) -> list[Report]:
    """Measure each pair of files in a folder.

    Args:
        settings: The bot's own. The indexes lie in `evaluate` below their data folder.
        folder: Of the data set.
        options: Which files and questions.
        tell: Told how far it is.

    Raises:
        UnusableError: The data set, the model or the data folder cannot be used.
    """
    found = pairs(folder, options.articles, options.questions)
    encoder = encoder_of(settings)
    return [
        _measure(settings, read_dataset(folder, pair, options.split), options, encoder, tell)
        for pair in found
    ]


def _measure(
    settings: Settings, dataset: Dataset, options: Options, encoder: Encoder, tell: Progress
) -> Report:
    name = f"{dataset.articles_digest[:12]}-{encoder.fingerprint[:8]}"
    data = settings.index.data / "evaluate" / name
    index(data, dataset.collection, encoder, tell)
    here = settings.model_copy(update={"index": settings.index.model_copy(update={"data": data})})
    task = _Task(dataset.name, dataset.questions, dataset.collection, dataset.digest)
    return _asked(here, encoder, task, options, tell)


def measure_own(
    settings: Settings, table: Path, options: Options, tell: Progress = silent
) -> Report:
    """Measure the configured index itself on a CSV of questions and addresses.

    Raises:
        UnusableError: There is no index yet, or the file is wrong.
    """
    encoder = encoder_of(settings)
    with Engine(settings, encoder) as engine:
        articles = {a.id: a for a in engine.library.current()}
    questions = read_csv(table, articles.values())
    task = _Task(table.stem, questions, articles, digest([table]), whole=True)
    return _asked(settings, encoder, task, options, tell)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is asked of an index.

    Attributes:
        name: For the report.
        questions: With what is right.
        articles: By id; quotations are compared with them.
        digest: Of the data.
        whole: Rank articles, not paragraphs.
    """

    name: str
    questions: Sequence[Question]
    articles: Mapping[str, Article]
    digest: str
    whole: bool = False


def _asked(
    settings: Settings, encoder: Encoder, task: _Task, options: Options, tell: Progress
) -> Report:
    """Put the questions to the index in the settings' data folder."""
    questions = _each(task.questions, options.every)[: options.limit]
    data_digest = task.digest
    if options.far is not None:
        strange, strange_digest = _far(options.far, len(questions))
        questions, data_digest = [*questions, *strange], f"{data_digest}+{strange_digest}"
    most = settings.bot.quotations
    memory = settings.index.data / "sentences.sqlite"
    with (
        closing(MemoEncoder(encoder, memory)) as memo,
        Engine(settings, memo) as engine,
        Engine(settings, encoder, engine.cross_encoder) as plain,
    ):
        reranker, threshold = engine.cross_encoder, engine.answerer.threshold
        calibration = json.loads(_CALIBRATION.read_text("utf-8"))
        asker = Asker(engine.answerer, most, task.articles, whole=task.whole)
        outcomes = ask_all(asker, questions, tell)
        timed = questions[:: max(1, len(questions) // _TIMED)][: _TIMED * options.timed]
        taken = seconds(plain.answerer, most, asker, timed)
    judged = results(outcomes)
    return Report(
        data={
            "name": task.name,
            "digest": data_digest,
            "articles": len(task.articles),
            "paragraphs": paragraphs(task.articles.values()),
            "questions": len(questions),
        },
        options=options.shown(),
        made_by={
            "version": version("verbatim-bot"),
            "model": encoder.name,
            "fingerprint": encoder.fingerprint,
            "calibration": calibration,
            "reranker": reranker.name if reranker else None,
            "reranker_fingerprint": reranker.fingerprint if reranker else None,
            "threshold": threshold,
            "quotations": most,
        },
        figures=all_figures(judged),
        exact={
            "quotations": sum(o.quotations for o in outcomes),
            "exact": sum(o.exact for o in outcomes),
        },
        speed=_speed(taken),
        results=judged,
    )


def _each(questions: Sequence[Question], every: int) -> list[Question]:
    """The questions of each conversation whose place is a multiple of `every`."""
    places: dict[str, int] = {}
    count, kept = 0, []
    for one in questions:
        first = (*one.history, one.text)[0]
        if not one.history or first not in places:
            places[first] = count
            count += 1
        if places[first] % every == 0:
            kept.append(one)
    return kept


def _speed(taken: Sequence[float]) -> dict[str, float]:
    if not taken:
        return {}
    middle, most = np.percentile(taken, [50, 95])
    return {
        "questions_per_second": len(taken) / sum(taken),
        "p50_ms": 1000 * float(middle),
        "p95_ms": 1000 * float(most),
        "count": len(taken),
    }


def _far(folder: Path, most: int) -> tuple[list[Question], str]:
    """Questions of another data set, at most `most`, spread over it, and its digest."""
    pair = pairs(folder)[0]
    asked = [q for q in read_dataset(folder, pair).questions if not q.history]
    if not asked:
        raise UnusableError(f"{folder}: all its questions are follow-ups: name another for --far")
    chosen = asked[:: max(1, len(asked) // most)][:most]
    # Whatever answers them there, nothing does here.
    return [Question(f"far-{q.id}", q.text, answerable=False, far=True) for q in chosen], digest(
        pair
    )
