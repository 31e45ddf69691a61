"""The buttons below an answer: what they say and what they send back.

Data is a letter for what to do, the answer's key, and what it is done to: `q:KEY:1` shows the
second quotation, `c:KEY:1` its context, `n:KEY:1` where one is, `g:KEY:1` and `b:KEY:1` a good or a
bad word for it, `r:KEY:1:o` the reason for a bad one; `w:KEY:t` asks without the time understood.
"""

from bot import texts
from bot.card import Card
from bot.covering import is_usable, origin, shortened
from bot.message import Button, units
from bot.quote import Quotation
from bot.understanding import label

Row = tuple[Button, ...]

REASONS = {
    "w": texts.REASON_WRONG,
    "t": texts.REASON_OFF_TOPIC,
    "o": texts.REASON_OUTDATED,
    "s": texts.REASON_NOT_IN_SOURCE,
}
"""Why a quotation was bad, by the letter that its button sends."""

_CHIP_CHARACTERS = 40
_COPIED = 256
"""UTF-16 units that a button can copy (Bot API, CopyTextButton)."""


def answer_rows(quotation: Quotation, card: Card) -> tuple[Row, ...]:
    """Return the buttons below a quotation."""
    open_context = Button(card.language.say(texts.CONTEXT), data=f"c:{card.key}:{card.shown}")
    return (
        _pager(card),
        (open_context, *_source(quotation, card)),
        *((_judge(quotation, card),) if not card.asks_why else _why(card)),
        *chips(card),
    )


def context_rows(quotation: Quotation, card: Card) -> tuple[Row, ...]:
    """Return the buttons below a quotation's context."""
    back = card.language.say(texts.BACK)
    if card.count > 1:
        back += f" {card.shown + 1}/{card.count}"
    return ((Button(back, data=f"q:{card.key}:{card.shown}"), *_source(quotation, card)),)


def withdrawn_rows(card: Card) -> tuple[Row, ...]:
    """Return the buttons below what is said in place of a quotation."""
    return (_pager(card), *chips(card))


def chips(card: Card) -> tuple[Row, ...]:
    """Return rows of buttons that take back what was understood."""
    heading, say = card.heading, card.language.say
    time = label(heading.time, card.language) if heading.time else None
    taken = tuple(
        Button(
            say(texts.REMOVE, what=shortened(what, _CHIP_CHARACTERS)), data=f"w:{card.key}:{sign}"
        )
        for what, sign in ((time, "t"), (heading.source, "s"))
        if what
    )
    if heading.resolved is None or heading.goes_on:
        return (taken,)
    return (taken, (Button(say(texts.AS_TYPED), data=f"w:{card.key}:h"),))


def citation(quotation: Quotation, card: Card) -> str:
    """Return title, outlet, date and address of a quotation's article, for a person to paste.

    What does not fit into 256 UTF-16 units is cut: the title to an ellipsis, then the address
    whole, since a part of one leads nowhere.
    """
    article = quotation.article
    tail = f"\n{origin(article.source, article.published, card.language)}"
    address = f"\n{article.url}" if article.url else ""
    if units(tail + address) > _COPIED * 3 // 4:
        address = ""
    title = article.title
    while units(title + tail + address) > _COPIED:
        if len(title) > 1:
            title = title[:-2] + "…"
        else:
            tail = tail[:-1]
    return title + tail + address


def _pager(card: Card) -> Row:
    key, shown, count = card.key, card.shown, card.count
    if count < 2:
        return ()
    return (
        Button("◀", data=f"q:{key}:{(shown - 1) % count}"),
        Button(f"{shown + 1}/{count}", data=f"n:{key}:{shown}"),
        Button("▶", data=f"q:{key}:{(shown + 1) % count}"),
    )


def _source(quotation: Quotation, card: Card) -> Row:
    # A text fragment breaks in buttons on some phones, so the button has the plain address.
    url = quotation.article.url
    return (Button(card.language.say(texts.SOURCE), url=url),) if is_usable(url) else ()


def _judge(quotation: Quotation, card: Card) -> Row:
    copied = citation(quotation, card)
    return (
        Button("👍", data=f"g:{card.key}:{card.shown}"),
        Button("👎", data=f"b:{card.key}:{card.shown}"),
        Button(card.language.say(texts.COPY), copied=copied),
    )


def _why(card: Card) -> tuple[Row, ...]:
    """Reasons, two in a row since some languages need many words, and a way back."""
    buttons = [
        Button(card.language.say(reason), data=f"r:{card.key}:{card.shown}:{letter}")
        for letter, reason in REASONS.items()
    ]
    back = Button(card.language.say(texts.CANCEL), data=f"q:{card.key}:{card.shown}")
    return (tuple(buttons[:2]), tuple(buttons[2:]), (back,))
