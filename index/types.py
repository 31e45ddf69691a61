"""The contracts of the index: what an encoder is, and what a search returns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage

Vectors = NDArray[np.float32]
"""Embeddings, one a row, each of length 1: inner product is cosine."""

Progress = Callable[[str, int, int], None]
"""Told (what is being done, how many done, how many in all) while something long goes on."""


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


class TokenVectors(NamedTuple):
    """What a model makes of each token of a text, in the light of the whole text.

    Attributes:
        vectors: Shape (tokens, dimension), each of length 1; of a question, as long as the token
            counts.
        spans: First character and one past the last of each token in the text, shape (tokens, 2).
    """

    vectors: Vectors
    spans: NDArray[np.int64]


def token_vectors(hidden: Vectors, offsets: Sequence[tuple[int, int]], prefix: int) -> TokenVectors:
    """Keep the tokens of the text itself: no marks, no prefix.

    Args:
        hidden: The model's last hidden states, shape (tokens, dimension).
        offsets: First character and one past the last of each token, prefix included.
        prefix: Length of the prefix in characters.
    """
    spans = np.array(offsets, np.int64).reshape(-1, 2)
    kept = (spans[:, 0] >= prefix) & (spans[:, 1] > spans[:, 0])
    vectors = hidden[kept]
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return TokenVectors(vectors / np.maximum(norms, 1e-9), spans[kept] - prefix)


class Encoder(Protocol):
    """Texts to vectors. Queries and passages apart, since many models treat them differently."""

    @property
    def name(self) -> str:
        """The model, as a person knows it."""

    @property
    def fingerprint(self) -> str:
        """Digest of all that the vectors depend on: weights, prefixes, lengths, normalisation."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def limit(self) -> int:
        """How many tokens of a passage the model reads, its own prefix and marks left out."""

    def count(self, text: str) -> int:
        """How many tokens `text` is, marks left out."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension)."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension); each text's vector is independent of the others."""

    def encode_tokens(self, text: str, *, query: bool = False) -> TokenVectors:
        """Return the vectors and spans of the tokens of one passage, or of one question."""


class Judgement(NamedTuple):
    """What a cross-encoder makes of a passage beside a question.

    Attributes:
        rank: How well it answers; a logit, to be compared with those of the question's others.
        answers: Whether it answers at all; a logit, or None where the model does not say.
        spans: First character and one past the last of each token of the passage, shape
            (tokens, 2); empty where the model does not say where the answer stands.
        starts: Probability that the answer starts at each, shape (tokens,); what is left to 1
            stands for "nowhere".
        ends: Probability that it ends with each, likewise.
    """

    rank: float
    answers: float | None
    spans: NDArray[np.int64]
    starts: NDArray[np.float32]
    ends: NDArray[np.float32]


class CrossEncoder(Protocol):
    """Reads a question with a passage."""

    @property
    def name(self) -> str:
        """The model, as a person knows it."""

    @property
    def fingerprint(self) -> str:
        """Digest of all that the judgements depend on."""

    @property
    def language(self) -> str | None:
        """The only language that it reads, ISO 639-1; None if it may read any."""

    @property
    def ranks(self) -> bool:
        """Whether passages are to be reordered by its ranks, not marked only."""

    def judge(self, question: str, context: str, text: str) -> Judgement:
        """Return what the passage `text`, which stands under `context`, is to the question."""


class Hit(NamedTuple):
    """One row of an index and its score: higher is better, the scale is the index's own."""

    row: int
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a passage was found.

    Attributes:
        cosine: Between question and passage, on a scale where unrelated texts have 0
            (`index.scale`) and which is one for all languages (`index.across`).
        dense_rank: From 1, or None if the dense index did not return it.
        sparse: BM25 score as a share of the best passage's; 0.0 if no word is shared.
        sparse_rank: From 1, or None if the sparse index did not return it.
        coverage: Share of the question's terms that the passage holds (`index.rerank.coverage`).
        lead: Share of them that the beginning of its article holds.
        factor: What its time and outlet count (`index.preference`), 0 to 1.
        missing: Share of the question's terms that say nothing, since passage and question are in
            different languages (`index.rerank.missing`); 0 within one.
        is_by_words: Whether its words alone speak for it, since the model does not understand its
            language; then its cosine is 0.
    """

    cosine: float
    dense_rank: int | None
    sparse: float
    sparse_rank: int | None
    coverage: float
    lead: float
    factor: float
    missing: float = 0.0
    is_by_words: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A passage that was found.

    Attributes:
        passage: The passage.
        score: By which it is ranked (`index.rerank.relevance`).
        rank: From 1.
        evidence: Why it was found.
        company: Likeness to the best ones beside it (`index.company`), on the scale of cosines.
    """

    passage: Passage
    score: float
    rank: int
    evidence: Evidence
    company: float


class UnusableError(Exception):
    """A model or an index cannot be used; the message is one line that names the fix."""
