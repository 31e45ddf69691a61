"""How sure an answer is: a calibrated probability that a passage answers the question."""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.types import Evidence


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression over the evidence; fitted by benchmarks/fit_confidence.py.

    Attributes:
        cosine: Weight of the cosine above its floor.
        coverage: Weight of the coverage.
        intercept: Log-odds at zero evidence.
        threshold: Nine in ten right answers are at least this sure.
    """

    cosine: float
    coverage: float
    intercept: float
    threshold: float

    def confidence(self, evidence: Evidence) -> float:
        """Return the probability, 0 to 1, that a passage with this evidence answers."""
        odds = self.intercept + self.cosine * evidence.cosine + self.coverage * evidence.coverage
        return 1.0 / (1.0 + math.exp(-odds))


@lru_cache(maxsize=1)
def shipped() -> Calibration:
    """The calibration that comes with the program."""
    values = json.loads(Path(__file__).with_name("confidence.json").read_text("utf-8"))
    return Calibration(
        values["cosine"], values["coverage"], values["intercept"], values["threshold"]
    )
