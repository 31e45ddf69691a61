import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.store import Library
from index.build import BuildReport, build, exclusive
from index.generation import open_current
from index.layout import Layout
from index.search import HybridSearcher
from index.types import UnusableError, Vectors
from tests.index.toys import ToyEncoder, article, fill, library_at

ONE = article("one", "Iran backs Moscow.", "Oil fell.", "The comet is far.")
TWO = article("two", "Moscow waits.")


def texts(layout: Layout) -> set[str]:
    """Every text that the current generation can quote."""
    found = open_current(layout)
    assert found is not None
    with closing(found):
        rows = range(found.manifest.passages)
        return {e.passage.text for e in found.entries(list(rows))}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_at(tmp_path)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path)


def test_only_what_is_new_is_encoded(layout: Layout, library: Library) -> None:
    with library:
        encoder = ToyEncoder()
        fill(library, ONE, TWO)
        first = build(layout, library, encoder)
        assert (first.published, first.encoded, first.manifest.number) == (True, 4, 1)
        again = build(layout, library, encoder)
        assert again == BuildReport(first.manifest, published=False, encoded=0, foreign={})
        changed = article("one", "Iran backs Moscow.", "Oil rose.", "The comet is far.")
        fill(library, changed, TWO)
        encoder.encoded.clear()
        report = build(layout, library, encoder)
        assert (report.published, report.encoded) == (True, 1)
        assert [t.splitlines()[-1] for t in encoder.encoded if "One" in t] == ["Oil rose."]


def test_nothing_stale_is_left(layout: Layout, library: Library) -> None:
    with library:
        fill(library, ONE, TWO)
        build(layout, library, ToyEncoder())
        fill(library, article("one", "Iran backs Moscow."), TWO)
        build(layout, library, ToyEncoder())
        assert texts(layout) == {"Iran backs Moscow.", "Moscow waits."}
        fill(library, TWO)
        build(layout, library, ToyEncoder())
        assert texts(layout) == {"Moscow waits."}
        fill(library)
        report = build(layout, library, ToyEncoder())
        assert (report.manifest.passages, texts(layout)) == (0, set())


def test_another_encoder_or_other_sources_make_a_new_generation(
    layout: Layout, library: Library
) -> None:
    with library:
        fill(library, TWO)
        build(layout, library, ToyEncoder())
        report = build(layout, library, ToyEncoder("toy-2"))
        assert (report.published, report.encoded) == (True, 1)
        moved = build(layout, library, ToyEncoder("toy-2"), sources=["/elsewhere"])
        assert (moved.published, moved.encoded) == (True, 0)
        assert moved.manifest.sources == ["/elsewhere"]


def test_full_encodes_again(layout: Layout, library: Library) -> None:
    with library:
        fill(library, ONE)
        build(layout, library, ToyEncoder())
        report = build(layout, library, ToyEncoder(), full=True)
        assert (report.published, report.encoded, report.manifest.number) == (True, 3, 2)


def test_a_damaged_generation_is_built_anew(layout: Layout, library: Library) -> None:
    with library:
        fill(library, ONE)
        build(layout, library, ToyEncoder())
        (layout.generation(1) / "dense.faiss").unlink()
        report = build(layout, library, ToyEncoder())
        assert (report.published, report.encoded, report.manifest.number) == (True, 0, 2)
        assert len(texts(layout)) == 3


def test_old_generations_go_with_what_only_they_needed(layout: Layout, library: Library) -> None:
    with library:
        versions = [article("one", f"Oil at {n} dollars.") for n in range(5)]
        for version in versions:
            fill(library, version)
            build(layout, library, ToyEncoder(), keep=2)
        assert layout.numbers() == [4, 5]
        kept = [library.version(v.digest()) is not None for v in versions]
        assert kept == [False, False, False, True, True]
        (layout.generation(4) / "manifest.json").write_text("{", "utf-8")
        fill(library, TWO)
        build(layout, library, ToyEncoder(), keep=3)
        assert layout.numbers() == [4, 5, 6]


def test_progress_is_told(layout: Layout, library: Library) -> None:
    told: list[tuple[str, int, int]] = []
    with library:
        fill(library, article("many", *(f"Oil number {n}." for n in range(130))))
        build(layout, library, ToyEncoder(), progress=lambda *seen: told.append(seen))
    assert told == [
        ("encoding", 0, 130),
        ("encoding", 64, 130),
        ("encoding", 128, 130),
        ("encoding", 130, 130),
        ("writing", 0, 1),
        ("writing", 1, 1),
    ]


def test_a_folder_that_cannot_be_written(layout: Layout, library: Library) -> None:
    with library:
        fill(library, TWO)
        layout.generations.write_text("a file where the folder should be")
        with pytest.raises(UnusableError, match="free some space or check its rights"):
            build(layout, library, ToyEncoder())


def test_only_one_at_a_time(layout: Layout, tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\nfrom pathlib import Path\nfrom index.build import exclusive\n"
            "from index.layout import Layout\n"
            "with exclusive(Layout(Path(sys.argv[1])), 1):\n print('held', flush=True)\n"
            " time.sleep(60)",
            str(tmp_path),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(UnusableError, match="another `verbatim` is indexing"),
            exclusive(layout, 0.1),
        ):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with exclusive(layout, 5):
        pass


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with (
        pytest.raises(UnusableError, match="choose another folder with --data"),
        exclusive(Layout(tmp_path / "data"), 0),
    ):
        pass


SLOW = """
import sys, time
from pathlib import Path
from index.build import build, exclusive
from index.layout import Layout
from tests.index.toys import ToyEncoder, article, fill, library_at

class Slow(ToyEncoder):
    def encode_passages(self, texts):
        time.sleep(0.01)
        return super().encode_passages(texts)

folder, turn = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
with exclusive(Layout(folder), 5), library_at(folder) as library:
    many = [article(f"a{n}", *(f"Oil {turn} {n} {p}." for p in range(30))) for n in range(20)]
    fill(library, *many)
    build(Layout(folder), library, Slow())
"""


@pytest.mark.uncounted
def test_killed_at_any_moment_it_leaves_a_whole_generation(tmp_path: Path) -> None:
    layout, chance = Layout(tmp_path), random.Random(5)
    with library_at(tmp_path) as library:
        fill(library, TWO)
        build(layout, library, ToyEncoder())
    for turn in range(20):
        command = [sys.executable, "-c", SLOW, str(tmp_path), str(turn)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(chance.uniform(0, 0.5))
            run.kill()
        quotable = texts(layout)
        assert len(quotable) in {1, 600}
        with library_at(tmp_path) as library:
            found = open_current(layout)
            assert found is not None
            with closing(found):
                digests = found.catalog.article_digests()
            assert all(library.version(d) is not None for d in digests)
    subprocess.run([sys.executable, "-c", SLOW, str(tmp_path), "last"], check=True)
    assert texts(layout) == {f"Oil last {n} {p}." for n in range(20) for p in range(30)}


def test_a_killed_build_resumes_without_encoding_twice(layout: Layout, library: Library) -> None:
    class Stopped(Exception):  # noqa: N818 (stands for the end of a process)
        pass

    class Breaking(ToyEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            if len(self.encoded) >= 128:
                raise Stopped
            return super().encode_passages(texts)

    with library:
        fill(library, article("many", *(f"Oil number {n}." for n in range(200))))
        with pytest.raises(Stopped):
            build(layout, library, Breaking())
        assert open_current(layout) is None
        assert build(layout, library, ToyEncoder()).encoded == 200 - 128


def test_search_finds_by_meaning_and_by_words(layout: Layout, library: Library) -> None:
    encoder = ToyEncoder()
    with library:
        fill(library, ONE, TWO)
        build(layout, library, encoder)
    found = open_current(layout)
    assert found is not None
    with closing(found):
        searcher = HybridSearcher(found, encoder)
        form = searcher.form("Does Iran back Moscow?", "en")
        results = searcher.search([form], 10)
        assert [r.rank for r in results] == [1, 2, 3, 4]
        assert results[0].passage.text == "Iran backs Moscow."
        assert results[0].evidence.dense_rank == 1
        assert results[0].evidence.sparse_rank == 1
        assert results[0].evidence.coverage == pytest.approx(1.0)
        assert results[-1].evidence.sparse_rank is None
        assert found.catalog.words()["moscow"] == sum("Moscow" in r.passage.text for r in results)
        assert all(0.0 <= r.company <= 1.0 for r in results)
        found.manifest = replace(found.manifest, floor=0.0)
        best = searcher.search([form], 1)[0]
        others = searcher.search([form], 10)[1:]
        rows = {e.passage: n for n, e in enumerate(found.entries([0, 1, 2, 3]))}
        own = found.dense.some([rows[best.passage]])[0]
        cosines = [found.dense.cosine(own, rows[r.passage]) for r in others]
        assert best.company == pytest.approx(sum(cosines) / 3)
        assert searcher.search([form], 0) == []
        with pytest.raises(UnusableError, match="built with another model"):
            HybridSearcher(found, ToyEncoder("toy-2"))


def test_the_article_answers_for_what_a_question_is_about(layout: Layout, library: Library) -> None:
    encoder = ToyEncoder()
    with library:
        fill(library, article("one", "Leaders agreed in Minsk.", "The meeting lasted hours."), TWO)
        build(layout, library, encoder)
    found = open_current(layout)
    assert found is not None

    def covered(question: str, about: str = "") -> float:
        form = searcher.form(question, "en", about=about)
        assert form.vector == pytest.approx(encoder.encode_queries([f"{about} {question}"])[0])
        by_text = {r.passage.text: r.evidence for r in searcher.search([form], 9)}
        return by_text["The meeting lasted hours."].coverage

    with closing(found):
        searcher = HybridSearcher(found, encoder)
        assert covered("lasted hours?", "agreed in Minsk?") == pytest.approx(1.0)
        assert covered("agreed in Minsk? lasted hours?") < 0.8
        # What is asked is looked for in the passage, whatever was asked before.
        assert covered("lasted in Minsk?", "Minsk agreed?") < 0.8
        assert covered("lasted hours?", "agreed in Oslo?") < 0.8


def test_a_hit_of_words_alone_gets_its_cosine_too(
    layout: Layout, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.search.DEPTH", 1)
    encoder = ToyEncoder()
    with library:
        fill(library, article("one", "Iran.", "Rare lamps in Moscow."))
        build(layout, library, encoder)
    found = open_current(layout)
    assert found is not None
    with closing(found):
        searcher = HybridSearcher(found, encoder)
        form = searcher.form("rare lamps", "en")._replace(
            vector=encoder.encode_queries(["iran"])[0]
        )
        results = searcher.search([form], 5)
        by_text = {r.passage.text: r.evidence for r in results}
        assert by_text["Iran."].sparse_rank is None
        lamps = by_text["Rare lamps in Moscow."]
        assert lamps.dense_rank is None
        assert lamps.cosine < by_text["Iran."].cosine
