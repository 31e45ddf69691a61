"""A message as it will be seen, before Telegram or the terminal puts it in its own form."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["blockquote", "expandable_blockquote", "bold", "underline", "text_link", "code"]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a span of a message's text looks; positions count characters (code points)."""

    kind: Kind
    start: int
    end: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a message: sends `data` back, opens `url`, or copies `copied`."""

    label: str
    data: str | None = None
    url: str | None = None
    copied: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Text, marks and rows of buttons.

    Attributes:
        text: The text.
        marks: How it looks.
        rows: The buttons.
        key: Of the answer that it shows, empty for all else.
        is_reaction: Whether it is no message of its own but an emoji put to the one that it
            answers.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    key: str = field(default="", compare=False)
    is_reaction: bool = False


@dataclass(slots=True)
class Composer:
    """Builds a message piece by piece, so that no mark can be out of step with the text."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)

    def write(self, words: str, kind: Kind | None = None, url: str | None = None) -> None:
        """Append `words`, marked as `kind` unless that is None."""
        start = len(self.text)
        self.text += words
        if kind:
            self.mark(kind, start, len(self.text), url)

    def mark(self, kind: Kind, start: int, end: int, url: str | None = None) -> None:
        """Mark a span that is already written; an empty one is left out."""
        if start < end:
            self.marks.append(Mark(kind, start, end, url))

    def unbold(self, start: int, end: int) -> None:
        """Take bold off a span, since Telegram allows no bold across fixed-width text.

        An underline across it goes as a whole: in pieces it would point at nothing.
        """
        self.marks = [
            m for m in self.marks if m.kind != "underline" or m.end <= start or end <= m.start
        ]
        for mark in [m for m in self.marks if m.kind == "bold" and m.start < end and start < m.end]:
            self.marks.remove(mark)
            self.mark("bold", mark.start, start)
            self.mark("bold", end, mark.end)

    def message(self, *rows: tuple[Button, ...]) -> Message:
        """Return what was written, with those rows that have buttons."""
        marks = sorted(self.marks, key=lambda m: (m.start, -m.end))
        return Message(self.text, tuple(marks), tuple(row for row in rows if row))


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
