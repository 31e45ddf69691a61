"""The fused top hits in a better order: meaning and words of each passage weighed together."""

import math
from collections.abc import Container, Mapping

from corpus.types import Passage
from index.types import Evidence

COVERAGE_WEIGHT = 0.5
"""Of coverage beside cosine. Chosen on the training sets of questions about new encyclopedia
articles and forum posts (hit@1 75.5 -> 83.6 and 41.4 -> 48.9); flat between 0.3 and 0.7."""

CONTEXT_SHARE = 1.0
"""What a term counts that only the title or a heading holds, where passages are long."""

LEAD = 5
"""Paragraphs with which a news article says what it is about; flat between 3 and 8."""

LEAD_WEIGHT = 0.4
"""Of the lead's coverage, where passages are short; flat between 0.3 and 0.7."""

SPARSE_WEIGHT = 0.15
"""Of BM25 as a share of the question's best, where passages are short."""

WORDS_WEIGHT = 0.5
"""Of BM25 as such a share, where meaning says nothing; half of XQuAD is the same at 1."""

PLACE_WEIGHT = 0.15
"""Of standing at the beginning of a dated article: news tells the most important first."""

EXPECTED_COVERAGE = 0.4
"""What a term counts that cannot be found, the passage being in another language than the question:
what the best six passages cover on average, of the training sets' questions."""

_SHORT = 36.0
_STEEP = 6.0
_NOT_LOCAL = 0.1
_LOCAL = 0.4
"""Brevity up to which follow-ups are those of an encyclopedia, and from which on those of news."""

_QUESTION = 0.6
"""What a passage counts that ends by asking: it answers nothing."""

_PLACE_PARAGRAPHS = 3.0

_CLOSERS = "\"'”’»)] "
_ASKS = ("?", "？", "؟")

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


def brevity(length: float) -> float:
    """Return how much a passage needs its article to be understood, 0 to 1.

    A paragraph of 25 words names nobody: who is meant stands in the headline and the first lines.
    One of 100 words says by itself what it is about. Judged by the whole collection, since within
    one collection it would merely favour the shorter of two passages.

    Args:
        length: Distinct terms of a passage, on average over the collection.
    """
    return float(1.0 / (1.0 + (length / _SHORT) ** _STEEP))


def locality(short: float) -> float:
    """Return how much a follow-up is asked of the passages around the last quotation, 0 to 1.

    A paragraph of news tells one thing, and what one asks next stands beside it. A long passage
    has told much at once: the next question mostly asks for another one.

    Args:
        short: `brevity` of the collection.
    """
    return min(max((short - _NOT_LOCAL) / (_LOCAL - _NOT_LOCAL), 0.0), 1.0)


def coverage(
    weights: Mapping[str, float],
    text: Container[str],
    context: Container[str],
    share: float = CONTEXT_SHARE,
    optional: Container[str] = (),
) -> float:
    """Return which share of the question's terms, each by its weight, a passage holds: 0 to 1.

    Args:
        weights: The question's terms with the weight of each.
        text: Terms of the passage.
        context: Terms of its title and headings.
        share: What a term counts that only the context holds.
        optional: Terms that count where they are found and are not missed where they are not.
    """
    whole = found = 0.0
    for term, weight in weights.items():
        if term in optional and term not in text:
            continue
        whole += weight
        if term in text:
            found += weight
        elif term in context:
            found += share * weight
    return found / whole if whole else 0.0


def missing(
    weights: Mapping[str, float], known: Container[str], optional: Container[str] = ()
) -> float:
    """Return the share of a question's terms that no passage of another language holds: 0 to 1.

    Two languages share names and numbers. What else is not found says nothing against a passage.

    Args:
        weights: The question's terms with the weight of each.
        known: Terms of the passages in that language.
        optional: Terms that are not missed.
    """
    wanted = {term: weight for term, weight in weights.items() if term not in optional}
    lost = sum(weight for term, weight in wanted.items() if term not in known)
    return lost / whole if (whole := sum(wanted.values())) else 0.0


def relevance(evidence: Evidence, passage: Passage, short: float, *, dated: bool) -> float:
    """Return the score by which the fused hits are put in their final order.

    Args:
        evidence: Of the passage.
        passage: The passage.
        short: `brevity` of the collection.
        dated: Whether its article is.
    """
    expected = EXPECTED_COVERAGE * evidence.missing
    score = evidence.cosine + COVERAGE_WEIGHT * (evidence.coverage + expected)
    if evidence.is_by_words:
        score += WORDS_WEIGHT * evidence.sparse
    around = LEAD_WEIGHT * (evidence.lead + expected)
    around += SPARSE_WEIGHT * (evidence.sparse + expected)
    if dated:
        around += PLACE_WEIGHT * math.exp(-passage.paragraph / _PLACE_PARAGRAPHS)
    score += short * around
    if passage.text.rstrip(_CLOSERS).endswith(_ASKS):
        score *= _QUESTION
    return score * evidence.factor
