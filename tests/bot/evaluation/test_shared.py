"""Floors of quality on public data; see CONTRIBUTING.md. They are raised, not lowered.

Whoever makes an answer better raises them, here by a fresh run on one data set:

    verbatim evaluate ../shared/data/clapnq --floors tests/data/floors.json --raise
"""

import importlib.util
import sys
from dataclasses import replace
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
    (found,) = measure_folder(settings, folder, replace(options, timed=False))
    return [*report.faults(found), *floors.faults(found, FLOORS)]


def run(monkeypatch: pytest.MonkeyPatch, name: str, *given: Path) -> None:
    """Run a benchmark, which is no part of the package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(sys, "argv", [name, *map(str, given)])
    module.main()


def test_mistyped(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """One slip in each of XQuAD's first questions."""
    plain = need("data", "xquad")
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("mistyped")
    (folder / "articles.jsonl").write_bytes((plain / "articles.en.jsonl").read_bytes())
    given = (plain / "questions.en.jsonl", folder / "questions.jsonl")
    run(monkeypatch, "typos", *given)
    assert faults(pytestconfig, folder, Options(limit=200)) == []


def test_by_words(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Russian, which the shipped model does not understand, with half of the articles."""
    plain = need("data", "xquad")
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("half-ru")
    given = (plain / "articles.ru.jsonl", plain / "questions.ru.jsonl", folder)
    run(monkeypatch, "halves", *given)
    assert faults(pytestconfig, folder, Options(limit=200)) == []


# Of the large sets a part, for time: all of each has floors as well, for `verbatim evaluate
# --floors`.


def test_xquad(pytestconfig: pytest.Config) -> None:
    folder = need("data", "xquad")
    assert faults(pytestconfig, folder, Options("en", "en", every=5)) == []


def test_clapnq(pytestconfig: pytest.Config) -> None:
    assert faults(pytestconfig, need("data", "clapnq"), Options(every=3)) == []


def test_inscit(pytestconfig: pytest.Config) -> None:
    assert faults(pytestconfig, need("data", "inscit"), Options(every=3)) == []


@pytest.mark.parametrize("questions", ["dialogues", "events", "news"])
def test_our_own(pytestconfig: pytest.Config, questions: str) -> None:
    need("data")
    sample = str(ROOT / "corpus" / "articles")
    options = Options(articles=sample, questions=questions)
    assert faults(pytestconfig, ROOT / "tests" / "data", options) == []
