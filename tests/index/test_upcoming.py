"""What a build would encode: counted, timed, and nothing kept of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import Library
from index.build import build
from index.layout import Layout
from index.upcoming import Upcoming, upcoming
from tests.index.toys import ToyEncoder, article, fill


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path)


@pytest.fixture
def library(layout: Layout) -> Iterator[Library]:
    with Library(layout.library) as library:
        yield library


def ticking() -> Iterator[float]:
    """A clock on which everything takes two seconds."""
    now = 0.0
    while True:
        yield now
        now += 2


def test_everything_of_a_collection_that_was_never_indexed(
    layout: Layout, library: Library
) -> None:
    fill(library, article("a", *(f"Iran {n}" for n in range(40))), article("b", "Oil", "Comet"))
    encoder, clock = ToyEncoder(), ticking()
    found = upcoming(layout, library, encoder, clock=lambda: next(clock))
    # 32 of them took two seconds.
    assert found == Upcoming(42, 2 * 42 / 32)
    assert len(encoder.encoded) == 32
    assert not layout.embeddings.exists()
    assert layout.numbers() == []


def test_only_what_was_not_encoded_before(layout: Layout, library: Library) -> None:
    encoder = ToyEncoder()
    fill(library, article("a", "Iran"), article("b", "Oil", "Comet"))
    build(layout, library, encoder)
    assert upcoming(layout, library, encoder) == Upcoming(0, 0.0)
    # A changed article keeps the vectors of the paragraphs that are as they were.
    fill(library, article("b", "Oil", "Moscow"), article("c", "Comet and oil"))
    encoder.encoded.clear()
    assert upcoming(layout, library, encoder).passages == 2
    built = build(layout, library, encoder)
    assert built.encoded == 2
    # All of it again: for another model, or because somebody wants that.
    assert upcoming(layout, library, ToyEncoder("toy-2")).passages == 3
    assert upcoming(layout, library, encoder, full=True).passages == 3


def test_what_a_killed_build_has_encoded_is_not_counted_again(
    layout: Layout, library: Library
) -> None:
    encoder = ToyEncoder()
    fill(library, article("a", "Iran"))
    build(layout, library, encoder)
    fill(library, article("b", "Oil"))
    build(layout, library, encoder)
    layout.current.write_text("000001\n", "utf-8")
    assert upcoming(layout, library, encoder).passages == 0
    layout.current.write_text("nonsense", "utf-8")
    assert upcoming(layout, library, encoder).passages == 0
