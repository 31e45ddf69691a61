"""corpus.files: paths -> files -> bytes, with real files, links, pipes and rights."""

import os
import sys
import tracemalloc
from pathlib import Path

import pytest

from corpus.files import Sizes, find, load
from corpus.readers.kinds import SUFFIXES
from corpus.types import ReadError
from tests.corpus.samples import MOST, unprivileged, write

LATIN = os.fsdecode(b"caf\xe9.md")


def touch(folder: Path, *names: str) -> None:
    for name in names:
        write(folder / name, "")


def found(path: Path) -> list[str]:
    """What `find` yields, relative to `path`; errors as their text."""
    return [str(f) if isinstance(f, ReadError) else str(f.relative_to(path)) for f in find(path)]


# Finding


def test_a_folder_is_all_markdown_below_it_sorted(tmp_path: Path) -> None:
    touch(tmp_path, "b.md", "a.md", "B.MD", "z/a.markdown", "c/2.md", "c/1.md", "c/d/e.md", "Ёж.md")
    assert found(tmp_path) == [
        *("B.MD", "a.md", "b.md", "c/1.md", "c/2.md", "c/d/e.md", "z/a.markdown", "Ёж.md")
    ]


def test_other_files_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "md", "a.md~", ".hidden.md", ".git/a.md", "b.md/c.md", "a.md.bak")
    assert found(tmp_path) == ["b.md/c.md"]


@pytest.mark.parametrize("name", ["a.md", "A.MD", "a.Markdown", ".a.md"])
def test_a_file_is_itself(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, "")
    assert list(find(path)) == [path]


def test_a_file_that_is_named_is_taken_whatever_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.unknown", "")
    assert list(find(path)) == [path]


def test_every_kind_of_file_is_found_and_what_was_saved_beside_a_page_is_not(
    tmp_path: Path,
) -> None:
    names = [f"a{suffix}" for suffix in SUFFIXES]
    touch(tmp_path, *names, "page.html", "page_files/frame.html", "other_files/b.html")
    assert found(tmp_path) == sorted([*names, "other_files/b.html", "page.html"])


def test_a_large_archive_is_measured_by_a_limit_of_its_own(tmp_path: Path) -> None:
    for name in ("a.zip", "a.html"):
        (tmp_path / name).write_bytes(b"x" * 1_500_000)
    sizes = Sizes(document=1_000_000, archive=2_000_000)
    assert load(tmp_path / "a.zip", sizes) == b"x" * 1_500_000
    assert load(tmp_path / "a.html", sizes) == ReadError(
        str(tmp_path / "a.html"),
        "1.5 MB is more than the 1 MB that [corpus] max_file_mb allows:"
        " split the file or raise the limit",
    )
    small = Sizes(document=1_000_000, archive=1_000_000)
    assert load(tmp_path / "a.zip", small) == ReadError(
        str(tmp_path / "a.zip"),
        "1.5 MB is more than the 1 MB that [corpus] max_archive_mb allows:"
        " split the file or raise the limit",
    )


def test_a_folder_without_markdown_is_empty(tmp_path: Path) -> None:
    touch(tmp_path, "a.png")
    assert found(tmp_path) == []


@pytest.mark.parametrize("name", ["none", "none.md", "none/none.md", "nul\x00.md"])
def test_a_path_that_does_not_exist(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert list(find(path)) == [ReadError(str(path), "does not exist: check the spelling")]


def test_links(tmp_path: Path) -> None:
    touch(tmp_path, "real/a.md")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "file.md").symlink_to(tmp_path / "real" / "a.md")
    (inside / "folder").symlink_to(tmp_path / "real")
    (inside / "loop").symlink_to(inside)
    (inside / "nowhere.md").symlink_to(tmp_path / "gone.md")
    (inside / "gone").symlink_to(tmp_path / "gone")
    # A link to a file is a file; a link to a folder is not followed, since it may lead back.
    assert found(inside) == ["file.md", "nowhere.md"]
    assert found(inside / "folder") == ["a.md"]
    assert list(find(inside / "gone")) == [
        ReadError(str(inside / "gone"), "does not exist: check the spelling")
    ]


def test_a_link_to_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.symlink_to(path)
    assert list(find(path)) == [
        ReadError(str(path), "Too many levels of symbolic links: check its rights")
    ]


def test_a_name_too_long_for_the_system(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 300 + ".md")
    assert list(find(path)) == [ReadError(str(path), "File name too long: check its rights")]


def test_a_folder_that_cannot_be_listed_does_not_stop_the_others(open_folder: Path) -> None:
    touch(open_folder, "a.md", "b/b.md", "c/c.md")
    (open_folder / "b").chmod(0)
    with unprivileged():
        seen = found(open_folder)
    assert seen == ["a.md", f"{open_folder}/b: Permission denied: check its rights", "c/c.md"]


def test_a_folder_whose_files_cannot_be_asked_does_not_stop_the_others(open_folder: Path) -> None:
    touch(open_folder, "a.md", "b/b.md", "b/d/d.md", "c/c.md")
    (open_folder / "b").chmod(0o444)
    with unprivileged():
        seen = found(open_folder)
        read = load(open_folder / "b" / "b.md", MOST)
    inner = open_folder / "b" / "d"
    assert seen == ["a.md", "b/b.md", f"{inner}: Permission denied: check its rights", "c/c.md"]
    assert read == ReadError(
        str(open_folder / "b" / "b.md"), "Permission denied: check the file's rights"
    )


# Loading


@pytest.mark.parametrize("data", [b"", b"# Title", bytes(range(256)), "# Ёж\r\n".encode()])
def test_load_returns_the_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    assert load(path, MOST) == data


def test_load_a_file_of_the_largest_size_and_no_more(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "x" * 2_500_000)
    assert load(path, 2_500_000) == b"x" * 2_500_000
    assert load(path, 2_499_999) == ReadError(
        str(path),
        "2.5 MB is more than the 2.5 MB that [corpus] max_file_mb allows:"
        " split the file or raise the limit",
    )


def test_load_does_not_read_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    tracemalloc.start()
    try:
        read = load(path, MOST)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert read == ReadError(
        str(path),
        "50.0 MB is more than the 5 MB that [corpus] max_file_mb allows:"
        " split the file or raise the limit",
    )
    assert peak < 1_000_000


def test_load_what_is_not_a_regular_file(tmp_path: Path) -> None:
    folder, pipe, dangling = (tmp_path / name for name in ("folder.md", "pipe.md", "dangling.md"))
    folder.mkdir()
    os.mkfifo(pipe)
    dangling.symlink_to(tmp_path / "gone.md")
    for path in (folder, pipe, dangling, tmp_path / "none.md"):
        assert load(path, MOST) == ReadError(
            str(path), "not a regular file: remove it or give another path"
        )


def test_load_a_file_that_may_not_be_read(open_folder: Path) -> None:
    path = write(open_folder / "a.md", "secret")
    path.chmod(0)
    with unprivileged():
        read = load(path, MOST)
    assert read == ReadError(str(path), "Permission denied: check the file's rights")


@pytest.mark.skipif(sys.platform == "darwin", reason="there every file name is UTF-8")
def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    # Such a name can be neither stored nor printed.
    path = write(tmp_path / LATIN, "text")
    assert load(path, MOST) == ReadError(
        f"{tmp_path}/caf\\xe9.md", "its name is not UTF-8: rename it"
    )
    other = tmp_path / os.fsdecode(b"\xff.txt")
    assert list(find(other)) == [
        ReadError(f"{tmp_path}/\\xff.txt", "does not exist: check the spelling")
    ]
