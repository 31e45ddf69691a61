"""Answer -> messages within Telegram's limits. Pure: no input, no output, no Telegram library.

Telegram's limits (Bot API): text of 4,096 UTF-16 code units, 100 entities of 9,500 bytes in all,
addresses of 2,048 characters with a dot in the host, callback data of 64 bytes. What could be
over-long here is cut by whole paragraphs or, in titles, with an ellipsis; never a quotation, whose
length the index bounds (`corpus.paragraphs.MOST_CHARACTERS`).
"""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from bot import texts
from bot.answer import Answer, Nearest
from bot.card import Card, Heading
from bot.covering import (
    LONGEST_LISTED,
    MOST_COVERED,
    cover,
    is_usable,
    shortened,
    write_byline,
    write_covered,
    write_list,
)
from bot.keyboard import answer_rows, chips, context_rows, withdrawn_rows
from bot.languages import Language
from bot.message import Composer, Message, units
from bot.quote import Quotation
from corpus.types import Article

_CONTEXT_UNITS = 3500
_MOST_ALSO = 3


def answer_message(answer: Answer, key: str, language: Language, shown: int = 0) -> Message:
    """Render an answer with its quotation number `shown`, or say that there is none.

    Args:
        answer: The answer.
        key: Names the answer in its buttons' data.
        language: That the program's own words are in.
        shown: Position of the quotation, from 0.
    """
    card = Card(key, shown, len(answer.quotations), Heading.of(answer), language)
    if not answer.quotations:
        return replace(_silence(answer, card), key=key)
    return replace(quotation_message(answer.quotations[shown], card), key=key)


def quotation_message(quotation: Quotation, card: Card) -> Message:
    """Render one quotation with buttons to the others, its context and its source."""
    out = Composer()
    link, heading, language = quotation.link, card.heading, card.language
    _head(out, card)
    _mark(out, card)
    if heading.is_dated and quotation.article.published:
        _date(out, quotation.article, language)
    begin = len(out.text)
    start, end = quotation.answer
    out.write(quotation.text, "blockquote")
    out.mark("bold", begin + start, begin + end)
    if quotation.words:
        first, last = quotation.words
        out.mark("underline", begin + first, begin + last)
    cover(out, begin, begin + len(quotation.text), link, MOST_COVERED)
    out.write("\n")
    write_byline(out, quotation.article, link, language)
    _also_in(out, quotation, language)
    if heading.is_cut:
        out.write("\n" + language.say(texts.CUT))
    return out.message(*answer_rows(quotation, card))


def context_message(quotation: Quotation, card: Card, around: int) -> Message:
    """Render the paragraphs around a quotation, verbatim too, with a button back to it.

    Args:
        quotation: The quotation.
        card: As it is shown.
        around: How many paragraphs before and after, as far as they fit.
    """
    out = Composer()
    _mark(out, card)
    begin = len(out.text)
    link = quotation.link
    before, own, after = _around(quotation, around)
    quoted = 0 if own == quotation.text else quotation.start
    for paragraph in before:
        out.write(paragraph + "\n\n")
    start = len(out.text)
    out.write(own)
    for paragraph in after:
        out.write("\n\n" + paragraph)
    out.mark("expandable_blockquote", begin, len(out.text))
    out.mark("bold", start + quoted, start + quoted + len(quotation.text))
    cover(out, begin, len(out.text), link, MOST_COVERED)
    out.write("\n")
    write_byline(out, quotation.article, link, card.language)
    return out.message(*context_rows(quotation, card))


def withdrawn_message(card: Card) -> Message:
    """Say in place of a quotation that its article was taken out, with buttons to the others."""
    out = Composer()
    _head(out, card)
    out.write(card.language.say(texts.WITHDRAWN))
    return out.message(*withdrawn_rows(card))


def titles_message(head: str, articles: Sequence[Nearest | Article], language: Language) -> Message:
    """Render `head` above a list of articles, each a link."""
    out = Composer()
    write_covered(out, head)
    write_list(out, articles, language)
    return out.message()


def _silence(answer: Answer, card: Card) -> Message:
    out = Composer()
    say = card.language.say
    _head(out, card)
    is_end = card.heading.goes_on and card.heading.resolved is not None
    out.write(say(texts.NO_MORE if is_end else texts.NO_ANSWER))
    if answer.nearest and not is_end:
        out.write("\n\n" + say(texts.NEAREST))
        write_list(out, answer.nearest, card.language)
    if answer.cut:
        out.write("\n\n" + say(texts.CUT))
    return out.message(*chips(card))


def _mark(out: Composer, card: Card) -> None:
    """What has become of the article, above its words: who reads them again shall know."""
    word = {"changed": texts.CHANGED, "gone": texts.WITHDRAWN}.get(card.heading.standing)
    if word:
        out.write(card.language.say(word) + "\n")


def _head(out: Composer, card: Card) -> None:
    """The question as understood; what is live in it for Telegram is covered."""
    resolved = card.heading.resolved
    if resolved is None:
        return
    words = card.language.isolated(shortened(resolved))
    write_covered(out, card.language.say(texts.UNDERSTOOD, resolved=words))
    out.write("\n")


def _date(out: Composer, article: Article, language: Language) -> None:
    """Outlet and date of an article, the date in bold."""
    if article.source:
        write_covered(out, language.listed([language.isolated(shortened(article.source)), ""]))
    out.write(language.day(article.published), "bold")
    out.write(":\n")


def _also_in(out: Composer, quotation: Quotation, language: Language) -> None:
    also = [one for one in quotation.also_in if is_usable(one.url, LONGEST_LISTED)][:_MOST_ALSO]
    if not also:
        return
    out.write("\n" + language.say(texts.ALSO_IN) + " ")
    for number, (url, outlet) in enumerate(also):
        out.write(language.listed(["", ""]) if number else "")
        name = shortened(outlet or urlsplit(url).hostname or url)
        out.write(language.isolated(name), "text_link", url)


def _around(quotation: Quotation, around: int) -> tuple[list[str], str, list[str]]:
    """Whole paragraphs before, the quotation's own, and after, nearest first until it is full."""
    paragraphs = quotation.article.paragraphs
    at = quotation.passage.paragraph
    own = paragraphs[at]
    if units(own) > _CONTEXT_UNITS:
        return [], quotation.text, []
    room = _CONTEXT_UNITS - units(own)
    first, last = at, at
    for distance in range(1, around + 1):
        for neighbour in (at - distance, at + distance):
            touching = neighbour in {first - 1, last + 1}
            if not (touching and 0 <= neighbour < len(paragraphs)):
                continue
            need = units(paragraphs[neighbour]) + 2
            if need <= room:
                room -= need
                first, last = min(first, neighbour), max(last, neighbour)
    return list(paragraphs[first:at]), own, list(paragraphs[at + 1 : last + 1])
