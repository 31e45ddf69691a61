"""A tiny data set, measured once; results made by hand."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.columns import MEANS, columns
from bot.evaluation.figures import figures
from bot.evaluation.measure import Options, measure_folder
from bot.evaluation.report import Report
from tests.bot.conftest import settings_at
from tests.index.evaluation.sets import write_set


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder `tiny` of the data set, with a `config.toml` and the data of a first run beside it."""
    folder = tmp_path_factory.mktemp("evaluation")
    settings_at(folder)
    return write_set(folder / "tiny")


@pytest.fixture(scope="session")
def tiny_report(tiny: Path) -> Report:
    """The tiny data set measured."""
    (report,) = measure_folder(settings_at(tiny.parent), tiny, Options())
    return report


def result(name: str, confidence: float = 0.5, **values: Any) -> dict[str, Any]:  # noqa: ANN401
    """A result with these measures, in the form of the report; @ is written as _at_."""
    measures = {k.replace("_at_", "@"): v for k, v in values.items()}
    return {
        "id": name,
        "question": name,
        "resolved": name,
        "conversation": measures.pop("conversation", name),
        "turn": measures.pop("turn", 1),
        "dependent": None,
        "kind": measures.pop("kind", "answerable"),
        "confidence": confidence,
        "answered": True,
        "gold": measures.pop("gold", []),
        "ranked": measures.pop("ranked", []),
        "measures": {k: float(v) for k, v in measures.items() if k in MEANS},
    }


def report(results: list[dict[str, Any]], **data: Any) -> Report:  # noqa: ANN401
    """A report of these results."""
    made: Mapping[str, Any] = {"version": "1", "model": "m", "fingerprint": "f" * 8}
    return Report(
        data={"name": "hand", "digest": "d1", "questions": len(results)} | data,
        options={},
        made_by=made,
        figures={"all": figures(columns(results))},
        exact={"quotations": 3, "exact": 3},
        speed={},
        results=results,
    )
