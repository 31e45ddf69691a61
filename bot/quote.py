"""Quotations, and the contract that makes each one the article's own words.

The contract: a quotation is made from the stored article, whose digest must be the one that the
index names, and its text must be, character by character, that article's paragraph between the
passage's start and end. Nothing else in the program can make a `Quotation`.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bot.link import Place, deep_link
from corpus.paragraphs import digest, embedded_text
from corpus.types import Article, Passage


class QuoteFaultError(Exception):
    """A passage and the stored article do not agree: it must not be shown."""


_MAKER = object()


class Elsewhere(NamedTuple):
    """Another article that has the same text.

    Attributes:
        url: Its address.
        outlet: Which published it; None where that is not known.
    """

    url: str
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage as it may be shown. Made by `quote` only.

    Attributes:
        passage: Where the words stand.
        article: The version of the article they were taken from, checked.
        start: First character of the quotation within the paragraph.
        end: One past its last.
        answer: Span of the answering sentence within `text`.
        words: Span of the words in it that answer, or None where they are not known.
        confidence: That it answers the question, 0 to 1.
        also_in: Other articles that have the same text.
    """

    passage: Passage
    article: Article
    start: int
    end: int
    answer: tuple[int, int]
    confidence: float
    also_in: tuple[Elsewhere, ...]
    words: tuple[int, int] | None = None
    _maker: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self._maker is not _MAKER:
            raise TypeError("quotations are made by bot.quote.quote, which checks them")

    @property
    def text(self) -> str:
        """The words, verbatim."""
        return self.article.paragraphs[self.passage.paragraph][self.start : self.end]

    def judged(
        self,
        answer: tuple[int, int],
        confidence: float,
        also_in: tuple[Elsewhere, ...] = (),
        words: tuple[int, int] | None = None,
    ) -> "Quotation":
        """Return the same quotation with its answering sentence, and where else it stands.

        Args:
            answer: Span of the sentence within the text.
            confidence: That it answers, 0 to 1.
            also_in: Other articles that have the same text.
            words: Span of the words in the sentence that answer, within the text too.

        Raises:
            ValueError: A span is empty, or not within the text, or in that of the sentence.
        """
        if not 0 <= answer[0] < answer[1] <= len(self.text):
            raise ValueError(f"{self.passage.docid}: {answer} is no part of the quotation")
        if words is not None and not answer[0] <= words[0] < words[1] <= answer[1]:
            raise ValueError(f"{self.passage.docid}: {words} is no part of the sentence")
        return replace(self, answer=answer, confidence=confidence, also_in=also_in, words=words)

    @property
    def link(self) -> str | None:
        """Address that opens at the quoted words, or None for an article without one."""
        if self.article.url is None:
            return None
        blocks = (self.article.title, *self.article.paragraphs)
        place = Place(self.passage.paragraph + 1, self.start, self.end)
        return deep_link(self.article.url, blocks, place)


def quote(passage: Passage, article: Article | None) -> Quotation:
    """Make a quotation of `passage`, checked against the stored `article`.

    Args:
        passage: As the index holds it.
        article: As the library holds it under the digest that the passage names, if it does.

    Raises:
        QuoteFaultError: They do not agree to the letter.
    """
    if article is None:
        raise QuoteFaultError(f"{passage.docid}: the library has no such version of the article")
    if article.id != passage.article_id or article.digest() != passage.article_digest:
        raise QuoteFaultError(f"{passage.docid}: the library's article is not the one indexed")
    if not 0 <= passage.paragraph < len(article.paragraphs):
        raise QuoteFaultError(f"{passage.docid}: the article has no such paragraph")
    text = article.paragraphs[passage.paragraph][passage.start : passage.end]
    # A span that counts from the end or past it may slice the right text, but names no place.
    if passage.start < 0 or passage.end - passage.start != len(text):
        raise QuoteFaultError(f"{passage.docid}: the article's paragraph has no such span")
    embedded = embedded_text(article, passage.paragraph, text)
    if text != passage.text or digest(embedded) != passage.digest:
        raise QuoteFaultError(f"{passage.docid}: the index's text is not the article's")
    start = passage.start + len(text) - len(text.lstrip())
    end = start + len(text.strip())
    return Quotation(passage, article, start, end, (0, end - start), 0.0, (), None, _MAKER)
