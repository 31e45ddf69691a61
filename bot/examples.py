"""Questions to begin with, made of what the collection is about.

A name that stands in the title of a late article and in its text is asked about. Of such questions
those are given that the collection answers best.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from bot import texts
from bot.engine import Engine
from bot.languages import Language
from bot.message import units
from corpus.types import Article

MOST = 3

_LATE = 40
"""Articles that are looked at, the newest first."""

_TRIED = 12
"""Questions that are asked to find those that are answered, each some 30 ms."""

_LABEL = 64
"""UTF-16 units that a button can say."""

_LONGEST_TITLE = 60
"""Characters up to which a title in a script without capitals is a topic itself."""

_NAME = re.compile(r"(?<=[^\W\d_] )[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄҐ][\w-]+(?: [A-ZÀ-ÞА-ЯЁІЇЄҐ][\w-]+)*")
"""A capitalised name that follows a word, so that no sentence begins with it."""

_HAS_CAPITALS = re.compile(r"[A-ZÀ-ÞА-ЯЁІЇЄҐ]")


def examples(engine: Engine, language: Language) -> tuple[str, ...]:
    """Return up to three questions in `language` that the collection answers.

    Articles in that language come first.

    Args:
        engine: The collection.
        language: Of the questions.
    """
    late = sorted(engine.latest(_LATE), key=lambda article: article.language != language.code)
    confidence: dict[str, float] = {}
    for topic in islice(_topics(late), _TRIED):
        question = language.say(texts.EXAMPLE_QUESTION, topic=topic)
        if units(question) > _LABEL:
            continue
        answer = engine.ask(question, 1)
        if answer.answered:
            confidence[question] = answer.confidence
    return tuple(sorted(confidence, key=lambda question: -confidence[question])[:MOST])


def _topics(articles: list[Article]) -> Iterator[str]:
    """One topic an article, each once."""
    seen: set[str] = set()
    for article in articles:
        topic = _topic(article)
        if topic and not seen.intersection(topic.split()):
            seen.update(topic.split())
            yield topic


def _topic(article: Article) -> str | None:
    if not _HAS_CAPITALS.search(article.title):
        return article.title if len(article.title) <= _LONGEST_TITLE else None
    names = Counter(name for paragraph in article.paragraphs for name in _NAME.findall(paragraph))
    titled = [name for name in names if name in article.title]
    # The longer of two that are as frequent says more.
    return max(titled, key=lambda name: (names[name], len(name)), default=None)
