"""The body of the article on a web page, without what stands around it.

trafilatura finds the body; what it lets through is told by its kind, never by its site: a card that
opens over a name, the headline again, links to other articles, calls to subscribe, a last line of
credits, a heading with nothing below. `benchmarks/pages.py` measures what each is worth.
"""

import logging
import re
from collections.abc import Sequence

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from corpus.blocks import Block
from corpus.paragraphs import ends_sentence
from corpus.readers.markup import flatten
from corpus.text import has_words

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs what we report

_CALL = re.compile(
    r"""
    \b(?:newsletter|subscri(?:be|ption)|sign\ up\ (?:for|to)|all\ rights\ reserved|filed\ under
    |cookies|copyright|click\ here|read\ more|image\ credit|photo(?:graph|s)?\ (?:by|credit)
    |follow\ (?:us|him|her|them)?\s?on|share\ (?:this|on)|related:|source:|updated\ at
    |abonnieren|alle\ rechte\ vorbehalten|lesen\ sie\ auch|suscríb\w+|lea\ también|leia\ também
    |lire\ aussi|abonnez-vous|tous\ droits\ réservés|читайте\ также|подпи(?:саться|шитесь)\ на
    |все\ права\ защищены|фото:|источник:|читайте\ також|підпи\w+\ на|abone\ ol|ayrıca\ oku)(?!\w)
    |©|اقرأ\ أيضا|بیشتر\ بخوانید|相关阅读|版权所有
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LABEL = re.compile(r"[^.!?]{0,30}[:：]\s*")
_LONGEST_CALL = 160
_LONGEST_LINK = 250
_FEWEST_LINKED = 30
_LONGEST_CREDIT = 80
_LARGEST_HIDDEN = 2000


def body_of(tree: HtmlElement, title: str) -> list[Block]:
    """Return the blocks of the article's body; `tree` is changed. Empty if there is none."""
    linked = {_folded(link) for link in tree.iter("a")} - {""}
    _drop_hidden(tree)
    _join_drop_caps(tree)
    found = bare_extraction(
        tree, favor_precision=True, include_comments=False, include_formatting=False
    )
    if found is None or found.body is None:  # type: ignore[union-attr]
        return []
    blocks = [b for b in flatten(found.body) if has_words(b.text)]  # type: ignore[union-attr]
    return without_furniture(blocks, title, linked)


def without_furniture(blocks: Sequence[Block], title: str, linked: set[str]) -> list[Block]:
    """Leave out what is no part of the text.

    Args:
        blocks: Of the body.
        title: The headline, which is told elsewhere.
        linked: The folded texts of all links of the page.
    """
    headline = _folded(title)
    kept = [
        b
        for b in blocks
        if _folded(b.text) != headline
        and not (_is_running(b) and _leads_away(b.text, linked))
        and not (len(b.text) < _LONGEST_CALL and _CALL.search(b.text))
    ]
    while len(kept) > 1 and _is_last_line(kept[-1], linked):
        kept.pop()
    following = (*kept[1:], None)
    return [b for b, after in zip(kept, following, strict=False) if not _is_bare(b, after)]


def _is_running(block: Block) -> bool:
    return block.kind != "heading"


def _leads_away(text: str, linked: set[str]) -> bool:
    """Whether it is one long link, or a short label and a link, such as "Related: …"."""
    if len(text) > _LONGEST_LINK:
        return False
    folded = _folded(text)
    if folded in linked:
        return len(folded) >= _FEWEST_LINKED
    label = _LABEL.match(text)
    return label is not None and _folded(text[label.end() :]) in linked


def _is_last_line(block: Block, linked: set[str]) -> bool:
    if block.kind == "heading" or _folded(block.text) in linked:
        return True
    short = len(block.text) < _LONGEST_CREDIT and block.kind == "text"
    return short and not ends_sentence(block.text)


def _is_bare(block: Block, after: Block | None) -> bool:
    """Whether it is a heading with nothing below it."""
    return block.kind == "heading" and (
        after is None or (after.kind == "heading" and after.level < block.level)
    )


def _drop_hidden(tree: HtmlElement) -> None:
    """Take out what the page does not show, and cards that open over a name in a sentence."""
    for element in tree.xpath(
        '//*[@hidden or contains(translate(@style, " ", ""), "display:none")]'
    ):
        # Some pages hide all their text until a script has run.
        if element.getparent() is not None and len(element.text_content()) < _LARGEST_HIDDEN:
            element.drop_tree()
    for paragraph in tree.iter("p"):
        for card in reversed(list(paragraph.iter("span", "div"))):
            if card.getparent() is not None and _is_card(card):
                card.drop_tree()


def _join_drop_caps(tree: HtmlElement) -> None:
    """Put a large first letter that is an element of its own before the words that it begins."""
    for element in list(tree.iter("p", "div")):
        letter = element.text_content().strip()
        if len(letter) != 1 or not letter.isupper() or (element.tail or "").strip():
            continue
        following = next((e for e in element.itersiblings() if _folded(e)), None)
        words = (following.text or "").lstrip() if following is not None else ""
        if following is not None and following.tag == "p" and words[:1].islower():
            following.text = letter + words
            element.drop_tree()


def _is_card(element: HtmlElement) -> bool:
    links = list(element.iter("a"))
    if len(links) < 2 or element.find(".//img") is None:
        return False
    inside = sum(len(_folded(link)) for link in links)
    return inside >= 0.9 * len(_folded(element))


def _folded(text: str | HtmlElement) -> str:
    words = text if isinstance(text, str) else "".join(text.itertext())
    return "".join(c for c in words.casefold() if c.isalnum())
