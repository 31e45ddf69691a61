"""Paragraphs healed, sentences found, articles cut into passages."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

import sentencex

from corpus.types import Article, Passage

_SENTENCE_ENDS = frozenset(".!?…:;。！？；：．｡؟۔।॥։።")
_CLOSERS = frozenset("\"'”’»›)]}」』）】*")
_OPENERS = frozenset("\"'“‘«‹([{¿¡「『（【")
_CONTINUES = frozenset(",-–—،、，")
_CASELESS_LINE = 80
_TITLE_CHARACTERS = 120
_HALF_DAY = re.compile(r"\b[ap]\. ?m\.$", re.IGNORECASE)
_ZONE = re.compile(r"(?:[^\W\d_a-z][\w'’.-]*\s+){1,3}[Tt]ime\b")

CUTTING = 2
"""Version of `passages`, `context` and `embedded_text`: a new one makes every article be cut and
indexed again."""

MOST_CHARACTERS = 1500
"""Of a passage, however few tokens they make: a message must be able to hold it, and Telegram
counts up to two units for a character, of 4,096."""


def heal(blocks: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """Join paragraphs that were torn apart in mid-sentence, so that quotations are whole.

    Args:
        blocks: Text of each block and whether it is running text: headings are never joined.

    A paragraph goes on in the next one if it has no sentence end and the next begins with a small
    letter, or if it stops at a comma or dash. Scripts without case are joined only after a line
    too long to be a heading.
    """
    held: str | None = None
    for text, is_running in blocks:
        if held is not None and is_running and _goes_on(held, text):
            held = f"{held} {text}"
            continue
        if held is not None:
            yield held
            held = None
        if is_running:
            held = text
        else:
            yield text
    if held is not None:
        yield held


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends where `text` ends, closing quotes and brackets aside."""
    last = text.rstrip("".join(_CLOSERS))[-1:] or text[-1:]
    return last in _SENTENCE_ENDS


def _goes_on(text: str, following: str) -> bool:
    if ends_sentence(text):
        return False
    first = following.lstrip("".join(_OPENERS))[:1]
    if not first.isalnum():
        return False
    if first.islower() or text[-1] in _CONTINUES:
        return True
    return unicodedata.category(first) == "Lo" and len(text) >= _CASELESS_LINE


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of one paragraph, in order, without the space between.

    A sentence inside quotation marks belongs to the sentence around it.
    """
    spans: list[tuple[int, int]] = []
    for found in sentencex.get_sentence_boundaries(language, text):
        start, end = found["start_index"], found["end_index"]
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if spans and _is_time_of_day(text[: spans[-1][1]], text[start:end]):
            start = spans.pop()[0]
        if start < end:
            spans.append((start, end))
    return spans


def _is_time_of_day(before: str, after: str) -> bool:
    """Whether the place whose time it is follows: "at 6 p.m. | Kyiv time"."""
    return bool(_HALF_DAY.search(before) and _ZONE.match(after))


def context(article: Article, paragraph: int) -> str:
    """What is embedded and searched with a passage of `paragraph`, from 0, but never quoted."""
    title, section = _shortened(article.title), _shortened(article.section(paragraph))
    return f"{title}\n{section}" if section else title


def _shortened(title: str) -> str:
    if len(title) <= _TITLE_CHARACTERS:
        return title
    cut = title[:_TITLE_CHARACTERS]
    return cut.rsplit(" ", 1)[0] if " " in cut else cut


def embedded_text(article: Article, paragraph: int, text: str) -> str:
    """Exactly what the encoder reads for a passage with `text` from `paragraph`."""
    return f"{context(article, paragraph)}\n{text}"


def digest(text: str) -> str:
    """Sha256 of `text` in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def passages(article: Article, count: Callable[[str], int], limit: int) -> Iterator[Passage]:
    """Cut an article into passages: a paragraph each, or several if it is too long to be read.

    Every character of every paragraph is in exactly one passage.

    Args:
        article: What to cut.
        count: How many tokens the encoder makes of a text.
        limit: How many tokens the encoder reads, the context's included.

    Raises:
        ValueError: `limit` leaves no room beside the context.
    """

    def size(text: str) -> int:
        return limit + 1 if len(text) > MOST_CHARACTERS else count(text)

    version = article.digest()
    rooms: dict[str, int] = {}
    for position, paragraph in enumerate(article.paragraphs):
        section = article.section(position)
        if section not in rooms:
            rooms[section] = limit - count(embedded_text(article, position, ""))
        room = rooms[section]
        if room < 1:
            raise ValueError(
                f"a model that reads {limit} tokens cannot hold the title and a passage"
            )
        for start, end in _cut(paragraph, article.language, size, room):
            text = paragraph[start:end]
            yield Passage(
                article_id=article.id,
                article_digest=version,
                paragraph=position,
                start=start,
                end=end,
                text=text,
                digest=digest(embedded_text(article, position, text)),
            )


def _cut(
    paragraph: str, language: str, count: Callable[[str], int], room: int
) -> Iterator[tuple[int, int]]:
    """Spans that partition `paragraph`, each of at most `room` tokens, at sentence ends."""
    if count(paragraph) <= room:
        yield 0, len(paragraph)
        return
    starts = [start for start, _ in sentences(paragraph, language)][1:]
    begin, held = 0, 0
    for cut in [*starts, len(paragraph)]:
        if count(paragraph[begin:cut]) <= room:
            held = cut
            continue
        if held > begin:
            yield begin, held
            begin = held
        while (middle := _longest(paragraph, begin, cut, count, room)) < cut:
            yield begin, middle
            begin = middle
        held = cut
    yield begin, len(paragraph)


def _longest(paragraph: str, begin: int, end: int, count: Callable[[str], int], room: int) -> int:
    """How far to read a sentence that is too long by itself: up to a space where there is one."""
    low, reach = begin + 1, begin + 2 * room
    # Feel forward from `begin`: to count all the rest for each cut would take quadratic time.
    while reach < end and count(paragraph[begin:reach]) <= room:
        low, reach = reach, reach + reach - begin
    if reach >= end and count(paragraph[begin:end]) <= room:
        return end
    high = min(reach, end) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if count(paragraph[begin:middle]) <= room:
            low = middle
        else:
            high = middle - 1
    space = paragraph.rfind(" ", begin, low)
    return space + 1 if paragraph[begin : space + 1].strip() else low
