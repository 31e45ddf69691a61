"""Kill -9 while indexing: whatever the moment, the index answers and the next run completes."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.engine import Engine
from bot.settings import Settings
from index.layout import Layout
from tests.bot.conftest import settings_at, write_article

pytestmark = pytest.mark.uncounted

ARTICLES = 60
KILLS = 12
CONSONANTS = "bdfgklmnprst"


def town(number: int) -> str:
    """A name of its own for each article: Bobab, Bobad and so on."""
    return f"Bo{CONSONANTS[number // 12]}a{CONSONANTS[number % 12]}".capitalize()


def write(folder: Path, number: int, metres: int) -> str:
    text = f"The new bridge of {town(number)} is {metres} metres long, its builders said."
    write_article(
        folder / f"{number}.md",
        text,
        title=f"{town(number)} opens a bridge",
        url=f"https://news.example/{number}",
    )
    return text


def start(settings: Settings, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot", "--config", str(settings.origin), "index", *words]
    return subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_a_killed_index_run_leaves_a_whole_index(tmp_path: Path) -> None:
    seeded = random.Random(20141217)
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["a"]')
    layout = Layout(settings.index.data)
    texts = [{write(tmp_path / "a", number, 100 + number)} for number in range(ARTICLES)]
    begun = time.perf_counter()
    assert start(settings, "--full").wait(60) == 0
    whole = time.perf_counter() - begun

    killed = 0
    last = 1
    for kill in range(KILLS):
        number = seeded.randrange(ARTICLES)
        newest = write(tmp_path / "a", number, 1000 + kill)
        texts[number].add(newest)
        process = start(settings, "--full")
        time.sleep(whole * (kill + seeded.random()) / KILLS)
        killed += process.poll() is None
        process.kill()
        process.wait()
        with Engine(settings) as engine:
            answer = engine.ask(f"How long is the new bridge of {town(number)}?")
            assert engine.manifest.passages == engine.manifest.articles == ARTICLES
            assert engine.manifest.number >= last
            last = engine.manifest.number
        assert answer.quotations[0].text in texts[number]

    assert killed >= KILLS // 2
    assert start(settings).wait(60) == 0
    with Engine(settings) as engine:
        assert engine.manifest.articles == ARTICLES
        found = engine.ask(f"How long is the new bridge of {town(number)}?").quotations[0]
    assert found.text == newest
    # What killed runs had begun is swept away.
    assert all(p.name.isdigit() for p in layout.generations.iterdir())
