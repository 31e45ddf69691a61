"""Follow-ups in a collection in which every common word stands in some article's title."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.engine import Engine
from tests.bot.conftest import asked_in_turn, collected, write_article

NOW = datetime(2026, 11, 28, tzinfo=UTC)
TOWNS = (
    "Arlby Bexwell Corrin Dunmere Eastholt Farleigh Garth Holme Ilford Jarrow Kelby Lowick Marden"
    " Norby Orton Penrith Quarley Rusby Selby Thorpe Ulrome Varley Wigton Yarm"
)
STORY = "Ferry Sinks off Port Elna"
MUSEUM = "Governor Brandt Opens a Museum of Clocks"


def _write(path: Path, title: str, *paragraphs: str) -> None:
    write_article(path, "\n\n".join(paragraphs), title, url=f"https://news.example/{path.stem}")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("crowded")
    folder = root / "a"
    folder.mkdir()
    _write(
        folder / "ferry.md",
        STORY,
        "The ferry Halcyon sank on Monday in a storm two miles off Port Elna.",
        "Nineteen people died, the coast guard said, and forty were brought ashore alive.",
        "The captain, Jonas Field, was arrested in hospital; he is accused of leaving too late.",
        "Governor Brandt said that no ferry would leave the harbour until all were inspected.",
    )
    _write(
        folder / "clocks.md",
        MUSEUM,
        "Governor Brandt opened a museum of clocks in Lowick on Tuesday.",
        "She said that time was the one thing nobody had enough of.",
    )
    titles = ("People Died Waiting for a Doctor in {}", "Man Arrested in {}", "{} Says No to a Dam")
    for at, town in enumerate(TOWNS.split()):
        # Each common word stands in two titles and in all texts.
        title = titles[at % 3] if at < 6 else f"Council of {town} Meets"
        _write(
            folder / f"{town}.md",
            title.format(town),
            f"In {town} people met on Friday in the town hall and said what they thought of roads.",
            f"Two people died in {town} last year, and one man was arrested, the police said.",
        )
    with collected(root) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how many people died?", "Nineteen people died"),
        ("who was arrested?", "The captain, Jonas Field, was arrested"),
        ("what did Brandt say?", "Governor Brandt said that no ferry"),
    ],
)
def test_few_common_words_are_about_what_was_spoken_of(
    engine: Engine, question: str, words: str
) -> None:
    answer = asked_in_turn(engine, "When did the ferry Halcyon sink?", question, now=NOW)
    first = answer.quotations[0]
    assert first.article.title == STORY
    assert first.text.startswith(words)
    assert answer.resolved.startswith(f"{question} (")


def test_a_name_that_was_not_told_of_changes_the_subject(engine: Engine) -> None:
    answer = asked_in_turn(
        engine, "When did the ferry Halcyon sink?", "who died in Corrin?", now=NOW
    )
    assert answer.resolved == "who died in Corrin?"
    assert answer.quotations[0].text.startswith("Two people died in Corrin")
