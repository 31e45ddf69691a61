"""corpus.sync with files that hold many articles, and with pages of one site."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.readers import Limits, Options
from corpus.recurring import Recurrence
from corpus.store import Library
from corpus.sync import SyncReport, add, sync
from corpus.types import ReadError
from tests.corpus.readers.made import LONG, page, zipped
from tests.corpus.samples import MOST, markdown, write

KEPT = " (the version read before is kept)"


def note(name: str, words: str = "The boats came home.") -> str:
    return markdown(f"Harbour {name}", paragraphs=[words], url=f"https://news.example/{name}")


def pack(path: Path, files: dict[str, str | bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zipped(files))
    return path


def names(library: Library) -> dict[str, str]:
    """Title -> where it was read from, below its folder."""
    origins = {e.id: e.origin.rsplit("/", 1)[-1] for e in library.entries()}
    return {a.title.removeprefix("Harbour "): origins[a.id] for a in library.current()}


def counts(report: SyncReport) -> tuple[int, int, int, int]:
    return len(report.new), len(report.changed), len(report.gone), report.unchanged


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return tmp_path / "news"


def test_one_file_gives_many_articles(library: Library, news: Path) -> None:
    pack(news / "all.zip", {f"{n}.md": note(n) for n in "abc"})
    write(news / "d.md", note("d"))
    assert counts(sync(library, [news], MOST)) == (4, 0, 0, 0)
    assert names(library) == {
        "a": "all.zip#a.md",
        "b": "all.zip#b.md",
        "c": "all.zip#c.md",
        "d": "d.md",
    }
    assert counts(sync(library, [news], MOST)) == (0, 0, 0, 4)


def test_an_unchanged_archive_is_not_read_again(library: Library, news: Path) -> None:
    path = pack(news / "all.zip", {f"{n}.md": note(n) for n in "ab"})
    sync(library, [news], MOST)
    # Another version under the same stamp: reading the file again would bring back its own.
    entry = library.entries()[0]
    planted = replace(next(library.current()), id=entry.id, paragraphs=("Planted.",))
    library.put([planted])
    library.change(keep=[replace(entry, digest=planted.digest())])
    assert counts(sync(library, [news], MOST)) == (0, 0, 0, 2)
    assert planted in list(library.current())
    path.write_bytes(path.read_bytes() + b"\x00")
    assert counts(sync(library, [news], MOST)) == (0, 1, 0, 1)
    assert planted not in list(library.current())


def test_what_is_no_longer_in_an_archive_is_gone(library: Library, news: Path) -> None:
    pack(news / "all.zip", {f"{n}.md": note(n) for n in "abc"})
    sync(library, [news], MOST)
    pack(
        news / "all.zip",
        {"a.md": note("a"), "b.md": note("b", "They stayed out."), "d.md": note("d")},
    )
    assert counts(sync(library, [news], MOST)) == (1, 1, 1, 1)
    assert set(names(library)) == {"a", "b", "d"}
    (news / "all.zip").unlink()
    assert counts(sync(library, [news], MOST)) == (0, 0, 3, 0)


def test_a_bad_member_is_told_again_and_keeps_what_it_was(library: Library, news: Path) -> None:
    path = pack(news / "all.zip", {"a.md": note("a"), "b.md": "Spoilt.", "c.md": note("c")})
    fault = ReadError(f"{path}#b.md", "no title: begin the file with a line such as `# Title`")
    first = sync(library, [news], MOST)
    assert (counts(first), first.errors) == ((2, 0, 0, 0), [fault])
    second = sync(library, [news], MOST)
    assert (counts(second), second.errors) == ((0, 0, 0, 2), [fault])
    pack(path, {"a.md": "Spoilt.", "b.md": note("b"), "c.md": note("c")})
    third = sync(library, [news], MOST)
    assert counts(third) == (1, 0, 0, 1)
    assert third.errors == [replace(fault, origin=f"{path}#a.md", reason=fault.reason + KEPT)]
    assert set(names(library)) == {"a", "b", "c"}
    assert sync(library, [news], MOST).errors == third.errors


def test_an_archive_that_turns_bad_keeps_all_of_it(library: Library, news: Path) -> None:
    path = pack(news / "all.zip", {"a.md": note("a"), "b.md": note("b")})
    inner = zipped({"c.md": note("c"), "d.md": note("d")})
    nested = pack(news / "nested.zip", {"in.zip": inner})
    assert counts(sync(library, [news], MOST)) == (4, 0, 0, 0)
    path.write_bytes(path.read_bytes()[:40])
    pack(nested, {"in.zip": inner[:50]})
    report = sync(library, [news], MOST)
    assert counts(report) == (0, 0, 0, 0)
    assert [e.origin for e in report.errors] == [str(path), f"{nested}#in.zip"]
    assert all(e.reason.endswith(KEPT) for e in report.errors)
    assert set(names(library)) == {"a", "b", "c", "d"}


def test_a_missing_archive_that_is_configured_keeps_its_articles(
    library: Library, news: Path
) -> None:
    path = pack(news / "all.zip", {"a.md": note("a")})
    sync(library, [path], MOST)
    path.unlink()
    report = sync(library, [path], MOST)
    assert counts(report) == (0, 0, 0, 0)
    assert set(names(library)) == {"a"}


def test_a_copy_in_an_archive_speaks_when_the_first_is_gone(library: Library, news: Path) -> None:
    first = write(news / "a.md", note("a"))
    path = pack(news / "b.zip", {"a.md": note("a", "A copy."), "b.md": note("b")})
    same = f"the same article (by url, or title and date) as {first}: keep one"
    expected = [ReadError(f"{path}#a.md", same)]
    assert sync(library, [news], MOST).errors == expected
    assert sync(library, [news], MOST).errors == expected
    assert names(library)["a"] == "a.md"
    first.unlink()
    assert counts(sync(library, [news], MOST)) == (0, 1, 0, 1)
    assert names(library)["a"] == "b.zip#a.md"


def test_a_removed_article_stays_removed_and_is_added_again(library: Library, news: Path) -> None:
    path = pack(news / "all.zip", {"a.md": note("a"), "b.md": note("b")})
    sync(library, [news], MOST)
    (gone,) = [e.id for e in library.entries() if e.origin.endswith("#a.md")]
    library.remove([gone])
    assert counts(sync(library, [news], MOST)) == (0, 0, 0, 1)
    assert counts(add(library, [path], MOST)) == (1, 0, 0, 1)
    assert {e.added for e in library.entries()} == {True}
    path.unlink()
    assert counts(sync(library, [news], MOST)) == (0, 0, 0, 0)
    assert set(names(library)) == {"a", "b"}


def test_a_row_that_moves_in_an_export_is_the_same_article(library: Library, news: Path) -> None:
    rows = [{"title": f"T{n}", "text": "Text.", "url": f"https://a.example/{n}"} for n in range(3)]
    write(news / "a.jsonl", "\n".join(map(json.dumps, rows)))
    sync(library, [news], MOST)
    twice = [rows[2], rows[2], *rows[:2]]
    write(news / "a.jsonl", "\n".join(map(json.dumps, twice)))
    report = sync(library, [news], MOST)
    assert counts(report) == (0, 0, 0, 3)
    assert [e.reason for e in report.errors] == ["stands there twice: keep one"]


def test_other_columns_make_an_export_be_read_again(library: Library, news: Path) -> None:
    write(news / "a.csv", "title,text,lead\nA,Text.,Lead.\n")
    assert counts(sync(library, [news], MOST)) == (1, 0, 0, 0)
    options = Options(columns={"text": "lead"})
    assert counts(sync(library, [news], MOST, options=options)) == (0, 1, 0, 0)
    assert [a.paragraphs for a in library.current()] == [("Lead.",)]
    # A file that has no such column is read by the names of its own.
    write(news / "b.csv", "title,text\nB,Its own text.\n")
    assert counts(sync(library, [news], MOST, options=options)) == (1, 0, 0, 1)


def test_limits_are_those_given(library: Library, news: Path) -> None:
    pack(news / "all.zip", {f"{n}.md": note(n) for n in "abc"})
    report = sync(library, [news], MOST, options=Options(limits=Limits(files=2)))
    assert (counts(report), len(report.errors)) == ((2, 0, 0, 0), 1)


def test_leads_and_notes_are_reported(library: Library, news: Path) -> None:
    write(news / "sitemap.xml", "<urlset><url><loc>https://a.example/1</loc></url></urlset>")
    head = '<meta property="article:published_time" content="2199-01-01T00:00:00Z">'
    write(news / "a.html", page("A", head=head))
    report = sync(library, [news], MOST)
    assert [lead.url for lead in report.leads] == ["https://a.example/1"]
    ahead = "the date 2199-01-01 (meta) lies ahead: it was passed over"
    assert report.notes == [ReadError(str(news / "a.html"), ahead)]
    assert report.undated == [str(news / "a.html")]


# Lines that recur over a site

JUNK = "Help us to keep the Tidewater Post free for all of its readers."


def site(number: int, *extra: str) -> str:
    own = f"On day {number} of the storm the harbour master counted {number} boats in the basin."
    link = f'<link rel="canonical" href="https://tide.example/{number}">'
    return page(f"Day {number}", [LONG[0][:-1] + f" of day {number}.", own, *extra], link)


def lines(library: Library) -> dict[str, int]:
    """On how many articles the recurring line stands, and how many there are."""
    articles = list(library.current())
    return {"with": sum(JUNK in a.paragraphs for a in articles), "all": len(articles)}


def test_lines_that_recur_over_a_site_are_dropped_and_reported(
    library: Library, news: Path
) -> None:
    for number in range(3):
        write(news / f"{number}.html", site(number, JUNK))
    assert sync(library, [news], MOST).recurring == []
    assert lines(library) == {"with": 3, "all": 3}
    write(news / "3.html", site(3, JUNK.upper()))
    report = sync(library, [news], MOST)
    assert report.recurring == [Recurrence("tide.example", JUNK.upper(), 4)]
    assert counts(report) == (1, 3, 0, 0)
    assert lines(library) == {"with": 0, "all": 4}
    assert all(JUNK.upper() not in a.paragraphs for a in library.current())


def test_a_known_line_is_dropped_from_the_next_page_and_nothing_is_read_twice(
    library: Library, news: Path
) -> None:
    for number in range(4):
        write(news / f"{number}.html", site(number, JUNK))
    report = sync(library, [news], MOST)
    assert counts(report) == (4, 0, 0, 0)
    assert report.recurring == [Recurrence("tide.example", JUNK, 4)]
    again = sync(library, [news], MOST)
    assert (counts(again), again.recurring) == ((0, 0, 0, 4), [])
    write(news / "5.html", site(5, JUNK))
    later = sync(library, [news], MOST)
    assert (counts(later), later.recurring) == ((1, 0, 0, 4), [])
    (news / "0.html").write_text(site(0, JUNK, "An addition to the text of the first day."))
    assert counts(sync(library, [news], MOST)) == (0, 1, 0, 4)
    assert lines(library) == {"with": 0, "all": 5}


def test_markdown_is_never_shortened(library: Library, news: Path) -> None:
    for number in range(6):
        text = markdown(
            f"Note {number}", paragraphs=["Own text.", JUNK], url=f"https://tide.example/n{number}"
        )
        write(news / f"n{number}.md", text)
        write(news / f"{number}.html", site(number, JUNK))
    report = sync(library, [news], MOST)
    assert report.recurring == [Recurrence("tide.example", JUNK, 6)]
    assert lines(library) == {"with": 6, "all": 12}


def test_copies_of_one_article_do_not_make_its_lines_recur(library: Library, news: Path) -> None:
    for number in range(6):
        link = f'<link rel="canonical" href="https://tide.example/copy-{number}">'
        write(news / f"{number}.html", page(f"Copy {number}", LONG, link))
    assert sync(library, [news], MOST).recurring == []
    assert {a.paragraphs for a in library.current()} == {LONG}
