"""Fonts: which one has a character, how wide text is in it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.ttLib import TTFont
from PIL import ImageFont, features

from bot.preview import EXTRA
from bot.preview.sent import Look
from index.types import UnusableError

REGULAR, MEDIUM, BOLD = 400, 500, 700

_INHERITED = frozenset({"Cf", "Mn", "Me", "Zs"})
"""Categories of characters that are drawn in the face of the one before, if it has them."""

_MOST_RISE, _MOST_FALL = 1.05, 0.42
"""Of the size. Some fonts name far more, for stacks of marks that news does not have."""


class _Family(NamedTuple):
    """Files of one design, within the folder of a package."""

    package: str
    upright: str
    italic: str | None = None
    bold: str | None = None


_ROBOTO = _Family(
    "fontpkg_roboto", "files/Roboto[wdth,wght].ttf", "files/Roboto-Italic[wdth,wght].ttf"
)
_MONO = _Family(
    "fontpkg_roboto_mono", "files/RobotoMono[wght].ttf", "files/RobotoMono-Italic[wght].ttf"
)
_EMOJI = _Family("manimgx_fonts", "NotoEmoji[wght].ttf")
_FONTS = "mpl-data/fonts/ttf/DejaVuSans"
_FALLBACKS = (
    _Family("manimgx_fonts", "NotoSansArabic[wght].ttf"),
    _Family("matplotlib", f"{_FONTS}.ttf", f"{_FONTS}-Oblique.ttf", f"{_FONTS}-Bold.ttf"),
    _EMOJI,
    *(
        _Family("manimgx_fonts", f"NotoSans{script}[wght].ttf")
        for script in ("Hebrew", "Devanagari", "Bengali", "Thai", "Georgian", "Armenian")
    ),
)
_SIGNS = {"DejaVuSans", "NotoEmoji"}
"""Whose space is not that of text."""


@dataclass(frozen=True, eq=False)
class Face:
    """A font at one size and weight.

    Attributes:
        font: As Pillow draws with it.
        name: Of the design.
        size: In pixels.
        weight: 400 is regular, 700 bold.
        is_italic: Whether it slants.
        characters: Code points that it has.
        rise: Pixels above the baseline.
        fall: Pixels below it.
    """

    font: ImageFont.FreeTypeFont = field(repr=False)
    name: str
    size: float
    weight: int
    is_italic: bool
    characters: frozenset[int] = field(repr=False)
    rise: float
    fall: float

    def has(self, character: str) -> bool:
        """Whether it can draw a character."""
        return ord(character) in self.characters

    def length(self, text: str, *, from_right: bool) -> float:
        """Width of a text, in pixels."""
        return self.font.getlength(text, direction="rtl" if from_right else "ltr")


def check() -> None:
    """Make sure that everything is there to draw with.

    Raises:
        UnusableError: A package of the extra is missing, or Pillow cannot shape text.
    """
    for family in (_ROBOTO, _MONO, *_FALLBACKS):
        _file(family.package, family.upright)
    if not features.check("raqm"):
        raise UnusableError("this Pillow cannot shape text: install one of its wheels, with Raqm")


def choose(text: str, look: Look, size: float, weight: int = REGULAR) -> list[Face]:
    """Return a face for each character of a text.

    Args:
        text: Any text.
        look: Of all its characters.
        size: In pixels.
        weight: Unless the look is bold.
    """
    heavy = BOLD if look.bold else weight
    main = _MONO if look.mono else _ROBOTO
    chosen: list[Face] = []
    for character in text:
        before = chosen[-1] if chosen else None
        if before and _goes_with(before, character):
            chosen.append(before)
        else:
            chosen.append(_first_with(character, main, size, heavy, look.italic))
    return chosen


def _goes_with(before: Face, character: str) -> bool:
    kind = unicodedata.category(character)
    if kind == "Zs" and before.name in _SIGNS:
        return False
    return kind in _INHERITED and (before.has(character) or kind == "Cf")


def _first_with(character: str, main: _Family, size: float, weight: int, is_italic: bool) -> Face:
    """The first face that has a character; the main one draws a box where none has it."""
    faces = (_face(family, size, weight, is_italic) for family in (main, *_FALLBACKS))
    return next((f for f in faces if f.has(character)), _face(main, size, weight, is_italic))


@lru_cache(maxsize=256)
def _face(family: _Family, size: float, weight: int, is_italic: bool) -> Face:
    if family is _EMOJI:
        # Its lines are thin.
        weight = BOLD
    name = family.upright
    if is_italic and family.italic:
        name = family.italic
    elif weight >= BOLD and family.bold:
        name = family.bold
    path = _file(family.package, name)
    font = ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.RAQM)
    if "[" in name:
        font.set_variation_by_axes([_on_axis(axis, weight) for axis in font.get_variation_axes()])
    rise, fall = font.getmetrics()
    return Face(
        font,
        Path(family.upright).stem.partition("[")[0],
        size,
        weight,
        is_italic and family.italic is not None,
        _characters(path),
        min(rise, _MOST_RISE * size),
        min(fall, _MOST_FALL * size),
    )


def _on_axis(axis: Mapping[str, Any], weight: int) -> float:
    """Where on an axis of its variations a face stands."""
    if axis["name"] != b"Weight":
        return float(axis["default"])
    return float(max(axis["minimum"], min(weight, axis["maximum"])))


@cache
def _characters(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _file(package: str, name: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise UnusableError(f"{EXTRA} (no {package})")
    path = Path(spec.origin).parent / name
    if not path.exists():
        raise UnusableError(f"{EXTRA} (no {name} in {package})")
    return path
