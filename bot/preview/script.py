"""Directions and breaks of text: the Unicode algorithms, as libraries have them."""

import unicodedata
from collections.abc import Sequence

from bidi import algorithm
from uniseg.graphemecluster import grapheme_cluster_boundaries
from uniseg.linebreak import line_break_boundaries

_STRONG = {"L": False, "R": True, "AL": True}
_FROM_LEFT, _FROM_RIGHT, _BY_ITSELF, _END = "\u2066", "\u2067", "\u2068", "\u2069"
_NEUTRAL = "\ufffc"
_BEGINNING = {_FROM_LEFT, _FROM_RIGHT, _BY_ITSELF}
_ISOLATES = {*_BEGINNING, _END}
_CONTROLS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")


def is_control(character: str) -> bool:
    """Whether it only tells directions, so that nothing of it is seen."""
    return character in _CONTROLS


def is_right_to_left(text: str) -> bool:
    """Whether a paragraph runs from the right: as its first character that has a direction."""
    at = 0
    while at < len(text):
        kind = unicodedata.bidirectional(text[at])
        if kind in _STRONG:
            return _STRONG[kind]
        # What is isolated does not count (UAX 9, rule P2).
        at = _isolated(text, at) + 1
    return False


def levels(text: str, *, from_right: bool) -> list[int]:
    """Return the embedding level of each character of a paragraph (UAX 9): odd from the right.

    Args:
        text: The paragraph.
        from_right: Whether it runs from the right as a whole.
    """
    return _levels(text, int(from_right))


def _levels(text: str, base: int) -> list[int]:
    """The levels within an embedding of the level `base`.

    The library does not know isolates (they came to Unicode with version 6.3): for what is around
    it, each is one neutral character, and what is in it is a paragraph of its own.
    """
    found = [base] * len(text)
    places, ends, at = [], [], 0
    while at < len(text):
        end = _isolated(text, at)
        places.append(at)
        # One that does not end has no character at its end, either.
        ends.append(end if end < len(text) else at)
        if end > at:
            within = text[at + 1 : end]
            found[at + 1 : end] = _levels(within, _deeper(base, text[at], within))
        at = end + 1
    plain = "".join(_NEUTRAL if text[place] in _ISOLATES else text[place] for place in places)
    for place, end, level in zip(places, ends, _embedded(plain, base), strict=True):
        found[place] = found[end] = level
    return found


def _isolated(text: str, at: int) -> int:
    """Where the isolate that begins at `at` ends, at the latest with its paragraph; else `at`."""
    depth = 0
    for end in range(at, len(text)):
        depth += (text[end] in _BEGINNING) - (text[end] == _END)
        if depth <= 0:
            return end
    return len(text)


def _deeper(base: int, sign: str, within: str) -> int:
    """The level of an isolate: the next one of its direction."""
    from_right = sign == _FROM_RIGHT or (sign == _BY_ITSELF and is_right_to_left(within))
    return base + 1 if (base + 1) % 2 == from_right else base + 2


def _embedded(text: str, base: int) -> list[int]:
    side = base % 2
    storage = {**algorithm.get_empty_storage(), "base_level": side, "base_dir": "LR"[side]}
    algorithm.get_embedding_levels(text, storage)
    for place, character in enumerate(storage["chars"]):
        character["place"] = place
    algorithm.explicit_embed_and_overrides(storage, False)
    algorithm.resolve_weak_types(storage, False)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    known = {character["place"]: character["level"] for character in storage["chars"]}
    # Controls are left out there; what nobody sees may stand anywhere.
    return [known.get(place, side) + base - side for place in range(len(text))]


def visual(levels: Sequence[int]) -> list[int]:
    """Return the places of a line's characters from left to right (UAX 9, rule L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = max(end, at + 1)
    return order


def breaks(text: str) -> list[int]:
    """Return the places at which a line of `text` may end, the last its length (UAX 14)."""
    return [place for place in line_break_boundaries(text) if place]


def clusters(text: str) -> list[int]:
    """Return the places at which what a reader takes for one character ends (UAX 29)."""
    return [place for place in grapheme_cluster_boundaries(text) if place]
