from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import numpy as np
import pytest

from bot.judging import CLOSELY, Judge, Judged, answers, rank_weight
from bot.quote import Quotation, quote
from corpus.paragraphs import passages
from corpus.types import Article
from index.types import Judgement

QUESTION = "What happened in 1918?"


def judgement(rank: float) -> Judgement:
    nothing = np.zeros(0, np.float32)
    return Judgement(rank, 2.5, np.zeros((0, 2), np.int64), nothing, nothing)


class ByLength:
    """A cross-encoder that takes a passage's length for its rank."""

    name = fingerprint = "by length"

    def __init__(self, language: str | None = "en", *, ranks: bool = True) -> None:
        self.language = language
        self.ranks = ranks
        self.read: list[str] = []

    def judge(self, question: str, context: str, text: str) -> Judgement:
        """Note what is read."""
        assert (question, context) == (QUESTION, "Lamps")
        self.read.append(text)
        return judgement(float(len(text)))


def quoted(text: str, language: str = "en", published: datetime | None = None) -> Quotation:
    facts = ("Lamps", "O", (), published, None, language)
    article = Article(text, None, *facts, (text, "The keeper came in 1920."))
    return quote(next(passages(article, lambda words: len(words.split()), 40)), article)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def judged(
    encoder: ByLength | None,
    found: list[Quotation],
    pool: ThreadPoolExecutor,
    deadline: float | None = None,
) -> Judged:
    return Judge(encoder, lambda: 5.0).judged(found, QUESTION, "en", deadline, pool)


def test_ranks_are_counted_from_the_lowest(pool: ThreadPoolExecutor) -> None:
    found = judged(ByLength(), [quoted("a" * n) for n in (4, 9, 2)], pool)
    assert found.ranks == [2.0, 7.0, 0.0]
    assert {at: one.rank for at, one in found.judgements.items()} == {0: 4.0, 1: 9.0, 2: 2.0}
    assert not found.is_hasty


def test_a_language_that_it_does_not_know_is_neither_better_nor_worse(
    pool: ThreadPoolExecutor,
) -> None:
    given = [quoted("a" * 4), quoted("б" * 30, "ru"), quoted("a" * 8)]
    english = ByLength()
    found = judged(english, given, pool)
    assert sorted(english.read) == ["a" * 4, "a" * 8]
    assert found.ranks == [0.0, 2.0, 4.0]
    assert not found.is_hasty
    assert judged(ByLength(None), given, pool).ranks == [0.0, 26.0, 4.0]
    asked = Judge(ByLength(), lambda: 0.0).judged(given, QUESTION, "ru", None, pool)
    assert asked == Judged({}, [0.0, 0.0, 0.0], is_hasty=False)


def test_one_that_does_not_rank_says_only_what_it_reads(pool: ThreadPoolExecutor) -> None:
    found = judged(ByLength(ranks=False), [quoted("a"), quoted("aaa")], pool)
    assert (found.ranks, sorted(found.judgements)) == ([0.0, 0.0], [0, 1])
    assert judged(None, [quoted("a")], pool) == Judged({}, [0.0], is_hasty=False)


def test_only_so_many_are_read_and_none_without_time(pool: ThreadPoolExecutor) -> None:
    many = [quoted("a" * (n + 1)) for n in range(CLOSELY + 3)]
    found = judged(ByLength(), many, pool)
    assert sorted(found.judgements) == list(range(CLOSELY))
    assert found.ranks[CLOSELY:] == [4.5] * 3
    late = judged(ByLength(), many, pool, deadline=5.0)
    assert late == Judged({}, [0.0] * len(many), is_hasty=True)


def test_a_rank_counts_more_where_passages_are_short() -> None:
    assert rank_weight(0.0) == pytest.approx(0.02)
    assert rank_weight(1.0) == pytest.approx(0.08)


def test_behind_what_was_told_a_rank_counts_only_where_passages_are_short() -> None:
    assert rank_weight(0.1, is_leaning=True) == 0.0
    assert rank_weight(0.4, is_leaning=True) == rank_weight(0.4) == pytest.approx(0.044)


def test_of_another_year_it_is_not_believed() -> None:
    undated = quoted("In 1917 a storm put out the lamps.")
    assert answers(judgement(1.0), "What happened in 1917?", undated) == 2.5
    assert answers(judgement(1.0), "What happened in 1918?", undated) is None
    # The article names it, if not the passage.
    assert answers(judgement(1.0), "What happened in 1920?", undated) == 2.5
    assert answers(judgement(1.0), "What happened?", undated) == 2.5
    dated = quoted("A storm put out the lamps.", published=datetime(1918, 5, 3, tzinfo=UTC))
    assert answers(judgement(1.0), "What happened in 1918?", dated) == 2.5
    assert answers(None, "What happened?", dated) is None
