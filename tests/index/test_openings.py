from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.generation import Generation, open_current
from index.layout import Layout
from index.openings import openings
from index.topic import Topic, is_kin, is_on_topic, named
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


def topic(*weighed: tuple[str, float], vector: str = "") -> Topic:
    return Topic(ToyEncoder().encode_queries([vector])[0], dict(weighed))


@pytest.fixture
def greek(tmp_path: Path) -> Iterator[Generation]:
    """Articles that name a country in full, by its people, all through, once, or not at all."""
    with library_at(tmp_path) as library:
        fill(
            library,
            replace(article("full", "Oil of Greece.", "Iran."), published=NEW),
            replace(article("people", "Greeks sell oil."), published=NEWEST),
            replace(article("through", "Oil.", "Greece.", "In Greece.", "Comet."), published=OLD),
            article("once", "Oil.", "Greece.", "Iran."),
            article("none", "Oil."),
        )
        build(Layout(tmp_path), library, ToyEncoder())
    found = open_current(Layout(tmp_path))
    assert found is not None
    with closing(found):
        yield found


def test_how_much_of_a_topic_an_article_names(greek: Generation) -> None:
    first = np.array(sorted(greek.catalog.first_rows()))
    texts = [greek.entries([row])[0].passage.text for row in first.tolist()]
    titles = [greek.entries([row])[0].context_terms for row in first.tolist()]
    at = {next(iter(title)): place for place, title in enumerate(titles)}
    assert sorted(texts) == ["Greeks sell oil.", "Oil of Greece.", "Oil.", "Oil.", "Oil."]

    def share(*weighed: tuple[str, float]) -> dict[str, float]:
        found = named(greek, first, topic(*weighed))
        return {name: round(float(found[place]), 2) for name, place in at.items()}

    assert share(("greec", 2.0)) == {
        "full": 1.0,
        "peopl": 0.9,
        "through": 1.0,
        "onc": 0.0,
        "none": 0.0,
    }
    assert share(("greec", 1.0), ("comet", 3.0))["full"] == 0.25
    # Of three letters nothing is of the same stock; "green" is, as far as letters tell.
    assert share(("gre", 1.0)) == dict.fromkeys(at, 0.0)
    assert share(("green", 1.0)) == {
        **dict.fromkeys(at, 0.9),
        "onc": 0.0,
        "through": 0.0,
        "none": 0.0,
    }
    assert share() == dict.fromkeys(at, 0.0)


@pytest.mark.parametrize(
    ("one", "other", "kin"),
    [
        *[("greec", "greek", True), ("iran", "iranian", True), ("afghan", "afghanistan", True)],
        *[("greec", "greenhous", False), ("mar", "march", False), ("spain", "spanish", False)],
    ],
)
def test_terms_of_one_stock(one: str, other: str, kin: bool) -> None:
    assert is_kin(one, other) is is_kin(other, one) is kin


def test_an_article_on_a_topic_names_it_and_is_like_it(greek: Generation) -> None:
    (row,) = [r for r in greek.catalog.first_rows() if greek.entries([r])[0].passage.start == 0][:1]
    like, unlike = topic(("greec", 1.0), vector="oil"), topic(("greec", 1.0), vector="moscow comet")
    assert is_on_topic(greek, row, 1.0, like, is_heard=True)
    assert not is_on_topic(greek, row, 0.1, like, is_heard=True)
    assert not is_on_topic(greek, row, 1.0, unlike, is_heard=True)
    # In a language that the model does not understand it must be named in full.
    assert is_on_topic(greek, row, 1.0, unlike, is_heard=False)
    assert not is_on_topic(greek, row, 0.9, like, is_heard=False)


def test_the_newest_on_a_topic(greek: Generation) -> None:
    oil = topic(("greec", 1.0), vector="oil")
    assert texts(greek, topic=oil) == ["Greeks sell oil.", "Oil of Greece.", "Oil."]
    assert texts(greek, topic=oil, most=1) == ["Greeks sell oil."]
    assert texts(greek, OLD.date(), NEW.date(), topic=oil) == ["Oil of Greece.", "Oil."]
    assert texts(greek, topic=oil, hidden=[article("people").id]) == ["Oil of Greece.", "Oil."]
    deaf = np.zeros(len(greek.rows), np.bool_)
    assert texts(greek, topic=oil, heard=deaf) == ["Oil of Greece.", "Oil."]
    assert texts(greek, topic=topic(("japan", 1.0), vector="oil")) == []
