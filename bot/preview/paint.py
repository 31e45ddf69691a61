"""Draws a scene."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.preview.layout import BAR, RADIUS, Box, Button, Placed, Quote, Scene, Tone
from bot.preview.lines import Run
from bot.preview.sent import Doing

_FINE = 4
"""Shapes are drawn this many times as large, so that their edges are smooth."""

_KEY_RADIUS, _QUOTE_RADIUS, _POINTED = 8.0, 5.0, 4.0
_STROKE = 1.3

_SIGNS: dict[Doing, tuple[tuple[tuple[float, float], ...], ...]] = {
    "url": (((10.5, 10.5), (5.5, 5.5)), ((9.5, 5.5), (5.5, 5.5), (5.5, 9.5))),
    "copy": (
        ((10.5, 7.0), (10.5, 10.5), (7.0, 10.5)),
        ((8.5, 4.5), (4.5, 4.5), (4.5, 8.5), (8.5, 8.5), (8.5, 4.5)),
    ),
    "other": (),
}
"""What a key has in its upper right corner, above its label: lines, in points from there."""

_Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours."""

    ground: _Colour
    bubble: _Colour
    text: _Colour
    accent: _Colour
    tint: _Colour
    muted: _Colour
    key: _Colour
    key_text: _Colour

    def of(self, tone: Tone) -> _Colour:
        """Return the colour of text."""
        match tone:
            case "key":
                return self.key_text
            case "stamp":
                return self.muted
            case "accent":
                return self.accent
        return self.text


LIGHT = Theme(
    ground=(0xD5, 0xE1, 0xE9),
    bubble=(0xFF, 0xFF, 0xFF),
    text=(0x10, 0x10, 0x10),
    accent=(0x1F, 0x7F, 0xC4),
    tint=(0xE9, 0xF2, 0xF9),
    muted=(0x8A, 0x96, 0xA0),
    key=(0x5B, 0x7B, 0x95),
    key_text=(0xFF, 0xFF, 0xFF),
)
DARK = Theme(
    ground=(0x0E, 0x16, 0x21),
    bubble=(0x1B, 0x27, 0x35),
    text=(0xF3, 0xF5, 0xF7),
    accent=(0x6A, 0xB7, 0xF5),
    tint=(0x22, 0x35, 0x48),
    muted=(0x7D, 0x8E, 0x9E),
    key=(0x23, 0x32, 0x43),
    key_text=(0xE6, 0xF0, 0xF8),
)


def paint(scene: Scene, theme: Theme) -> Image.Image:
    """Return the picture of a scene."""
    return _Painter(scene, theme).picture()


class _Painter:
    def __init__(self, scene: Scene, theme: Theme) -> None:
        self._scene = scene
        self._theme = theme
        self._image = Image.new("RGB", (scene.width, scene.height), theme.ground)
        self._draw = ImageDraw.Draw(self._image)

    def picture(self) -> Image.Image:
        """Draw everything, the hindmost first."""
        scene = self._scene
        # A message of another's is pointed where its sender is.
        self._fill(scene.bubble, self._theme.bubble, RADIUS, RADIUS, RADIUS, _POINTED)
        for quote in scene.quotes:
            self._quote(quote)
        for placed in (*scene.texts, scene.stamp):
            self._line(placed)
        for button in (one for row in scene.rows for one in row):
            self._button(button)
        return self._image

    def _px(self, points: float) -> float:
        return points * self._scene.scale

    def _fill(self, box: Box, colour: _Colour, *radii: float) -> None:
        """Draw a rectangle with the radii of its corners, from the upper left on clockwise."""
        shape = _Shape(box)
        shape.corners([self._px(radius) for radius in radii])
        self._image.paste(colour, shape.place, shape.mask())

    def _stroke(self, points: Sequence[tuple[float, float]], colour: _Colour) -> None:
        """Draw a line through points."""
        thick = self._px(_STROKE)
        across, along = zip(*points, strict=True)
        box = Box(
            *(min(across) - thick, min(along) - thick, max(across) + thick, max(along) + thick)
        )
        shape = _Shape(box)
        shape.line(points, thick)
        self._image.paste(colour, shape.place, shape.mask())

    def _quote(self, quote: Quote) -> None:
        box, theme = quote.box, self._theme
        self._fill(box, theme.tint, *[_QUOTE_RADIUS] * 4)
        bar, radius = self._px(BAR), _QUOTE_RADIUS / 2
        if quote.from_right:
            edge = Box(box.right - bar, box.top, box.right, box.bottom)
            self._fill(edge, theme.accent, 0, radius, radius, 0)
        else:
            edge = Box(box.left, box.top, box.left + bar, box.bottom)
            self._fill(edge, theme.accent, radius, 0, 0, radius)
        self._line(quote.sign)
        if quote.fold:
            self._chevron(quote)

    def _chevron(self, quote: Quote) -> None:
        """Points down where there is more to see, up where there is not."""
        box, half = quote.box, self._px(4)
        middle = box.left + self._px(11) if quote.from_right else box.right - self._px(11)
        down = half if quote.fold == "open" else -half
        centre = box.bottom - self._px(10)
        tips = ((-half, -down / 2), (0.0, down / 2), (half, -down / 2))
        self._stroke([(middle + x, centre + y) for x, y in tips], self._theme.accent)

    def _line(self, placed: Placed) -> None:
        for run in placed.line.runs:
            self._run(run, placed.left + run.left, placed.baseline, placed.tone)

    def _run(self, run: Run, left: float, baseline: float, tone: Tone) -> None:
        theme = self._theme
        colour = theme.accent if run.look.linked or run.look.mono else theme.of(tone)
        self._draw.text(
            (left, baseline),
            run.text,
            fill=colour,
            font=run.face.font,
            anchor="ls",
            direction="rtl" if run.from_right else "ltr",
        )
        thick = max(self._px(1), 1.0)
        for is_drawn, height in ((run.look.underline, 0.12), (run.look.struck, -0.3)):
            if is_drawn:
                top = baseline + height * run.face.size
                self._fill(Box(left, top, left + run.width, top + thick), colour)

    def _button(self, button: Button) -> None:
        self._fill(button.box, self._theme.key, *[_KEY_RADIUS] * 4)
        self._line(button.label)
        for line in _SIGNS[button.doing]:
            self._stroke(
                [(button.box.right - self._px(x), button.box.top + self._px(y)) for x, y in line],
                self._theme.key_text,
            )


class _Shape:
    """A shape drawn large, to be laid on the picture small.

    Args:
        box: That it fits in.
    """

    def __init__(self, box: Box) -> None:
        self.place = (int(box.left), int(box.top))
        self._box = box
        self._size = (int(box.right) + 1 - self.place[0], int(box.bottom) + 1 - self.place[1])
        self._large = Image.new("L", (self._size[0] * _FINE, self._size[1] * _FINE))
        self._draw = ImageDraw.Draw(self._large)

    def _large_point(self, across: float, along: float) -> tuple[float, float]:
        return (across - self.place[0]) * _FINE, (along - self.place[1]) * _FINE

    def corners(self, radii: Sequence[float]) -> None:
        """Fill the box; it has the radii of its corners, in pixels, or none."""
        left, top = self._large_point(self._box.left, self._box.top)
        right, bottom = self._large_point(self._box.right, self._box.bottom)
        for place, radius in enumerate(radii or [0.0] * 4):
            # Each corner is drawn with its quarter of the box.
            is_right, is_low = place in {1, 2}, place in {2, 3}
            middle, centre = (left + right) / 2, (top + bottom) / 2
            quarter = (
                *(middle if is_right else left, centre if is_low else top),
                *(right if is_right else middle, bottom if is_low else centre),
            )
            flags = [place == n for n in range(4)]
            self._draw.rounded_rectangle(
                quarter, radius * _FINE, 255, corners=(flags[0], flags[1], flags[2], flags[3])
            )

    def line(self, points: Sequence[tuple[float, float]], thick: float) -> None:
        """Draw a line with round ends and corners."""
        large = [self._large_point(*point) for point in points]
        half = thick * _FINE / 2
        self._draw.line(large, 255, round(2 * half), joint="curve")
        for across, along in large:
            self._draw.ellipse((across - half, along - half, across + half, along + half), 255)

    def mask(self) -> Image.Image:
        """Return it in its own size."""
        return self._large.resize(self._size, Image.Resampling.BOX)
