"""What every format is brought to first: blocks of text in order, some of them headings."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from corpus.paragraphs import heal


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text.

    Attributes:
        kind: "h1", "heading", "item" (of a list), "row" (of a table), or "text".
        text: Its words, normalised.
        bold: Whether all of it is bold, as an outlet's line is.
        link: The first address that it links to, or None.
        level: That of a heading, from 1; 0 for all else.
    """

    kind: str
    text: str
    bold: bool = False
    link: str | None = None
    level: int = 0


def sectioned(body: Iterable[Block]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Healed paragraphs, headings among them, and the headings above each, "" for none."""
    paragraphs: list[str] = []
    sections: list[str] = []
    above: list[tuple[int, str]] = []
    for level, blocks in groupby(body, key=lambda b: b.level):
        parts = list(heal([(b.text, b.kind == "text") for b in blocks]))
        if level:
            above = [outer for outer in above if outer[0] < level]
        paragraphs += parts
        sections += [" > ".join(text for _, text in above)] * len(parts)
        if level:
            above.append((level, parts[-1]))
    return tuple(paragraphs), tuple(sections)
