"""corpus.refresh against a real server; the pages are in a small format of the tests' own."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from corpus import refresh as refreshing
from corpus.fetch import Fetched, Fetcher, FetchError, Limits, NotModified
from corpus.refresh import Link, Parsed, Refreshed, refresh
from corpus.store import Entry, Library
from corpus.types import Article, ReadError
from tests.corpus.samples import article
from tests.corpus.web import Clock, Site, serving

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
LIMITS = Limits(tries=1, delay=0, seconds=5)


def named(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:12]


def parse(page: Fetched, said: object = None) -> Parsed:
    """`feed` and a link a line: url, stamp, "list" for a list; or a title and its paragraphs."""
    head, *lines = page.data.decode().splitlines()
    if head == "feed":
        links = [line.split() for line in lines]
        return Parsed(
            links=[Link(u, s, k == "list", said=f"said of {u}") for u, s, k in links],
        )
    if head == "broken":
        return Parsed(errors=[ReadError(page.url, "no title: add one")])
    title = f"{head} ({said})" if said else head
    made = article(id=named(page.url), url=page.url, title=title, paragraphs=tuple(lines))
    return Parsed([made])


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server."""
    with serving() as opened:
        yield opened


def fetcher(site: Site) -> Fetcher:
    clock = Clock()
    host = f"127.0.0.1:{site.port}"
    return Fetcher(LIMITS, allow_hosts=[host], clock=clock, sleep=clock.sleep)


def look(library: Library, site: Site, minutes: int = 0, **options: object) -> Refreshed:
    return refresh(
        library,
        fetcher(site),
        parse,
        clock=lambda: NOON + timedelta(minutes=minutes),
        **options,  # type: ignore[arg-type]
    )


def feed(site: Site, *links: str, **headers: str) -> None:
    lines = [
        f"{site.url}{link} 1 page" if " " not in link else f"{site.url}{link}" for link in links
    ]
    site.text("/feed", "\n".join(["feed", *lines]), **headers)


def titles(library: Library) -> list[str]:
    return sorted(a.title for a in library.current())


def test_what_a_feed_names_is_read_once(library: Library, site: Site) -> None:
    feed(site, "/1", "/2")
    site.text("/1", "One\nText one.")
    site.text("/2", "Two\nText two.")
    library.sources.add("News", f"{site.url}/feed", "feed", "42")
    told: list[tuple[str, int, int]] = []
    report = look(library, site, progress=lambda *seen: told.append(seen))
    assert report == Refreshed(["News"], [named(f"{site.url}/1"), named(f"{site.url}/2")])
    assert titles(library) == [f"One (said of {site.url}/1)", f"Two (said of {site.url}/2)"]
    assert told == [("News", 0, 1), ("News", 0, 2), ("News", 1, 2)]
    entry = library.entries()[0]
    assert (entry.origin, entry.added) == (f"{site.url}/1", True)
    assert look(library, site, 5) == Refreshed()
    assert look(library, site, 20) == Refreshed(["News"])
    assert site.paths() == ["/feed", "/1", "/2", "/feed"]


def test_a_page_whose_stamp_has_changed_is_read_again(library: Library, site: Site) -> None:
    feed(site, "/1 monday page", "/2 monday page")
    site.text("/1", "One\nText one.\nMore of it.")
    site.text("/2", "Two\nText two.")
    library.sources.add("News", f"{site.url}/feed", "feed", "42")
    look(library, site)
    old = next(a for a in library.current() if a.title.startswith("One"))
    feed(site, "/1 tuesday page", "/2 monday page")
    site.text("/1", "One\nText one, corrected.")
    report = look(library, site, 20)
    assert (report.new, report.changed, report.failures) == ([], [old.id], [])
    new = next(a for a in library.current() if a.id == old.id)
    assert new.paragraphs == ("Text one, corrected.",)
    assert library.version(old.digest()) == old
    assert site.paths() == ["/feed", "/1", "/2", "/feed", "/1"]
    feed(site, "/1 wednesday page", "/2 monday page")
    assert look(library, site, 40).unchanged == 1


def test_an_unchanged_feed_is_not_sent_again(library: Library, site: Site) -> None:
    async def page(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        return web.Response(text=f"feed\n{site.url}/1 1 page", headers={"ETag": '"1"'})

    site.pages["/feed"] = page
    site.status("/1", 503)
    library.sources.add("News", f"{site.url}/feed", "feed", "42")
    assert [e.reason for e in look(library, site).failures] == [
        "asks to wait (503): try again later"
    ]
    # A page of it is still to be read: the feed must come again.
    site.text("/1", "One\nText.")
    assert len(look(library, site, 20).new) == 1
    assert look(library, site, 40) == Refreshed(["News"])
    source = library.sources.get("News")
    assert source is not None
    assert (source.etag, source.succeeded) == ('"1"', NOON + timedelta(minutes=40))
    assert site.paths() == ["/feed", "/1", "/feed", "/1", "/feed"]


def test_one_bad_source_or_page_stops_no_other(library: Library, site: Site) -> None:
    feed(site, "/gone", "/broken", "/fine")
    site.text("/broken", "broken")
    site.text("/fine", "Fine\nText.")
    site.text("/bad", "broken")
    library.sources.add("a", f"{site.url}/none", "feed", "42")
    library.sources.add("b", f"{site.url}/bad", "page", "42")
    library.sources.add("c", f"{site.url}/feed", "feed", "42")
    report = look(library, site)
    assert [str(f) for f in report.failures] == [
        f"{site.url}/none: answers 404: it is gone: remove it",
        f"{site.url}/bad: no title: add one",
        f"{site.url}/gone: answers 404: it is gone: remove it",
        f"{site.url}/broken: no title: add one",
    ]
    assert len(report.new) == 1
    errors = {s.name: s.error for s in library.sources.listed()}
    assert errors == {
        "a": "answers 404: it is gone: remove it",
        "b": "no title: add one",
        "c": None,
    }
    # Pages that cannot be read are not asked for over and over.
    asked = len(site.paths())
    look(library, site, 20, only=["c"])
    assert site.paths()[asked:] == ["/feed"]


def test_a_page_is_a_source_of_its_own(library: Library, site: Site) -> None:
    site.text("/page", "Page\nText.", ETag='"7"')
    library.sources.add("Page", f"{site.url}/page", "page", "42")
    assert len(look(library, site).new) == 1
    site.text("/page", "Page\nOther text.")
    assert len(look(library, site, 20).changed) == 1
    assert site.sent[-1]["If-None-Match"] == '"7"'


def test_lists_within_lists_are_read_as_far_as_is_sensible(library: Library, site: Site) -> None:
    feed(site, "/map1 x list", "/map-none x list")
    site.text("/map1", f"feed\n{site.url}/1 1 page\n{site.url}/map1 x list\n{site.url}/1 1 page")
    site.text("/1", "One\nText.")
    library.sources.add("Map", f"{site.url}/feed", "feed", "42")
    report = look(library, site)
    assert len(report.new) == 1
    assert site.paths().count("/map1") == 3
    assert [f.origin for f in report.failures] == [f"{site.url}/map-none"]


def test_a_long_list_is_read_over_several_looks(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "_MOST_LINKS", 3)
    monkeypatch.setattr(refreshing, "_BATCH", 2)
    for number in range(5):
        site.text(f"/{number}", f"Title {number}\nText.")
    feed(site, *(f"/{number}" for number in range(5)), ETag='"1"')
    library.sources.add("News", f"{site.url}/feed", "feed", "42")
    assert len(look(library, site).new) == 3
    assert len(look(library, site, 20).new) == 2
    assert "If-None-Match" not in site.sent[-3]


def test_a_look_can_be_stopped_and_goes_on_where_it_was(library: Library, site: Site) -> None:
    feed(site, "/1", "/2", "/3")
    for number in (1, 2, 3):
        site.text(f"/{number}", f"Title {number}\nText.")
    library.sources.add("News", f"{site.url}/feed", "feed", "42")
    library.sources.add("Other", f"{site.url}/1", "page", "42")
    report = look(library, site, is_stopped=lambda: "/2" in site.paths())
    assert (report.is_stopped, len(report.new), report.looked) == (True, 2, ["News"])
    assert len(look(library, site, 20).new) == 1
    assert site.paths().count("/1") == 2


class Dying:
    """A retriever that ends the process at its third page."""

    def __init__(self, retriever: Fetcher, most: int) -> None:
        self._retriever, self._left = retriever, most

    def fetch(
        self, url: str, *, etag: str | None = None, modified: str | None = None
    ) -> Fetched | NotModified:
        """Fetch, or die."""
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt
        return self._retriever.fetch(url, etag=etag, modified=modified)


@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_killed_at_any_page_nothing_is_lost(tmp_path: Path, site: Site, most: int) -> None:
    feed(site, "/1", "/2", "/3")
    for number in (1, 2, 3):
        site.text(f"/{number}", f"Title {number}\nText.")
    with Library(tmp_path / "l") as library:
        library.sources.add("News", f"{site.url}/feed", "feed", "42")
        with pytest.raises(KeyboardInterrupt):
            refresh(library, Dying(fetcher(site), most), parse, clock=lambda: NOON)
    with Library(tmp_path / "l") as library:
        report = look(library, site)
        assert len(report.new) + report.unchanged == 3
        assert len(titles(library)) == 3


def test_what_a_person_took_out_or_keeps_as_a_file_is_left_alone(
    library: Library, site: Site
) -> None:
    feed(site, "/removed", "/file")
    site.text("/removed", "Removed\nText.")
    site.text("/file", "From the web\nText.")
    mine = article(id=named(f"{site.url}/file"), url=f"{site.url}/file", title="From my file")
    library.put([mine])
    library.change(keep=[Entry(mine.id, mine.digest(), "/news/mine.md", "s", added=False)])
    library.remove([named(f"{site.url}/removed")])
    library.sources.add("News", f"{site.url}/feed", "feed", "42")
    report = look(library, site)
    assert (report.new, report.changed) == ([], [])
    assert titles(library) == ["From my file"]


def test_an_article_without_an_address_is_named_by_its_feed(library: Library) -> None:
    class Memory:
        def fetch(
            self, url: str, *, etag: str | None = None, modified: str | None = None
        ) -> Fetched | NotModified:
            assert (etag, modified) == (None, None)
            return Fetched(url, b"", {})

    def whole(page: Fetched, said: object = None) -> Parsed:
        made: Sequence[Article] = [article(id=name, url=None) for name in ("x", "y", "x")]
        return Parsed(made)

    library.sources.add("News", "https://news.example/feed", "feed", "42")
    report = refresh(library, Memory(), whole, clock=lambda: NOON)
    assert report.new == ["x", "y"]
    assert [e.origin for e in library.entries()] == [
        "https://news.example/feed#x",
        "https://news.example/feed#y",
    ]


def test_what_a_server_asks_for_is_remembered(library: Library, site: Site) -> None:
    site.status("/feed", 429, Retry_After="7200")
    library.sources.add("News", f"{site.url}/feed", "feed", "42")
    look(library, site)
    source = library.sources.get("News")
    assert source is not None
    assert (source.due, source.failures) == (NOON + timedelta(hours=2), 1)
    assert FetchError("u", "r").wait is None
