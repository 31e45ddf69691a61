"""Answer -> messages within Telegram's limits. Pure: no input, no output, no Telegram library.

Telegram's limits (Bot API): text of 4,096 UTF-16 code units, 100 entities of 9,500 bytes in all,
addresses of 2,048 characters with a dot in the host, callback data of 64 bytes. What could be
over-long here is cut by whole paragraphs or, in titles, with an ellipsis; never a quotation, whose
length the index bounds (`corpus.paragraphs.MOST_CHARACTERS`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from bot import texts
from bot.answer import Answer, Nearest
from bot.message import Button, Composer, Message, units
from bot.quote import Quotation
from corpus.types import Article

_CONTEXT_UNITS = 3500
_TITLE_CHARACTERS = 200
_CHIP_CHARACTERS = 40
_MOST_ALSO = 3
_MOST_COVERED = 36
_MOST_COVERED_IN_TITLES = 5
_LONGEST_URL = 2048
_LONGEST_LISTED = 1000
_MOST_LINKED = 2000
"""Of the characters of all addresses laid over an article's own words."""

_LIVE = re.compile(r"(?<![\w/])(?:@\w{3,}|[#$]\w+|/\w+(?:@\w+)?)")
"""What Telegram itself would turn into a mention, a tag or a command."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a quotation, and the buttons to take it back.

    Attributes:
        resolved: The question as understood, if something was carried over into it.
        time: The time it is about, if it names one.
        source: The outlet it asks for, if it does.
        is_dated: Whether the present was asked about, so that a quotation's date is said first.
        is_cut: Whether only the beginning of the question was read.
    """

    resolved: str | None = None
    time: str | None = None
    source: str | None = None
    is_dated: bool = False
    is_cut: bool = False

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Return what stands above the quotations of `answer`."""
        understood = answer.understood
        return cls(
            answer.resolved if understood.history else None,
            understood.time,
            understood.source,
            answer.dated_first,
            answer.cut,
        )


def answer_message(answer: Answer, key: str, shown: int = 0) -> Message:
    """Render an answer with its quotation number `shown`, or say that there is none.

    Args:
        answer: The answer.
        key: Names the answer in its buttons' data.
        shown: Position of the quotation, from 0.
    """
    heading = Heading.of(answer)
    if not answer.quotations:
        return replace(_silence(answer, heading, key), key=key)
    quotation, count = answer.quotations[shown], len(answer.quotations)
    return replace(quotation_message(quotation, key, shown, count, heading), key=key)


def quotation_message(
    quotation: Quotation, key: str, shown: int, count: int, heading: Heading | None = None
) -> Message:
    """Render one quotation of `count` with buttons to the others, its context and its source."""
    out = Composer()
    link = quotation.link
    heading = heading or Heading()
    _head(out, heading)
    if heading.is_dated and quotation.article.published:
        _date(out, quotation.article)
    begin = len(out.text)
    start, end = quotation.answer
    out.write(quotation.text, "blockquote")
    out.mark("bold", begin + start, begin + end)
    if quotation.words:
        first, last = quotation.words
        out.mark("underline", begin + first, begin + last)
    _cover(out, begin, begin + len(quotation.text), link, _MOST_COVERED)
    out.write("\n")
    _byline(out, quotation.article, link)
    also = [url for url in quotation.also_in if _usable(url, _LONGEST_LISTED)]
    if also:
        out.write("\n" + texts.ALSO_IN)
        for number, url in enumerate(also[:_MOST_ALSO]):
            out.write(", " if number else "")
            out.write(_shortened(urlsplit(url).hostname or url), "text_link", url)
    if heading.is_cut:
        out.write("\n" + texts.CUT)
    return out.message(
        _pager(key, shown, count),
        (Button(texts.CONTEXT, data=f"c:{key}:{shown}"), *_source(quotation.article)),
        *_chips(heading, key),
    )


def _head(out: Composer, heading: Heading) -> None:
    """The question as understood; what is live in it for Telegram is covered."""
    if heading.resolved is None:
        return
    shown = texts.UNDERSTOOD.format(resolved=_shortened(heading.resolved))
    out.write(shown)
    _cover(out, 0, len(shown), None)
    out.write("\n")


def _date(out: Composer, article: Article) -> None:
    """Outlet and date of an article, the date in bold."""
    start = len(out.text)
    out.write(f"{article.source[:_TITLE_CHARACTERS]}, " if article.source else "")
    _cover(out, start, len(out.text), None)
    out.write(day(article.published), "bold")
    out.write(":\n")


def _chips(heading: Heading, key: str) -> tuple[tuple[Button, ...], ...]:
    """Rows of buttons that take back what was understood."""
    chips = [
        Button(texts.REMOVE.format(what=_shortened(what, _CHIP_CHARACTERS)), data=f"w:{key}:{sign}")
        for what, sign in ((heading.time, "t"), (heading.source, "s"))
        if what
    ]
    typed = (Button(texts.AS_TYPED, data=f"w:{key}:h"),) if heading.resolved is not None else ()
    return tuple(row for row in (tuple(chips), typed) if row)


def context_message(
    quotation: Quotation, key: str, shown: int, around: int, count: int = 1
) -> Message:
    """Render the paragraphs around a quotation, verbatim too, with a button back to it.

    Args:
        quotation: The quotation.
        key: Names the answer in its buttons' data.
        shown: Position of the quotation in the answer, from 0.
        around: How many paragraphs before and after, as far as they fit.
        count: How many quotations the answer has.
    """
    out = Composer()
    link = quotation.link
    before, own, after = _around(quotation, around)
    quoted = 0 if own == quotation.text else quotation.start
    for paragraph in before:
        out.write(paragraph + "\n\n")
    start = len(out.text)
    out.write(own)
    for paragraph in after:
        out.write("\n\n" + paragraph)
    out.mark("expandable_blockquote", 0, len(out.text))
    out.mark("bold", start + quoted, start + quoted + len(quotation.text))
    _cover(out, 0, len(out.text), link, _MOST_COVERED)
    out.write("\n")
    _byline(out, quotation.article, link)
    back = texts.BACK if count < 2 else f"{texts.BACK} {shown + 1}/{count}"
    return out.message((Button(back, data=f"q:{key}:{shown}"), *_source(quotation.article)))


def titles_message(head: str, articles: Sequence[Nearest | Article]) -> Message:
    """Render `head` above a list of articles, each a link."""
    out = Composer()
    out.write(head)
    _cover(out, 0, len(head), None)
    _list(out, articles)
    return out.message()


def day(published: datetime | None) -> str:
    """Return a date as in "17 December 2014", or "undated"."""
    return f"{published.day} {published:%B %Y}" if published else texts.UNDATED


def _silence(answer: Answer, heading: Heading, key: str) -> Message:
    out = Composer()
    _head(out, heading)
    out.write(texts.NO_ANSWER)
    if answer.nearest:
        out.write("\n\n" + texts.NEAREST)
        _list(out, answer.nearest)
    if answer.cut:
        out.write("\n\n" + texts.CUT)
    return out.message(*_chips(heading, key))


def _list(out: Composer, articles: Sequence[Nearest | Article]) -> None:
    for article in articles:
        out.write("\n• ")
        _title(out, article.title, article.url, _LONGEST_LISTED)
        out.write(" – ")
        _cover_origin(out, article.source, article.published)


def _byline(out: Composer, article: Article, link: str | None) -> None:
    _title(out, article.title, link)
    out.write("\n")
    _cover_origin(out, article.source, article.published)


def _cover_origin(out: Composer, source: str | None, published: datetime | None) -> None:
    start = len(out.text)
    out.write(origin(source, published))
    _cover(out, start, len(out.text), None)


def _title(out: Composer, title: str, link: str | None, longest: int = _LONGEST_URL) -> None:
    """Write a title as a link; without one, what Telegram would make live in it is covered."""
    shown = _shortened(title)
    if _usable(link, longest):
        out.write(shown, "text_link", link)
        return
    start = len(out.text)
    out.write(shown)
    _cover(out, start, len(out.text), None)


def _shortened(words: str, most: int = _TITLE_CHARACTERS) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _usable(url: str | None, longest: int = _LONGEST_URL) -> bool:
    """Whether Telegram takes `url` for a link; it refuses the whole message for one it does not."""
    if not url or len(ascii(url)) - 2 > longest:
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return re.search(r"[^.]\.[^.]", host) is not None


def origin(source: str | None, published: datetime | None) -> str:
    """Return outlet and date, as far as they are known."""
    date = day(published)
    if not source:
        return date
    return f"{source[:_TITLE_CHARACTERS]}, {date}"


def _cover(
    out: Composer, start: int, end: int, link: str | None, most: int = _MOST_COVERED_IN_TITLES
) -> None:
    """Keep Telegram from making mentions, tags and commands out of an article's words.

    It leaves alone what already is an entity: a link to the passage, or else fixed-width text.
    Where there are too many, one covers all the last of them.
    """
    spans = [found.span() for found in _LIVE.finditer(out.text, start, end)]
    if len(spans) > most:
        rest = spans[most - 1 :]
        spans[most - 1 :] = [(rest[0][0], rest[-1][1])]
    linked = link is not None and _usable(link, _MOST_LINKED // max(len(spans), 1))
    for first, last in spans:
        if linked and _LIVE.fullmatch(out.text, first, last):
            out.mark("text_link", first, last, link)
        else:
            out.unbold(first, last)
            out.mark("code", first, last)


def _pager(key: str, shown: int, count: int) -> tuple[Button, ...]:
    if count < 2:
        return ()
    return (
        Button("◀", data=f"q:{key}:{(shown - 1) % count}"),
        Button(f"{shown + 1}/{count}", data=f"n:{key}:{shown}"),
        Button("▶", data=f"q:{key}:{(shown + 1) % count}"),
    )


def _source(article: Article) -> tuple[Button, ...]:
    # A text fragment breaks in buttons on some phones, so the button has the plain address.
    return (Button(texts.SOURCE, url=article.url),) if _usable(article.url) else ()


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
