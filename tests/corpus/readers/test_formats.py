"""Each format: real-shaped files beside exactly what is to be read from them."""

import gzip
import json
from pathlib import Path

import pytest

from corpus.compose import NO_TEXT, UnreadableError
from corpus.readers import Found, Options
from corpus.readers.epub import extract as extract_book
from corpus.readers.pdf import extract as extract_pdf
from corpus.types import Article, ReadError
from tests.corpus.readers.made import LONG, book, chapter, page, pdf, tarred, warc, zipped
from tests.corpus.readers.shown import results, shown

FILES = Path(__file__).parent / "files"
EXPECTED = ".expected.json"
FIXTURES = sorted(f for f in FILES.iterdir() if not f.name.endswith(EXPECTED))
OPTIONS = Options(
    columns={
        "title": "Headline",
        "text": "Body",
        "url": "Link",
        "published": "Date",
        "outlet": "Paper",
    },
    channels={"1234567890": "coastnews"},
)


def expected(file: Path) -> object:
    return json.loads((FILES / f"{file.name}{EXPECTED}").read_text("utf-8"))


def articles(data: bytes, name: str, url: str | None = None) -> list[Article]:
    """The articles in it, of which all must be readable."""
    found = results(data, name, url=url)
    assert [f for f in found if isinstance(f, ReadError)] == []
    return [f.article for f in found if isinstance(f, Found)]


@pytest.mark.parametrize("file", FIXTURES, ids=lambda f: f.name)
def test_a_file_is_read_as_it_stands_beside_it(file: Path) -> None:
    options = OPTIONS if file.name in {"export.csv", "result.json"} else None
    assert shown(results(file.read_bytes(), file.name, options=options)) == expected(file)


@pytest.mark.parametrize("file", FIXTURES, ids=lambda f: f.name)
def test_packed_with_gzip_it_reads_the_same(file: Path) -> None:
    options = OPTIONS if file.name in {"export.csv", "result.json"} else None
    packed = shown(results(gzip.compress(file.read_bytes()), f"{file.name}.gz", options=options))
    for result in packed:
        result["origin"] = result["origin"].removeprefix(f"{file.name}.gz#")
    assert packed == expected(file)


def test_the_content_decides_and_not_the_name() -> None:
    file = FILES / "amp.html"
    for name in ("amp.txt.html", "amp", "amp.json", "amp.xml", "amp.html.unknown"):
        (found,) = articles(file.read_bytes(), name)
        assert found.paragraphs[0].startswith("The harbour of Tidewater opened again")
    data = zipped({"a.html": file.read_bytes()})
    assert len(articles(data, "a.html")) == 1


def test_a_channel_whose_public_name_is_not_known_links_for_its_members() -> None:
    found = articles((FILES / "result.json").read_bytes(), "result.json")
    assert [a.url for a in found] == ["https://t.me/c/1234567890/2", "https://t.me/c/1234567890/4"]


def test_a_page_that_was_fetched_is_known_by_where_from() -> None:
    (found,) = articles(page("A").encode(), "", "http://amp.coast.example/a/amp/?fbclid=1#top")
    assert found.url == "https://coast.example/a/"
    assert found.source == "coast.example"


# Books, PDF, web archives, archives


def test_a_book_is_an_article_a_chapter() -> None:
    data = book(
        {
            "cover.xhtml": chapter("Tales", ["By Ada Quill"]),
            "one.xhtml": chapter("The Storm", LONG),
            "two.xhtml": chapter("The Seal", [*LONG[1:], "A seal came &amp; went."]),
        }
    )
    storm, seal = articles(data, "tales.epub")
    assert (storm.title, storm.source, storm.authors) == (
        "The Storm",
        "Tales of Tidewater",
        ("Ada Quill",),
    )
    assert (storm.published, storm.published_from) == (seal.published, "book")
    assert str(storm.published) == "2015-03-03 00:00:00+00:00"
    assert (storm.language, storm.paragraphs) == ("en", LONG)
    assert seal.paragraphs == (*LONG[1:], "A seal came & went.")


def test_a_pdf_without_its_running_titles_and_line_ends() -> None:
    top = "The Tidewater Post"
    pages = [
        [top, "Harbour Reopens", "3 March 2015", *_wrapped(LONG[0]), *_wrapped(LONG[2])[:1], "1"],
        [top, *_wrapped(LONG[2])[1:], *_wrapped("Nobody was hurt in the storm."), "2"],
        [top, *_wrapped(LONG[0]), "Page 3 of 3"],
    ]
    (found,) = articles(pdf(pages, made="D:20150401120000Z"), "a.pdf")
    assert found.title == "Harbour Reopens"
    assert str(found.published) == "2015-03-03 00:00:00+00:00"
    assert found.published_from == "date line"
    assert found.authors == ("Ada Quill",)
    assert found.paragraphs == (LONG[0], LONG[2], "Nobody was hurt in the storm.", LONG[0])


def test_a_pdf_is_dated_by_what_it_says_of_itself() -> None:
    data = pdf([["Harbour Reopens", *_wrapped(LONG[0])]], "Harbour!", "D:20150401120000Z")
    (found,) = articles(data, "a.pdf")
    assert (found.title, found.published_from) == ("Harbour!", "PDF")
    assert str(found.published) == "2015-04-01 12:00:00+00:00"


def _wrapped(text: str, width: int = 75) -> list[str]:
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_is_its_pages_that_were_there(packed: bool) -> None:
    data = warc(
        {
            "https://coast.example/a?utm_source=x": (
                "200 OK",
                "text/html; charset=utf-8",
                page("A").encode(),
            ),
            "https://coast.example/b": (
                "200 OK",
                "text/html; charset=windows-1251",
                page("Б", ["Вот что было на берегу в тот день, когда пришёл тюлень."] * 3)
                .replace('<meta charset="utf-8">', "")
                .encode("cp1251"),
            ),
            "https://coast.example/gone": ("404 Not Found", "text/html", page("404").encode()),
            "https://coast.example/a.png": ("200 OK", "image/png", b"\x89PNG"),
        },
        packed=packed,
    )
    name = "a.warc.gz" if packed else "a.warc"
    first, second = articles(data, name)
    assert (first.title, first.url) == ("A", "https://coast.example/a")
    assert (second.title, second.language) == ("Б", "ru")


def test_archives_in_archives() -> None:
    inner = zipped({"b.html": page("B"), "notes/c.md": "# C\n\nText."})
    data = tarred({"news/a.html": page("A"), "in.zip": inner, "d.png": b"\x89PNG"})
    found = results(data, "all.tgz")
    assert [f.origin for f in found if isinstance(f, Found)] == [
        "all.tgz#all.tar#news/a.html",
        "all.tgz#all.tar#in.zip#b.html",
        "all.tgz#all.tar#in.zip#notes/c.md",
    ]
    assert len(found) == 3


def test_one_bad_file_in_an_archive_never_stops_the_others() -> None:
    data = zipped(
        {"a.html": page("A"), "b.pdf": b"%PDF-1.4 broken", "c.html": "", "d.md": "# D\n\nT."}
    )
    assert shown(results(data, "all.zip"))[1:3] == [
        {
            "is": "ReadError",
            "origin": "all.zip#b.pdf",
            "reason": "damaged (PdfStreamError): save it anew",
        },
        {"is": "ReadError", "origin": "all.zip#c.html", "reason": NO_TEXT},
    ]
    assert [f.article.title for f in results(data, "all.zip") if isinstance(f, Found)] == ["A", "D"]


# In this process: what the other one does


def test_what_is_read_of_a_pdf_in_the_other_process() -> None:
    found = extract_pdf(pdf([["A line", "Another (one)"], ["The last"]], "A title", "D:2015"))
    assert found["pages"] == [["A line", "Another (one)", ""], ["The last", ""]]
    assert found["meta"] == {
        "title": "A title",
        "author": "Ada Quill",
        "made": "D:2015",
        "changed": "",
    }


def test_what_is_read_of_a_book_in_the_other_process() -> None:
    text = chapter("One", LONG)
    found = extract_book(book({"one.xhtml": text}))
    assert found == {
        "title": "Tales of Tidewater",
        "authors": ["Ada Quill"],
        "date": "2015-03-03",
        "language": "en-GB",
        "chapters": [("OEBPS/one.xhtml", text)],
    }
    with pytest.raises(UnreadableError, match="no book in it"):
        extract_book(zipped({"mimetype": "application/epub+zip"}))


def test_a_chapter_without_a_heading_is_named_after_its_book() -> None:
    body = chapter("One", LONG).replace("<h1>One</h1>", "")
    (found,) = articles(book({"one.xhtml": body}), "a.epub")
    assert found.title == found.source == "Tales of Tidewater"


def test_a_pdf_of_pictures_says_so() -> None:
    (fault,) = results(pdf([[], []]), "a.pdf")
    assert str(fault) == "a.pdf: no text in it, only pictures of it: give it a text layer"


def test_an_export_of_an_account_is_all_its_channels() -> None:
    post = {"id": 1, "type": "message", "date": "2015-03-03T10:00:00", "text": "It rained. Much."}
    chats = [
        {"id": 1, "name": "One", "type": "public_channel", "username": "one", "messages": [post]},
        {"id": 2, "name": "Two", "type": "personal_chat", "messages": [post, "nonsense"]},
        "nonsense",
    ]
    data = json.dumps({"chats": {"list": chats}}).encode()
    assert [a.url for a in articles(data, "result.json")] == ["https://t.me/one/1", None]
    assert shown(results(b'{"chats": {"list": 7}}', "result.json"))[0]["is"] == "ReadError"


@pytest.mark.parametrize(
    ("named", "outlet"),
    [
        ("The Tidewater Post", "The Tidewater Post"),
        ("The Tidewater Post | TPost.example", "The Tidewater Post"),
        ("Tidewater Sport • Rowing • Sailing", "Tidewater Sport"),
        ("@tidewaterpost", "tidewaterpost"),
        ("Coast-Line | ", "Coast-Line"),
        ("Nord|Süd", "Nord|Süd"),
    ],
)
def test_an_outlet_is_named_without_what_it_adds(named: str, outlet: str) -> None:
    head = f'<meta property="og:site_name" content="{named}">'
    (found,) = articles(page("Storm", head=head).encode(), "a.html")
    assert found.source == outlet
