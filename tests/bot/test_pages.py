"""Web pages, feeds and sitemaps by their addresses: fetched, read, indexed, answered from."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from tests.corpus.web import Site, serving

PAGE = """<html><head><title>{title}</title><meta property="og:site_name" content="The Wharf">
<meta property="article:published_time" content="2014-12-17T10:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>{title}</h1><p>{text}</p><p>{more}</p></article>
<footer>Copyright The Wharf. All rights reserved. Subscribe to our newsletter.</footer>
</body></html>"""
BRIDGE = (
    "The Lena bridge at Yakutsk will open in May, said governor Pavel Orlov on Wednesday. Its"
    " cables were made in Chelyabinsk and came by barge, he added, and the last of them was hung"
    " before the river froze."
)
FERRY = (
    "The ferry across the bay of Tiksi stops at the end of the month, its owner Anna Semyonova"
    " wrote to the passengers. There were too few of them in the last two winters, the letter"
    " says, to pay for the ice-breaker that goes before it."
)
MORE = "Work had begun three years before, when the ministry in Moscow granted the money for it."


def add_news(site: Site) -> None:
    """Serve two articles, and a feed with their teasers."""
    for path, title, text in (
        ("/bridge", "A Bridge Over the Lena", BRIDGE),
        ("/ferry", "No Ferry After March", FERRY),
    ):
        page = PAGE.format(title=title, text=text, more=MORE)
        site.text(path, page, Content_Type="text/html; charset=utf-8")
    items = "".join(
        f"<item><title>T</title><link>{site.url}{path}</link>"
        "<description>A teaser.</description>"
        "<pubDate>Wed, 17 Dec 2014 10:00:00 GMT</pubDate></item>"
        for path in ("/bridge", "/ferry")
    )
    channel = f"<channel><title>W</title>{items}</channel>"
    feed = f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
    site.text("/feed", feed, Content_Type="application/rss+xml")


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with two articles and their feed."""
    with serving() as site:
        add_news(site)
        yield site


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--config", str(folder / "config.toml"), *words])


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    """A folder with settings that allow the site, and with nothing else to read."""
    (tmp_path / "none").mkdir()
    hosts = f'allow_hosts = ["127.0.0.1:{site.port}"]'
    (tmp_path / "config.toml").write_text(f'[corpus]\npaths = ["none"]\n{hosts}\n', "utf-8")
    return tmp_path


def test_a_page_is_added_asked_and_taken_out_and_comes_back(folder: Path, site: Site) -> None:
    added = run(folder, "add", f"{site.url}/bridge?utm_source=x")
    assert "Articles: 1 new, 0 changed, 0 gone" in added.stdout, added.output
    (listed,) = json.loads(run(folder, "list", "--json").stdout)
    assert listed["title"] == "A Bridge Over the Lena"
    assert listed["published"] == "2014-12-17"
    found = json.loads(run(folder, "ask", "--json", "When does the Lena bridge open?").stdout)
    assert found["quotations"][0]["text"] == BRIDGE
    assert run(folder, "remove", listed["id"]).exit_code == 0
    assert run(folder, "ask", "When does the Lena bridge open?").exit_code == 3
    again = run(folder, "add", f"{site.url}/bridge")
    assert "Articles: 1 new" in again.stdout
    assert run(folder, "ask", "When does the Lena bridge open?").exit_code == 0
    assert "0 new, 0 changed" in run(folder, "add", f"{site.url}/bridge").stdout


def test_the_pages_that_a_feed_names_are_fetched(folder: Path, site: Site) -> None:
    added = run(folder, "add", f"{site.url}/feed")
    assert "Articles: 2 new" in added.stdout, added.output
    found = json.loads(run(folder, "ask", "--json", "Why does the Tiksi ferry stop?").stdout)
    ferry = next(q for q in found["quotations"] if q["text"] == FERRY)
    assert (ferry["outlet"], ferry["published"]) == ("The Wharf", "2014-12-17")


def test_what_cannot_be_fetched_is_named_and_stops_nothing(folder: Path, site: Site) -> None:
    added = run(folder, "add", f"{site.url}/none", f"{site.url}/ferry", "ftp://n.example/x")
    assert added.exit_code == 1
    assert "Articles: 1 new" in added.stdout
    assert "/none" in added.stderr
    assert "404" in added.stderr
    assert "ftp://n.example/x" in added.stderr


def test_no_machine_of_the_network_is_asked(tmp_path: Path, site: Site) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "config.toml").write_text('[corpus]\npaths = ["none"]\n', "utf-8")
    refused = run(tmp_path, "add", f"{site.url}/bridge")
    assert refused.exit_code == 1
    assert f"{site.url}/bridge" in refused.stderr
    assert "allow_hosts" in refused.stderr
    assert site.paths() == []
