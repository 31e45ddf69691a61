"""Deep links: the address of an article made to open at the very words quoted.

A text fragment (WICG "URL fragment text directives") names them: `#:~:text=start`, or
`start,end` for a range, with `prefix-,` before where `start` alone would match earlier. A browser
takes the first match on the page, so a link is made only if decoding it and searching the stored
article finds exactly the quoted place.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

_DIRECTIVE = ":~:text="
_LONGEST_LINK = 2000
_MOST_WORDS = 8
_FEWEST_WORDS = 3
_UNIT = re.compile(r"\S+")
_PAUSE = re.compile(r"[。！？，、；：」』]+|[^。！？，、；：」』]+[。！？，、；：」』]*")
_QUOTES = str.maketrans("“”„‟‘’‚‛«»‹›", "\"\"\"\"''''\"\"''")


class Place(NamedTuple):
    """A span of one block of text: which block, first character, one past the last."""

    block: int
    start: int
    end: int


class Fragment(NamedTuple):
    """The parts of a text directive, decoded; each is empty if absent."""

    prefix: str
    start: str
    end: str
    suffix: str


def deep_link(url: str, blocks: Sequence[str], place: Place) -> str:
    """Return `url` with a text fragment that leads to `place`, or `url` alone if none can.

    Args:
        url: Of the article; its own fragment is kept.
        blocks: The texts on the page, in order: the title, then the paragraphs.
        place: The quoted span.
    """
    base, _, own = url.partition("#")
    anchor = own.partition(":~:")[0]
    folded = [_fold(block) for block in blocks]
    for fragment in _candidates(blocks[place.block], place):
        link = f"{base}#{anchor}{_DIRECTIVE}{encode(fragment)}"
        if len(link) <= _LONGEST_LINK and _locate(fragment, folded) == place:
            return link
    return url


def encode(fragment: Fragment) -> str:
    """Write a fragment as a directive's value."""
    parts = [_escape(fragment.start)]
    if fragment.prefix:
        parts.insert(0, _escape(fragment.prefix) + "-")
    if fragment.end:
        parts.append(_escape(fragment.end))
    if fragment.suffix:
        parts.append("-" + _escape(fragment.suffix))
    return ",".join(parts)


def decode(link: str) -> Fragment | None:
    """Read the text directive of a link, or return None if it has none."""
    _, found, value = link.partition(_DIRECTIVE)
    if not found:
        return None
    prefix = suffix = ""
    parts = value.split(",")
    if len(parts) > 1 and parts[0].endswith("-"):
        prefix = unquote(parts.pop(0)[:-1])
    if len(parts) > 1 and parts[-1].startswith("-"):
        suffix = unquote(parts.pop()[1:])
    end = unquote(parts[1]) if len(parts) > 1 else ""
    return Fragment(prefix, unquote(parts[0]), end, suffix)


def locate(fragment: Fragment, blocks: Sequence[str]) -> Place | None:
    """Return what a browser would show for `fragment`: its first match in `blocks`.

    Each term lies inside one block and covers whole words; case, kinds of quotation marks and
    kinds of space do not matter. None if nothing matches or a range would cross a block.
    """
    return _locate(fragment, [_fold(block) for block in blocks])


def _locate(fragment: Fragment, folded: Sequence[str]) -> Place | None:
    start, end = _fold(fragment.start), _fold(fragment.end)
    prefix, suffix = _fold(fragment.prefix), _fold(fragment.suffix)
    for number, text in enumerate(folded):
        for at in _matches(start, text):
            if prefix and not _stands_before(at, text, prefix):
                continue
            stop = at + len(start)
            if end:
                after = next(_matches(end, text, stop), None)
                if after is None:
                    return None
                stop = after + len(end)
            if suffix and not _stands_after(stop, text, suffix):
                continue
            return Place(number, at, stop)
    return None


def _escape(term: str) -> str:
    return quote(term, safe="").replace("-", "%2D")


def _candidates(text: str, place: Place) -> Iterator[Fragment]:
    """Fragments for the span, the shortest first, then ones that say more to be unique."""
    units = _units(text, place.start, place.end)
    if not units:
        return
    words = len(units)
    quoted = text[place.start : place.end]
    if words <= _MOST_WORDS:
        yield Fragment("", quoted, "", "")
        for prefix in _prefixes(text, place.start):
            yield Fragment(prefix, quoted, "", "")
        return
    ranges = [
        (text[place.start : units[first - 1][1]], text[units[words - last][0] : place.end])
        for first in range(_FEWEST_WORDS, _MOST_WORDS + 1)
        for last in range(_FEWEST_WORDS, min(_MOST_WORDS, words - first) + 1)
    ]
    for start, end in ranges:
        yield Fragment("", start, end, "")
    prefixes = _prefixes(text, place.start)
    for start, end in ranges:
        for prefix in prefixes:
            yield Fragment(prefix, start, end, "")


def _prefixes(text: str, at: int) -> list[str]:
    """The last words before a place, the fewest first."""
    before = _units(text, 0, at)[-_MOST_WORDS:]
    return [text[start:at].rstrip() for start, _ in reversed(before)]


def _units(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans at whose edges a term may begin or end: words, or clauses where none are spaced."""
    return [
        (word.start() + part.start(), word.start() + part.end())
        for word in _UNIT.finditer(text, start, end)
        for part in _PAUSE.finditer(word[0])
    ]


def _fold(text: str) -> str:
    """Fold what a browser ignores, character by character, so that positions stay.

    It compares base letters ("résumé" finds "resume"). To fold more than it does is safe, since a
    link is made only where nothing matches earlier.
    """
    lowered = "".join(_base(c) if c > "\x7f" else c.lower() for c in text)
    return "".join(" " if c.isspace() else c for c in lowered.translate(_QUOTES))


@lru_cache(maxsize=4096)
def _base(character: str) -> str:
    letter = unicodedata.normalize("NFD", character)[0].lower()
    return letter if len(letter) == 1 else character


def _matches(term: str, text: str, at: int = 0) -> Iterator[int]:
    """Where `term` stands in `text` as whole words, from `at` on."""
    while (at := text.find(term, at)) >= 0:
        if _is_edge(text, at) and _is_edge(text, at + len(term)):
            yield at
        at += 1


def _is_edge(text: str, at: int) -> bool:
    """Whether a word may begin or end at position `at`."""
    if at <= 0 or at >= len(text):
        return True
    return not (_in_word(text[at - 1]) and _in_word(text[at]))


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in {"Mn", "Mc", "Pc"}


def _stands_before(at: int, text: str, prefix: str) -> bool:
    """Whether `prefix`, as whole words, ends where `at` or the space before it begins."""
    # No copy of the text: in one that repeats itself there are thousands of places to look at.
    while at and text[at - 1].isspace():
        at -= 1
    begin = at - len(prefix)
    return begin >= 0 and text.startswith(prefix, begin, at) and _is_edge(text, begin)


def _stands_after(at: int, text: str, suffix: str) -> bool:
    """Whether `suffix` begins where `at` or the space after it ends."""
    while at < len(text) and text[at].isspace():
        at += 1
    return text.startswith(suffix, at)
