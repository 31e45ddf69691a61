"""A message in its place on a phone's screen: bubble, quotations, lines, keys, time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.preview.faces import BOLD, MEDIUM
from bot.preview.lines import Line, shortened, typeset, unseen
from bot.preview.sent import Block, Doing, Key, Look, Sent

# In points, of which a phone's screen has about 390 across.
TEXT_SIZE = 16.0
KEY_SIZE = 14.5
STAMP_SIZE = 11.5
BAR = 3.0
RADIUS = 16.0
_MARGIN = 8.0
_FREE = 44.0
"""That a bubble leaves free on the right."""
_PAD_ACROSS, _PAD_UP = 11.0, 7.0
_QUOTE_PAD, _QUOTE_UP, _QUOTE_SIGN = 8.0, 4.0, 20.0
_QUOTE_GAP = 5.0
_KEY_HEIGHT, _KEY_GAP, _KEY_PAD = 38.0, 4.0, 14.0
_STAMP_GAP = 10.0

_LEADING = 0.13
"""Between two lines, of the size of the letters."""

_FOLDED = 3
"""Lines that an expandable quotation shows before it is opened."""

Fold = Literal["open", "fold"]

_SIGN = "“"
_SIGN_SIZE, _SIGN_EDGE = 30.0, 4.0

Tone = Literal["text", "key", "stamp", "accent"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A line where it stands: pixels from the left edge of the picture, and of its baseline."""

    line: Line
    left: float
    baseline: float
    tone: Tone = "text"


@dataclass(frozen=True, slots=True)
class Quote:
    """The ground of a quotation.

    Attributes:
        box: All of it, its bar included.
        from_right: Whether the bar stands on the right.
        fold: Whether it can be opened or folded; None if it is shown whole for good.
        sign: The mark in its corner.
    """

    box: Box
    from_right: bool
    fold: Fold | None
    sign: Placed


@dataclass(frozen=True, slots=True)
class Button:
    """A key below the bubble."""

    box: Box
    label: Placed
    doing: Doing


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole picture, in pixels.

    Attributes:
        width: Of it.
        height: Of it.
        scale: Pixels in a point.
        bubble: The message.
        quotes: In it.
        texts: Every line in it, in order.
        rows: Of keys below it.
        stamp: The time.
    """

    width: int
    height: int
    scale: float
    bubble: Box
    quotes: tuple[Quote, ...]
    texts: tuple[Placed, ...]
    rows: tuple[tuple[Button, ...], ...]
    stamp: Placed

    def unseen(self) -> set[str]:
        """Return the characters that no font at hand has."""
        labels = [button.label for row in self.rows for button in row]
        return set().union(*(unseen(one.line) for one in (*self.texts, *labels, self.stamp)))


@dataclass(frozen=True, slots=True)
class _Set:
    """A block set in lines."""

    lines: list[Line]
    block: Block
    fold: Fold | None

    @property
    def from_right(self) -> bool:
        return self.lines[0].from_right


def lay_out(
    sent: Sent,
    width: int = 390,
    scale: float = 2.0,
    stamp: str = "9:41",
    *,
    expanded: bool = False,
) -> Scene:
    """Put a message in its place.

    Args:
        sent: The message.
        width: Of the screen, in points.
        scale: Pixels in a point.
        stamp: The time that stands in the message.
        expanded: Whether expandable quotations are open.
    """
    return _Layout(scale).scene(sent, width, stamp, expanded=expanded)


class _Layout:
    """Works in pixels.

    Args:
        scale: Pixels in a point.
    """

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._quote_inset = self._px(BAR + _QUOTE_PAD + _QUOTE_SIGN)

    def _px(self, points: float) -> float:
        return points * self._scale

    def scene(self, sent: Sent, width: int, stamp: str, *, expanded: bool) -> Scene:
        """Put a message in its place; see `lay_out`."""
        room = self._px(width - 2 * _MARGIN - _FREE - 2 * _PAD_ACROSS)
        blocks = [self._set(block, room, expanded=expanded) for block in sent.blocks]
        (time,) = typeset(stamp, [Look()] * len(stamp), self._px(STAMP_SIZE), room)
        inner = min(room, max(self._needed(blocks, time, room), self._keys_needed(sent.rows)))
        left, top = self._px(_MARGIN + _PAD_ACROSS), self._px(_MARGIN + _PAD_UP)
        texts, quotes, bottom = self._column(blocks, left, top, inner)
        if not _fits_beside(blocks, time, inner, self._px(_STAMP_GAP)):
            bottom += time.rise + time.fall
        baseline = bottom - time.fall
        bubble = Box(
            *(self._px(_MARGIN), self._px(_MARGIN)),
            *(left + inner + self._px(_PAD_ACROSS), bottom + self._px(_PAD_UP)),
        )
        rows, end = self._keys(sent.rows, bubble)
        return Scene(
            width=round(self._px(width)),
            height=round(end + self._px(_MARGIN)),
            scale=self._scale,
            bubble=bubble,
            quotes=tuple(quotes),
            texts=tuple(texts),
            rows=rows,
            stamp=Placed(time, left + inner - time.width, baseline, "stamp"),
        )

    def _set(self, block: Block, room: float, *, expanded: bool) -> _Set:
        size = self._px(TEXT_SIZE)
        if block.quoting is None:
            return _Set(typeset(block.text, block.looks, size, room), block, None)
        lines = typeset(block.text, block.looks, size, room - self._quote_inset)
        if block.quoting == "blockquote" or len(lines) <= _FOLDED:
            return _Set(lines, block, None)
        return _Set(lines, block, "fold") if expanded else _Set(lines[:_FOLDED], block, "open")

    def _needed(self, blocks: Sequence[_Set], time: Line, room: float) -> float:
        """Width of the widest line, the time beside the last one if there is room."""
        widths = [time.width]
        for one in blocks:
            inset = self._quote_inset if one.block.quoting else 0.0
            widths += [line.width + inset for line in one.lines]
        gap = self._px(_STAMP_GAP)
        if _fits_beside(blocks, time, room, gap):
            widths.append(blocks[-1].lines[-1].width + gap + time.width)
        return max(widths)

    def _keys_needed(self, rows: Sequence[Sequence[Key]]) -> float:
        """Width within which no label is cut."""
        widths = [0.0]
        for row in rows:
            labels = [self._label(key, float("inf")).width for key in row]
            key = max(labels) + self._px(2 * _KEY_PAD)
            widths.append(len(row) * (key + self._px(_KEY_GAP)) - self._px(2 * _PAD_ACROSS))
        return max(widths)

    def _label(self, key: Key, room: float) -> Line:
        return shortened(key.label, self._px(KEY_SIZE), room, MEDIUM)

    def _column(
        self, blocks: Sequence[_Set], left: float, top: float, inner: float
    ) -> tuple[list[Placed], list[Quote], float]:
        """Place the blocks below each other; return where they end, too."""
        texts: list[Placed] = []
        quotes: list[Quote] = []
        for place, one in enumerate(blocks):
            if place:
                top += self._px(_QUOTE_GAP)
            if one.block.quoting is None:
                placed, top = self._lines(one.lines, left, left + inner, top)
            else:
                begin = top
                near, far = self._px(BAR + _QUOTE_PAD), self._px(_QUOTE_SIGN)
                edges = (far, near) if one.from_right else (near, far)
                placed, top = self._lines(
                    one.lines, left + edges[0], left + inner - edges[1], top + self._px(_QUOTE_UP)
                )
                top += self._px(_QUOTE_UP)
                quotes.append(self._quote(one, Box(left, begin, left + inner, top)))
            texts += placed
        return texts, quotes, top

    def _quote(self, one: _Set, box: Box) -> Quote:
        (sign,) = typeset(_SIGN, [Look()], self._px(_SIGN_SIZE), float("inf"), BOLD)
        edge = self._px(_SIGN_EDGE)
        left = box.left + edge if one.from_right else box.right - edge - sign.width
        # The mark hangs from about 0.71 of its size above the baseline.
        baseline = box.top + edge + self._px(0.71 * _SIGN_SIZE)
        return Quote(box, one.from_right, one.fold, Placed(sign, left, baseline, "accent"))

    def _lines(
        self, lines: Sequence[Line], left: float, right: float, top: float
    ) -> tuple[list[Placed], float]:
        placed, leading = [], self._px(_LEADING * TEXT_SIZE)
        for line in lines:
            begin = right - line.width if line.from_right else left
            placed.append(Placed(line, begin, top + leading / 2 + line.rise))
            top += line.rise + line.fall + leading
        return placed, top

    def _keys(
        self, rows: Sequence[Sequence[Key]], bubble: Box
    ) -> tuple[tuple[tuple[Button, ...], ...], float]:
        """Place the keys below the bubble, as wide as it is; return where they end, too."""
        found, top = [], bubble.bottom
        gap, height = self._px(_KEY_GAP), self._px(_KEY_HEIGHT)
        for row in rows:
            top += gap
            width = (bubble.right - bubble.left - gap * (len(row) - 1)) / len(row)
            buttons = []
            for place, key in enumerate(row):
                left = bubble.left + place * (width + gap)
                box = Box(left, top, left + width, top + height)
                label = self._label(key, width - self._px(_KEY_PAD))
                # Centred by its capitals, which rise by about 0.72 of the size.
                baseline = (box.top + box.bottom) / 2 + self._px(0.36 * KEY_SIZE)
                middle = (box.left + box.right - label.width) / 2
                buttons.append(Button(box, Placed(label, middle, baseline, "key"), key.doing))
            found.append(tuple(buttons))
            top += height
        return tuple(found), top


def _fits_beside(blocks: Sequence[_Set], time: Line, room: float, gap: float) -> bool:
    """Whether the time has a place at the end of the last line."""
    if not blocks or blocks[-1].block.quoting:
        return False
    last = blocks[-1].lines[-1]
    return not last.from_right and last.width + gap + time.width <= room
