"""The sentence that introduces a person: first name and office before the name, or behind it.

"Foreign Ministry spokesman Alexander Lukashevich told …", "Fabius, who presided over …": where
names are written with a capital letter, newspapers introduce whom they name in the same few ways.
"""

from bot.introducing.naming import Named, named, said_behind

ENOUGH = 2.0
"""Of `introduction`, from which a sentence says who somebody is."""

_GIVEN = 1.0
"""For the name in full."""

_OFFICE = 1.5
"""For further words with a capital letter before the name in full: "Prime Minister Alexis …"."""

_EACH = 0.1
"""For each of them."""

_CALLING = 1.2
"""For another word before it: "spokesman Alexander …"."""

_AHEAD = 1.0
"""For what stands before the name and a comma: "his spokesman, Dmitry …"."""


def introduction(sentence: str, name: str, language: str) -> float:
    """Return how much a sentence says of who somebody is, 0 if it does not name them.

    Args:
        sentence: Of an article.
        name: As asked, in any case; the last word suffices.
        language: ISO 639-1, of the article.
    """
    found = named(sentence, name, language)
    return max((_told(found, at, language) for at in found.places), default=0.0)


def _told(found: Named, at: int, language: str) -> float:
    """What is said of who stands at `at`."""
    words, first, last = found.words, at, at + found.length - 1
    while first and found.joined(first - 1):
        if not (words[first - 1].is_name or words[first - 1].is_particle):
            break
        first -= 1
    while last + 1 < len(words) and words[last + 1].is_name and found.joined(last):
        last += 1
    names = sum(word.is_name for word in words[first : last + 1])
    # An office needs a first name between it and the last.
    titles = max(names - 2, 0)
    is_full = names > 1
    told = is_full * _GIVEN + (_OFFICE if titles else 0.0) + _EACH * titles
    behind = found.behind(last)
    if first and is_full and not words[first - 1].is_function:
        between = found.between(first - 1, first)
        told += _CALLING if between == " " and not titles else 0.0
        told += _AHEAD if between == ", " and behind.startswith(",") else 0.0
    return told + said_behind(behind, language, is_all=told <= _GIVEN)
