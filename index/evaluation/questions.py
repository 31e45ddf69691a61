"""The questions of a data set, each with what is right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import quote

from index.evaluation.articles import Collection
from index.evaluation.files import Row
from index.types import UnusableError

Span = tuple[int, int]
Place = tuple[str, int]
"""An article's id and a paragraph's position in it, from 0."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked and what is right.

    Attributes:
        id: Unique in its file.
        text: The words.
        answerable: Whether the collection has an answer.
        far: Whether the unanswerable question is about something else entirely.
        gold: Docids of the right paragraphs (or articles), empty if unanswerable.
        gold_articles: Names of their articles, as in docids.
        spans: By docid, where the answer is: the right sentence overlaps one of them.
        wording: The answer's own words, where it is a part of a sentence.
        asked: When it is asked, None for now.
        history: What the same person asked before, oldest first.
        dependent: Whether it can be understood only by what was asked before, where known.
    """

    id: str
    text: str
    answerable: bool
    far: bool = False
    gold: frozenset[str] = frozenset()
    gold_articles: frozenset[str] = frozenset()
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    wording: str | None = None
    asked: datetime | None = None
    history: tuple[str, ...] = ()
    dependent: bool | None = None

    @property
    def turn(self) -> int:
        """Which question of its conversation it is, from 1."""
        return len(self.history) + 1


def name_of(article: str) -> str:
    """An article's id as it stands in docids: without spaces, for trec_eval."""
    return quote(article, safe="-._~")


def docid(article: str, paragraph: int) -> str:
    """The name of a paragraph in runs."""
    return f"{name_of(article)}:{paragraph}"


def read_questions(
    lines: Iterable[Row], collection: Collection, split: str | None = None
) -> list[Question]:
    """Read questions and dialogues.

    Args:
        lines: Rows of a file of questions.
        collection: The articles that answer them.
        split: Take only the dialogues of this split.

    Raises:
        UnusableError: A row is not a question, its id comes twice, or what it names is not there.
    """
    found: dict[str, Question] = {}
    for place, values in lines:
        if split is not None and values.get("split") != split:
            continue
        for question in _of_row(values, place, collection):
            if question.id in found:
                raise UnusableError(f"{place}: the id {question.id} was there before: change it")
            found[question.id] = question
    return list(found.values())


def _of_row(values: Mapping[str, Any], place: str, collection: Collection) -> Iterator[Question]:
    name = _text(values, "id", place)
    if "turns" not in values:
        history = values.get("history") or []
        if len(history) % 2:
            raise UnusableError(f'{place}: "history" must alternate: user, assistant, user, …')
        yield _question(values, name, tuple(history[::2]), place, collection)
        return
    if not isinstance(values["turns"], list):
        raise UnusableError(f'{place}: "turns" must be a list of questions')
    before: tuple[str, ...] = ()
    for number, turn in enumerate(values["turns"], 1):
        question = _question(turn, f"{name}-{number}", before, place, collection)
        yield question
        before = (*before, question.text)


def _question(
    values: Mapping[str, Any],
    name: str,
    history: tuple[str, ...],
    place: str,
    collection: Collection,
) -> Question:
    text = _text(values, "question", place)
    answerable = bool(values.get("answerable", True))
    gold = _gold(values, place, collection) if answerable else []
    if answerable and not gold:
        raise UnusableError(
            f'{place}: no right paragraph: add "article_id" and "paragraph", or "answerable": false'
        )
    articles = {article for article, _ in gold}
    if answerable:
        articles |= set(values.get("article_ids") or ())
    return Question(
        id=name,
        text=text,
        answerable=answerable,
        far=values.get("kind") == "far",
        gold=frozenset(docid(*one) for one in gold),
        gold_articles=frozenset(map(name_of, articles)),
        spans=_spans(values, gold, place, collection) if answerable else {},
        wording=values.get("answer") or None,
        asked=_noon(values.get("date"), place),
        history=history,
        dependent=values.get("dependent"),
    )


def _text(values: Mapping[str, Any], key: str, place: str) -> str:
    value = values.get(key)
    if not isinstance(value, str) or not value.strip():
        raise UnusableError(f'{place}: "{key}" is missing or empty: write one')
    return value


def _gold(values: Mapping[str, Any], place: str, collection: Collection) -> list[Place]:
    """The right paragraphs, in whichever form the row names them."""
    named: Sequence[Any] = values.get("acceptable") or values.get("gold") or ()
    if not named and "passages" in values:
        unknown = [p for p in values["passages"] if p not in collection.passages]
        if unknown:
            raise UnusableError(f"{place}: no article has the passage {unknown[0]!r}: correct it")
        named = [collection.passages[p] for p in values["passages"]]
    article = values.get("article_id", values.get("article"))
    if not named and article is not None:
        at = values.get("paragraphs", values.get("paragraph"))
        named = [(article, one) for one in (at if isinstance(at, list) else [at])]
    found = []
    for pair in named:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise UnusableError(
                f"{place}: {pair!r} is no pair of article and paragraph: correct it"
            )
        where, paragraph = pair
        if where not in collection:
            raise UnusableError(f"{place}: there is no article {where!r}: correct the id")
        if not isinstance(paragraph, int) or not (
            0 <= paragraph < len(collection[where].paragraphs)
        ):
            raise UnusableError(f"{place}: {where} has no paragraph {paragraph!r}: count from 0")
        found.append((where, paragraph))
    return found


def _spans(
    values: Mapping[str, Any], gold: Sequence[Place], place: str, collection: Collection
) -> dict[str, tuple[Span, ...]]:
    """Where the answer is in the right paragraphs, as stored; nowhere if it is not given.

    An answer is where it starts: the sentence that holds its first character is right.
    """
    start, answer = values.get("answer_start"), values.get("answer")
    if start is not None:
        where = gold[0]
        at = start - collection.shifts[where]
        text = collection[where[0]].paragraphs[where[1]]
        if not 0 <= at < len(text) or (answer and not text.startswith(answer.strip()[:1], at)):
            raise UnusableError(f'{place}: "answer" is not at "answer_start": count from 0')
        return {docid(*where): ((at, at + 1),)}
    found = {}
    for where in gold:
        text = collection[where[0]].paragraphs[where[1]]
        spans = [s for one in values.get("answer_sentences") or () for s in _all(text, one)]
        if answer:
            spans += [(at, at + 1) for at, _ in _all(text, answer)]
        if spans:
            found[docid(*where)] = tuple(spans)
    return found


def _all(text: str, part: str) -> Iterator[Span]:
    """Every place of `part` in `text`."""
    part = part.strip()
    at = text.find(part) if part else -1
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + 1)


def _noon(value: object, place: str) -> datetime | None:
    if not value:
        return None
    try:
        return datetime.combine(date.fromisoformat(str(value)), time(12), UTC)
    except ValueError as error:
        raise UnusableError(f"{place}: {value!r} is no date: write 2014-12-31") from error
