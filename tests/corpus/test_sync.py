"""corpus.sync: the library brought into step with real folders, again and again."""

import os
import random
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.readers import READER
from corpus.readers.markdown import read_markdown
from corpus.store import Library
from corpus.sync import SyncReport, add, sync
from corpus.types import ReadError
from tests.corpus.samples import MOST, markdown, readable, unprivileged, write

NO_TITLE = "no title: begin the file with a line such as `# Title`"
KEPT = " (the version read before is kept)"


def text(name: str, *, words: str = "The boats came home.", date: str = "3 March 2015") -> str:
    """A file about the harbour called `name`, whose id follows from `name` alone."""
    url = f"https://news.example/{name}"
    return markdown(f"Harbour {name}", date=date, paragraphs=[words], url=url)


def identity(name: str) -> str:
    return readable(read_markdown(text(name).encode(), "")).id


A, B, C, D = (identity(name) for name in "abcd")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with the articles a, b and c."""
    for name in "abc":
        write(tmp_path / "news" / f"{name}.md", text(name))
    return tmp_path / "news"


def report(
    *,
    new: Sequence[str] = (),
    changed: Sequence[str] = (),
    gone: Sequence[str] = (),
    unchanged: int = 0,
    undated: Sequence[Path] = (),
    errors: Sequence[tuple[Path, str]] = (),
) -> SyncReport:
    return SyncReport(
        new=list(new),
        changed=list(changed),
        gone=list(gone),
        unchanged=unchanged,
        undated=[str(path) for path in undated],
        errors=[ReadError(str(path), reason) for path, reason in errors],
    )


def same_as(path: Path) -> str:
    return f"the same article (by url, or title and date) as {path}: keep one"


def held(library: Library) -> dict[str, str]:
    """The name of the file that each current article comes from."""
    return {e.id: Path(e.origin).name for e in library.entries()}


def words(library: Library) -> dict[str, str]:
    """The first paragraph of each current article."""
    return {a.id: a.paragraphs[0] for a in library.current()}


# New, unchanged, changed, gone, moved


def test_new_articles(library: Library, news: Path) -> None:
    ticks: list[None] = []
    assert sync(library, [news], MOST, lambda: ticks.append(None)) == report(new=[A, B, C])
    assert len(ticks) == 3
    current = {a.id: a for a in library.current()}
    for name, entry in zip("abc", library.entries(), strict=True):
        path = news / f"{name}.md"
        expected = readable(read_markdown(path.read_bytes(), str(path)))
        assert current[entry.id] == expected
        assert entry.digest == expected.digest()
        assert entry.origin == str(path)
        assert entry.stamp.startswith(f"{READER}:")
        assert entry.added is False


def test_a_second_sync_changes_nothing(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    before = library.entries()
    assert sync(library, [news], MOST) == report(unchanged=3)
    assert library.entries() == before


def test_an_unchanged_file_is_not_parsed_again(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    # Another version under the same stamp: parsing the file again would bring back its own.
    [old] = [e for e in library.entries() if e.id == A]
    planted = replace(next(library.current()), paragraphs=("Planted.",), id=A)
    library.put([planted])
    library.change(keep=[replace(old, digest=planted.digest())])
    assert sync(library, [news], MOST) == report(unchanged=3)
    assert words(library)[A] == "Planted."


def test_a_touched_file_is_unchanged(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    os.utime(news / "a.md", (0, 0))
    assert sync(library, [news], MOST) == report(unchanged=3)


def test_a_new_reader_reads_every_file_again(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    good = library.entries()
    stale = replace(good[0], stamp=good[0].stamp.replace(READER, "readers-0.0"))
    planted = replace(next(library.current()), paragraphs=("Planted.",), id=stale.id)
    library.put([planted])
    library.change(keep=[replace(stale, digest=planted.digest())])
    assert sync(library, [news], MOST) == report(changed=[good[0].id], unchanged=2)
    assert library.entries() == good


def test_a_changed_file_keeps_its_id_and_its_old_version(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    old = next(e.digest for e in library.entries() if e.id == B)
    write(news / "b.md", text("b", words="The boats stayed out."))
    assert sync(library, [news], MOST) == report(changed=[B], unchanged=2)
    assert words(library)[B] == "The boats stayed out."
    kept = library.version(old)
    assert kept is not None
    assert kept.paragraphs == ("The boats came home.",)


def test_bytes_that_change_nothing_that_is_read(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    (news / "b.md").write_bytes(text("b").replace("\n", "\r\n").encode())
    assert sync(library, [news], MOST) == report(unchanged=3)
    assert sync(library, [news], MOST) == report(unchanged=3)


def test_a_gone_file(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    (news / "b.md").unlink()
    assert sync(library, [news], MOST) == report(gone=[B], unchanged=2)
    assert held(library) == {A: "a.md", C: "c.md"}
    assert sync(library, [news], MOST) == report(unchanged=2)


def test_a_folder_that_is_no_longer_configured(library: Library, news: Path) -> None:
    other = write(news.parent / "other" / "d.md", text("d")).parent
    assert sync(library, [news, other], MOST) == report(new=[A, B, C, D])
    assert sync(library, [news], MOST) == report(gone=[D], unchanged=3)
    assert sync(library, [], MOST) == report(gone=[A, B, C])
    assert library.entries() == []


def test_a_moved_file_is_the_same_article(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    (news / "sub").mkdir()
    (news / "a.md").rename(news / "sub" / "z.md")
    assert sync(library, [news], MOST) == report(unchanged=3)
    assert held(library) == {A: "z.md", B: "b.md", C: "c.md"}
    assert sync(library, [news], MOST) == report(unchanged=3)


def test_two_files_that_change_places(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    write(news / "a.md", text("b"))
    write(news / "b.md", text("a"))
    assert sync(library, [news], MOST) == report(unchanged=3)
    assert held(library) == {A: "b.md", B: "a.md", C: "c.md"}


def test_a_file_whose_url_changed_is_another_article(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    write(news / "b.md", text("d"))
    assert sync(library, [news], MOST) == report(new=[D], gone=[B], unchanged=2)
    assert held(library) == {A: "a.md", C: "c.md", D: "b.md"}


def test_articles_without_a_date_are_told_once(library: Library, news: Path) -> None:
    path = write(news / "d.md", text("d", date=""))
    assert sync(library, [news], MOST) == report(new=[A, B, C, D], undated=[path])
    assert sync(library, [news], MOST) == report(unchanged=4)


def test_more_articles_than_are_written_at_once(library: Library, tmp_path: Path) -> None:
    for number in range(205):
        write(tmp_path / "news" / f"{number:03}.md", f"# Title {number}\n\nText.")
    assert len(sync(library, [tmp_path / "news"], MOST).new) == 205
    assert len(list(library.current())) == 205


# Errors


def test_one_bad_file_never_stops_the_others(library: Library, news: Path) -> None:
    untitled = write(news / "a1.md", "Text.")
    binary = news / "a2.md"
    binary.write_bytes(b"\xff" + random.Random(3).randbytes(999))
    zeros = news / "a3.md"
    zeros.write_bytes(b"# Title\n\n" + b"ASCII\x00" * 99)
    large = news / "a4.md"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    ambiguous = write(news / "a5.md", text("d", date="01/02/2014"))
    empty = write(news / "a6.md", "")
    dangling = news / "a7.md"
    dangling.symlink_to(news / "gone")
    bare = write(news / "a8.md", "# Title\n\n3 March 2015\n")
    wide = news / "a9.md"
    wide.write_bytes(text("d").encode("utf-16"))
    missing = news.parent / "missing"
    assert sync(library, [missing, news], MOST) == report(
        # What is neither UTF-8 nor says so is read, too: the last file is in UTF-16.
        new=[A, D, B, C],
        errors=[
            (missing, "does not exist: check the spelling"),
            (untitled, NO_TITLE),
            (binary, "a binary file, not Markdown text: remove or rename it"),
            (zeros, "a binary file, not Markdown text: remove or rename it"),
            (
                large,
                "50.0 MB is more than the 5 MB that [corpus] max_file_mb allows:"
                " split the file or raise the limit",
            ),
            (
                ambiguous,
                "the date 01/02/2014 can be read in two ways: write it as 2014-12-31",
            ),
            (empty, NO_TITLE),
            (dangling, "not a regular file: remove it or give another path"),
            (bare, "no paragraphs: write the article's text below its header"),
        ],
    )


@pytest.mark.skipif(sys.platform == "darwin", reason="there every file name is UTF-8")
def test_a_file_name_that_cannot_be_stored_never_stops_the_others(
    library: Library, news: Path
) -> None:
    write(news / os.fsdecode(b"b\xe9.md"), text("d"))
    assert sync(library, [news], MOST) == report(
        new=[A, B, C], errors=[(news / "b\\xe9.md", "its name is not UTF-8: rename it")]
    )


def test_a_folder_without_markdown(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "news" / "a.png", text("a"))
    assert sync(library, [tmp_path / "news"], MOST) == report()


def test_a_file_that_turns_bad_keeps_its_last_version(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    before = library.entries()
    write(news / "a.md", "Spoilt.")
    (news / "b.md").unlink()
    (news / "b.md").symlink_to(news / "gone.md")
    expected = report(
        unchanged=1,
        errors=[
            (news / "a.md", NO_TITLE + KEPT),
            (news / "b.md", "not a regular file: remove it or give another path" + KEPT),
        ],
    )
    assert sync(library, [news], MOST) == expected
    assert sync(library, [news], MOST) == expected
    assert library.entries() == before
    write(news / "a.md", text("a"))
    write(news / "gone.md", text("b"))
    # gone.md is what the link leads to: two names of one article.
    assert sync(library, [news], MOST) == report(
        unchanged=3, errors=[(news / "gone.md", same_as(news / "b.md"))]
    )


def test_a_missing_path_keeps_its_articles(library: Library, news: Path) -> None:
    other = write(news.parent / "other" / "d.md", text("d"))
    sync(library, [news, other], MOST)
    news.rename(news.parent / "unmounted")
    other.unlink()
    gone = "does not exist: check the spelling"
    assert sync(library, [news, other], MOST) == report(errors=[(news, gone), (other, gone)])
    assert held(library) == {A: "a.md", B: "b.md", C: "c.md", D: "d.md"}
    (news.parent / "unmounted").rename(news)
    assert sync(library, [news, other], MOST) == report(unchanged=3, errors=[(other, gone)])


def test_a_name_that_only_begins_like_a_missing_path_is_not_kept(
    library: Library, news: Path
) -> None:
    other = write(news.parent / "news2" / "d.md", text("d")).parent
    sync(library, [news, other], MOST)
    shutil.rmtree(news)
    (other / "d.md").unlink()
    assert sync(library, [news, other], MOST).gone == [D]
    assert held(library) == {A: "a.md", B: "b.md", C: "c.md"}


def test_a_folder_that_may_not_be_listed_keeps_its_articles(
    library: Library, open_folder: Path
) -> None:
    write(open_folder / "a.md", text("a"))
    write(open_folder / "sub" / "b.md", text("b"))
    sync(library, [open_folder], MOST)
    (open_folder / "sub").chmod(0)
    with unprivileged():
        second = sync(library, [open_folder], MOST)
    assert second == report(
        unchanged=1, errors=[(open_folder / "sub", "Permission denied: check its rights")]
    )
    assert held(library) == {A: "a.md", B: "b.md"}


# Two files with one article


def test_the_first_of_two_files_speaks_for_the_article(library: Library, news: Path) -> None:
    copy = write(news / "a2.md", text("a", words="A copy."))
    expected_errors = [(copy, same_as(news / "a.md"))]
    assert sync(library, [news], MOST) == report(new=[A, B, C], errors=expected_errors)
    assert words(library)[A] == "The boats came home."
    assert sync(library, [news], MOST) == report(unchanged=3, errors=expected_errors)
    assert words(library)[A] == "The boats came home."


def test_a_copy_that_sorts_first_takes_over(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    copy = write(news / "0.md", text("a", words="A copy."))
    again = report(changed=[A], unchanged=2, errors=[(news / "a.md", same_as(copy))])
    assert sync(library, [news], MOST) == again
    assert held(library)[A] == "0.md"
    (news / "a.md").unlink()
    assert sync(library, [news], MOST) == report(unchanged=3)
    assert words(library)[A] == "A copy."


def test_when_the_first_is_gone_the_second_speaks(library: Library, news: Path) -> None:
    write(news / "a2.md", text("a", words="A copy."))
    sync(library, [news], MOST)
    (news / "a.md").unlink()
    assert sync(library, [news], MOST) == report(changed=[A], unchanged=2)
    assert words(library)[A] == "A copy."


def test_the_order_of_the_paths_decides_between_folders(library: Library, news: Path) -> None:
    other = write(news.parent / "early" / "a.md", text("a", words="A copy."))
    first = sync(library, [news, other.parent], MOST)
    assert first == report(new=[A, B, C], errors=[(other, same_as(news / "a.md"))])
    second = sync(library, [other.parent, news], MOST)
    assert second == report(changed=[A], unchanged=2, errors=[(news / "a.md", same_as(other))])


def test_paths_that_overlap_are_read_once(library: Library, news: Path) -> None:
    paths = [news, news / "a.md", news]
    assert sync(library, paths, MOST) == report(new=[A, B, C])
    assert sync(library, paths, MOST) == report(unchanged=3)


# Removed


def test_a_removed_article_stays_removed_until_added_again(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    library.remove([A])
    assert sync(library, [news], MOST) == report(unchanged=2)
    write(news / "a.md", text("a", words="Edited."))
    assert sync(library, [news], MOST) == report(unchanged=2)
    assert held(library) == {B: "b.md", C: "c.md"}
    assert add(library, [news / "a.md"], MOST) == report(new=[A])
    assert library.removed() == frozenset()
    assert sync(library, [news], MOST) == report(unchanged=3)
    assert words(library)[A] == "Edited."


def test_a_restored_article_is_read_again(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    library.remove([A])
    library.restore([A])
    assert sync(library, [news], MOST) == report(new=[A], unchanged=2)


# Added by name


def added(library: Library) -> set[str]:
    return {e.id for e in library.entries() if e.added}


def test_added_articles_outlive_their_files_and_other_syncs(library: Library, news: Path) -> None:
    path = write(news.parent / "mine" / "d.md", text("d"))
    assert add(library, [path], MOST) == report(new=[D])
    assert add(library, [path], MOST) == report(unchanged=1)
    assert sync(library, [news], MOST) == report(new=[A, B, C])
    path.unlink()
    assert sync(library, [news], MOST) == report(unchanged=3)
    assert held(library) == {A: "a.md", B: "b.md", C: "c.md", D: "d.md"}
    assert added(library) == {D}


def test_a_folder_is_added_whole_and_its_errors_told(library: Library, news: Path) -> None:
    bad = write(news / "b2.md", "Text.")
    undated = write(news / "d.md", text("d", date=""))
    missing = news / "none"
    assert add(library, [news, missing, news], MOST) == report(
        new=[A, B, C, D],
        undated=[undated],
        errors=[(bad, NO_TITLE), (missing, "does not exist: check the spelling")],
    )
    assert added(library) == {A, B, C, D}


def test_adding_a_file_of_a_configured_folder_keeps_it_for_good(
    library: Library, news: Path
) -> None:
    sync(library, [news], MOST)
    assert add(library, [news / "a.md"], MOST) == report(unchanged=1)
    assert added(library) == {A}
    assert sync(library, [news], MOST) == report(unchanged=3)
    assert added(library) == {A}
    shutil.rmtree(news)
    news.mkdir()
    assert sync(library, [news], MOST) == report(gone=[B, C])
    assert held(library) == {A: "a.md"}


def test_an_added_article_stays_added_when_its_file_is_edited(library: Library, news: Path) -> None:
    add(library, [news / "a.md"], MOST)
    write(news / "a.md", text("a", words="Edited."))
    assert sync(library, [news], MOST) == report(changed=[A], new=[B, C])
    assert words(library)[A] == "Edited."
    assert added(library) == {A}
    (news / "a.md").unlink()
    assert sync(library, [news], MOST) == report(unchanged=2)
    assert words(library)[A] == "Edited."


def test_an_added_article_outlives_its_file_holding_another(library: Library, news: Path) -> None:
    add(library, [news / "a.md"], MOST)
    write(news / "a.md", text("d"))
    problem = f"not the article {A} any more, which was added from it: add it again" + KEPT
    expected = report(new=[B, C], errors=[(news / "a.md", problem)])
    assert sync(library, [news], MOST) == expected
    assert held(library) == {A: "a.md", B: "b.md", C: "c.md"}
    assert add(library, [news / "a.md"], MOST) == report(new=[D], gone=[A])
    assert held(library) == {D: "a.md", B: "b.md", C: "c.md"}
    assert sync(library, [news], MOST) == report(unchanged=3)


def test_the_added_copy_speaks_for_an_article_that_a_folder_holds_too(
    library: Library, news: Path
) -> None:
    mine = write(news.parent / "mine" / "a.md", text("a", words="My copy."))
    add(library, [mine], MOST)
    expected = report(new=[B, C], errors=[(news / "a.md", same_as(mine))])
    assert sync(library, [news], MOST) == expected
    assert words(library)[A] == "My copy."
    again = report(unchanged=2, errors=[(news / "a.md", same_as(mine))])
    assert sync(library, [news], MOST) == again
    mine.unlink()
    assert sync(library, [news], MOST) == again
    assert words(library)[A] == "My copy."
    assert sync(library, [], MOST) == report(gone=[B, C])
    assert held(library) == {A: "a.md"}


def test_a_copy_added_later_takes_over_from_the_folder(library: Library, news: Path) -> None:
    sync(library, [news], MOST)
    mine = write(news.parent / "mine" / "a.md", text("a", words="My copy."))
    assert add(library, [mine], MOST) == report(changed=[A])
    again = report(unchanged=2, errors=[(news / "a.md", same_as(mine))])
    assert sync(library, [news], MOST) == again
    assert words(library)[A] == "My copy."


def test_an_added_file_that_turns_bad_keeps_its_last_version(library: Library, news: Path) -> None:
    add(library, [news / "a.md"], MOST)
    write(news / "a.md", "Spoilt.")
    spoilt = [(news / "a.md", NO_TITLE + KEPT)]
    assert add(library, [news / "a.md"], MOST) == report(errors=spoilt)
    assert sync(library, [news], MOST) == report(new=[B, C], errors=spoilt)
    assert added(library) == {A}


def test_two_added_files_with_one_article(library: Library, news: Path) -> None:
    copy = write(news / "a2.md", text("a", words="A copy."))
    assert add(library, [news / "a.md", copy], MOST) == report(
        new=[A], errors=[(copy, same_as(news / "a.md"))]
    )
    assert words(library)[A] == "The boats came home."
