"""corpus.store: the library on disk, whole after anything."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.database import _MIGRATIONS
from corpus.store import Entry, Library, LibraryError
from corpus.types import Article
from tests.corpus.samples import HARBOUR, ROOT, article, unprivileged

A, B, C = (article(id=name, title=f"Title {name}", url=None) for name in ("a", "b", "c"))


def entry(of: Article, origin: str | None = None, *, added: bool = False) -> Entry:
    return Entry(of.id, of.digest(), origin or f"news/{of.id}.md", f"stamp-{of.id}", added)


def fill(library: Library, *articles: Article) -> None:
    library.put(articles)
    library.change(keep=[entry(a) for a in articles])


def state(library: Library) -> tuple[list[Entry], list[Article], frozenset[str]]:
    return library.entries(), list(library.current()), library.removed()


# Versions


@pytest.mark.parametrize(
    "kept",
    [
        HARBOUR,
        article(url=None, source=None, authors=(), published=None, published_from=None),
        article(
            paragraphs=(
                "“می\u200cرود” 👨\u200d👩\u200d👧",
                "e\u0301 \u00a0 港",
                "\x00 '; DROP TABLE article;--",
            )
        ),
        article(title="", language="und", paragraphs=()),
    ],
    ids=["full", "bare", "scripts", "empty"],
)
def test_a_version_comes_back_as_it_was(library: Library, kept: Article) -> None:
    library.put([kept])
    read = library.version(kept.digest())
    assert read == kept
    assert read.digest() == kept.digest()


def test_put_makes_nothing_current(library: Library) -> None:
    library.put([A, B])
    assert state(library) == ([], [], frozenset())
    assert library.version(A.digest()) == A


def test_put_twice_is_put_once(library: Library) -> None:
    library.put([A, A])
    library.put([A])
    assert library.prune([]) == 1


def test_an_unknown_version_is_none(library: Library) -> None:
    assert library.version(A.digest()) is None


def test_put_that_fails_in_the_middle_puts_nothing(library: Library) -> None:
    def failing() -> Iterator[Article]:
        yield A
        raise RuntimeError("the disk was pulled out")

    with pytest.raises(RuntimeError, match=r"^the disk was pulled out$"):
        library.put(failing())
    assert library.version(A.digest()) is None


# What is current


def test_change_makes_current(library: Library) -> None:
    fill(library, B, A)
    assert library.entries() == [entry(A), entry(B)]
    assert list(library.current()) == [A, B]


def test_entries_are_by_origin_and_articles_by_id(library: Library) -> None:
    library.put([A, B])
    library.change(keep=[entry(A, "z.md"), entry(B, "y.md", added=True)])
    assert library.entries() == [entry(B, "y.md", added=True), entry(A, "z.md")]
    assert list(library.current()) == [A, B]


def test_a_new_version_replaces_the_old_which_is_kept_until_pruned(library: Library) -> None:
    newer = article(id="a", title="Newer")
    fill(library, A)
    fill(library, newer)
    assert list(library.current()) == [newer]
    assert library.version(A.digest()) == A
    assert library.prune([A.digest()]) == 0
    assert library.version(A.digest()) == A
    assert library.prune([]) == 1
    assert library.version(A.digest()) is None
    assert list(library.current()) == [newer]


def test_change_drops(library: Library) -> None:
    fill(library, A, B)
    library.change(drop=["a", "unknown"])
    assert state(library) == ([entry(B)], [B], frozenset())
    assert library.version(A.digest()) == A


def test_change_drops_before_it_keeps(library: Library) -> None:
    fill(library, A)
    library.change(keep=[entry(A, "other.md")], drop=["a"])
    assert library.entries() == [entry(A, "other.md")]


def test_a_file_with_another_article_gives_up_its_old_one(library: Library) -> None:
    fill(library, A)
    library.put([B])
    library.change(keep=[entry(B, "news/a.md")])
    assert library.entries() == [entry(B, "news/a.md")]


def test_two_files_that_change_places(library: Library) -> None:
    fill(library, A, B)
    library.change(keep=[entry(A, "news/b.md"), entry(B, "news/a.md")])
    assert library.entries() == [entry(B, "news/a.md"), entry(A, "news/b.md")]


def test_change_that_fails_leaves_everything_as_it_was(library: Library) -> None:
    fill(library, A, B)
    before = state(library)
    with pytest.raises(sqlite3.IntegrityError, match=r"^FOREIGN KEY constraint failed$"):
        library.change(keep=[entry(A, "moved.md"), entry(C)], drop=["b"])
    assert state(library) == before
    fill(library, C)
    assert list(library.current()) == [A, B, C]


def test_an_interrupted_change_leaves_everything_as_it_was(library: Library) -> None:
    fill(library, A)
    before = state(library)

    def interrupted() -> Iterator[Entry]:
        yield entry(A, "moved.md")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.change(keep=interrupted(), drop=["a"])
    assert state(library) == before


def test_a_full_disk_is_named_and_leaves_everything_as_it_was(library: Library) -> None:
    fill(library, A)
    before = state(library)
    library._db.execute("PRAGMA max_page_count = 20")
    with pytest.raises(sqlite3.OperationalError, match=r"^database or disk is full$"):
        library.put([article(paragraphs=("harbour" * 100_000,))])
    assert state(library) == before
    library._db.execute("PRAGMA max_page_count = 100000")
    fill(library, B)
    assert list(library.current()) == [A, B]


# Removed


def test_remove_and_restore(library: Library) -> None:
    fill(library, A, B)
    library.remove(["a", "unknown"])
    library.remove(["a"])
    assert state(library) == ([entry(B)], [B], frozenset({"a", "unknown"}))
    assert library.version(A.digest()) == A
    library.restore(["a", "never removed"])
    assert state(library) == ([entry(B)], [B], frozenset({"unknown"}))


def test_prune_in_the_middle_of_reading(library: Library) -> None:
    fill(library, A, B)
    library.put([C])
    reading = library.current()
    assert next(reading) == A
    assert library.prune([]) == 1
    assert list(reading) == [B]


# Opening


def test_a_library_and_its_folders_are_made_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folders" / "library.db"
    with Library(path) as library:
        fill(library, A, B)
        library.remove(["b"])
        before = state(library)
    for _ in range(2):
        with Library(path) as library:
            assert state(library) == before


def test_a_closed_library_is_closed(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as library:
        pass
    with pytest.raises(sqlite3.ProgrammingError, match=r"^Cannot operate on a closed database"):
        library.entries()


def test_the_schema_has_a_version_and_is_strict(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library(path).close()
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (len(_MIGRATIONS),)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    tables = db.execute("SELECT name, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite%'")
    strict = dict(tables.fetchall())
    assert strict.keys() >= {"article", "audit", "band", "copy", "entry", "removed", "source"}
    assert set(strict.values()) == {1}
    db.close()


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.touch()
    with Library(path) as library:
        fill(library, A)
        assert list(library.current()) == [A]


def test_a_library_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library(path).close()
    db = sqlite3.connect(path)
    newer = len(_MIGRATIONS) + 1
    db.execute(f"PRAGMA user_version = {newer}")
    with pytest.raises(LibraryError) as refused:
        Library(path)
    assert str(refused.value) == (
        f"{path}: written by a newer version of Verbatim: upgrade, or use --data"
    )
    assert db.execute("PRAGMA user_version").fetchone() == (newer,)
    db.close()


@pytest.mark.parametrize(
    "data", [b"# Not a library\n" * 100, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(data)
    with pytest.raises(LibraryError) as refused:
        Library(path)
    assert str(refused.value) == (
        f"{path}: file is not a database: move the file away and run `verbatim index`"
    )
    assert path.read_bytes() == data


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE entry (name TEXT)")
    with pytest.raises(LibraryError) as refused:
        Library(path)
    assert str(refused.value) == (
        f"{path}: table entry already exists: move the file away and run `verbatim index`"
    )
    assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("entry",)]
    db.close()


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as refused:
        Library(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path}: unable to open database file: choose another folder with --data"
    )


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    path = tmp_path / "data" / "library.db"
    with pytest.raises(LibraryError) as refused:
        Library(path)
    assert str(refused.value).startswith(f"{path}: [Errno 17] File exists: ")
    assert str(refused.value).endswith(": choose another folder with --data")


def test_a_database_that_may_not_be_written(open_folder: Path) -> None:
    path = open_folder / "library.db"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 1")
    db.close()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    with unprivileged(), pytest.raises(LibraryError) as refused:
        Library(path)
    assert str(refused.value) == (
        f"{path}: attempt to write a readonly database: move the file away and run `verbatim index`"
    )


# Several at once


def test_two_connections_see_what_the_other_has_finished(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as one, Library(tmp_path / "library.db") as other:
        fill(one, A)
        assert list(other.current()) == [A]
        fill(other, B)
        assert list(one.current()) == [A, B]


def test_a_reader_is_not_kept_waiting_and_sees_no_half_of_a_change(tmp_path: Path) -> None:
    with Library(tmp_path / "library.db") as writer, Library(tmp_path / "library.db") as reader:
        fill(writer, A, B)
        writer.put([C])
        seen: list[list[Article]] = []

        def watched() -> Iterator[Entry]:
            yield entry(C)
            seen.append(list(reader.current()))
            with Library(tmp_path / "library.db") as newcomer:
                seen.append(list(newcomer.current()))

        writer.change(keep=watched(), drop=["a"])
        assert seen == [[A, B], [A, B]]
        assert list(reader.current()) == [B, C]


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library(path).close()

    def write(number: int) -> None:
        with Library(path) as library:
            for turn in range(5):
                fill(library, article(id=f"{number}-{turn}"))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(write, range(4))) == [None] * 4
    with Library(path) as library:
        assert len(library.entries()) == 20


def test_many_open_a_new_library_at_once(tmp_path: Path) -> None:
    gate = threading.Barrier(8)

    def opened(path: Path) -> list[Article]:
        gate.wait()
        with Library(path) as library:
            return list(library.current())

    with ThreadPoolExecutor(8) as pool:
        for turn in range(10):
            assert list(pool.map(opened, [tmp_path / f"{turn}.db"] * 8)) == [[]] * 8


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_opening_waits_for_another_that_is_making_the_library(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "library.db"
    maker = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    maker.execute(f"BEGIN {lock}")
    release = threading.Timer(0.2, maker.execute, ["COMMIT"])
    release.start()
    with Library(path) as library:
        fill(library, A)
        assert list(library.current()) == [A]
    release.join()
    maker.close()
    Library(path).close()
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


# Killed


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from corpus.store import Entry, Library
    from tests.corpus.samples import article
    from tests.corpus.test_store import entry

    def die():
        os.kill(os.getpid(), signal.SIGKILL)

    library = Library(Path(sys.argv[1]))
    # So few pages in memory that a transaction reaches the disk long before it ends.
    library._db.execute("PRAGMA cache_size = 2")
"""


def killed(path: Path, script: str) -> None:
    """Run `script` on the library at `path` in a process that ends by SIGKILL."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED) + textwrap.dedent(script), str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")


def check_whole(path: Path, articles: Sequence[Article]) -> None:
    """Check that the library opens, is sound, and holds exactly `articles`."""
    with Library(path) as library:
        assert library._db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert library._db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert list(library.current()) == list(articles)


def test_killed_in_the_middle_of_put(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library(path) as library:
        fill(library, A, B)
    killed(
        path,
        """
        many = [article(id=str(n), paragraphs=("harbour " * 2000 + str(n),)) for n in range(200)]
        wal = Path(sys.argv[1] + "-wal")
        library._db.set_progress_handler(lambda: wal.stat().st_size > 500_000 and die(), 1)
        library.put(many)
        """,
    )
    assert path.with_name("library.db-wal").stat().st_size > 500_000
    check_whole(path, [A, B])
    with Library(path) as library:
        assert library.prune([]) == 0


def test_killed_in_the_middle_of_change(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library(path) as library:
        fill(library, A, B)
    killed(
        path,
        """
        many = [article(id=str(n)) for n in range(2000)]
        library.put(many)

        def keep():
            yield from map(entry, many)
            die()

        library.change(keep=keep(), drop=["a"])
        """,
    )
    check_whole(path, [A, B])
    with Library(path) as library:
        assert library.prune([]) == 2000


def test_killed_at_any_moment(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    sets = [
        [article(id=f"{n:03}", title=f"Turn {turn}") for n in range(turn, 100, 2)]
        for turn in range(2)
    ]
    script = """
        sets = [
            [article(id=f"{n:03}", title=f"Turn {turn}") for n in range(turn, 100, 2)]
            for turn in range(2)
        ]
        turn = 0
        while True:
            new, old = sets[turn], sets[1 - turn]
            library.put(new)
            library.change(keep=map(entry, new), drop=[a.id for a in old])
            library.prune([])
            print(turn, flush=True)
            turn = 1 - turn
    """
    for wait in (0.0, 0.013, 0.029):
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(KILLED) + textwrap.dedent(script), str(path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"0\n"
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        with Library(path) as library:
            turn = 0 if library.entries()[0].id == "000" else 1
        check_whole(path, sets[turn])


def test_a_library_of_version_one_keeps_its_articles_and_takes_sections(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    db = sqlite3.connect(path)
    db.executescript(_MIGRATIONS[0])
    row = (A.digest(), A.id, A.title, A.source, json.dumps(A.authors), A.published_from)
    db.execute(
        "INSERT INTO article VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?, ?)",
        (
            *row[:5],
            A.published and A.published.isoformat(),
            row[5],
            A.language,
            json.dumps(A.paragraphs),
        ),
    )
    db.execute("INSERT INTO entry VALUES (?, ?, 'a', 's', 0)", (A.id, A.digest()))
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()
    sectioned = replace(A, sections=tuple("Part" for _ in A.paragraphs))
    with Library(path) as library:
        assert library.version(A.digest()) == A
        library.put([sectioned])
        assert library.version(sectioned.digest()) == sectioned
    assert sectioned.digest() != A.digest()
