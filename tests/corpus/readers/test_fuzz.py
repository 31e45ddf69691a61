"""Broken bytes at every reader: never an exception, never for long, and a reason for each."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.readers import Found, Lead
from corpus.readers.kinds import SUFFIXES
from corpus.text import normalise
from corpus.types import ReadError
from tests.corpus.readers.made import LONG, book, chapter, page, pdf, tarred, warc, zipped
from tests.corpus.readers.shown import results
from tests.corpus.readers.test_formats import FIXTURES
from tests.work import at_most

WHOLE = {f.name: f.read_bytes() for f in FIXTURES} | {
    "a.zip": zipped({"a.html": page("A"), "b.md": "# B\n\nText."}),
    "a.tgz": tarred({"a.html": page("A"), "b.md": "# B\n\nText."}),
    "a.warc.gz": warc({"https://a.example/": ("200 OK", "text/html", page("A").encode())}),
    "plain.warc": warc(
        {"https://a.example/": ("200 OK", "text/html", page("A").encode())}, packed=False
    ),
}
APART = {
    "a.epub": book({"a.xhtml": chapter("A", LONG)}),
    "a.pdf": pdf([["A title", *LONG]]),
}
STARTS = (b"{", b"[", b"<rss>", b"<feed>", b"<urlset>", b"---\n", b"WARC/1.0\r\n", b"\x1f\x8b")
SECONDS = 10


@st.composite
def broken(draw: st.DrawFn, whole: bytes) -> bytes:
    """These bytes with some cut out, put in, doubled or changed."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 1, 7, 100, len(data)])))
        data[start:end] = draw(
            st.binary(max_size=20)
            | st.just(bytes(data[start:end]) * 2)
            | st.sampled_from([b"\x00", b"\xff\xfe", b"<", b"&#x0;", b'"', b"]]>", b"\r\n\r\n"])
        )
    return bytes(data)


def check(data: bytes, name: str) -> None:
    """Read it, and look at all that comes."""
    with at_most(SECONDS):
        found = results(data, name)
    for result in found:
        if isinstance(result, ReadError):
            assert result.origin.startswith(name)
            assert result.reason
            assert "\n" not in result.reason
            # That is for what nobody foresaw: what is found here is foreseen from now on.
            assert "cannot be read (" not in result.reason
        elif isinstance(result, Lead):
            assert result.url.startswith(("http://", "https://"))
        else:
            assert isinstance(result, Found)
            article = result.article
            assert article.title == normalise(article.title) != ""
            assert article.paragraphs
            assert all(p == normalise(p) != "" for p in article.paragraphs)
            article.digest()


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_bytes_are_something_or_an_error(name: str, data: st.DataObject) -> None:
    check(data.draw(broken(WHOLE[name])), name)


@pytest.mark.parametrize("name", APART)
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_book_is_something_or_an_error(name: str, data: st.DataObject) -> None:
    check(data.draw(broken(APART[name])), name)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.binary(max_size=400) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
    st.sampled_from(["", *SUFFIXES]),
)
def test_any_bytes_under_any_name(data: bytes, suffix: str) -> None:
    check(data, f"a{suffix}")
    for start in STARTS:
        check(start + data, f"a{suffix}")
