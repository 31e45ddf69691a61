"""Elements of HTML, or of trafilatura's result, -> blocks of text."""

import re

from lxml import html
from lxml.html import HtmlElement

from corpus.blocks import Block
from corpus.paragraphs import ends_sentence
from corpus.text import normalise

_KINDS = {
    **dict.fromkeys(
        ("p", "quote", "blockquote", "div", "section", "article", "body", "pre"), "text"
    ),
    **dict.fromkeys(("dd", "dt", "code", "center", "address", "html", "main", "td", "th"), "text"),
    **dict.fromkeys(("item", "li"), "item"),
    **dict.fromkeys(("head", "h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("list", "ul", "ol", "dl", "table", "tbody", "thead", "tfoot"), ""),
}
"""Elements that begin a block of their own; "" leaves the kind to what stands in them."""

_PASSED = {"script", "style", "title", "figure", "figcaption", "noscript", "template", "button",
           "iframe", "form", "nav", "svg", "audio", "video"}  # fmt: skip
_DEEPEST = 200
_CELLS = " | "


def flatten(root: HtmlElement) -> list[Block]:
    """The blocks of everything below `root`, in order; nothing of its text is left out."""
    walk = _Walk()
    walk.below(root, "text", 0, 0)
    walk.end("text", 0)
    return walk.blocks


def fragment(markup: str) -> list[Block]:
    """The blocks of a piece of HTML that is an article's body and nothing else."""
    if not markup.strip():
        return []
    return flatten(html.fragment_fromstring(f"<div>{markup}</div>"))


class _Walk:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._breaks = 0

    def end(self, kind: str, level: int) -> None:
        """End the block that the words so far make."""
        text = normalise("".join(self._words))
        self._words.clear()
        if not text:
            return
        last = self.blocks[-1] if self.blocks else None
        if last and _is_drop_cap(last, kind, text):
            self.blocks[-1] = Block(kind, last.text + text)
        else:
            self.blocks.append(Block(kind, text, level=level))

    def below(self, element: HtmlElement, kind: str, level: int, depth: int) -> None:
        self._say(element.text)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else "script"
            tag = tag.rsplit("}", 1)[-1].lower()
            if tag in {"br", "lb"}:
                self._break(kind, level)
            elif tag in {"row", "tr"}:
                self.end(kind, level)
                self._row(child)
            elif depth >= _DEEPEST:
                self._say(" ".join(child.itertext()))
            elif tag in _KINDS:
                self.end(kind, level)
                inner = _KINDS[tag] or kind
                if kind == "item" and inner == "text":
                    inner = kind
                inner_level = _level(child, tag) if inner == "heading" else 0
                self.below(child, inner, inner_level, depth + 1)
                self.end(inner, inner_level)
            elif tag not in _PASSED:
                self.below(child, kind, level, depth + 1)
            self._say(child.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self._words.append(text)
            if text.strip():
                self._breaks = 0

    def _break(self, kind: str, level: int) -> None:
        """Two breaks end a paragraph, and so does one at the end of a sentence."""
        self._breaks += 1
        said = next((w for w in reversed(self._words) if w.strip()), "")
        if self._breaks > 1 or ends_sentence(said.rstrip()):
            self.end(kind, level)
        else:
            self._words.append(" ")

    def _row(self, row: HtmlElement) -> None:
        cells = (normalise(" ".join(c.itertext())) for c in row if isinstance(c.tag, str))
        text = _CELLS.join(c for c in cells if c)
        if text:
            self.blocks.append(Block("row", text))


def _level(element: HtmlElement, tag: str) -> int:
    digits = re.sub(r"\D", "", str(element.get("rend") or tag))
    return min(int(digits), 6) if digits else 2


def _is_drop_cap(last: Block, kind: str, text: str) -> bool:
    """Whether the last block is but the large first letter of this one."""
    return (
        kind == last.kind == "text"
        and len(last.text) == 1
        and last.text.isupper()
        and text[0].islower()
    )
