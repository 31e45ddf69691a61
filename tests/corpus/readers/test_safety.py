"""What files from outside may not do: fill memory, take for ever, reach out, leave their place."""

import gzip
import io
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from corpus.compose import UnreadableError
from corpus.readers import Found, Limits, Options
from corpus.readers.apart import work
from corpus.types import ReadError
from tests.corpus.readers.made import LONG, book, chapter, page, pdf, tarred, zipped
from tests.corpus.readers.shown import results
from tests.work import at_most

pytestmark = pytest.mark.uncounted

TOO_MUCH = "more is in it than may be unpacked: split it"


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """What the readers' libraries load at their first use is no work of a file."""
    results(page("A", LONG).encode(), "a.html")
    results(b"<rss version='2.0'><channel><title>A</title></channel></rss>", "a.rss")


def reasons(data: bytes, name: str, limits: Limits | None = None) -> list[str]:
    found = results(data, name, options=Options(limits=limits or Limits()))
    return [str(f) for f in found if isinstance(f, ReadError)]


def titles(data: bytes, name: str, limits: Limits | None = None) -> list[str]:
    found = results(data, name, options=Options(limits=limits or Limits()))
    return [f.article.title for f in found if isinstance(f, Found)]


def test_a_bomb_is_not_unpacked() -> None:
    data = zipped({"a.html": b" " * 50_000_000, "b.html": page("B")})
    assert titles(zipped({"b.html": page("B")}), "b.zip") == ["B"]
    tracemalloc.start()
    assert reasons(data, "a.zip") == ["a.zip#a.html: unpacks to far more than it is: remove it"]
    assert titles(data, "a.zip") == ["B"]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


def test_a_zip_that_lies_about_its_size_is_read_up_to_the_limit() -> None:
    data = bytearray(zipped({"a.html": b" " * 5_000_000}))
    size = (5_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    lie = bytes(data.replace(size, (100).to_bytes(4, "little")))
    (reason,) = reasons(lie, "a.zip")
    assert reason.startswith("a.zip#a.html: ")


def test_a_gzip_bomb() -> None:
    data = gzip.compress(b" " * 50_000_000)
    assert reasons(data, "a.html.gz") == [f"a.html.gz: {TOO_MUCH}"]
    nested = gzip.compress(gzip.compress(gzip.compress(page("A").encode())))
    assert titles(nested, "a.html.gz.gz.gz") == ["A"]
    for _ in range(3):
        nested = gzip.compress(nested)
    (reason,) = reasons(nested, "a.gz")
    assert reason.endswith(": lies in more than 4 archives: unpack it")


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_bounds_on_files_and_on_all_of_them_together(pack: object) -> None:
    assert callable(pack)
    data = pack({f"{at}.html": page(str(at)) for at in range(5)})
    few = Limits(files=4)
    assert len(titles(data, "a", few)) in {3, 4}
    assert reasons(data, "a", few)[-1].endswith(TOO_MUCH)
    little = Limits(total=2000)
    assert len(titles(data, "a", little)) < 5
    assert reasons(data, "a", little)[-1].endswith(TOO_MUCH)
    assert reasons(data, "a", Limits(member=100, archive=10**6))[0].endswith(
        ": more than 0.0001 MB: split the file"
    )


def test_no_name_in_an_archive_leads_out_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["../../out.html", "/abs.html", "..\\win.html", "c:/d.html", "a\x1b[31m\n.html"]
    for pack in (zipped, tarred):
        found = results(pack({name: page(str(at)) for at, name in enumerate(names)}), "a.zip")
        assert sorted(f.article.title for f in found if isinstance(f, Found)) == list("01234")
        assert all(f.origin.isprintable() for f in found if isinstance(f, Found))
    assert list(tmp_path.iterdir()) == []


def test_a_locked_zip_says_so() -> None:
    data = bytearray(zipped({"a.html": page("A")}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        data[at] |= 1
    assert reasons(bytes(data), "a.zip") == ["a.zip#a.html: it is locked by a password: unlock it"]


# Entities


def test_entities_of_xml_are_off(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret")
    bomb = ['<!ENTITY a "ha">'] + [
        f'<!ENTITY a{at} "{("&a" + (str(at - 1) if at else "") + ";") * 10}">' for at in range(10)
    ]
    doctype = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">{"".join(bomb)}]>'
    bodies = {
        "sitemap.xml": "<urlset><url><loc>https://a.example/&x;&a9;</loc></url></urlset>",
        "feed.rss": "<rss version='2.0'><channel><title>&x;</title><item><title>&x;&a9;</title>"
        "<link>https://a.example/1</link><description>&x;</description></item></channel></rss>",
        "page.html": page("T", ["&x;&a9;", *LONG]),
    }
    written = [(name, body, "utf-8") for name, body in bodies.items()]
    for name, body, charset in (*written, ("feed.rss", bodies["feed.rss"], "utf-16")):
        data = f"<?xml version='1.0' encoding='{charset}'?>{doctype}{body}".encode(charset)
        with at_most(0.5):
            said = repr(results(data, name))
        assert "s3cret" not in said
        assert "hahaha" not in said
    entity = f'<?xml version="1.0"?>{doctype}'
    data = book({"a.xhtml": entity + chapter("A", [*LONG, "&x;&a9;"]).split("?>", 1)[1]})
    said = repr(results(data, "a.epub"))
    assert "Tales of Tidewater" in said
    assert "s3cret" not in said
    assert "hahaha" not in said


# PDF and EPUB in a process of their own


def test_a_book_that_takes_too_long_is_given_up() -> None:
    with at_most(5), pytest.raises(UnreadableError, match=r"takes more than 0\.05 s to read"):
        work("pdf", pdf([[line] for line in LONG]), Limits(seconds=0.05))


@pytest.mark.skipif(sys.platform == "darwin", reason="its memory cannot be bounded so")
def test_a_book_that_takes_too_much_memory_is_given_up() -> None:
    chapters = {f"{at}.xhtml": chapter("A", ["x" * 3_000_000]) for at in range(40)}
    with pytest.raises(UnreadableError, match="takes more than 150 MB of memory"):
        work("epub", book(chapters), Limits(memory=150_000_000))


def test_a_chapter_that_unpacks_to_too_much() -> None:
    out = io.BytesIO(book({"a.xhtml": chapter("A", LONG)}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OEBPS/big.xhtml", b" " * 20_000_000)
    data = out.getvalue().replace(b'href="a.xhtml"', b'href="big.xhtml"')
    assert reasons(data, "a.epub")[0].startswith("a.epub: ")


def test_locked_ones_say_so() -> None:
    out = io.BytesIO(book({"a.xhtml": chapter("A", LONG)}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("META-INF/rights.xml", "<rights/>")
    assert reasons(out.getvalue(), "a.epub") == [
        "a.epub: it is locked against copying: get one that is not"
    ]


def test_a_deep_page_ends() -> None:
    with at_most(30):
        for opened in ("<div>", "<p><span>", "<table><tr><td>", "<ul><li>", "<blockquote>"):
            data = ("<html><body>" + opened * 20_000 + "x" * 500).encode()
            assert len(results(data, "a.html")) == 1


def test_deep_json_is_an_error() -> None:
    assert reasons(b"[" * 100_000, "a.json") != []
    assert reasons(b'{"a":' * 100_000, "a.jsonl") != []


@pytest.mark.parametrize(
    "part",
    [
        "<p>" + "words and <br>" * 60_000,
        "<p>" + "<span><img><a href=x>a</a><a href=y>b</a></span>" * 5_000,
        "<p>A</p>" * 10_000,
        "<p>" + "a" * 2_000_000,
    ],
    ids=["breaks", "cards", "letters", "word"],
)
def test_a_page_made_to_take_long_does_not(part: str) -> None:
    with at_most(15):
        (found,) = results(page("T", [*LONG, part]).encode(), "a.html")
    assert isinstance(found, Found)
    assert found.article.paragraphs[: len(LONG)] == LONG


def test_a_page_of_far_too_many_parts_is_not_read() -> None:
    assert reasons(page("T", ["<b>x</b>" * 100_001]).encode(), "a.html") == [
        "a.html: a page of far too many parts: split it"
    ]


def test_a_packed_export_may_be_as_large_as_an_archive() -> None:
    rows = "\n".join(f'{{"title": "T{n}", "text": "Text {n}."}}' for n in range(50))
    limits = Limits(member=1000, archive=1_000_000)
    assert len(titles(gzip.compress(rows.encode()), "a.jsonl.gz", limits)) == 50
    mixed = zipped({"a.jsonl": rows, "b.html": page("B", LONG * 3)})
    assert len(titles(mixed, "a.zip", limits)) == 50
