"""Lines of a text that was wrapped at a width -> its paragraphs."""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from corpus.paragraphs import ends_sentence

_BLANK = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
_HYPHEN = re.compile(r"\w-$")
_ITEM = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s")
_NARROWEST = 30
_WIDEST = 110
_FULL = 0.8
"""Share of the usual width from which a line counts as full."""


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text: parted by blank lines, or else one a line, or unwrapped.

    A page break within a sentence parts nothing.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").expandtabs()
    chunks = [c for c in _BLANK.split(text) if c.strip()]
    lines = [line.rstrip() for c in chunks for line in c.split("\n") if line.strip()]
    width = usual_width(lines)
    for chunk in chunks:
        yield from unwrapped(chunk.strip("\n").split("\n"), width)


def usual_width(lines: Sequence[str]) -> float | None:
    """How wide most lines are, in characters, or None if they are not wrapped at a width."""
    if len(lines) < 3:
        return None
    longest = sorted(map(len, lines))[len(lines) // 3 :]
    width = median(longest)
    return width if _NARROWEST <= width <= _WIDEST and longest[-1] <= 1.5 * width else None


def unwrapped(lines: Sequence[str], width: float | None) -> Iterator[str]:
    """Join lines that were one: after a full line, or where a sentence has not ended."""
    held = ""
    previous = ""
    for line in lines:
        stripped = line.strip()
        if not stripped:
            continue
        if held and width is not None and not _begins(line, previous, width):
            held = joined(held, stripped)
        else:
            if held:
                yield held
            held = stripped
        previous = line
    if held:
        yield held


def joined(text: str, following: str) -> str:
    """Join a line to the text before it; a word that was divided between them becomes whole."""
    if _HYPHEN.search(text) and following[:1].islower():
        return text[:-1] + following
    if text and following and _is_ideographic(text[-1]) and _is_ideographic(following[0]):
        return text + following
    return f"{text} {following}"


def _begins(line: str, previous: str, width: float) -> bool:
    """Whether a paragraph begins with this line."""
    if _ITEM.match(line.strip()):
        return True
    indented = len(line) - len(line.lstrip()) > len(previous) - len(previous.lstrip())
    ended = ends_sentence(previous.strip())
    return ended and (indented or len(previous) < _FULL * width)


def _is_ideographic(character: str) -> bool:
    return "\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"
