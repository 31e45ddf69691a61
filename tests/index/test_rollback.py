from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.store import Library
from index.build import build
from index.generation import current_number, open_current
from index.layout import Layout
from index.rollback import RolledBack, rollback, rolled_back
from index.types import UnusableError
from tests.index.toys import ToyEncoder, article, fill, library_at


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """With three generations built from it, of one, two and three articles."""
    with library_at(tmp_path) as opened:
        for count in (1, 2, 3):
            grow(opened, count)
            build(Layout(tmp_path), opened, ToyEncoder())
        yield opened


def grow(library: Library, count: int) -> None:
    fill(library, *(article(f"a{n}", f"Oil {n}.") for n in range(count)))


def served(layout: Layout) -> int:
    """How many articles can be found."""
    found = open_current(layout)
    assert found is not None
    with closing(found):
        return found.manifest.articles


def test_the_generation_before_serves_again(layout: Layout, library: Library) -> None:
    assert rolled_back(layout) is None
    assert rollback(layout).number == 2
    assert (current_number(layout), served(layout)) == (2, 2)
    held = rolled_back(layout)
    assert held is not None
    assert (held.number, held.left) == (2, 3)
    assert rollback(layout).number == 1
    assert served(layout) == 1
    with pytest.raises(UnusableError, match="no earlier generation is kept"):
        rollback(layout)
    assert served(layout) == 1


def test_what_was_left_comes_back_only_when_a_person_says_so(
    layout: Layout, library: Library
) -> None:
    rollback(layout)
    grow(library, 4)
    report = build(layout, library, ToyEncoder())
    assert (report.published, report.manifest.number, served(layout)) == (False, 2, 2)
    assert report.held == rolled_back(layout)
    report = build(layout, library, ToyEncoder(), unhold=True)
    assert (report.published, report.manifest.number, report.held) == (True, 4, None)
    assert (served(layout), rolled_back(layout)) == (4, None)
    grow(library, 5)
    assert build(layout, library, ToyEncoder()).published


def test_a_rollback_can_be_ended_without_a_change(layout: Layout, library: Library) -> None:
    rollback(layout)
    grow(library, 2)
    assert not build(layout, library, ToyEncoder(), unhold=True).published
    assert rolled_back(layout) is None
    grow(library, 3)
    assert build(layout, library, ToyEncoder()).published


def test_a_full_build_ends_a_rollback(layout: Layout, library: Library) -> None:
    rollback(layout)
    assert build(layout, library, ToyEncoder(), full=True).manifest.number == 4
    assert rolled_back(layout) is None


def test_what_was_gone_back_to_is_kept_and_so_is_what_it_quotes(
    layout: Layout, library: Library
) -> None:
    rollback(layout)
    rollback(layout)
    for count in (4, 5):
        grow(library, count)
        build(layout, library, ToyEncoder(), keep=2)
    assert 1 in layout.numbers()
    assert served(layout) == 1


@pytest.mark.parametrize("fault", ["damaged", "another model"])
def test_generations_that_cannot_serve_are_passed_over(
    layout: Layout, library: Library, fault: str
) -> None:
    if fault == "damaged":
        (layout.generation(2) / "dense.faiss").unlink()
    else:
        manifest = layout.generation(2) / "manifest.json"
        manifest.write_text(manifest.read_text("utf-8").replace("toy-1", "toy-2"), "utf-8")
    assert rollback(layout).number == 1


def test_from_a_damaged_generation_one_can_go_back_too(layout: Layout, library: Library) -> None:
    (layout.generation(3) / "manifest.json").unlink()
    assert rollback(layout).number == 2
    assert served(layout) == 2


def test_killed_in_the_middle_nothing_has_happened(
    layout: Layout, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("index.generation.point_to", die)
        with pytest.raises(KeyboardInterrupt):
            rollback(layout)
    assert layout.rolled_back.exists()
    assert (rolled_back(layout), served(layout)) == (None, 3)
    grow(library, 4)
    assert build(layout, library, ToyEncoder()).published


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"number": 3}'])
def test_a_note_that_cannot_be_read_holds_nothing(
    layout: Layout, library: Library, text: str
) -> None:
    layout.rolled_back.write_text(text, "utf-8")
    assert rolled_back(layout) is None


def test_nothing_was_ever_built(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="run `verbatim index`"):
        rollback(Layout(tmp_path))
    assert RolledBack(1, 2, "x").number == 1
