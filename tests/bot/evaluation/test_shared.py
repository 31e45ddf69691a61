"""Floors of quality on public data; see CONTRIBUTING.md. They are raised, not lowered.

Whoever makes an answer better raises them, here by a fresh run on one data set:

    verbatim evaluate ../shared/data/clapnq --floors tests/data/floors.json --raise
"""

from pathlib import Path

import pytest

from bot.evaluation import floors, report
from bot.evaluation.measure import Options, measure_folder
from tests.bot.conftest import settings_at
from tests.shared import need

FLOORS = floors.read(Path(__file__).parents[2] / "data" / "floors.json")
ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.shared


def faults(config: pytest.Config, folder: Path, options: Options) -> list[str]:
    """What falls short; indexes are kept from one run of the tests to the next."""
    assert config.cache is not None
    settings = settings_at(config.cache.mkdir("evaluate"))
    (found,) = measure_folder(settings, folder, options)
    return [*report.faults(found), *floors.faults(found, FLOORS)]


def test_xquad(pytestconfig: pytest.Config) -> None:
    folder = need("data", "xquad")
    assert faults(pytestconfig, folder, Options(articles="en", questions="en")) == []


def test_clapnq(pytestconfig: pytest.Config) -> None:
    assert faults(pytestconfig, need("data", "clapnq"), Options()) == []


def test_inscit(pytestconfig: pytest.Config) -> None:
    assert faults(pytestconfig, need("data", "inscit"), Options()) == []


def test_dialogues(pytestconfig: pytest.Config) -> None:
    need("data")
    sample = str(ROOT / "corpus" / "articles")
    options = Options(articles=sample, questions="dialogues")
    assert faults(pytestconfig, ROOT / "tests" / "data", options) == []
