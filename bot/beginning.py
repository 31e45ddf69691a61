"""How articles begin: those of some days or on a topic, or the one that was found first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation import Resolved
from bot.correcting import withdrawn
from bot.looking import CANDIDATES, Seen
from bot.overview import Span
from bot.quote import Quotation
from bot.reading import Reader
from bot.surveys import begins_with, names, share
from bot.wanted import Wanted
from corpus.paragraphs import sentences
from index.search import HybridSearcher
from index.terms import naming_terms
from index.topic import Topic
from index.types import SearchResult

_OPENING = 0.5
"""Confidence of how an article of the time in question begins: it is what was asked for, yet a
question that was put to nobody is not answered with it."""

_ALL = 0.99
"""Of a topic, by the rarity of its words."""


class Beginner:
    """Quotes how articles begin. For one thread.

    Args:
        searcher: Over the generation.
        reader: Quotes what was found.
    """

    def __init__(self, searcher: HybridSearcher, reader: Reader) -> None:
        self._searcher = searcher
        self._reader = reader

    def begin(self, wanted: Wanted, resolved: Resolved, span: Span) -> Seen:
        """Return how the articles of some days, or on some topic, begin.

        Args:
            wanted: What is looked for.
            resolved: The question as its words have it.
            span: Which days, and which topic.
        """
        most = max(CANDIDATES, 3 * wanted.most) + len(resolved.passed)
        topic = self._topic(wanted, span)
        found: list[SearchResult] = []
        for first, last in span.parts:
            left = most - len(found)
            found += self._searcher.openings(first, last, left, span.outlet, topic) if left else ()
        if not found and not span.is_strict:
            found += self._searcher.openings(None, None, most, span.outlet, topic)
        weights = topic.weights if topic else {}
        if weights:
            found = [self._telling(one, weights, wanted.language) for one in found]
        opened = self._opened(found, resolved, _OPENING, weights)
        # Of a topic that no article is on, something else is looked for.
        is_silent = not opened and topic is None
        newest = self._searcher.openings(None, None, most) if is_silent else ()
        return Seen(resolved, opened, self._opened(newest, resolved), is_hasty=False)

    def _telling(
        self, beginning: SearchResult, topic: Mapping[str, float], language: str
    ) -> SearchResult:
        """Return where an article begins to tell of a topic."""
        article = beginning.passage.article_id
        title = self._reader.title(article) or ""
        if begins_with(beginning.passage.text, title, topic, language):
            return beginning
        all_of_it = self._searcher.beginnings([article], None)
        telling = (one for one in all_of_it if names(one.passage.text, topic, language))
        return next(telling, beginning)

    def from_beginning(self, wanted: Wanted, seen: Seen, topic: str) -> Seen:
        """Return it with the beginning of the article that was found first before all else.

        News begins with what matters: whoever wants a summary gets that, or in a survey of the day
        that with which it begins to tell of the topic.

        Args:
            wanted: What is looked for.
            seen: What was found, which must be something.
            topic: What that is about.
        """
        return self._begun(wanted, seen, self._weights(topic, wanted.language))

    def event(self, wanted: Wanted, seen: Seen, topic: str) -> Seen:
        """Return it so if the article that was found first is on the topic and begins with it.

        What happened to somebody is what that begins with; another article may tell it anywhere.
        The arguments are those of `from_beginning`.
        """
        first, language = seen.best[0], wanted.language
        weights = self._weights(topic, language)
        if not names(first.article.title, weights, language):
            return seen
        begun = self._begun(wanted, seen, weights)
        is_all_on_it = share(first.article.title, weights, language) >= _ALL
        told, found = (share(one.text, weights, language) for one in (begun.best[0], first))
        return begun if is_all_on_it or told >= found else seen

    def _begun(self, wanted: Wanted, seen: Seen, topic: Mapping[str, float]) -> Seen:
        first = seen.best[0]
        (begun,) = self._searcher.beginnings([first.article.id], 1)
        told = self._telling(begun, topic, wanted.language)
        opened = self._opened([told], seen.resolved, first.confidence, topic)
        places = {one.passage for one in opened}
        others = [one for one in seen.best if one.passage not in places]
        return replace(seen, best=[*opened, *others][: max(len(seen.best), wanted.most)])

    def is_on(self, quotation: Quotation, topic: str, language: str) -> bool:
        """Say whether a passage, below its title, names all of a topic.

        Args:
            quotation: Of the passage.
            topic: Words that name it.
            language: Whose stemming they get, ISO 639-1.
        """
        text = f"{quotation.article.title}\n{quotation.text}"
        return share(text, self._weights(topic, language), language) >= _ALL

    def _weights(self, words: str, language: str) -> Mapping[str, float]:
        return self._searcher.generation.weights(naming_terms(words, language))

    def _topic(self, wanted: Wanted, span: Span) -> Topic | None:
        if span.topic is None:
            return None
        topic = self._searcher.topic(span.topic, wanted.language)
        if f"({span.topic})" not in span.question:
            return topic
        # Of what is carried over, "Philae sleep", only what articles are about.
        subjects = self._searcher.generation.subjects(topic.weights)
        about = {term: weight for term, weight in topic.weights.items() if term in subjects}
        return topic._replace(weights=about or topic.weights)

    def _opened(
        self,
        found: Sequence[SearchResult],
        resolved: Resolved,
        sure: float = 0.0,
        topic: Mapping[str, float] = {},
    ) -> list[Quotation]:
        """Quote how articles begin, of each the first sentence marked that tells of the topic."""
        opened = []
        for one in self._reader.quoted(found):
            if not one.places & resolved.passed:
                told = _first_on(topic, one.quotation, resolved.text)
                opened.append(one.quotation.judged(told, sure, tuple(one.also_in)))
        return opened


def _first_on(topic: Mapping[str, float], quotation: Quotation, question: str) -> tuple[int, int]:
    """The first sentence that says what holds, unless only a later one tells of a topic."""
    text, article = quotation.text, quotation.article
    wrong = withdrawn(article.title, text, article.language, question)
    first, *others = (span for span in sentences(text, article.language) if span not in wrong)
    if not topic or begins_with(text[slice(*first)], article.title, topic, article.language):
        return first
    named = (one for one in others if names(text[slice(*one)], topic, article.language))
    return next(named, first)
