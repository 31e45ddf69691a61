"""Where articles say who somebody or what something is."""

import re
from collections.abc import Callable, Collection
from datetime import datetime

from bot.conversation import Quoted
from bot.introducing import (
    ENOUGH,
    ENOUGH_OF_THING,
    definition,
    introduction,
    is_acronym,
    is_name,
)
from bot.quote import Quotation
from bot.reading import Reader
from bot.understanding import Introduced
from corpus.paragraphs import sentences
from index.search import HybridSearcher
from index.types import SearchResult

_SURE = 0.6
"""Confidence of such a sentence: more likely right than wrong, yet a question that was put to
nobody is not answered with it."""

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

_Telling = Callable[[str, str, str], float]


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
        self, asked: Introduced, language: str, passed: Collection[Quoted]
    ) -> list[Quotation]:
        """Quote where articles introduce somebody or something, the best sentence first.

        Args:
            asked: Whom or what.
            language: ISO 639-1 code of the language whose stemming the name gets.
            passed: What is not wanted again.
        """
        telling, least = (
            (introduction, ENOUGH) if asked.is_person else (definition, ENOUGH_OF_THING)
        )
        scored = [
            (_best(one.passage.text, telling, asked.name, language)[0], one)
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
            says, span = _best(one.quotation.text, telling, asked.name, article.language)
            says -= _AGEING * _years(article.published, newest)
            told.append((says, one.quotation.judged(span, _SURE, tuple(one.also_in))))
        return [quotation for _, quotation in sorted(told, key=lambda pair: -pair[0])]

    def _candidates(self, asked: Introduced, language: str) -> list[SearchResult]:
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


def _best(text: str, telling: _Telling, name: str, language: str) -> tuple[float, tuple[int, int]]:
    """How much a passage says of somebody or something, and the span of the sentence that does."""
    spans = sentences(text, language)
    scores = [telling(text[start:end], name, language) for start, end in spans]
    best = max(scores, default=0.0)
    return (best, spans[scores.index(best)]) if spans else (0.0, (0, len(text)))


def _years(day: datetime | None, newest: datetime | None) -> float:
    return (newest - day).days / _YEAR if newest and day else 0.0
