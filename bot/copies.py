"""Whether two texts are copies of one: reports of an agency, as several outlets have them.

Outlets change a word here and there. A report that was brought up to date is hardly more different
from the one before it, yet where it gives another number it says something else.
"""

from rapidfuzz import fuzz

from index.numbers import numbers

_SAME = 90.0
"""Likeness of two texts, 0 to 100, from which they count as copies of one."""


def is_copy(one: str, other: str, language: str) -> bool:
    """Say whether two texts are copies of one.

    Args:
        one: Folded (`index.terms.fold`).
        other: Likewise.
        language: ISO 639-1 code of their language.
    """
    is_like = fuzz.ratio(one, other, score_cutoff=_SAME) >= _SAME
    return is_like and numbers(one, language) == numbers(other, language)


def has_copy(paragraph: str, text: str, language: str) -> bool:
    """Say whether a paragraph has a text or is a copy of it; the arguments are as above."""
    return text in paragraph or is_copy(paragraph, text, language)
