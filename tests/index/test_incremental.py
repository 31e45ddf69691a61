"""A generation built from the one before is the one that would be built from nothing."""

import random
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import pytest

from corpus.types import Article
from index import generation
from index.build import build
from index.generation import Generation, open_current, read_manifest
from index.layout import Layout
from index.plan import Plan
from index.sparse import SparseIndex
from index.types import Vectors
from tests.index.toys import ToyEncoder, article, fill, library_at

WORDS = ("iran", "moscow", "oil", "comet", "talks", "price", "harbour", "lamp", "storm", "vote")


def held(layout: Layout) -> dict[str, Any]:
    """Everything in the current generation that a question can see."""
    found = open_current(layout)
    assert found is not None
    with closing(found):
        rows = range(found.manifest.passages)
        vectors = found.dense.vectors()
        assert vectors is not None
        postings = found.sparse._postings
        holding, titled = found.catalog.counts()
        entries = found.entries(rows)
        return {
            "entries": entries,
            "vectors": vectors.tolist(),
            "terms": postings.terms,
            "starts": postings.starts.tolist(),
            "rows": postings.rows.tolist(),
            "counts": postings.counts.tolist(),
            "scores": {t: found.sparse.scores([t]).tolist() for t in postings.terms},
            "days": found.rows.days.tolist(),
            "outlets": [found.rows.names[at] if at >= 0 else None for at in found.rows.outlets],
            "names": found.rows.names,
            "leads": {e.passage.article_id: found.lead(e.passage.article_id) for e in entries},
            "holding": {t: n for t, n in holding.items() if n},
            "words": found.catalog.words(),
            "titled": {t: n for t, n in titled.items() if n},
            "manifest": {
                name: getattr(found.manifest, name)
                for name in ("articles", "passages", "length", "languages", "content", "floor")
            },
        }


def some_article(chance: random.Random, name: str) -> Article:
    paragraphs = [
        " ".join(chance.choices(WORDS, k=chance.randint(1, 60))).capitalize() + "."
        for _ in range(chance.randint(0, 4))
    ]
    made = article(name, *paragraphs, language=chance.choice(["en", "de"]))
    return replace(
        made,
        title=" ".join(chance.choices(WORDS, k=3)),
        source=chance.choice(["Toy", "Other", "Third", None]),
        published=chance.choice([None, datetime(2015, chance.randint(1, 12), 3, tzinfo=UTC)]),
        sections=tuple(chance.choice(["", "Sport"]) for _ in paragraphs),
    )


def test_whatever_changes_it_is_as_if_built_from_nothing(tmp_path: Path) -> None:
    chance = random.Random(6)
    kept = {name: some_article(chance, name) for name in "abcdef"}
    one, other = tmp_path / "one", tmp_path / "other"
    for turn in range(25):
        for name in chance.sample("abcdefghijkl", chance.randint(1, 4)):
            if name in kept and chance.random() < 0.4:
                del kept[name]
            else:
                kept[name] = some_article(chance, name)
        with library_at(one) as library:
            fill(library, *kept.values())
            build(Layout(one), library, ToyEncoder())
        anew = other / str(turn)
        with library_at(anew) as library:
            fill(library, *kept.values())
            build(Layout(anew), library, ToyEncoder())
        assert held(Layout(one)) == held(Layout(anew))


def test_what_has_not_changed_is_not_even_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Counting(ToyEncoder):
        counted: list[str]

        def __init__(self) -> None:
            super().__init__()
            self.counted = []

        def count(self, text: str) -> int:
            self.counted.append(text)
            return super().count(text)

    with library_at(tmp_path) as library:
        many = [article(f"a{n}", f"Oil number {n}.", "Moscow.") for n in range(30)]
        fill(library, *many)
        build(Layout(tmp_path), library, ToyEncoder())
        encoder = Counting()
        fill(library, *many[:-1], article("new", "The comet is far."))
        report = build(Layout(tmp_path), library, encoder)
        assert report.encoded == 1
        assert encoder.counted == ["New\n", "The comet is far."]
        monkeypatch.setattr("index.plan.CUTTING", 99)
        fill(library, *many)
        again = Counting()
        assert build(Layout(tmp_path), library, again).encoded == 0
        assert len(again.counted) > 60


@pytest.mark.parametrize("lost", [False, True])
def test_rounded_vectors_are_not_rounded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: bool
) -> None:
    monkeypatch.setattr("index.dense.EXACT_UP_TO", 1)
    layout, encoder = Layout(tmp_path), ToyEncoder()
    given: list[Vectors] = []

    def write(folder: Path, plan: Plan, base: Generation | None, vectors: Vectors) -> None:
        given.append(vectors)
        real(folder, plan, base, vectors)

    real = generation.write_parts
    monkeypatch.setattr(generation, "write_parts", write)
    with library_at(tmp_path) as library:
        fill(library, article("one", "Iran, Iran, oil.", "Moscow, oil, oil."))
        build(layout, library, encoder)
        if lost:
            layout.embeddings.unlink()
        fill(
            library,
            article("one", "Iran, Iran, oil.", "Moscow, oil, oil."),
            article("two", "Comet."),
        )
        encoder.encoded.clear()
        report = build(layout, library, encoder)
    assert report.encoded == (3 if lost else 1)
    first = {tuple(v) for v in given[0].tolist()}
    assert first <= {tuple(v) for v in given[1].tolist()}


def test_a_build_killed_between_any_two_steps_resumes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    layout = Layout(tmp_path)
    many = [article(f"a{n}", f"Oil number {n}.") for n in range(5)]
    steps = ("write_parts", "checksums", "publish", "fsync_tree", "replace_text", "prune")
    for turn, step in enumerate(steps):
        killed = ToyEncoder()
        with library_at(tmp_path) as library, monkeypatch.context() as patched:
            fill(library, *many, article("new", f"The comet of turn {turn}."))
            build(layout, library, ToyEncoder())
            fill(library, *many, article("new", f"Iran in turn {turn}."))

            def die(*_: object) -> None:
                raise Killed

            patched.setattr(f"index.generation.{step}", die)
            with pytest.raises(Killed):
                build(layout, library, killed)
        begun = sum(f"Iran in turn {turn}." in text for text in killed.encoded)
        with library_at(tmp_path) as library:
            report = build(layout, library, ToyEncoder())
            assert begun + report.encoded == 1
            assert f"Iran in turn {turn}." in {e.passage.text for e in held(layout)["entries"]}
            assert layout.numbers()[-1] == report.manifest.number
            assert read_manifest(layout.generation(report.manifest.number)) == report.manifest


def test_bm25_scores_are_bit_for_bit_those_of_the_engine_itself() -> None:
    chance = random.Random(3)
    words = [f"w{n}" for n in range(300)]
    documents = [
        [words[min(int(chance.paretovariate(0.6)), 299)] for _ in range(chance.randint(1, 60))]
        for _ in range(400)
    ]
    theirs = bm25s.BM25(k1=1.5, b=0.75, method="lucene")
    theirs.index([list(d) for d in documents], show_progress=False)
    half = SparseIndex.build(documents[:250])
    taken = np.concatenate([np.arange(250), np.full(150, -1)]).astype(np.int64)
    ours = half.rearranged(taken, documents[250:])
    for query in ([w] for w in words):
        if theirs.get_tokens_ids(query):
            assert ours.scores(query).tolist() == theirs.get_scores(query).tolist()
        else:
            assert not ours.scores(query).any()
