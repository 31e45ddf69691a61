"""corpus.address: which addresses are one."""

import pytest

from corpus.address import canonical, host, is_web


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://news.example/a", "https://news.example/a"),
        ("HTTPS://News.Example/A", "https://news.example/A"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("https://news.example/a#comments", "https://news.example/a"),
        ("https://news.example/a?utm_source=x&utm_medium=y", "https://news.example/a"),
        ("https://news.example/a?id=7&fbclid=abc&gclid=d", "https://news.example/a?id=7"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
        ("https://news.example/a?q=", "https://news.example/a?q="),
        ("https://m.news.example/a", "https://news.example/a"),
        ("https://mobile.news.example/a", "https://news.example/a"),
        ("https://amp.news.example/a", "https://news.example/a"),
        ("https://www.m.news.example/a", "https://www.news.example/a"),
        ("https://m.example/a", "https://m.example/a"),
        ("https://news.example/a/amp", "https://news.example/a"),
        ("https://news.example/a/amp/", "https://news.example/a/"),
        ("https://news.example/a.amp.html", "https://news.example/a.html"),
        ("https://news.example/a.amp", "https://news.example/a"),
        ("https://news.example/a?amp=1", "https://news.example/a"),
        ("https://news.example/amp/2015/03/a", "https://news.example/2015/03/a"),
        ("https://news.example/camp", "https://news.example/camp"),
        ("https://news.example/a/", "https://news.example/a/"),
        ("https://news.example/ё?п=1", "https://news.example/%D1%91?%D0%BF=1"),
        ("  https://news.example/a ", "https://news.example/a"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
        ("https://[broken", "https://[broken"),
        ("https://news.example:port/a", "https://news.example:port/a"),
    ],
)
def test_one_address_stands_for_all_ways_to_a_page(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.news.example/a", "news.example"),
        ("https://t.me/a/1", "t.me"),
        ("a.md", ""),
        (None, ""),
    ],
)
def test_host(url: str | None, expected: str) -> None:
    assert host(url) == expected


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "javascript:alert(1)", "http://", "https://[x"]
)
def test_what_is_no_address_of_the_web(url: str) -> None:
    assert not is_web(url)
