"""A message on a terminal, as Telegram would show it: quote bars, bold sentence, links, buttons."""

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from bot.message import Button, Message

_QUOTES = ("blockquote", "expandable_blockquote")


class QuoteBar:
    """Text behind a bar, wrapped like any other.

    Args:
        text: What is quoted.
    """

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bar = Segment("┃ ", Style(color="cyan"))
        width = options.max_width - 2
        for line in console.render_lines(self._text, options.update(width=width), pad=False):
            yield bar
            yield from line
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(options.min_width, options.max_width)


def shown(message: Message, console: Console, first_number: int = 1) -> RenderableType:
    """Return what prints `message` on `console`.

    Where there is no style, bold is shown by ** around it and a link's address is written out.

    Args:
        message: The message.
        console: Where it will be printed.
        first_number: Number of the first button.
    """
    styled = console.is_terminal and not console.is_dumb_terminal
    parts: list[RenderableType] = []
    at = 0
    for quote in (m for m in message.marks if m.kind in _QUOTES):
        if quote.start > at:
            parts.append(_text(message, at, quote.start, styled=styled))
        parts.append(QuoteBar(_text(message, quote.start, quote.end, styled=styled)))
        at = quote.end + 1
    if at < len(message.text):
        parts.append(_text(message, at, len(message.text), styled=styled))
    number = first_number
    for row in message.rows:
        cells = []
        for button in row:
            cells.append(_button(button, number))
            number += 1
        parts.append(Text("  ").join(cells))
    return Group(*parts)


def links(message: Message) -> list[str]:
    """Return the addresses that the message's text leads to, each once, in order."""
    return list(dict.fromkeys(m.url for m in message.marks if m.url))


def _text(message: Message, start: int, end: int, *, styled: bool) -> Text:
    text = Text(message.text[start:end])
    # From the end, so that what is put in does not move the marks still to come.
    for mark in sorted(message.marks, key=lambda m: m.start, reverse=True):
        if not (start <= mark.start and mark.end <= end):
            continue
        if styled and mark.kind in {"bold", "underline"}:
            text.stylize(mark.kind, mark.start - start, mark.end - start)
        elif styled and mark.kind == "text_link":
            text.stylize(Style(underline=True, link=mark.url), mark.start - start, mark.end - start)
        elif mark.kind == "bold":
            head, tail = mark.start - start, mark.end - start
            plain = text.plain
            text = Text(f"{plain[:head]}**{plain[head:tail]}**{plain[tail:]}")
    return text


def _button(button: Button, number: int) -> Text:
    return Text.assemble((f" {number} ", "reverse"), " ", (button.label, "bold"))
