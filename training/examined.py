"""A set's passages indexed for a moment, and what the bot's parts make of what is found in them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bot.reading import LIKENESS_WEIGHT
from bot.sentence import Marked, answering_sentence
from corpus.paragraphs import sentences
from corpus.types import Article
from index.types import CrossEncoder, Encoder, Judgement, SearchResult, TokenVectors
from training.collection import Collection
from training.data import Asked, Data, Source

SOURCES = 500
"""Of each set, the held-out ones first."""

UNTITLED = "-"


class Place(NamedTuple):
    """Where in the collection a source stands: its article, and the start of each paragraph."""

    article: str
    first: int
    starts: list[int]


class Read(NamedTuple):
    """A passage that was found, read with the question.

    Attributes:
        judgement: The reader's.
        marked: The sentence that answers best, by likeness alone.
        score: Of search and likeness.
    """

    judgement: Judgement
    marked: Marked
    score: float


class Examined:
    """A set's passages in a collection.

    Args:
        sources: The passages.
        folder: Empty; for the index.
        encoder: Of the bot.
        cross_encoder: Of the bot.
        short: Cut them into paragraphs of one sentence.

    Attributes:
        collection: What is searched.
        places: Of the sources, by id.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        folder: Path,
        encoder: Encoder,
        cross_encoder: CrossEncoder,
        *,
        short: bool,
    ) -> None:
        # Each passage is read for many questions.
        self.tokens = lru_cache(2000)(encoder.encode_tokens)
        self._cross_encoder = cross_encoder
        self.places, articles = _laid_out(sources, short=short)
        self.collection = Collection(folder, articles, encoder)

    def title(self, result: SearchResult) -> str:
        """What the passage stands under; `UNTITLED` where that is nothing."""
        return self.collection.articles[result.passage.article_id].title

    def asked(self, asked: Asked) -> list[tuple[TokenVectors, float]]:
        """A question's only wording."""
        return [(self.tokens(asked.text, query=True), 1.0)]

    def read(self, asked: Asked, result: SearchResult) -> Read:
        """Read a passage with a question as the bot does."""
        title, text = self.title(result), result.passage.text
        around = "" if title == UNTITLED else title
        judgement = self._cross_encoder.judge(asked.text, around, text)
        marked = answering_sentence(text, "en", title, self.asked(asked), self.tokens)
        return Read(judgement, marked, result.score + LIKENESS_WEIGHT * marked.likeness)

    def is_right(self, asked: Asked, result: SearchResult) -> bool:
        """Whether the answer begins in this paragraph; no other set's question has one here."""
        place = self.places.get(asked.source.id)
        if place is None or result.passage.article_id != place.article:
            return False
        at = result.passage.paragraph - place.first
        return any(sum(s <= start for s in place.starts) - 1 == at for start, _ in asked.spans)


def chosen(data: Data, name: str) -> tuple[list[Source], list[Asked]]:
    """The passages of a set that are searched, and the held-out questions that they answer."""
    own = (source for source in data.sources if source.set == name)
    sources = sorted(own, key=lambda source: (not source.held_out, source.id))[:SOURCES]
    known = {source.id for source in sources if source.held_out}
    return sources, [asked for asked in data.asked if asked.source.id in known]


def _laid_out(sources: Sequence[Source], *, short: bool) -> tuple[dict[str, Place], list[Article]]:
    together: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        # What has no title is an article by itself; so is, cut short, each passage.
        together[source.id if short else source.title or source.id].append(source)
    places, made = {}, []
    for name, parts in together.items():
        paragraphs: list[str] = []
        for part in parts:
            spans = sentences(part.text, "en") if short else [(0, len(part.text))]
            places[part.id] = Place(name, len(paragraphs), [start for start, _ in spans])
            paragraphs += [part.text[start:end] for start, end in spans]
        title = parts[0].title or UNTITLED
        made.append(Article(name, None, title, None, (), None, None, "en", tuple(paragraphs)))
    return places, made
