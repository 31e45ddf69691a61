"""Which sentence of a passage answers the question, and which words in it."""

from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.paragraphs import sentences
from index.types import Judgement, TokenVectors

PLACE_WEIGHT = 0.12
"""Of the chance that the answer stands in a sentence, beside its likeness."""

_MOST_WORDS = 30
"""Tokens of an answer; what is longer is no phrase to point at."""


class Marked(NamedTuple):
    """The sentence that answers best.

    Attributes:
        span: Of it in the passage.
        words: Span in the passage of the words in it that answer, or None if that is not clear.
        likeness: Of the question's words to their likest words in the likest sentence, as cosine,
            about 0.2 to 0.9; all wordings by their shares.
        fullest: That of the last wording alone, which says the most.
    """

    span: tuple[int, int]
    words: tuple[int, int] | None
    likeness: float
    fullest: float


def answering_sentence(
    text: str,
    language: str,
    context: str,
    question: Sequence[tuple[TokenVectors, float]],
    encode: Callable[[str], TokenVectors],
    judgement: Judgement | None = None,
    place_weight: float = PLACE_WEIGHT,
    withdrawn: Container[tuple[int, int]] = (),
) -> Marked:
    """Find the sentence of `text` that best answers.

    The passage is read as a whole, below its title, so that "he" in a sentence is known from the
    one before; each word of the question then looks for its likest word in each sentence: late
    interaction (Khattab and Zaharia, 2020, "ColBERT") within one passage. Right on xquad 84.9 %,
    clapnq 75.0 %; by cosine and shared words of single sentences 81.4 and 72.3 %.

    Args:
        text: Of a quotation.
        language: The article's, ISO 639-1.
        context: What the model reads before it, such as its title.
        question: Vectors of its tokens, for each of its wordings with the wording's share, the
            fullest wording last.
        encode: A text to vectors of its tokens.
        judgement: What a cross-encoder says of the passage.
        place_weight: Of the chance that the answer stands in a sentence, beside its likeness.
        withdrawn: Spans of sentences that must not be marked; not all of them.
    """
    spans = sentences(text, language) or [(0, len(text))]
    head = f"{context}\n"
    found = encode(head + text)
    starts, ends = (found.spans - len(head)).T
    likeness = np.zeros((len(question), len(spans)))
    for row, (tokens, _) in enumerate(question):
        similar = tokens.vectors @ found.vectors.T
        whole = max(float(np.linalg.norm(tokens.vectors, axis=1).sum()), 1e-9)
        for column, (start, end) in enumerate(spans):
            within = similar[:, (starts >= start) & (ends <= end)]
            # Mean over the question's tokens, each as it counts, of the cosine with the likest.
            likeness[row, column] = within.max(axis=1).sum() / whole if within.size else 0.0
    scores = np.array([share for _, share in question]) @ likeness
    likest = int(np.argmax(scores))
    allowed = np.array([0.0 if span not in withdrawn else -np.inf for span in spans])
    best, words = int(np.argmax(scores + allowed)), None
    if judgement is not None:
        best = int(np.argmax(scores + place_weight * _chances(judgement, spans) + allowed))
        words = _words(judgement, spans[best])
    # Passages are ordered, and answers given or not, as without a cross-encoder.
    return Marked(spans[best], words, float(scores[likest]), float(likeness[-1, likest]))


def _chances(judgement: Judgement, spans: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Probability of each span that the answer stands in it, if it stands anywhere."""
    chances = (judgement.starts + judgement.ends) / 2
    within = [chances[_inside(judgement, span)].sum() for span in spans]
    return np.array(within, np.float64) / max(float(chances.sum()), 1e-9)


def _words(judgement: Judgement, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """The likeliest start and end, if they agree on a phrase in the sentence.

    None where the passage does not answer at all, as the cross-encoder has it.
    """
    if not judgement.starts.size or (judgement.answers is not None and judgement.answers <= 0):
        return None
    first, last = int(judgement.starts.argmax()), int(judgement.ends.argmax())
    start, end = int(judgement.spans[first, 0]), int(judgement.spans[last, 1])
    agree = first <= last < first + _MOST_WORDS
    return (start, end) if agree and sentence[0] <= start < end <= sentence[1] else None


def _inside(judgement: Judgement, span: tuple[int, int]) -> NDArray[np.bool_]:
    starts, ends = judgement.spans.T
    inside: NDArray[np.bool_] = (starts >= span[0]) & (ends <= span[1])
    return inside
