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
from bot.languages import Language, language
from bot.message import units
from corpus.types import Article

MOST = 3

_LATE = 40
"""Articles that are looked at, the newest first."""

_TRIED = 12
"""Topics that are asked about to find those that are answered, each some 30 ms."""

_LABEL = 64
"""UTF-16 units that a button can say."""

_LONGEST_TITLE = 60
"""Characters up to which a title in a script without capitals is a topic itself."""

_NAME = re.compile(r"(?<=[^\W\d_] )[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄҐ][\w-]+(?: [A-ZÀ-ÞА-ЯЁІЇЄҐ][\w-]+)*")
"""A capitalised name that follows a word, so that no sentence begins with it."""

_HAS_CAPITALS = re.compile(r"[A-ZÀ-ÞА-ЯЁІЇЄҐ]")


def examples(engine: Engine, spoken: Language) -> tuple[str, ...]:
    """Return up to three questions that the collection answers.

    They are in the person's language where it is answered in that, else in the article's own: not
    every model understands a question in one language to an article in another.

    Args:
        engine: The collection.
        spoken: The person's language; articles in it come first.
    """
    late = sorted(engine.latest(_LATE), key=lambda article: article.language != spoken.code)
    # Confidence in one language is not that in another: what they read comes first whatever it is.
    place: dict[str, tuple[bool, float]] = {}
    for topic, article in islice(_topics(late), _TRIED):
        for asked in dict.fromkeys((spoken, language(article.language))):
            question = asked.say(texts.EXAMPLE_QUESTION, topic=topic)
            answer = engine.ask(question, 1) if units(question) <= _LABEL else None
            if answer and answer.answered:
                place[question] = (asked != spoken, -answer.confidence)
                break
    return tuple(sorted(place, key=lambda question: place[question])[:MOST])


def _topics(articles: list[Article]) -> Iterator[tuple[str, Article]]:
    """One topic an article, each once."""
    seen: set[str] = set()
    for article in articles:
        topic = _topic(article)
        if topic and not seen.intersection(topic.split()):
            seen.update(topic.split())
            yield topic, article


def _topic(article: Article) -> str | None:
    if not _HAS_CAPITALS.search(article.title):
        return article.title if len(article.title) <= _LONGEST_TITLE else None
    names = Counter(name for paragraph in article.paragraphs for name in _NAME.findall(paragraph))
    titled = [name for name in names if name in article.title]
    # The longer of two that are as frequent says more.
    return max(titled, key=lambda name: (names[name], len(name)), default=None)
