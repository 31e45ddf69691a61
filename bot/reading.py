"""The passages found, read closely: copies together, the answering sentence, how sure it is."""

import logging
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from typing import NamedTuple

from bot.confidence import Calibration, Signs
from bot.conversation import Quoted, Told, Wording
from bot.copies import has_copy, is_copy
from bot.correcting import withdrawn
from bot.judging import Judge, answers, rank_weight
from bot.quote import Elsewhere, Quotation, QuoteFaultError, quote
from bot.sentence import answering_sentence
from corpus.paragraphs import context, sentences
from corpus.store import Library
from corpus.types import Article
from index.across import Across, stretched
from index.preference import ARCHIVE
from index.rerank import COVERAGE_WEIGHT, EXPECTED_COVERAGE, LEAD_WEIGHT
from index.search import Near
from index.terms import fold
from index.types import CrossEncoder, Judgement, SearchResult, TokenVectors

LIKENESS_WEIGHT = 0.7
"""Of the answering sentence's likeness beside the search's score. xquad hit@1 96.5 -> 98, inscit
65.9 -> 67, news and clapnq level; flat between 0.5 and 1."""

ACROSS_WEIGHT = 2.0
"""Of it in addition, where a passage in another language is among those read: words that are not
shared do not tell which are meant. Chosen on XQuAD's questions in es, tr and zh; flat to 4."""

_COVERAGE_SLOPE = 1.5
_COVERAGE_FROM = 0.15
"""What a passage of a likeness covers of the question's terms: a line through the best six passages
of the training sets' questions (correlation 0.75). Taken where words cannot be shared, and the
other way round where only words are to be relied on."""

_IN_PAIRS = frozenset({"zh", "ja", "th", "lo", "my", "km"})
_PAIRS = 1.6
"""What coverage is multiplied by where terms are pairs of characters, of which those across two
words are rarely found again. On half of XQuAD's Chinese questions nine in ten right passages then
cover as much of the question as in Russian."""

_EMPTY_OFF = 10.0
_EMPTY_SHARE = 0.1
"""Off the score of a passage that says nothing, which is more than anything is worth, and what is
left of its confidence: a quiz's is most like the question and answers none."""

_ASKS = re.compile(r"[?？؟]['\"”’»)\]\s]*$")
_DATELINE = re.compile(r"\s*(?:\S+\s+){1,6}[-–—]\s*")

TOLD_WORDS = 40
"""Of the sentence that was marked before, its last ones stand before a question that leans on it:
as many as our own cross-encoder has learned from."""

_KEPT = 400
"""Passages whose tokens are kept, at about 100 kB each."""

_log = logging.getLogger(__name__)


class Found(NamedTuple):
    """A quotation and the result it was made of.

    Attributes:
        quotation: What is quoted.
        result: What it was made of.
        also_in: Other articles in which the same text stands.
        places: Where it was found, itself among them.
    """

    quotation: Quotation
    result: SearchResult
    also_in: list[Elsewhere]
    places: set[Quoted]


class Read(NamedTuple):
    """A quotation marked and judged, and the score for its final rank."""

    quotation: Quotation
    score: float


class Reading(NamedTuple):
    """What was read.

    Attributes:
        passages: In the order given.
        is_hasty: Whether the cross-encoder was left out for want of time.
    """

    passages: list[Read]
    is_hasty: bool


class Question(NamedTuple):
    """A question as it is read with passages.

    Attributes:
        tokens: Of each wording that is read, with its share, the fullest last.
        whole: What a cross-encoder reads: the wording that says the most, with what it leans on.
        language: In which it is asked, ISO 639-1.
    """

    tokens: Sequence[tuple[TokenVectors, float]]
    whole: str
    language: str


class Reader:
    """Reads passages. For one thread.

    Attributes:
        short: How much the collection's passages need their articles.

    Args:
        across: Makes vectors of the words of questions and passages.
        library: Where the articles are stored.
        calibration: Signs to confidence.
        short: How much the collection's passages need their articles (`index.rerank.brevity`).
        cross_encoder: Reads question and passage together; None does without.
        threads: On which passages are read; 0 takes one for each core.
        clock: Seconds, on which deadlines are given.
    """

    def __init__(
        self,
        across: Across,
        library: Library,
        calibration: Calibration,
        short: float,
        cross_encoder: CrossEncoder | None = None,
        threads: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._threads = threads or os.cpu_count() or 1
        self._across = across
        # Follow-ups and popular questions read the same passages again and again.
        self._tokens = lru_cache(_KEPT)(across.tokens)
        self._library = library
        self._calibration = calibration
        self.short = short
        self._judge = Judge(cross_encoder, clock)

    def quoted(self, results: Iterable[SearchResult]) -> list[Found]:
        """Quote the results, each text once, but for those that break the quote contract."""
        kept: list[tuple[Found, str]] = []
        for quotation, result in self._checked(results):
            language = quotation.article.language
            text = fold(quotation.text, language)
            twin = next((f for f, known in kept if is_copy(text, known, language)), None)
            if twin is None:
                kept.append((Found(quotation, result, [], {Quoted.of(quotation.passage)}), text))
                continue
            twin.places.add(Quoted.of(quotation.passage))
            _add(twin, quotation.article)
        for found, text in kept:
            self._add_copies(found, text)
        return [found for found, _ in kept]

    def _add_copies(self, found: Found, text: str) -> None:
        """Add the article's known copies that have the quoted words as well."""
        for digest in self._library.copies.of(found.quotation.passage.article_digest):
            other = self._library.version(digest)
            if other and _holds(other, text):
                _add(found, other)

    def _checked(self, results: Iterable[SearchResult]) -> Iterator[tuple[Quotation, SearchResult]]:
        for result in results:
            article = self._library.version(result.passage.article_digest)
            try:
                yield quote(result.passage, article), result
            except QuoteFaultError as fault:
                _log.error("not quoted: %s", fault)

    def question(
        self, wordings: Sequence[Wording], language: str, told: Told | None = None
    ) -> Question:
        """Prepare a question for reading.

        Args:
            wordings: Of it, the fullest last. One with a context is read alone, and of it the words
                after the context: they know from it what they are about, and do not look for it.
            language: In which it is asked, ISO 639-1.
            told: Where the sentence stands that was marked before, if the question leans on it.
        """
        fullest = wordings[-1]
        if fullest.context:
            wordings = [fullest._replace(weight=1.0)]
        tokens = [(self._words(one, language), one.weight) for one in wordings]
        parts = (fullest.context, " ".join(self._told(told).split()[-TOLD_WORDS:]), fullest.text)
        return Question(tokens, " ".join(part for part in parts if part), language)

    def _told(self, told: Told | None) -> str:
        """The words at a place, or none if they are no longer kept."""
        if told is None:
            return ""
        article = self._library.article(told.place.article_id)
        if article is None or told.place.paragraph >= len(article.paragraphs):
            return ""
        return article.paragraphs[told.place.paragraph][slice(*told.span)]

    def judges(self, language: str) -> bool:
        """Say whether a cross-encoder reads passages in a language, ISO 639-1."""
        return self._judge.knows(language)

    def title(self, article_id: str) -> str | None:
        """Return the title of an article, or None if it is no longer kept."""
        article = self._library.article(article_id)
        return article.title if article else None

    def _words(self, wording: Wording, language: str) -> TokenVectors:
        return own_words(wording, partial(self._across.tokens, language=language, query=True))

    def read_all(
        self,
        found: Sequence[Found],
        question: Question,
        near: Near | None = None,
        deadline: float | None = None,
    ) -> Reading:
        """Read several at once, the first of them closely (`bot.judging`).

        Args:
            found: The quotations.
            question: As `question` gives it.
            near: Where the conversation is, if the question leans on it.
            deadline: On the clock, from which the cross-encoder reads no further passage.
        """
        # The models let go of Python while they compute.
        with ThreadPoolExecutor(self._threads) as pool:
            judged = self._judge.judged(
                [one.quotation for one in found], question.whole, question.language, deadline, pool
            )
            across = max((one.result.evidence.missing for one in found), default=0.0)

            def read(place: int) -> Read:
                judgement, rank = judged.judgements.get(place), judged.ranks[place]
                return self._read(found[place], question, near, judgement, rank, across)

            passages = list(pool.map(read, range(len(found))))
        return Reading(passages, judged.is_hasty)

    def _read(
        self,
        found: Found,
        question: Question,
        near: Near | None,
        judgement: Judgement | None,
        rank: float,
        across: float,
    ) -> Read:
        """Find the sentence that answers, and judge how surely it does.

        `rank` is how far the cross-encoder has it above the others. `across` is the
        greatest share of the question's terms that any of the passages misses for being in another
        language.
        """
        quotation, evidence = found.quotation, found.result.evidence
        language = quotation.article.language
        sentence = answering_sentence(
            quotation.text,
            language,
            context(quotation.article, quotation.passage.paragraph),
            question.tokens,
            partial(self._tokens, language=language),
            judgement,
            withdrawn=withdrawn(quotation.article.title, quotation.text, language, question.whole),
        )
        stretch = self._across.stretch(question.language, language)
        likeness = stretched(sentence.likeness, stretch)
        fullest = stretched(sentence.fullest, stretch)
        company = found.result.company
        coverage = evidence.coverage
        if evidence.is_by_words:
            coverage = min(coverage * _PAIRS if language in _IN_PAIRS else coverage, 1.0)
            likeness = fullest = _expected_likeness(coverage)
            company = self._calibration.usual_company
        covered = evidence.missing * _expected(fullest)
        signs = Signs.of(found.result, fullest, self.short)._replace(
            coverage=coverage + covered,
            lead=self.short * (evidence.lead + covered),
            company=self.short * company,
        )
        is_near = near is not None and near.article_id == quotation.article.id
        confidence = self._calibration.confidence(
            signs,
            is_near=is_near,
            going=near and near.going,
            factor=evidence.factor,
            by_words=evidence.is_by_words,
            answers=answers(judgement, question.whole, quotation),
        )
        own = (LIKENESS_WEIGHT + ACROSS_WEIGHT * across) * likeness
        words = COVERAGE_WEIGHT + self.short * LEAD_WEIGHT
        own += words * evidence.missing * (_expected(likeness) - EXPECTED_COVERAGE)
        score = found.result.score + own * evidence.factor
        # Its mere age takes nothing off what is read of a passage.
        weight = rank_weight(self.short, is_leaning=near is not None)
        score += weight * rank * min(evidence.factor / ARCHIVE, 1.0)
        is_read_on = near is not None and near.going in ("on", "again")
        if not is_read_on and says_nothing(quotation.text, language):
            score, confidence = score - _EMPTY_OFF, confidence * _EMPTY_SHARE
        also_in = tuple(found.also_in)
        marked = quotation.judged(sentence.span, confidence, also_in, sentence.words)
        return Read(marked, score)


def says_nothing(text: str, language: str) -> bool:
    """Say whether a text is a dateline without its news, or all its sentences are questions.

    Args:
        text: Of a passage.
        language: ISO 639-1.
    """
    if _DATELINE.fullmatch(text):
        return True
    if _ASKS.search(text) is None:
        # Of nearly all texts, without looking for their sentences.
        return False
    return all(_ASKS.search(text[start:end]) for start, end in sentences(text, language))


def own_words(wording: Wording, encode: Callable[[str], TokenVectors]) -> TokenVectors:
    """Return the tokens of what is asked, read behind its context.

    Args:
        wording: Of a question.
        encode: A question to the vectors of its tokens.
    """
    found = encode(wording.whole)
    own = found.spans[:, 0] >= len(wording.whole) - len(wording.text)
    if own.any():
        return TokenVectors(found.vectors[own], found.spans[own])
    # The context alone is longer than what the model reads.
    return encode(wording.text)


def _expected(likeness: float) -> float:
    """Share of the question's terms that a passage of this likeness holds."""
    return min(max(_COVERAGE_SLOPE * (likeness - _COVERAGE_FROM), 0.0), 1.0)


def _expected_likeness(coverage: float) -> float:
    """Likeness of a passage that covers so much of the question: the same line, backwards."""
    return _COVERAGE_FROM + coverage / _COVERAGE_SLOPE


def _holds(article: Article, text: str) -> bool:
    """Whether an article has a folded text or a copy of it."""
    language = article.language
    folded = (fold(one, language) for one in article.paragraphs)
    return any(has_copy(one, text, language) for one in folded)


def _add(found: Found, other: Article) -> None:
    """Add an article with the same text, if it has an address that is not known yet."""
    known = {found.quotation.article.url, *(one.url for one in found.also_in)}
    if other.url and other.url not in known:
        found.also_in.append(Elsewhere(other.url, other.source))
