"""One scale for the cosines of all models.

Models differ in the cosine they give to texts that have nothing to do with each other: near 0 for
MiniLM, above 0.7 for the e5 family. Weights and thresholds made for one would be nonsense for
another, so cosines are counted from that floor.
"""

import numpy as np

from index.types import Encoder

_QUESTIONS = (
    "How long should an egg be boiled?",
    "Which team won the hockey match last night?",
    "What causes earthquakes?",
    "Who painted the ceiling of the chapel?",
    "When does the library open on Sundays?",
    "Why did the company close its factory?",
    "How many strings does a violin have?",
    "What is the parliament voting on this week?",
)
_PASSAGES = (
    "The bakery on the corner sells rye bread and buns, and closes at noon on Saturdays.",
    "Engineers replaced two turbines at the power station after cracks had been found in them.",
    "Her second novel follows three sisters through a winter on a remote lighthouse island.",
    "The minister said that the tax on imported cars would be lowered by two percent in spring.",
    "Whales of this species migrate every year between polar seas and warm lagoons.",
    "The goalkeeper saved a penalty in the last minute, and the visitors kept their lead.",
    "Vaccination of cattle began in the northern districts, veterinarians reported on Friday.",
    "The old railway bridge will be turned into a path for cyclists and people on foot.",
)


def floor(encoder: Encoder) -> float:
    """Return the mean cosine that `encoder` gives to questions and passages on other matters."""
    cosines = encoder.encode_queries(_QUESTIONS) @ encoder.encode_passages(_PASSAGES).T
    return float(np.mean(cosines))


def above(cosine: float, floor: float) -> float:
    """Return `cosine` counted from `floor`: 0 for unrelated texts, 1 for equal ones."""
    return (cosine - floor) / (1.0 - floor)
