import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from index import generation
from index.build import build
from index.generation import current_number, open_current, prune, read_manifest, sweep
from index.layout import Layout, replace_text
from index.types import UnusableError
from tests.index.toys import ToyEncoder, article, fill, library_at

PARTS = (
    "catalog.sqlite",
    "dense.faiss",
    "sparse/count.json",
    "sparse/data.csc.index.npy",
    "sparse/vocab.index.json",
)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A data folder with one generation."""
    layout = Layout(tmp_path)
    with library_at(tmp_path) as library:
        fill(library, article("one", "Iran backs Moscow.", "Oil fell."), article("two", "Comet."))
        build(layout, library, ToyEncoder())
    return layout


def test_a_generation_knows_what_it_is_made_of(layout: Layout) -> None:
    manifest = read_manifest(layout.generation(1))
    assert (manifest.number, manifest.articles, manifest.passages) == (1, 2, 3)
    assert (manifest.model, manifest.fingerprint, manifest.dimension) == ("toy", "toy-1", 5)
    assert manifest.languages == {"en": 2}
    found = open_current(layout)
    assert found is not None
    with closing(found):
        texts = {e.passage.text for e in found.entries([0, 1, 2])}
        assert texts == {"Iran backs Moscow.", "Oil fell.", "Comet."}
        entry = next(e for e in found.entries([2, 0, 1]) if e.passage.text == "Oil fell.")
        assert entry.terms == {"oil", "fell"}
        assert entry.context_terms == {"one"}
        assert len(found.catalog.article_digests()) == 2
        assert len(found.catalog.digests()) == 3
        weights = found.weights(["oil", "unknown"])
        assert weights["oil"] < weights["unknown"]
        assert found.subjects(["one", "oil", "unknown"]) == {"one"}
        assert found.held(["comet", "oil", "one"], [entry.passage.article_id]) == {"oil", "one"}
        assert found.held(["comet"], ["gone"]) == frozenset()
        assert found.lead(entry.passage.article_id) == {
            "one",
            "iran",
            "back",
            "moscow",
            "oil",
            "fell",
        }
        assert found.lead("unknown") == frozenset()
        assert found.rows.days.tolist() == [date(2014, 12, 17).toordinal()] * 3
        assert found.rows.names == ("Toy",)
        assert len(found.rows_of(entry.passage.article_id)) == 2
        assert manifest.length == pytest.approx((3 + 2 + 1) / 3)


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("how", ["changed", "cut", "gone"])
def test_any_damaged_file_is_found(layout: Layout, name: str, how: str) -> None:
    path = layout.generation(1) / name
    data = path.read_bytes()
    if how == "changed":
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    elif how == "cut":
        path.write_bytes(data[:-1])
    else:
        path.unlink()
    with pytest.raises(UnusableError, match=f"{name} is missing or damaged: run `verbatim index"):
        open_current(layout)


def test_a_file_too_many_is_found(layout: Layout) -> None:
    (layout.generation(1) / "more").write_text("x")
    with pytest.raises(UnusableError, match="more is missing or damaged"):
        open_current(layout)


def test_parts_of_different_length_are_refused(layout: Layout) -> None:
    folder = layout.generation(1)
    values = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps(values | {"passages": 7}), "utf-8")
    with pytest.raises(UnusableError, match="its parts differ in length"):
        open_current(layout)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 5}', '{"format": 5, "number": 2}'])
def test_a_manifest_that_cannot_be_read_is_refused(layout: Layout, text: str) -> None:
    (layout.generation(1) / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(UnusableError, match="its manifest cannot be read"):
        open_current(layout)


def test_another_format_is_refused(layout: Layout) -> None:
    folder = layout.generation(1)
    values = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps(values | {"format": 99}), "utf-8")
    with pytest.raises(UnusableError, match="an index of format 99, this program reads 5"):
        open_current(layout)


@pytest.mark.parametrize("text", ["", "seven", "../../etc", "-00001"])
def test_current_must_name_a_generation(layout: Layout, text: str) -> None:
    layout.current.write_text(text, "utf-8")
    with pytest.raises(UnusableError, match="names no generation"):
        current_number(layout)


def test_current_may_be_missing_or_unreadable(layout: Layout) -> None:
    layout.current.unlink()
    assert current_number(layout) is None
    assert open_current(layout) is None
    layout.current.mkdir()
    with pytest.raises(UnusableError, match="run `verbatim index --full`"):
        current_number(layout)


def test_current_may_name_a_generation_that_is_gone(layout: Layout) -> None:
    replace_text(layout.current, "000009\n")
    with pytest.raises(UnusableError, match="its manifest cannot be read"):
        open_current(layout)


def test_the_catalog_cannot_be_written(layout: Layout) -> None:
    found = open_current(layout)
    assert found is not None
    with closing(found), pytest.raises(sqlite3.OperationalError, match="readonly"):
        found.catalog._db.execute("DELETE FROM passage")


def test_prune_keeps_the_newest_and_the_current(layout: Layout) -> None:
    for number in (2, 3, 4):
        layout.generation(number).mkdir()
    (layout.generations / "building-x").mkdir()
    prune(layout, 2)
    assert layout.numbers() == [1, 3, 4]
    assert not (layout.generations / "building-x").exists()


def test_sweeping_nothing(tmp_path: Path) -> None:
    sweep(Layout(tmp_path))
    assert Layout(tmp_path).numbers() == []
    assert generation.FORMAT == 5
