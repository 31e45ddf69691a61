"""The passages found, read closely: copies together, the answering sentence, how sure it is."""

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.confidence import Calibration, Signs
from bot.quote import Quotation, QuoteFaultError, quote
from bot.sentence import answering_sentence
from corpus.paragraphs import context
from corpus.store import Library
from index.search import Near
from index.terms import fold
from index.types import Encoder, SearchResult, TokenVectors

LIKENESS_WEIGHT = 0.7
"""Of the answering sentence's likeness beside the search's score. xquad hit@1 96.5 -> 98, inscit
65.9 -> 67, news and clapnq level; flat between 0.5 and 1."""

_SAME = 90.0
"""Likeness of two texts, 0 to 100, from which they count as copies of one."""

_KEPT = 400
"""Passages whose tokens are kept, at about 100 kB each."""

_log = logging.getLogger(__name__)


class Found(NamedTuple):
    """A quotation, the result it was made of, and where else the same text stands."""

    quotation: Quotation
    result: SearchResult
    also_in: list[str]


class Read(NamedTuple):
    """A quotation marked and judged, and the score for its final rank."""

    quotation: Quotation
    score: float


class Reader:
    """Reads passages. For one thread.

    Args:
        encoder: For the words of questions and passages.
        library: Where the articles are stored.
        calibration: Signs to confidence.
        short: How much the collection's passages need their articles (`index.rerank.brevity`).
        threads: On which passages are read; 0 takes one for each core.
    """

    def __init__(
        self,
        encoder: Encoder,
        library: Library,
        calibration: Calibration,
        short: float,
        threads: int = 0,
    ) -> None:
        self._threads = threads or os.cpu_count() or 1
        self._encoder = encoder
        # Follow-ups and popular questions read the same passages again and again.
        self._tokens = lru_cache(_KEPT)(encoder.encode_tokens)
        self._library = library
        self._calibration = calibration
        self._short = short

    def quoted(self, results: Iterable[SearchResult]) -> list[Found]:
        """Quote the results, each text once, but for those that break the quote contract."""
        kept: list[tuple[Found, str]] = []
        for quotation, result in self._checked(results):
            text = fold(quotation.text, quotation.article.language)
            twin = next((f for f, known in kept if fuzz.ratio(text, known) >= _SAME), None)
            url = quotation.article.url
            if twin is None:
                kept.append((Found(quotation, result, []), text))
            elif url and url != twin.quotation.article.url and url not in twin.also_in:
                twin.also_in.append(url)
        return [found for found, _ in kept]

    def _checked(self, results: Iterable[SearchResult]) -> Iterator[tuple[Quotation, SearchResult]]:
        for result in results:
            article = self._library.version(result.passage.article_digest)
            try:
                yield quote(result.passage, article), result
            except QuoteFaultError as fault:
                _log.error("not quoted: %s", fault)

    def question(self, wordings: Iterable[tuple[str, float]]) -> list[tuple[TokenVectors, float]]:
        """Return each wording's tokens with the wording's share."""
        return [(self._encoder.encode_tokens(text, query=True), share) for text, share in wordings]

    def read_all(
        self,
        found: Sequence[Found],
        question: Sequence[tuple[TokenVectors, float]],
        near: Near | None = None,
    ) -> list[Read]:
        """Read several at once; see `read`. The model lets go of Python while it computes."""
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(lambda one: self.read(one, question, near), found))

    def read(
        self,
        found: Found,
        question: Sequence[tuple[TokenVectors, float]],
        near: Near | None = None,
    ) -> Read:
        """Find the sentence that answers, and judge how surely it does.

        Args:
            found: The quotation.
            question: As `question` gives it.
            near: Where the conversation is, if the question leans on it.
        """
        quotation, evidence = found.quotation, found.result.evidence
        sentence = answering_sentence(
            quotation.text,
            quotation.article.language,
            context(quotation.article, quotation.passage.paragraph),
            question,
            self._tokens,
        )
        signs = Signs(
            evidence.cosine, evidence.coverage, self._short * evidence.lead, sentence.fullest
        )
        is_near = near is not None and near.article_id == quotation.article.id
        confidence = self._calibration.confidence(signs, is_near=is_near)
        score = found.result.score + LIKENESS_WEIGHT * sentence.likeness * evidence.factor
        marked = quotation.judged(sentence.span, confidence, tuple(found.also_in))
        return Read(marked, score)
