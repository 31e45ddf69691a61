"""Where articles say who somebody or what something is, or who holds an office."""

import re
from collections.abc import Callable, Collection
from datetime import datetime

from bot.conversation import Quoted
from bot.introducing import (
    CERTAIN_OF_OFFICE,
    ENOUGH,
    ENOUGH_OF_OFFICE,
    ENOUGH_OF_THING,
    definition,
    holding,
    introduction,
    is_acronym,
    is_name,
    is_of,
)
from bot.quote import Quotation
from bot.reading import Reader
from bot.understanding import Introduced, Office
from corpus.paragraphs import sentences
from corpus.types import Passage
from index.search import HybridSearcher
from index.types import SearchResult

_SURE = 0.6
"""Confidence of such a sentence: more likely right than wrong, yet a question that was put to
nobody is not answered with it."""

_LIKELY = 0.3
"""The same where only the article says of which place it is."""

_NAMING = 200
"""Passages with a name in which its introduction is looked for, the newest."""

_LIKE = 10
"""Times as many are looked through for letters that may be a word, too."""

_SPELLING = 60
"""Passages in which is looked for what letters stand for."""

_BEGINNING = 3
"""Of the passages of an article with the letters, too."""

_READ = 12

_AGEING = 1.0
_YEAR = 365.25
"""What somebody is changes: a year outweighs what a first name counts."""

_Telling = Callable[[str, Passage, str], float]


class Introducer:
    """Finds introductions. For one thread.

    Args:
        searcher: Over the generation.
        reader: Quotes what was found.
    """

    def __init__(self, searcher: HybridSearcher, reader: Reader) -> None:
        self._searcher = searcher
        self._reader = reader

    def introduce(
        self, asked: Introduced | Office, language: str, passed: Collection[Quoted]
    ) -> list[Quotation]:
        """Quote where articles introduce somebody or something, the best sentence first.

        Args:
            asked: Whom or what, or the holder of which office.
            language: ISO 639-1 code of the language whose stemming the words get.
            passed: What is not wanted again.
        """
        telling, least = self._telling(asked)
        scored = [
            (_best(one.passage, telling, language)[0], one)
            for one in self._candidates(asked, language)
        ]
        enough = sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: -pair[0])
        found = self._reader.quoted([one for _, one in enough[:_READ]])
        newest = max(
            (day for one in found if (day := one.quotation.article.published)), default=None
        )
        told = []
        for one in found:
            if one.places.intersection(passed):
                continue
            article = one.quotation.article
            says, span = _best(one.quotation.passage, telling, article.language)
            # An article on Greece may tell of the president of France.
            is_sure = not isinstance(asked, Office) or says >= CERTAIN_OF_OFFICE
            sure = _SURE if is_sure else _LIKELY
            says -= _AGEING * _years(article.published, newest)
            told.append((says, one.quotation.judged(span, sure, tuple(one.also_in))))
        return [quotation for _, quotation in sorted(told, key=lambda pair: -pair[0])]

    def _telling(self, asked: Introduced | Office) -> tuple[_Telling, float]:
        """How much a sentence of a passage says, and from how much on it says enough."""
        if isinstance(asked, Office):
            lead = self._searcher.generation.lead

            def holds(sentence: str, passage: Passage, language: str) -> float:
                return holding(sentence, asked, language, lambda: lead(passage.article_id))

            return holds, ENOUGH_OF_OFFICE
        telling, least = (
            (introduction, ENOUGH) if asked.is_person else (definition, ENOUGH_OF_THING)
        )

        def introduces(sentence: str, _: Passage, language: str) -> float:
            return telling(sentence, asked.name, language)

        return introduces, least

    def _candidates(self, asked: Introduced | Office, language: str) -> list[SearchResult]:
        if isinstance(asked, Office):
            holding = self._searcher.naming(asked.title, language, _LIKE * _NAMING)
            # There are many presidents.
            at_hand = {one.passage: is_of(asked, one.passage.text, language) for one in holding}
            near = [one for one in holding if at_hand[one.passage]]
            others = [one for one in holding if not at_hand[one.passage]]
            return [*near[:_NAMING], *others[:_SPELLING]]
        name = asked.name
        if not asked.is_person and is_acronym(name):
            # "WHO" is a rare one of those that hold "who".
            letters = re.compile(rf"\b{name}\b")
            named = self._searcher.naming(name, language, _LIKE * _NAMING)
            holding = [one for one in named if letters.search(one.passage.text)][:_NAMING]
            # Where it is spelt out, the letters often do not stand.
            found = self._searcher.search([self._searcher.form(name, language)], _SPELLING)
            articles = dict.fromkeys(one.passage.article_id for one in holding)
            begun = self._searcher.beginnings(list(articles)[:_SPELLING], _BEGINNING)
            return list({one.passage: one for one in (*found, *begun, *holding)}.values())
        holding = self._searcher.naming(name, language, _NAMING)
        texts = (one.passage.text for one in holding)
        return holding if is_name(name, texts, language) else []


def _best(passage: Passage, telling: _Telling, language: str) -> tuple[float, tuple[int, int]]:
    """How much a passage says, and the span of the sentence that does."""
    text = passage.text
    spans = sentences(text, language)
    scores = [telling(text[start:end], passage, language) for start, end in spans]
    best = max(scores, default=0.0)
    return (best, spans[scores.index(best)]) if spans else (0.0, (0, len(text)))


def _years(day: datetime | None, newest: datetime | None) -> float:
    return (newest - day).days / _YEAR if newest and day else 0.0
