"""What is sent to Telegram, taken apart: blocks of text, the look of each character, and keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

Quoting = Literal["blockquote", "expandable_blockquote"]
Doing = Literal["url", "copy", "other"]

_STYLES = {
    "bold": {"bold": True},
    "italic": {"italic": True},
    "underline": {"underline": True},
    "strikethrough": {"struck": True},
    "code": {"mono": True},
    "pre": {"mono": True},
}
_LINKS = {
    *("text_link", "text_mention", "mention", "hashtag", "cashtag"),
    *("bot_command", "url", "email", "phone_number"),
}
_QUOTES: tuple[Quoting, ...] = ("blockquote", "expandable_blockquote")


@dataclass(frozen=True, slots=True)
class Look:
    """How a character looks."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    struck: bool = False
    mono: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Text that stands by itself: a quotation, or what is between two.

    Attributes:
        text: One or more paragraphs.
        looks: Of each of its characters.
        quoting: The kind of quotation, None for other text.
    """

    text: str
    looks: tuple[Look, ...]
    quoting: Quoting | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A button: what stands on it, and the kind of thing that it does."""

    label: str
    doing: Doing = "other"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message."""

    blocks: tuple[Block, ...]
    rows: tuple[tuple[Key, ...], ...]


def read(params: Mapping[str, Any]) -> Sent:
    """Take a message apart.

    Args:
        params: Of `sendMessage`, as in its JSON; entities count UTF-16 code units.
    """
    text = params["text"]
    entities = params.get("entities") or ()
    places = _places(text)
    spans = [(e["type"], places[e["offset"]], places[e["offset"] + e["length"]]) for e in entities]
    rows = (params.get("reply_markup") or {}).get("inline_keyboard", ())
    return Sent(
        tuple(_blocks(text, _looks(text, spans), spans)),
        tuple(tuple(Key(key["text"], _doing(key)) for key in row) for row in rows),
    )


def _places(text: str) -> dict[int, int]:
    """The position of the character at each UTF-16 offset."""
    places, units = {}, 0
    for place, character in enumerate(text):
        places[units] = place
        units += 2 if ord(character) > 0xFFFF else 1
    return places | {units: len(text)}


def _looks(text: str, spans: Sequence[tuple[str, int, int]]) -> list[Look]:
    looks = [Look()] * len(text)
    for kind, start, end in spans:
        change = {"linked": True} if kind in _LINKS else _STYLES.get(kind, {})
        looks[start:end] = [replace(look, **change) for look in looks[start:end]]
    return looks


def _blocks(text: str, looks: list[Look], spans: Sequence[tuple[str, int, int]]) -> list[Block]:
    found, at = [], 0
    quotes = sorted((start, end, kind) for kind, start, end in spans if kind in _QUOTES)
    for start, end, kind in [*quotes, (len(text), len(text), None)]:
        # The line break beside a quotation is its edge.
        last = start - 1 if start > at and kind and text[start - 1] == "\n" else start
        if last > at:
            found.append(Block(text[at:last], tuple(looks[at:last])))
        if kind:
            quoting = next(name for name in _QUOTES if name == kind)
            found.append(Block(text[start:end], tuple(looks[start:end]), quoting))
        at = end + 1 if text[end : end + 1] == "\n" else end
    return found


def _doing(key: Mapping[str, Any]) -> Doing:
    if "url" in key:
        return "url"
    return "copy" if "copy_text" in key else "other"
