"""Collections indexed once for all tests of `bot`."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.conversation import Turn, turn
from bot.engine import Engine, update
from bot.settings import Settings, load
from index.onnx_model import OnnxModel
from tests import remembering
from tests.shared import need

Maker = Callable[..., Settings]


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests."""
    import os

    for name in list(os.environ):
        if name.startswith("VERBATIM_") and name != "VERBATIM_SHARED":
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def remembered(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the time of these tests went into making the same results of the same models."""
    if request.node.get_closest_marker("timed") is None:
        monkeypatch.setattr(OnnxModel, "run", remembering.run)


def settings_at(folder: Path, *lines: str) -> Settings:
    """Settings from a config.toml with these lines, data beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    path.write_text("\n".join(lines), "utf-8")
    return load(path)


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folder with the sample collection indexed; not to be changed."""
    folder = tmp_path_factory.mktemp("sample")
    report = update(settings_at(folder))
    assert report is not None
    assert (len(report.read.new), report.read.errors) == (24, [])
    return folder


@pytest.fixture
def sample(sample_data: Path, tmp_path: Path) -> Settings:
    """Settings over a copy of the sample's data."""
    shutil.copytree(sample_data, tmp_path / "sample")
    return settings_at(tmp_path / "sample")


@pytest.fixture
def engine(sample: Settings) -> Iterator[Engine]:
    """Answers from the sample collection."""
    with Engine(sample) as engine:
        yield engine


@pytest.fixture
def seed_engine(tmp_path: Path) -> Iterator[Engine]:
    """Answers from the article that the project began with, alone."""
    path = need("data", "seed", "iran-backs-russian-push.md")
    settings = settings_at(tmp_path / "seed", "[corpus]", f'paths = ["{path}"]')
    update(settings)
    with Engine(settings) as engine:
        yield engine


ARTICLE = """# {title}

{date}

**{outlet}**

{body}

Original url:

<{url}>
"""


def write_article(
    path: Path,
    body: str,
    title: str = "A title",
    outlet: str = "The Outlet",
    url: str = "https://news.example/a",
    date: str = "17 December 2014",
) -> Path:
    """Write a file in the collection's own format."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = ARTICLE.format(title=title, date=date, outlet=outlet, body=body, url=url)
    path.write_text(text, "utf-8")
    return path


def write_report(root: Path, name: str, title: str, date: str, *paragraphs: str) -> None:
    """Write an article of these paragraphs where `collected` looks for it."""
    body, url = "\n\n".join(paragraphs), f"https://news.example/{name}"
    write_article(root / "a" / f"{name}.md", body, title, url=url, date=date)


@contextmanager
def collected(root: Path, *lines: str) -> Iterator[Engine]:
    """An engine over the articles that were written to folder `a` in `root`; further settings."""
    settings = settings_at(root, "[corpus]", 'paths = ["a"]', *lines)
    update(settings)
    with Engine(settings) as engine:
        yield engine


def asked_in_turn(engine: Engine, *questions: str, now: datetime | None = None) -> Answer:
    """The answer to the last of some questions asked one after the other."""
    said: list[Turn] = []
    for question in questions:
        answer = engine.ask(question, now=now, conversation=said)
        said.append(
            turn(question, answer.resolved, answer.subject, answer.quotations, answer.passed)
        )
    return answer
