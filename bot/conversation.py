"""What was said before in a conversation."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.quote import Quotation


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a conversation remembers of a quotation.

    Attributes:
        article_id: Whose.
        paragraph: Position in the article, from 0.
        title: Of the article.
        text: Quoted.
        answer: Span of the answering sentence in `text`.
    """

    article_id: str
    paragraph: int
    title: str
    text: str
    answer: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what was quoted for it.

    Attributes:
        question: As asked.
        resolved: As understood and searched.
        quoted: Best first; empty when there was no answer.
    """

    question: str
    resolved: str
    quoted: tuple[Quoted, ...]


def turn(question: str, resolved: str, quotations: Iterable[Quotation]) -> Turn:
    """Return what to remember of an answer."""
    return Turn(
        question,
        resolved,
        tuple(
            Quoted(q.article.id, q.passage.paragraph, q.article.title, q.text, q.answer)
            for q in quotations
        ),
    )
