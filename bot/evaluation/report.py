"""What a measurement found, as the object that is written to JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.evaluation.asking import Outcome
from bot.evaluation.columns import FAR, KINDS, RELATED, Columns, columns
from bot.evaluation.figures import Figure, figures
from index.evaluation.measures import ranking
from index.types import UnusableError

FORMAT = 1

Result = Mapping[str, Any]
"""One question as it stands in the JSON."""


@dataclass(frozen=True, slots=True)
class Report:
    """One data set measured.

    Attributes:
        data: Its name, digest, files, and how much is in it.
        options: Those that change what is measured.
        made_by: Program version, model with fingerprint, calibration, threshold, quotations.
        figures: By group of questions, "all" first: each measure.
        exact: Quotations compared with their articles, and how many were their own words.
        speed: Questions a second, percentiles in ms, and over how many questions.
        results: One for each question.
    """

    data: Mapping[str, Any]
    options: Mapping[str, Any]
    made_by: Mapping[str, Any]
    figures: Mapping[str, Mapping[str, Figure]]
    exact: Mapping[str, int]
    speed: Mapping[str, float]
    results: Sequence[Result]

    @property
    def name(self) -> str:
        """The data set and the options it was measured with."""
        return " ".join([self.data["name"], *(f"{k}={v}" for k, v in self.options.items())])

    @property
    def columns(self) -> Columns:
        """The results as numbers."""
        return columns(self.results)


def results(outcomes: Sequence[Outcome]) -> list[Result]:
    """Judge each outcome."""
    ranked = ranking([o.question for o in outcomes], {o.question.id: o.ranked for o in outcomes})
    return [_result(o, ranked.get(o.question.id, {})) for o in outcomes]


def _result(outcome: Outcome, ranked: Mapping[str, float]) -> Result:
    question = outcome.question
    measures = dict(ranked)
    if question.answerable:
        first = outcome.ranked[0].partition(":")[0] if outcome.ranked else None
        measures["article_hit@1"] = float(first in question.gold_articles)
        measures["false_silence"] = float(not outcome.answered)
        judged = {
            "sentence": outcome.sentence,
            "sentence_worded": outcome.worded,
            "end_to_end": outcome.end_to_end,
        }
        measures |= {name: float(value) for name, value in judged.items() if value is not None}
    else:
        measures["false_answer_far" if question.far else "false_answer"] = float(outcome.answered)
    kind = KINDS[0] if question.answerable else KINDS[FAR if question.far else RELATED]
    return {
        "id": question.id,
        "question": question.text,
        "resolved": outcome.resolved,
        "conversation": question.history[0] if question.history else question.text,
        "turn": question.turn,
        "dependent": question.dependent,
        "kind": kind,
        "confidence": outcome.confidence,
        "answered": outcome.answered,
        "gold": sorted(question.gold),
        "ranked": list(outcome.ranked),
        "measures": measures,
    }


def all_figures(judged: Sequence[Result]) -> dict[str, dict[str, Figure]]:
    """Figures of all questions, and of groups of them where there are conversations."""
    table = columns(judged)
    found = {"all": figures(table)}
    if all(r["turn"] == 1 for r in judged):
        return found
    groups = {
        "first turn": [r["turn"] == 1 for r in judged],
        "later turns": [r["turn"] > 1 for r in judged],
        "dependent": [r["dependent"] is True for r in judged],
        "independent": [r["dependent"] is False for r in judged],
    }
    for name, members in groups.items():
        if any(members):
            found[name] = figures(table.take(np.array(members)), wholes=False)
    return found


def faults(report: Report) -> list[str]:
    """What must not be, whatever the figures: a quotation that is not the article's own words."""
    count = report.exact["quotations"]
    wrong = count - report.exact["exact"]
    if not wrong:
        return []
    return [f"{report.name}: {wrong} of {count} quotations not in the article's own words"]


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Make it one line when `path` cannot be written."""
    try:
        yield
    except OSError as error:
        raise UnusableError(f"{path}: cannot be written: {error.strerror or error}") from error


def save(path: Path, reports: Sequence[Report]) -> None:
    """Write reports to a JSON file."""
    written = {"format": FORMAT, "reports": [asdict(r) for r in reports]}
    with writing(path):
        path.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read(path: Path) -> list[Report]:
    """Read what `save` wrote.

    Raises:
        UnusableError: It is another kind of file.
    """
    try:
        values = json.loads(path.read_text("utf-8"))
        if values["format"] != FORMAT:
            raise UnusableError(f"{path}: of format {values['format']}: measure again with --json")
        return [_report(one) for one in values["reports"]]
    except OSError as error:
        raise UnusableError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableError(
            f"{path}: not made by `verbatim evaluate --json` ({error!r})"
        ) from error


def _report(values: dict[str, Any]) -> Report:
    parts = values | {
        "figures": {
            group: {name: Figure(**one) for name, one in found.items()}
            for group, found in values["figures"].items()
        }
    }
    return Report(**parts)
