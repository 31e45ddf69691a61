"""Whether two texts are copies of one: reports of an agency, as several outlets have them.

Outlets change a word here and there. A report that was brought up to date is hardly more different
from the one before it, yet where it gives another number it says something else.
"""

import re
from collections import Counter

from rapidfuzz import fuzz

_SAME = 90.0
"""Likeness of two texts, 0 to 100, from which they count as copies of one."""

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_BETWEEN = re.compile(r"[.,\u00a0\u202f]")


def is_copy(one: str, other: str) -> bool:
    """Say whether two texts, both folded (`index.terms.fold`), are copies of one."""
    is_like = fuzz.ratio(one, other, score_cutoff=_SAME) >= _SAME
    return is_like and _numbers(one) == _numbers(other)


def has_copy(paragraph: str, text: str) -> bool:
    """Say whether a paragraph has a text or is a copy of it, both folded."""
    return text in paragraph or is_copy(paragraph, text)


def _numbers(text: str) -> Counter[str]:
    """The numbers in a text, "1,500" as "1500"."""
    return Counter(_BETWEEN.sub("", number) for number in _NUMBER.findall(text))
