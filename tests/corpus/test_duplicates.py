"""corpus.copies: the same text under several addresses, and nothing else."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import copies as copying
from corpus.copies import shared, shingles
from corpus.store import Entry, Library
from corpus.types import Article
from tests.corpus.samples import SHARED, article

LANGUAGES = ("ar", "de", "en", "es", "ru", "tr", "zh")
EDITED = 0.1
"""Of the words, at the beginning, at the end, or at both."""


def take(library: Library, articles: Sequence[Article]) -> None:
    library.put(articles)
    library.change(keep=[Entry(a.id, a.digest(), f"o:{a.id}", "s", added=True) for a in articles])


def long(seed: int, words: int = 300) -> tuple[str, ...]:
    chance = random.Random(seed)
    made = ["".join(chance.choices("abcdefghij", k=chance.randint(2, 8))) for _ in range(words)]
    return tuple(" ".join(made[at : at + 60]) for at in range(0, words, 60))


def report(name: str, *paragraphs: str) -> Article:
    return article(id=name, url=f"https://{name}.example/report", paragraphs=paragraphs)


def syndicated(of: Article, where: str, how: str, chance: random.Random) -> Article:
    """The article as another outlet has it: a tenth of it cut off or written anew."""
    is_spaced = any(" " in p for p in of.paragraphs)
    flat = [
        (at, word)
        for at, text in enumerate(of.paragraphs)
        for word in (text.split(" ") if is_spaced else text)
    ]
    edited = max(1, int(len(flat) * EDITED))

    def anew(at: int) -> list[tuple[int, str]]:
        fresh = ["".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(edited)]
        return [(at, word) for word in fresh] if how == "replaced" else []

    if "head" in where:
        flat = anew(flat[0][0]) + flat[edited:]
    if "tail" in where:
        flat = flat[:-edited] + anew(flat[-1][0])
    paragraphs: dict[int, list[str]] = {}
    for at, word in flat:
        paragraphs.setdefault(at, []).append(word)
    return replace(
        of,
        id=f"{of.id}-{where}-{how}",
        url=None,
        paragraphs=tuple((" " if is_spaced else "").join(p) for p in paragraphs.values()),
        sections=(),
    )


def test_shingles_are_five_words_or_characters_in_a_row() -> None:
    assert shingles(["One two three", "FOUR, five six."]) == {
        "one two three four five",
        "two three four five six",
    }
    assert shingles(["北京大学的学生"]) == {"北 京 大 学 的", "京 大 学 的 学", "大 学 的 学 生"}
    assert shingles(["one two"]) == frozenset()
    assert shared(frozenset("ab"), frozenset("bc")) == pytest.approx(1 / 3)
    assert shared(frozenset(), frozenset()) == 0


def test_a_report_of_several_outlets_is_known_as_one(library: Library) -> None:
    text = long(1)
    a, b, c = report("a", *text), report("b", *text[1:], "An end of its own."), report("c", *text)
    other = report("d", *long(2))
    take(library, [a, b])
    assert library.copies.update() == 1
    take(library, [c, other])
    assert library.copies.update() == 2
    assert library.copies.update() == 0
    assert library.copies.of(a.digest()) == [b.digest(), c.digest()]
    assert library.copies.of(b.digest()) == [a.digest(), c.digest()]
    assert library.copies.of(other.digest()) == []
    assert library.copies.of("unknown") == []


def test_only_current_versions_are_copies(library: Library) -> None:
    text = long(1)
    a, b = report("a", *text), report("b", *text)
    take(library, [a, b])
    library.copies.update()
    changed = report("b", *text[:-1], "Corrected: nine, not ten.")
    take(library, [changed])
    assert library.copies.of(a.digest()) == []
    assert library.copies.update() == 1
    assert library.copies.of(a.digest()) == [changed.digest()]
    assert library.copies.of(b.digest()) == [a.digest()]
    library.remove(["b"])
    assert library.copies.of(a.digest()) == []
    library.prune([])
    left = library._db.execute("SELECT digest FROM sketch").fetchall()
    assert left == [(a.digest(),)]
    assert library._db.execute("SELECT count(*) FROM copy").fetchone() == (0,)
    assert library._db.execute("SELECT DISTINCT digest FROM band").fetchall() == left


def test_short_texts_must_be_almost_the_same(library: Library) -> None:
    words = long(3, 45)[0].split(" ")
    short = report("a", " ".join(words))
    same = report("b", " ".join([*words[:-2], "x", "y"]))
    similar = report("c", " ".join([*words[:-12], *"abcdefghijkl"]))
    stub = [report(name, "Read more at the outlet that wrote this.") for name in ("d", "e")]
    take(library, [short, same, similar, *stub])
    library.copies.update()
    assert library.copies.of(short.digest()) == [same.digest()]
    assert library.copies.of(stub[0].digest()) == []


def test_an_update_that_was_stopped_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_BATCH", 2)
    many = [report(f"a{n}", *long(n // 2)) for n in range(6)]

    def dying(text: frozenset[str]) -> object:
        dying.left -= 1  # type: ignore[attr-defined]
        if dying.left < 0:  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        return real(text)

    real = copying._bands
    dying.left = 3  # type: ignore[attr-defined]
    with Library(tmp_path / "l") as library, monkeypatch.context() as patched:
        take(library, many)
        patched.setattr(copying, "_bands", dying)
        with pytest.raises(KeyboardInterrupt):
            library.copies.update()
        assert library._db.execute("SELECT count(*) FROM sketch").fetchone() == (2,)
    with Library(tmp_path / "l") as library:
        library.copies.update()
        assert [library.copies.of(a.digest()) for a in many[::2]] == [
            [a.digest()] for a in many[1::2]
        ]


def data_set(path: Path) -> list[Article]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        article(
            id=row["id"],
            url=None,
            title=row["title"],
            language=row["language"],
            paragraphs=tuple(row["paragraphs"]),
        )
        for row in rows
    ]


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["clapnq/articles", *(f"xquad/articles.{code}" for code in LANGUAGES)]
)
def test_no_two_articles_are_taken_for_one_and_copies_are_found(
    library: Library, name: str
) -> None:
    articles = data_set(SHARED / "data" / f"{name}.jsonl")
    take(library, articles)
    library.copies.update()
    titles = {a.digest(): a.title for a in articles}
    pairs = [(a.title, titles[b]) for a in articles for b in library.copies.of(a.digest())]
    # Of a few articles, the data holds an older version as well, under the same title.
    assert [pair for pair in pairs if pair[0] != pair[1]] == []
    chance = random.Random(7)
    usual = [a for a in articles if len(shingles(list(a.paragraphs))) >= copying._FEWEST]
    for where in ("head", "tail", "head and tail"):
        for how in ("cut", "replaced"):
            made = [(a, syndicated(a, where, how, chance)) for a in usual]
            take(library, [b for _, b in made])
            library.copies.update()
            found = sum(a.digest() in library.copies.of(b.digest()) for a, b in made)
            assert found >= 0.95 * len(made), (where, how, found)
            library.change(drop=[b.id for _, b in made])
            library.prune([])
