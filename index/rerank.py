"""The fused top hits in a better order: meaning and words of each passage weighed together."""

import math
from collections.abc import Container, Mapping

COVERAGE_WEIGHT = 0.5
"""Of coverage beside cosine. Chosen on the training sets of questions about new encyclopedia
articles and forum posts (hit@1 75.5 -> 83.6 and 41.4 -> 48.9); flat between 0.3 and 0.7."""

CONTEXT_SHARE = 0.5
"""What a term counts that only the title or the date holds."""

_IMAGINARY = 20
_IMAGINARY_SHARE = 0.05
"""Of the imaginary articles of `rarity` hold any given term."""


def rarity(holding: int, total: int) -> float:
    """Return how much a term says that `holding` of `total` articles hold, from about 0.05 up.

    Inverse document frequency ln(1 + (n - df + 0.5) / (df + 0.5)), as BM25 has it, over articles
    and with a few imaginary ones added. Counted over the passages of a small collection, the name
    that the whole collection is about would weigh nothing, and a common word that stands in one
    of its passages by chance would weigh the most.
    """
    total += _IMAGINARY
    held = holding + _IMAGINARY_SHARE * _IMAGINARY
    return math.log(1.0 + (total - held + 0.5) / (held + 0.5))


def coverage(weights: Mapping[str, float], text: Container[str], context: Container[str]) -> float:
    """Return which share of the question's terms, each by its weight, a passage holds: 0 to 1.

    Args:
        weights: The question's terms with the weight of each.
        text: Terms of the passage.
        context: Terms of its title and date; a term found only there counts half.
    """
    whole = found = 0.0
    for term, weight in weights.items():
        whole += weight
        if term in text:
            found += weight
        elif term in context:
            found += CONTEXT_SHARE * weight
    return found / whole if whole else 0.0


def relevance(cosine: float, covered: float) -> float:
    """Return the score by which the fused hits are put in their final order."""
    return cosine + COVERAGE_WEIGHT * covered
