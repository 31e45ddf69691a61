"""The sentence that names the holder of an office: "President Petro …", "…, the president of …"."""

import re
from collections.abc import Callable, Collection
from functools import lru_cache

from bot.introducing.naming import Word, words_of
from bot.understanding.office import Office
from index.terms import fold, naming_terms, terms
from index.topic import STOCK, is_kin

ENOUGH_OF_OFFICE = 3.0
"""Of `holding`, from which a sentence says who holds an office."""

CERTAIN_OF_OFFICE = 4.0
"""The same where the place stands beside it."""

_NAMED = 2.0
"""For a name right before or behind the office."""

_THERE = 2.0
"""For the place beside the office; what the article is about says half as much."""

_OTHERS = frozenset(["deputy", "vice", "former", "outgoing", "assistant", "late", "ex"])
"""Words before an office that make it another."""

_PEOPLE = {
    "france": "french", "spain": "spanish", "britain": "british", "uk": "british", "us": "american",
    "usa": "american", "america": "american", "netherlands": "dutch", "china": "chinese",
    "turkey": "turkish", "wales": "welsh", "ireland": "irish", "switzerland": "swiss",
    "denmark": "danish", "sweden": "swedish", "poland": "polish", "finland": "finnish",
}  # fmt: skip
"""Peoples that are called otherwise than their country begins."""

_BEFORE = re.compile(
    r"(?:[^\W\d_][\w.'’-]*[ ])?[^\W\d_a-z][\w.'’-]*"
    r"(?:, (?:who is |now )?(?:the |a |an |its |their )?| as (?:its|the|their) )(?:[^\W\d_]+ )?$"
)
"""A name before an office."""

_BEHIND = re.compile(
    r" (?:of|for|in|to) (?:the )?(?:[^\W_]|[ -])+, [^\W\d_a-z][\w'’-]+ ?[^\W\d_a-z]"
)
"""A name behind it and its place."""


def holding(
    sentence: str, office: Office, language: str, article: Callable[[], Collection[str]]
) -> float:
    """Return how much a sentence says of who holds an office.

    Args:
        sentence: Of an article.
        office: Which.
        language: ISO 639-1, of the article.
        article: Returns the terms of its beginning, which says what it is about; called only where
            the sentence does not tell.
    """
    title = fold(office.title, language).split()
    # Most sentences name no office, and their words need not be looked at.
    if title[-1] not in fold(sentence, language):
        return 0.0
    words = words_of(sentence, language)
    places = ((at, _end(words, at, title)) for at in range(len(words)))
    return max(
        (
            _told(sentence, words, at, end, office.place, language, article)
            for at, end in places
            if end is not None
        ),
        default=0.0,
    )


def _end(words: list[Word], at: int, title: list[str]) -> int | None:
    """The last word of a title that begins at a word; None if none does.

    As it is written: whoever "presided" is no president, and "its leaders" are not one.
    """
    end = at + len(title)
    written = [word.text.casefold() for word in words[at:end]]
    return end - 1 if written == title else None


def is_of(office: Office, text: str, language: str) -> bool:
    """Say whether a text may name the place of an office, at a glance.

    Args:
        office: Whose.
        text: Of an article.
        language: ISO 639-1.
    """
    folded = fold(text, language)
    return any(term[:STOCK] in folded for term in _place(office.place, language))


def _told(
    sentence: str,
    words: list[Word],
    first: int,
    last: int,
    named: str,
    language: str,
    article: Callable[[], Collection[str]],
) -> float:
    """What is said of the holder of the office that stands from one word to another."""
    before, behind = sentence[: words[first].span[0]], sentence[words[last].span[1] :]
    previous = words[first - 1] if first and before.endswith(f"{words[first - 1].text} ") else None
    if any(word.text.casefold() in _OTHERS for word in words[max(first - 2, 0) : first]):
        return 0.0
    follows = last + 1 < len(words) and words[last + 1].is_name and behind.startswith(" ")
    is_named = follows or _BEFORE.search(before) or _BEHIND.match(behind)
    if not is_named:
        return 0.0
    place = _place(named, language)
    of = re.match(r" (?:of|for) (?:the )?((?:[^\W_]|[ -])+)", behind)
    beside = terms(of[1], language) if of else []
    own = previous.terms if previous and (previous.is_name or _is_of(place, previous.terms)) else []
    if _is_of(place, [*beside, *own]):
        return _NAMED + _THERE
    if own or (of and of[1][:1].isupper()):
        # "The Syrian foreign minister" is not Russia's.
        return 0.0
    is_about = any(is_kin(one, term) for one in article() for term in place[:1])
    return _NAMED + (_THERE / 2 if is_about else 0.0)


@lru_cache(maxsize=64)
def _place(place: str, language: str) -> list[str]:
    """The terms of a place, and those of its people."""
    people = _PEOPLE.get(place.casefold(), "")
    named = [word for word in f"{place} {people}".split() if _names(word, language)]
    return terms(" ".join(named), language)


def _names(word: str, language: str) -> bool:
    # The US is a place.
    return word.isupper() or bool(naming_terms(word, language))


def _is_of(place: list[str], beside: list[str]) -> bool:
    return any(is_kin(one, term) or one == term for one in beside for term in place)
