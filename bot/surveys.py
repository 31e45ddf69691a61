"""Where an article tells of a topic if it does not begin with it.

A survey of the day has Ukraine third in its title, begins with something else or with how to
subscribe, and comes to Ukraine further down.
"""

import re
from collections.abc import Mapping

from index.terms import naming_terms
from index.topic import is_kin

_PARTS = re.compile(r"[,;:|•]\s|[.?!]\s|\s[–—-]\s|،|؛")
"""What stands between the parts of a title."""

_HALF = 0.5


def begins_with(text: str, title: str, topic: Mapping[str, float], language: str) -> bool:
    """Say whether an article on a topic tells of it from its beginning.

    So it does if that names the topic, or else has something of what the title says of it.

    Args:
        text: The passage or sentence with which the article begins.
        title: Its title.
        topic: Terms that name the topic, with the rarity of each.
        language: Whose stemming they got, ISO 639-1.
    """
    if names(text, topic, language):
        return True
    parts = [part for part in _PARTS.split(title) if names(part, topic, language)]
    own = frozenset(naming_terms(text, language))
    return any(own.intersection(naming_terms(part, language)) for part in parts)


def names(text: str, topic: Mapping[str, float], language: str) -> bool:
    """Say whether a text has half of a topic, by the rarity of its terms, or of the same stock.

    "Court" is not yet the Supreme Court.
    """
    return share(text, topic, language) >= _HALF


def share(text: str, topic: Mapping[str, float], language: str) -> float:
    """Return how much of a topic a text names, 0 to 1, by the rarity of its terms."""
    found = frozenset(naming_terms(text, language))
    held = sum(
        rarity
        for term, rarity in topic.items()
        if term in found or any(is_kin(one, term) for one in found)
    )
    return held / sum(topic.values()) if held else 0.0
