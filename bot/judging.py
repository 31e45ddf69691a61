"""What a cross-encoder, which reads question and passage together, makes of passages."""

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from functools import lru_cache
from typing import NamedTuple

from bot.quote import Quotation
from corpus.paragraphs import context
from index.rerank import locality
from index.types import CrossEncoder, Judgement

RANK_WEIGHT = 0.02
RANK_WEIGHT_SHORT = 0.06
"""Of a cross-encoder's rank beside search and likeness, and more where passages are short, of
which a search sees little: of held-out short ones 64.9 % of the right are first at 0.04 in all,
67.3 at 0.08, 68.0 at 0.12; news 58.1 at 0.06, 60.8 at 0.08, 59.5 at 0.1. See training.calibrate.
Our own's is a logit between about -7 and 7."""

CLOSELY = 10
"""Passages that it reads at most, each about as costly as encoding it: no answer has more
quotations. For an answer of the usual length it reads those that are reordered."""

_KEPT = 400
"""Judgements that are kept: follow-ups and popular questions read the same again and again."""

_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


class Judged(NamedTuple):
    """Of several passages.

    Attributes:
        judgements: By place, of those that were read.
        ranks: Of each passage, how far it is above the lowest; 0 where there are no ranks.
        is_hasty: Whether they were not read for want of time.
    """

    judgements: Mapping[int, Judgement]
    ranks: Sequence[float]
    is_hasty: bool


class Judge:
    """Reads passages with their question.

    Args:
        cross_encoder: What reads; None judges nothing.
        clock: Seconds, on which deadlines are given.
    """

    def __init__(self, cross_encoder: CrossEncoder | None, clock: Callable[[], float]) -> None:
        self._cross_encoder = cross_encoder
        self._read = lru_cache(_KEPT)(cross_encoder.judge) if cross_encoder else None
        self._clock = clock

    def judged(
        self,
        passages: Sequence[Quotation],
        question: str,
        language: str,
        deadline: float | None,
        pool: Executor,
    ) -> Judged:
        """Read the first `CLOSELY` of some passages.

        Args:
            passages: What was found.
            question: Behind what it leans on.
            language: In which it is asked, ISO 639-1.
            deadline: On the clock, from which no further passage is read. Then what was read counts
                for nothing: passages that are judged cannot be compared with others.
            pool: Whose threads read.
        """
        places = [
            place
            for place, passage in enumerate(passages[:CLOSELY])
            if self.knows(language, passage.article.language)
        ]

        def judge(place: int) -> Judgement | None:
            if self._read is None or (deadline is not None and self._clock() >= deadline):
                return None
            passage = passages[place]
            around = context(passage.article, passage.passage.paragraph)
            return self._read(question, around, passage.text)

        found = dict(zip(places, pool.map(judge, places), strict=True))
        judgements = {place: one for place, one in found.items() if one is not None}
        is_hasty = len(judgements) < len(found)
        judgements = {} if is_hasty else judgements
        return Judged(judgements, self._ranks(judgements, len(passages)), is_hasty)

    def knows(self, *languages: str) -> bool:
        """Whether there is a cross-encoder that knows the language of question and passage."""
        if self._cross_encoder is None:
            return False
        only = self._cross_encoder.language
        return only is None or set(languages) == {only}

    def _ranks(self, judgements: Mapping[int, Judgement], count: int) -> list[float]:
        if not judgements or self._cross_encoder is None or not self._cross_encoder.ranks:
            return [0.0] * count
        ranks = {place: judgement.rank for place, judgement in judgements.items()}
        # From the lowest on, so that of a wrong time a share can be taken off.
        least = min(ranks.values())
        # What is in a language that it does not know is neither better nor worse for that.
        usual = sum(ranks.values()) / len(ranks)
        return [ranks.get(place, usual) - least for place in range(count)]


def rank_weight(short: float, *, is_leaning: bool = False) -> float:
    """What a rank counts.

    Args:
        short: `brevity` of the collection.
        is_leaning: Whether the question is read behind what was said before it: where passages are
            long, the rank of such a one tells what was told before rather than what is asked.
    """
    weight = RANK_WEIGHT + short * RANK_WEIGHT_SHORT
    return weight * locality(short) if is_leaning else weight


def answers(judgement: Judgement | None, question: str, quotation: Quotation) -> float | None:
    """Log-odds that a passage answers, or None where nothing says so.

    To the cross-encoder one year is much like another: of an article without a date that does not
    name the year in question it is not to say that it answers.
    """
    if judgement is None:
        return None
    article, years = quotation.article, _YEAR.findall(question)
    if years and article.published is None:
        texts = (article.title, *article.paragraphs)
        if not all(any(year in text for text in texts) for year in years):
            return None
    return judgement.answers
