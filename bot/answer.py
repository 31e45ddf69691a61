"""A question to an Answer made only of quotations."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.confidence import Calibration
from bot.conversation import Turn
from bot.quote import Quotation, QuoteFaultError, quote
from bot.sentence import answering_sentence
from corpus.language import detect
from corpus.paragraphs import context
from corpus.store import Library
from corpus.text import has_words, normalise
from index.search import HybridSearcher
from index.terms import fold
from index.types import Encoder, SearchResult, TokenVectors, UnusableError

MOST_CHARACTERS = 1000
"""Of a question that are read; no model makes use of more."""

_CANDIDATES = 12
_NEAREST = 3
_SAME = 90.0
"""Likeness of two texts, 0 to 100, from which they count as copies of one."""

_log = logging.getLogger(__name__)


class NoQuestionError(ValueError):
    """There are no words in what was asked."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """An article that does not answer but comes nearest."""

    title: str
    url: str | None
    published: datetime | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the collection says to a question.

    Attributes:
        question: As asked.
        resolved: As understood and searched.
        quotations: Best first; empty when the collection has no answer.
        confidence: That the first passage answers, 0 to 1, whether it was given or not.
        nearest: Articles that come nearest, when there is no answer.
        generation: Number of the generation it came from.
        cut: Whether only the beginning of the question was read.
    """

    question: str
    resolved: str
    quotations: tuple[Quotation, ...]
    confidence: float
    nearest: tuple[Nearest, ...]
    generation: int
    cut: bool

    @property
    def answered(self) -> bool:
        """Whether there is a quotation."""
        return bool(self.quotations)


@dataclass(frozen=True, slots=True)
class Considered:
    """The best passages for a question, whether they answer it or not.

    Attributes:
        resolved: The question as understood and searched.
        quotations: Best first, each with the sentence that answers if one does.
        confidence: That the first passage answers, 0 to 1.
        nearest: Articles that come nearest.
        cut: Whether only the beginning of the question was read.
    """

    resolved: str
    quotations: tuple[Quotation, ...]
    confidence: float
    nearest: tuple[Nearest, ...]
    cut: bool


class Answerer:
    """Answers from one generation. For one thread.

    Args:
        searcher: Over the generation.
        encoder: For sentences.
        library: Where the articles are stored.
        calibration: Evidence to confidence.
        threshold: Below this confidence a passage is not quoted.
    """

    def __init__(
        self,
        searcher: HybridSearcher,
        encoder: Encoder,
        library: Library,
        calibration: Calibration,
        threshold: float,
    ) -> None:
        self._searcher = searcher
        self._encoder = encoder
        self._library = library
        self._calibration = calibration
        self._threshold = threshold

    def answer(
        self,
        question: str,
        most: int,
        *,
        now: datetime | None = None,
        conversation: Sequence[Turn] = (),
    ) -> Answer:
        """Answer `question` with at most `most` quotations.

        Args:
            question: Any text.
            most: How many quotations at most.
            now: When it is asked, with its zone; None for this moment.
            conversation: What was asked and answered before, oldest first.

        Raises:
            NoQuestionError: It has no words.
            UnusableError: Not one passage found is as the library has it.
        """
        considered = self.consider(question, most, now=now, conversation=conversation)
        sure = considered.confidence >= self._threshold
        quoted = tuple(q for q in considered.quotations if q.confidence >= self._threshold)
        # A passage below the threshold in first place means silence, whatever comes after it.
        return Answer(
            question=question,
            resolved=considered.resolved,
            quotations=quoted if sure else (),
            confidence=considered.confidence,
            nearest=() if sure else considered.nearest,
            generation=self._searcher.generation.manifest.number,
            cut=considered.cut,
        )

    def consider(
        self,
        question: str,
        most: int,
        *,
        now: datetime | None = None,  # noqa: ARG002
        conversation: Sequence[Turn] = (),  # noqa: ARG002
    ) -> Considered:
        """Return the best passages for `question` before it is decided whether they answer.

        The arguments and errors are those of `answer`.
        """
        asked, was_cut = _cleaned(question)
        languages = self._searcher.generation.manifest.languages
        language = detect(asked, among=languages)
        form = self._searcher.form(asked, language)
        found = self._searcher.search([form], max(_CANDIDATES, 3 * most))
        tokens = self._encoder.encode_tokens(asked, query=True)
        groups = _collapsed(self._checked(found))
        if found and not groups:
            raise UnusableError("the library holds none of the indexed texts: run `verbatim index`")
        return Considered(
            resolved=asked,
            quotations=tuple(self._marked(g, tokens) for g in groups[:most]),
            confidence=groups[0].first.confidence if groups else 0.0,
            nearest=_nearest(g.first for g in groups),
            cut=was_cut,
        )

    def _checked(self, found: Iterable[SearchResult]) -> Iterator[Quotation]:
        """Quotations of the results, all but those that break the contract."""
        for result in found:
            article = self._library.version(result.passage.article_digest)
            try:
                yield quote(result.passage, article, self._calibration.confidence(result.evidence))
            except QuoteFaultError as fault:
                _log.error("not quoted: %s", fault)

    def _marked(self, group: "_Group", question: TokenVectors) -> Quotation:
        first = group.first
        found = answering_sentence(
            first.text,
            first.article.language,
            context(first.article, first.passage.paragraph),
            question,
            self._encoder.encode_tokens,
        )
        return first.marked(found.span, tuple(dict.fromkeys(group.also_in)))


class _Group(NamedTuple):
    """A quotation and where else the same text stands."""

    first: Quotation
    also_in: list[str]


def _cleaned(question: str) -> tuple[str, bool]:
    asked = normalise(question)
    if not has_words(asked):
        raise NoQuestionError("there are no words in the question: ask in words")
    if len(asked) <= MOST_CHARACTERS:
        return asked, False
    head = asked[:MOST_CHARACTERS]
    return (head.rsplit(" ", 1)[0] if " " in head else head), True


def _collapsed(quotations: Iterable[Quotation]) -> list[_Group]:
    """Drop quotations that repeat one before them; an address elsewhere is kept as also-in."""
    kept: list[tuple[_Group, str]] = []
    for quotation in quotations:
        text = fold(quotation.text, quotation.article.language)
        twin = next((g for g, known in kept if fuzz.ratio(text, known) >= _SAME), None)
        url = quotation.article.url
        if twin is None:
            kept.append((_Group(quotation, []), text))
        elif url and url != twin.first.article.url:
            twin.also_in.append(url)
    return [group for group, _ in kept]


def _nearest(quotations: Iterable[Quotation]) -> tuple[Nearest, ...]:
    articles = {q.article.id: q.article for q in quotations}
    return tuple(
        Nearest(a.title, a.url, a.published, a.source) for a in list(articles.values())[:_NEAREST]
    )
