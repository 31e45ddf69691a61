"""An article's own words in a message, so that Telegram makes nothing live out of them.

A name such as "@someone" would be a mention, "#news" a tag, "/start" a command. What already is an
entity is left alone: such words are covered by a link to the passage, or else by fixed width.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from bot.answer import Nearest
from bot.languages import Language
from bot.message import Composer
from corpus.types import Article

MOST_COVERED = 36
"""In a quotation; of 100 entities that a message may have."""

LONGEST_LISTED = 1000
"""Of an address in a list, in characters; all entities of a message have 9,500 bytes together."""

_TITLE_CHARACTERS = 200
_MOST_COVERED_IN_TITLES = 5
_LONGEST_URL = 2048
_MOST_LINKED = 2000
"""Of the characters of all addresses laid over an article's own words."""

_LIVE = re.compile(r"(?<![\w/])(?:@\w{3,}|[#$]\w+|/\w+(?:@\w+)?)")
"""What Telegram itself would turn into a mention, a tag or a command."""


def shortened(words: str, most: int = _TITLE_CHARACTERS) -> str:
    """Return `words`, cut to `most` characters with an ellipsis for the last."""
    return words if len(words) <= most else words[: most - 1] + "…"


def is_usable(url: str | None, longest: int = _LONGEST_URL) -> bool:
    """Whether Telegram takes `url` for a link; it refuses the whole message for one it does not."""
    if not url or len(ascii(url)) - 2 > longest:
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return re.search(r"[^.]\.[^.]", host) is not None


def cover(
    out: Composer, start: int, end: int, link: str | None, most: int = _MOST_COVERED_IN_TITLES
) -> None:
    """Cover what is live in a span that is written.

    Args:
        out: The message.
        start: Where the span starts.
        end: Where it ends.
        link: To the passage; None where there is none.
        most: How many covers there may be. Where more are needed, one covers all the last words.
    """
    spans = [found.span() for found in _LIVE.finditer(out.text, start, end)]
    if len(spans) > most:
        rest = spans[most - 1 :]
        spans[most - 1 :] = [(rest[0][0], rest[-1][1])]
    linked = link is not None and is_usable(link, _MOST_LINKED // max(len(spans), 1))
    for first, last in spans:
        if linked and _LIVE.fullmatch(out.text, first, last):
            out.mark("text_link", first, last, link)
        else:
            out.unbold(first, last)
            out.mark("code", first, last)


def write_covered(out: Composer, words: str) -> None:
    """Append words and cover what is live in them."""
    start = len(out.text)
    out.write(words)
    cover(out, start, len(out.text), None)


def write_title(out: Composer, title: str, link: str | None, longest: int = _LONGEST_URL) -> None:
    """Append a title, as a link if `link` is usable and not longer than `longest`."""
    if is_usable(link, longest):
        out.write(shortened(title), "text_link", link)
    else:
        write_covered(out, shortened(title))


def origin(source: str | None, published: datetime | None, language: Language) -> str:
    """Return outlet and date as in "TASS, 17 December 2014"."""
    outlet = [language.isolated(shortened(source))] if source else []
    return language.listed([*outlet, language.day(published)])


def write_byline(out: Composer, article: Article, link: str | None, language: Language) -> None:
    """Append title, outlet and date below a quotation."""
    write_title(out, article.title, link)
    out.write("\n")
    write_covered(out, origin(article.source, article.published, language))


def write_list(out: Composer, articles: Sequence[Nearest | Article], language: Language) -> None:
    """Append a list of articles."""
    for article in articles:
        out.write("\n• ")
        write_title(out, article.title, article.url, LONGEST_LISTED)
        out.write(" – ")
        write_covered(out, origin(article.source, article.published, language))
