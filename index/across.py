"""Questions in another language than the passages, on the scale of those in the same language.

What a model makes of a text also says in which language that is. Between two languages likeness is
therefore lower than within one, and in models such as those of the e5 family all token vectors have
most of their direction in common. Both are measured on plain sentences and their translations
(`index.languages`), and taken out.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from index.languages import ENGLISH, SENTENCES, understands
from index.types import Encoder, TokenVectors, Vectors

_COMMON = 0.65
"""Length of the mean token vector, from which on it says more than the rest of the vector: 0.32 for
MiniLM, above 0.8 for the e5 family."""

_MOST = 3.0
_UNRELATED = 0.25
"""Likeness of a question to the likest sentence of a paragraph on something else."""


class Stretch(NamedTuple):
    """By how much likeness falls short between two languages: what it is to be multiplied by.

    Attributes:
        cosine: Of question and passage, above the floor (`index.scale`).
        likeness: Of a question's words to a sentence's (`bot.sentence`), above that of unrelated.
        gap: By how much lower the floor is.
    """

    cosine: float
    likeness: float
    gap: float = 0.0


class Across:
    """One scale for all languages that a model understands. For one thread, but for `tokens`.

    Args:
        encoder: The model.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._centre = lru_cache(maxsize=None)(self._made_centre)
        self._likenesses = lru_cache(maxsize=None)(self._made_likenesses)
        self._stretch = lru_cache(maxsize=None)(self._made_stretch)
        self._understands = lru_cache(maxsize=None)(self._tried)

    def tokens(self, text: str, language: str, *, query: bool = False) -> TokenVectors:
        """Return the vectors of a text's tokens without what all texts of the language share.

        Args:
            text: Of a passage or a question.
            language: ISO 639-1.
            query: Whether it is a question.
        """
        made = self._encoder.encode_tokens(text, query=query)
        centre = self.centre(language, query=query)
        return made if centre is None else _without(made, centre)

    def centre(self, language: str, *, query: bool) -> Vectors | None:
        """Return what the tokens of a language share, shape (dimension,), or None for little."""
        if not self._is_common():
            return None
        return self._centre(language if language in SENTENCES else None, query)

    def stretch(self, question: str, passage: str) -> Stretch | None:
        """Return how likeness falls short between the languages of a question and a passage.

        Args:
            question: ISO 639-1.
            passage: Likewise.

        Returns:
            None where nothing is to be made up for: the languages are one, or the model does not
            understand both of them.
        """
        if question == passage or not (self._understands(question) and self._understands(passage)):
            return None
        return self._stretch(question, passage)

    def understands(self, language: str) -> bool:
        """Say whether likeness means anything in a language, ISO 639-1; in "und" it may."""
        return language == "und" or self._understands(language)

    def _is_common(self) -> bool:
        return float(np.linalg.norm(self._centre(ENGLISH, query=False))) > _COMMON

    def _tried(self, language: str) -> bool:
        """Whether the model understands a language; of one that cannot be tried, Russian's say."""
        found = understands(self._encoder, language if language in SENTENCES else "ru")
        return bool(found) and language != "und"

    def _made_centre(self, language: str | None, query: bool) -> Vectors:
        if language is None:
            centres = [self._centre(name, query) for name in SENTENCES]
            return np.asarray(np.mean(centres, axis=0), np.float32)
        made = [self._encoder.encode_tokens(s, query=query).vectors for s in SENTENCES[language]]
        return np.asarray(np.concatenate(made).mean(axis=0), np.float32)

    def _made_stretch(self, question: str, passage: str) -> Stretch:
        known = [name for name in SENTENCES if name not in {question, passage}]
        # A language without sentences here is taken for the mean of the others.
        asked = [question] if question in SENTENCES else known
        read = [passage] if passage in SENTENCES else known
        pairs = [(q, p) for q in asked for p in read if q != p]
        within = np.mean([self._likenesses(p, p) for p in read], axis=0)
        between = np.mean([self._likenesses(q, p) for q, p in pairs], axis=0)
        cosine, likeness, _ = np.clip(within / np.maximum(between, 1e-6), 1.0, _MOST).tolist()
        own = np.mean([self._likenesses(q, q) for q in asked], axis=0)
        gap = (within[2] + own[2]) / 2 - between[2]
        return Stretch(cosine, likeness, max(float(gap), 0.0))

    def _made_likenesses(self, question: str, passage: str) -> tuple[float, float, float]:
        """How much liker sentences are to their translations than to others: cosine, tokens.

        The last is the cosine of others.
        """
        asked, read = SENTENCES[question], SENTENCES[passage]
        cosines = self._encoder.encode_queries(asked) @ self._encoder.encode_passages(read).T
        words = [self.tokens(text, question, query=True).vectors for text in asked]
        others = [self.tokens(text, passage).vectors for text in read]
        likest = np.array([[(w @ o.T).max(axis=1).mean() for o in others] for w in words])
        others_cosine = float(cosines[~np.eye(len(cosines), dtype=bool)].mean())
        return _contrast(cosines), _contrast(likest), others_cosine


def stretched(likeness: float, stretch: Stretch | None) -> float:
    """Return likeness of words as it would be within one language."""
    return likeness if stretch is None else _UNRELATED + stretch.likeness * (likeness - _UNRELATED)


def _contrast(square: Vectors) -> float:
    same = np.eye(len(square), dtype=bool)
    return float(square[same].mean() - square[~same].mean())


def _without(made: TokenVectors, centre: Vectors) -> TokenVectors:
    vectors = made.vectors - centre
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return TokenVectors(vectors / np.maximum(norms, 1e-9), made.spans)
