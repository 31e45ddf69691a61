"""When an event was that a question names: on the day of the article that tells of it."""

from datetime import date, timedelta

from bot.understanding import Event, Time
from index.preference import UNDATED, Preference
from index.rerank import coverage
from index.search import HybridSearcher, Near
from index.terms import naming_terms

_SOUGHT = 30
"""Passages among which an article is sought that begins with the event."""

_MOST_OF_IT = 0.7
"""Of the event's words, each by its rarity."""


def reported(
    event: Event,
    question: str,
    language: str,
    searcher: HybridSearcher,
    preference: Preference,
    near: Near | None,
) -> date | None:
    """Return the day of the article that tells of an event, the one that fits the question best.

    It is one that has most words of the event in its title, or else in it and the first paragraph:
    others may mention the event, they did not report it.

    Args:
        event: Which.
        question: That names it, with what it is about.
        language: Whose stemming its words get, ISO 639-1.
        searcher: Over the collection.
        preference: Which articles are meant rather than others.
        near: Where the conversation is, to which "since then" points.

    Returns:
        The day, or None where no article with a date begins with the event.
    """
    index = searcher.generation
    if not event.name:
        return _day(searcher, index.rows_of(near.article_id)[0]) if near else None
    weights = index.weights(naming_terms(event.name, language))
    if not weights:
        return None
    results = searcher.search([searcher.form(question, language)], _SOUGHT, preference)
    articles = dict.fromkeys(one.passage.article_id for one in results)
    rows = [index.rows_of(article)[0] for article in articles]
    entries = index.entries(rows)
    for texts in (
        [one.context_terms for one in entries],
        [one.terms | one.context_terms for one in entries],
    ):
        for row, text in zip(rows, texts, strict=True):
            if coverage(weights, text, ()) >= _MOST_OF_IT and (day := _day(searcher, row)):
                return day
    return None


def beside(event: Event, day: date) -> Time:
    """Return the time since, after or before an event of that day."""
    if event.side == "before":
        return Time("before", None, day - timedelta(days=1), event.span)
    return Time(event.side, day, None, event.span)


def _day(searcher: HybridSearcher, row: int) -> date | None:
    day = int(searcher.generation.rows.days[row])
    return None if day == UNDATED else date.fromordinal(day)
