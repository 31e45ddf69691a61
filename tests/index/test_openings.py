from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.build import build
from index.generation import Generation, open_current
from index.layout import Layout
from index.openings import openings
from tests.index.toys import ToyEncoder, article, fill, library_at

OLD, NEW, NEWEST = (datetime(2015, 1, day, 22, tzinfo=UTC) for day in (1, 5, 9))


@pytest.fixture
def generation(tmp_path: Path) -> Iterator[Generation]:
    """Four articles of two outlets, one without a date, one of two paragraphs."""
    with library_at(tmp_path) as library:
        fill(
            library,
            replace(article("new", "Oil fell.", "Iran."), published=NEW),
            replace(article("undated", "Comet."), published=None, published_from=None),
            replace(article("newest", "Moscow."), published=NEWEST, source="Other"),
            replace(article("old", "Oil rose."), published=OLD),
        )
        build(Layout(tmp_path), library, ToyEncoder())
    found = open_current(Layout(tmp_path))
    assert found is not None
    with closing(found):
        yield found


def texts(generation: Generation, *days: date | None, **others: object) -> list[str]:
    first, last = days or (None, None)
    most = others.pop("most", 9)
    found = openings(generation, first, last, most, **others)  # type: ignore[arg-type]
    return [passage.text for passage in found]


def test_the_newest_comes_first_and_what_has_no_date_last(generation: Generation) -> None:
    assert texts(generation) == ["Moscow.", "Oil fell.", "Oil rose.", "Comet."]
    assert texts(generation, most=2) == ["Moscow.", "Oil fell."]
    assert texts(generation, most=0) == []


def test_both_days_are_included_and_either_may_be_open(generation: Generation) -> None:
    assert texts(generation, OLD.date(), NEW.date()) == ["Oil fell.", "Oil rose."]
    assert texts(generation, NEW.date(), None) == ["Moscow.", "Oil fell."]
    assert texts(generation, None, date(2015, 1, 4)) == ["Oil rose."]
    assert texts(generation, date(2015, 1, 2), date(2015, 1, 4)) == []


def test_an_outlet_and_what_is_hidden(generation: Generation) -> None:
    assert texts(generation, outlet="Other") == ["Moscow."]
    assert texts(generation, outlet="Unknown") == []
    hidden = [article("newest").id, article("undated").id, "unknown"]
    assert texts(generation, hidden=hidden) == ["Oil fell.", "Oil rose."]
