"""How sure an answer is: a calibrated probability that a passage answers the question."""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from index.preference import ARCHIVE
from index.search import Going
from index.types import SearchResult

_NEAR = 1.2
"""Log-odds. A follow-up names little of what it is about, so that little speaks for its answer: of
the dialogues in tests/data, "dev" half, a third of those with an answer were met with silence."""


_BY_WORDS = 1.0
"""Log-odds, where words alone can speak for a passage: other languages inflect more than English,
on which the weights were fitted. Chosen on half of XQuAD's questions in ru, ar, de, tr and es."""


_GOING: dict[Going, float] = {"more": 3.0, "on": 3.0, "again": 3.0, "about": 1.5}
"""Log-odds, where a question names nothing itself: what tells more, or from when, stands in the
article that has just answered, whatever it has of the question. At 0 "go on" ended before the
article did in 3 of 11 conversations over the sample, at 3 in none."""


class Signs(NamedTuple):
    """What speaks for a passage.

    Attributes:
        cosine: Of question and passage, above the floor (`index.scale`).
        coverage: Share of the question's terms in the passage (`index.rerank.coverage`).
        lead: Share of them in the beginning of its article, where passages are short, else 0.
        likeness: Of the answering sentence (`bot.sentence`).
        company: Likeness of the passage to the other best ones (`index.company`), where passages
            are short, else 0.
        short: How much passages need their articles (`index.rerank.brevity`). Its weight is what
            company is worth on average, taken off again.
    """

    cosine: float
    coverage: float
    lead: float
    likeness: float
    company: float
    short: float

    @classmethod
    def of(cls, result: SearchResult, likeness: float, short: float) -> "Signs":
        """Return what speaks for a search's result in the language of the question.

        Args:
            result: Of the search.
            likeness: Of its answering sentence.
            short: `brevity` of the collection.
        """
        evidence = result.evidence
        return cls(
            evidence.cosine,
            evidence.coverage,
            short * evidence.lead,
            likeness,
            short * result.company,
            short,
        )


class Closely(NamedTuple):
    """How log-odds change where a cross-encoder has read the passage.

    Attributes:
        own: What those of the signs count.
        answers: What those of the cross-encoder count.
        intercept: Where both say nothing.
    """

    own: float
    answers: float
    intercept: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression over the signs.

    Fitted by benchmarks/fit_confidence.py.

    Attributes:
        weights: Of each sign.
        intercept: Log-odds where nothing speaks for a passage.
        threshold: Nine in ten right answers are at least this sure.
        closely: For passages that the cross-encoder has read that comes with the program.
    """

    weights: Signs
    intercept: float
    threshold: float
    closely: Closely

    @property
    def usual_company(self) -> float:
        """What company is on average: it takes off what its being expected adds."""
        return -self.weights.short / self.weights.company if self.weights.company else 0.0

    def confidence(
        self,
        signs: Signs,
        *,
        is_near: bool = False,
        going: Going | None = None,
        factor: float = 1.0,
        by_words: bool = False,
        answers: float | None = None,
    ) -> float:
        """Return the probability, 0 to 1, that a passage with these signs answers.

        The odds of what is not of the time or outlet in question are less by as much as its score
        is; its mere age takes nothing off. Nothing is fitted to it, since no training set has
        dates. RealTimeQA's AUROC against questions of another year 0.952 -> 0.968, that of the
        dialogues 0.877 -> 0.902.

        Args:
            signs: What speaks for it.
            is_near: Whether it is of the article that a leaning question was last answered from.
            going: What it wants there if it names nothing itself.
            factor: What it counts by its time and outlet, over 0 to 1 (`index.preference`).
            by_words: Whether the model does not understand its language.
            answers: Log-odds that it answers, by the cross-encoder that has read it; None if none
                has, or one that does not say.
        """
        odds = self.intercept + sum(w * s for w, s in zip(self.weights, signs, strict=True))
        if answers is not None:
            closely = self.closely
            odds = closely.own * odds + closely.answers * answers + closely.intercept
        odds += (_NEAR if is_near else 0.0) + math.log(min(factor / ARCHIVE, 1.0))
        odds += _GOING[going] if going and is_near else 0.0
        odds += _BY_WORDS if by_words else 0.0
        return 1.0 / (1.0 + math.exp(-odds))


@lru_cache(maxsize=1)
def shipped() -> Calibration:
    """The calibration that comes with the program."""
    values = json.loads(Path(__file__).with_name("confidence.json").read_text("utf-8"))
    return Calibration(
        Signs(**values["weights"]),
        values["intercept"],
        values["threshold"],
        Closely(**values["closely"]),
    )
