from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.sources import Source, SourceError
from corpus.store import Library

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FEED = "https://news.example/feed"


def names(sources: list[Source]) -> list[str]:
    return [source.name for source in sources]


def test_a_source_is_kept_as_it_was_added(tmp_path: Path) -> None:
    with Library(tmp_path / "l") as library:
        added = library.sources.add("News", FEED, "feed", "42", every=HOUR)
    with Library(tmp_path / "l") as library:
        assert library.sources.listed() == [added]
        assert library.sources.get("News") == added
        assert library.sources.get("Other") is None
    assert added == Source(
        name="News",
        url=FEED,
        kind="feed",
        added_by="42",
        every=HOUR,
        paused=False,
        etag=None,
        modified=None,
        due=datetime(1970, 1, 1, tzinfo=UTC),
        succeeded=None,
        failing_since=None,
        failures=0,
        error=None,
    )


@pytest.mark.parametrize(("name", "url"), [("News", "https://other.example/"), ("Other", FEED)])
def test_a_name_and_an_address_are_taken_once(library: Library, name: str, url: str) -> None:
    library.sources.add("News", FEED, "feed", "42")
    with pytest.raises(SourceError, match="there is such a source, 'News': remove that first"):
        library.sources.add(name, url, "page", "43")
    assert names(library.sources.listed()) == ["News"]


def test_removed_and_paused(library: Library) -> None:
    sources = library.sources
    sources.add("a", "https://a.example/", "feed", "42")
    sources.add("b", "https://b.example/", "page", "42")
    assert sources.pause("a")
    assert names(sources.due(NOON)) == ["b"]
    assert sources.pause("a", paused=False)
    assert sources.remove("b")
    assert names(sources.due(NOON)) == ["a"]
    assert not sources.remove("b")
    assert not sources.pause("b")


def test_after_a_good_look_it_is_due_when_its_time_has_passed(library: Library) -> None:
    sources = library.sources
    sources.add("a", "https://a.example/", "feed", "42", every=10 * MINUTE)
    sources.add("b", "https://b.example/", "feed", "42", every=HOUR)
    sources.note_success("b", NOON - 3 * HOUR)
    sources.note_success("a", NOON, '"1"', "Wed")
    assert names(sources.due(NOON)) == ["b"]
    assert names(sources.due(NOON + 10 * MINUTE)) == ["b", "a"]
    a = sources.get("a")
    assert a is not None
    assert (a.etag, a.modified, a.succeeded, a.due) == ('"1"', "Wed", NOON, NOON + 10 * MINUTE)


def test_failures_put_the_next_look_off_further_and_further(library: Library) -> None:
    sources = library.sources
    sources.add("a", "https://a.example/", "feed", "42", every=10 * MINUTE)
    sources.note_success("a", NOON, '"1"')
    pauses = []
    for number in range(12):
        sources.note_failure("a", NOON + number * MINUTE, "answers 500")
        (a,) = sources.listed()
        pauses.append((a.due - NOON - number * MINUTE) // MINUTE)
    assert pauses == [20, 40, 80, 160, 320, 640, 1280, 1440, 1440, 1440, 1440, 1440]
    assert (a.failing_since, a.failures, a.error) == (NOON, 12, "answers 500")
    assert (a.etag, a.succeeded) == ('"1"', NOON)
    assert sources.failing(NOON + DAY - MINUTE, DAY) == []
    assert names(sources.failing(NOON + DAY, DAY)) == ["a"]
    sources.note_success("a", NOON + DAY)
    (a,) = sources.listed()
    assert (a.failing_since, a.failures, a.error) == (None, 0, None)


def test_a_server_that_asks_for_more_time_gets_it(library: Library) -> None:
    sources = library.sources
    sources.add("a", "https://a.example/", "feed", "42", every=10 * MINUTE)
    sources.add("b", "https://b.example/", "feed", "42", every=30 * DAY)
    sources.note_failure("a", NOON, "asks to wait", wait=2 * 3600)
    sources.note_failure("b", NOON, "asks to wait", wait=60)
    due = {source.name: source.due - NOON for source in sources.listed()}
    assert due == {"a": 2 * HOUR, "b": 30 * DAY}


def test_a_source_that_is_gone_is_passed_over(library: Library) -> None:
    library.sources.note_success("a", NOON)
    library.sources.note_failure("a", NOON, "x")
    library.sources.note_seen("a", NOON, [("https://a.example/1", "")], [])
    assert library.sources.listed() == []
    assert library.sources.seen("a") == {}


def test_links_are_remembered_while_the_feed_has_them_and_a_season_more(library: Library) -> None:
    sources = library.sources
    sources.add("a", FEED, "feed", "42")
    sources.note_seen("a", NOON, [("l1", "s1"), ("l2", "s2")], ["l1", "l2", "l3"])
    assert sources.seen("a") == {"l1": "s1", "l2": "s2"}
    sources.note_seen("a", NOON + 60 * DAY, [("l1", "s9")], ["l1"])
    assert sources.seen("a") == {"l1": "s9", "l2": "s2"}
    sources.note_seen("a", NOON + 100 * DAY, [], ["l1"])
    assert sources.seen("a") == {"l1": "s9"}
    sources.remove("a")
    assert sources.seen("a") == {}
