"""Puts the questions of a data set to the bot's own answerer and judges what comes."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answer import Answer, Answerer, NoQuestionError
from bot.conversation import Turn, turn
from bot.copies import is_copy
from bot.quote import Quotation
from corpus.types import Article
from index.evaluation.measures import DEPTH
from index.evaluation.questions import Question, docid, name_of
from index.terms import fold
from index.types import Progress, silent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question brought.

    Attributes:
        question: With what is right.
        resolved: As understood.
        confidence: That the first paragraph answers, 0 to 1.
        answered: Whether something was quoted.
        ranked: Docids of the considered paragraphs, best first, each once; a copy of a right one
            stands under that one's.
        sentence: Whether the right sentence is marked in the right paragraph, wherever that ranks;
            None if it was not considered or the right sentence is not known.
        worded: The same, but another sentence of it with the answer's very words is right too.
        end_to_end: Whether the first quotation given is right and so is its marked sentence; None
            if the right sentence is not known.
        quotations: How many quotations were compared with their articles.
        exact: How many of them were the articles' own words.
    """

    question: Question
    resolved: str
    confidence: float
    answered: bool
    ranked: tuple[str, ...]
    sentence: bool | None
    worded: bool | None
    end_to_end: bool | None
    quotations: int
    exact: int


class Asker:
    """Asks as the bot would: conversations from their beginning. For one thread.

    Args:
        answerer: The bot's.
        most: How many quotations an answer has at most.
        articles: The articles by id, not from the library: quotations are compared with them.
        whole: Rank articles, not paragraphs.
    """

    def __init__(
        self, answerer: Answerer, most: int, articles: Mapping[str, Article], *, whole: bool = False
    ) -> None:
        self._answerer = answerer
        self._most = most
        self._articles = articles
        self._whole = whole
        self._named = {name_of(key): article for key, article in articles.items()}
        self._turns: dict[tuple[datetime | None, tuple[str, ...]], tuple[Turn, ...]] = {}

    def ask(self, question: Question) -> Outcome:
        """Ask one question, after what its conversation began with."""
        said = self.conversation(question.history, question.asked)
        answer = self._answer(question.text, question.asked, said)
        if answer is None:
            wrong = False if question.spans else None
            return Outcome(question, "", 0.0, False, (), None, None, wrong, 0, 0)
        key = (question.asked, (*question.history, question.text))
        self._turns[key] = (
            *said,
            turn(question.text, answer.resolved, answer.subject, answer.quotations, answer.passed),
        )
        considered = self._considered(question, said)
        shown = [*answer.quotations, *considered]
        best = tuple(dict.fromkeys(self._docid(q) for q in considered))[:DEPTH]
        right = self._holding(question, [q for q in considered if self._docid(q) in best])
        ranked = best if self._whole else self._with_copies_named(best, question)
        marked = None if right is None else self._marks(right, question)
        return Outcome(
            question=question,
            resolved=answer.resolved,
            confidence=answer.confidence,
            answered=answer.answered,
            ranked=ranked,
            sentence=marked,
            worded=None if right is None else marked or _says(right, question.wording),
            end_to_end=self._end_to_end(question, answer),
            quotations=len(shown),
            exact=sum(self._is_exact(q) for q in shown),
        )

    def conversation(self, said: tuple[str, ...], asked: datetime | None) -> tuple[Turn, ...]:
        """What the bot remembers after these questions, oldest first."""
        if not said:
            return ()
        if (asked, said) not in self._turns:
            before = self.conversation(said[:-1], asked)
            answer = self._answer(said[-1], asked, before)
            made = (
                ()
                if answer is None
                else (
                    turn(
                        said[-1], answer.resolved, answer.subject, answer.quotations, answer.passed
                    ),
                )
            )
            self._turns[asked, said] = (*before, *made)
        return self._turns[asked, said]

    def _answer(self, text: str, asked: datetime | None, said: Sequence[Turn]) -> Answer | None:
        try:
            return self._answerer.answer(text, self._most, now=asked, conversation=said)
        except NoQuestionError:
            return None

    def _considered(self, question: Question, said: Sequence[Turn]) -> tuple[Quotation, ...]:
        """The best passages: more than `DEPTH` if several come from one paragraph."""
        found: tuple[Quotation, ...] = ()
        for most in (DEPTH, 2 * DEPTH, 3 * DEPTH):
            found = self._answerer.consider(
                question.text,
                most,
                now=question.asked,
                conversation=said,
                marks=lambda quotation: self._docid(quotation) in question.spans,
            ).quotations
            if len(found) < most or len({self._docid(q) for q in found}) >= DEPTH:
                break
        return found

    def _docid(self, quotation: Quotation) -> str:
        article = quotation.passage.article_id
        return name_of(article) if self._whole else docid(article, quotation.passage.paragraph)

    def _with_copies_named(self, names: Sequence[str], question: Question) -> tuple[str, ...]:
        """Paragraphs, best first, each copy of a right one under that one's name.

        Copies are shown as one: it is by chance which of them a data set names.
        """
        right = [(name, self._folded(name)[0]) for name in sorted(question.gold)]

        def named(name: str) -> str:
            text, language = self._folded(name)
            if name in question.gold or not text:
                return name
            copied = (gold for gold, known in right if is_copy(text, known, language))
            return next(copied, name)

        return tuple(dict.fromkeys(map(named, names)))

    def _folded(self, name: str) -> tuple[str, str]:
        """The paragraph of this docid, nothing if there is none, and its language."""
        article, _, number = name.rpartition(":")
        found = self._named.get(article)
        if found is None or int(number) >= len(found.paragraphs):
            return "", ""
        return fold(found.paragraphs[int(number)], found.language), found.language

    def _is_exact(self, quotation: Quotation) -> bool:
        article = self._articles.get(quotation.passage.article_id)
        if article is None or quotation.passage.paragraph >= len(article.paragraphs):
            return False
        paragraph = article.paragraphs[quotation.passage.paragraph]
        return bool(quotation.text) and quotation.text == paragraph[quotation.start : quotation.end]

    def _holding(self, question: Question, considered: Sequence[Quotation]) -> Quotation | None:
        """The passage of a right paragraph in which the answer is, or else the first of one."""
        right = [q for q in considered if self._docid(q) in question.spans]
        for quotation in right:
            if self._overlaps(quotation, question, 0, len(quotation.text)):
                return quotation
        return right[0] if right else None

    def _end_to_end(self, question: Question, answer: Answer) -> bool | None:
        if not question.spans:
            return None
        return answer.answered and self._marks(answer.quotations[0], question)

    def _marks(self, quotation: Quotation, question: Question) -> bool:
        """Whether the sentence that is marked is a right one."""
        return self._overlaps(quotation, question, *quotation.answer)

    def _overlaps(self, quotation: Quotation, question: Question, first: int, last: int) -> bool:
        """Whether a part of the quotation has characters of the answer."""
        spans = question.spans.get(self._docid(quotation), ())
        begin = quotation.start
        return any(begin + first < end and start < begin + last for start, end in spans)


def _says(quotation: Quotation, wording: str | None) -> bool:
    return wording is not None and wording in quotation.text[slice(*quotation.answer)]


def ask_all(asker: Asker, questions: Sequence[Question], tell: Progress = silent) -> list[Outcome]:
    """Ask them in order."""
    outcomes = []
    for at, question in enumerate(questions):
        tell("asking", at, len(questions))
        outcomes.append(asker.ask(question))
    return outcomes


def seconds(
    answerer: Answerer, most: int, asker: Asker, questions: Sequence[Question]
) -> list[float]:
    """How long each question takes.

    Args:
        answerer: One whose encoder remembers nothing.
        most: How many quotations at most.
        asker: Knows what the conversations began with.
        questions: To be timed.
    """
    taken = []
    for question in questions:
        said = asker.conversation(question.history, question.asked)
        begun = time.perf_counter()
        try:
            answerer.answer(question.text, most, now=question.asked, conversation=said)
        except NoQuestionError:
            continue
        taken.append(time.perf_counter() - begun)
    return taken
