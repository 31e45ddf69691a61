"""Text set in lines: broken between words, each line in visual order, each run in one face."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from bot.preview import script
from bot.preview.faces import REGULAR, Face, choose
from bot.preview.sent import Look

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one face and direction.

    Attributes:
        text: In logical order, without what is not seen.
        look: Of all of it.
        face: It is set in.
        from_right: Whether it runs from the right.
        left: Pixels from the beginning of its line.
        width: In pixels.
    """

    text: str
    look: Look
    face: Face
    from_right: bool
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Attributes:
        runs: From left to right.
        from_right: Whether its paragraph runs from the right.
        width: In pixels, without space at its end.
        rise: Pixels above the baseline.
        fall: Pixels below it.
    """

    runs: tuple[Run, ...]
    from_right: bool
    width: float
    rise: float
    fall: float


class _Letter(NamedTuple):
    place: int
    character: str
    look: Look
    face: Face
    level: int


def typeset(
    text: str, looks: Sequence[Look], size: float, room: float, weight: int = REGULAR
) -> list[Line]:
    """Set a text in lines.

    Args:
        text: One or more paragraphs.
        looks: Of each character.
        size: Of the letters, in pixels.
        room: Width that no line exceeds, in pixels.
        weight: Of what is not bold.
    """
    lines, at = [], 0
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        from_right = script.is_right_to_left(paragraph)
        letters = _letters(paragraph, looks[at:end], size, weight, from_right=from_right)
        empty = choose(" ", Look(), size, weight)[0]
        for start, stop in _broken(paragraph, letters, room):
            lines.append(_line(letters[start:stop], empty, from_right=from_right))
        at = end + 1
    return lines


def shortened(text: str, size: float, room: float, weight: int = REGULAR) -> Line:
    """Set a text in one line, with an ellipsis where it is too long for it."""
    ends = script.clusters(text)
    (line, *rest) = typeset(text, [Look()] * len(text), size, float("inf"), weight)
    while (line.width > room or rest) and ends:
        shown = text[: ends.pop()].rstrip() + ELLIPSIS
        (line, *rest) = typeset(shown, [Look()] * len(shown), size, float("inf"), weight)
    return line


def _letters(
    text: str, looks: Sequence[Look], size: float, weight: int, *, from_right: bool
) -> list[_Letter]:
    faces: list[Face] = []
    for look, group in groupby(zip(text, looks, strict=True), lambda pair: pair[1]):
        faces += choose("".join(character for character, _ in group), look, size, weight)
    levels = script.levels(text, from_right=from_right)
    return [
        _Letter(place, *rest)
        for place, rest in enumerate(zip(text, looks, faces, levels, strict=True))
    ]


def _broken(text: str, letters: Sequence[_Letter], room: float) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends: as many words as there is room for."""

    def width(start: int, stop: int) -> float:
        return _width(letters[start : start + len(text[start:stop].rstrip())])

    start = last = 0
    for stop in script.breaks(text):
        if width(start, stop) > room and last > start:
            yield start, last
            start = last
        for cut in _cuts(text, start, stop, room, width):
            yield start, cut
            start = cut
        last = stop
    yield start, len(text)


def _cuts(
    text: str, start: int, stop: int, room: float, width: Callable[[int, int], float]
) -> Iterator[int]:
    """Where a word is cut that is longer than a line, each line as full as it can be."""
    if width(start, stop) <= room:
        return
    begin = before = start
    for place in script.clusters(text[start:stop]):
        end = start + place
        if width(begin, end) > room and before > begin:
            yield before
            begin = before
        before = end


def _width(letters: Sequence[_Letter]) -> float:
    runs = groupby(letters, lambda one: (one.look, one.face, one.level))
    return sum(
        (face.length(_seen(group), from_right=bool(level % 2)) for (_, face, level), group in runs),
        start=0.0,
    )


def _seen(letters: Iterable[_Letter]) -> str:
    return "".join(one.character for one in letters if not script.is_control(one.character))


def _line(letters: Sequence[_Letter], empty: Face, *, from_right: bool) -> Line:
    while letters and (letters[-1].character.isspace() or script.is_control(letters[-1].character)):
        letters = letters[:-1]
    order = [letters[place] for place in script.visual([one.level for one in letters])]
    runs: list[Run] = []
    left = 0.0
    for group in _grouped(order):
        first = group[0]
        backwards = bool(first.level % 2)
        text = _seen(group[::-1] if backwards else group)
        if not text:
            continue
        width = first.face.length(text, from_right=backwards)
        runs.append(Run(text, first.look, first.face, backwards, left, width))
        left += width
    faces = [run.face for run in runs] + [empty]
    rise, fall = max(face.rise for face in faces), max(face.fall for face in faces)
    return Line(tuple(runs), from_right, left, rise, fall)


def _grouped(order: Sequence[_Letter]) -> Iterator[list[_Letter]]:
    """Neighbours that are set together: of one look and face, and neighbours in the text too."""
    group: list[_Letter] = []
    for letter in order:
        if group:
            before = group[-1]
            step = -1 if letter.level % 2 else 1
            if (letter.look, letter.face, letter.level, letter.place) != (
                *(before.look, before.face, before.level),
                before.place + step,
            ):
                yield group
                group = []
        group.append(letter)
    if group:
        yield group


def unseen(line: Line) -> set[str]:
    """Return the characters of a line that its faces do not have, so that they are boxes."""
    return {
        character
        for run in line.runs
        for character in run.text
        if not run.face.has(character) and unicodedata.category(character) not in {"Cf", "Zs", "Mn"}
    }
