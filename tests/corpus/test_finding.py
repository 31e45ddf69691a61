"""corpus.store: articles listed, found by words or names, and tried out on a copy."""

from datetime import UTC, datetime, timedelta

from corpus.store import Library
from tests.corpus.samples import HARBOUR, article
from tests.corpus.test_store import A, B, entry, fill, state


def test_articles_are_listed_newest_first_and_found_by_words_in_any_case(library: Library) -> None:
    day = datetime(2015, 1, 1, tzinfo=UTC)
    old = article(
        id="old", title="Ältere Meldung aus Kyjiw", url="https://a.example/x", published=day
    )
    new = article(
        id="new",
        title="НОВИНИ 100%",
        source="TASS",
        url=None,
        published=day + timedelta(days=1),
    )
    undated = article(id="none", title="No date", source=None, url=None, published=None)
    fill(library, undated, old, new)
    assert [a.id for a in library.listed("", 9)[0]] == ["new", "old", "none"]
    assert ([a.id for a in library.listed("", 1, 1)[0]], library.listed("", 1, 1)[1]) == (
        ["old"],
        3,
    )
    for words, ids in (
        ("ÄLTERE", ["old"]),
        ("новини", ["new"]),
        ("tass 100%", ["new"]),
        ("a.example meldung", ["old"]),
        ("%", ["new"]),
        ("tass kyjiw", []),
    ):
        found, count = library.listed(words, 9)
        assert ([a.id for a in found], count) == (ids, len(ids)), words


def test_an_article_is_found_by_id_address_or_file(library: Library) -> None:
    fill(library, HARBOUR)
    assert HARBOUR.url is not None
    for name in (HARBOUR.id, HARBOUR.url, f"news/{HARBOUR.id}.md"):
        assert library.named(name) == HARBOUR
    assert library.named("") is None


def test_a_copy_is_changed_alone(library: Library) -> None:
    fill(library, A)
    with library.copy() as copy:
        fill(copy, B)
        copy.remove([A.id])
        copied = state(copy)
    assert copied == ([entry(B)], [B], frozenset({A.id}))
    assert state(library) == ([entry(A)], [A], frozenset())
