"""A question to an Answer made only of quotations."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Literal

from bot.anchor import beside, reported
from bot.beginning import Beginner
from bot.casing import Caser
from bot.conversation import Quoted, Turn, about_event, leaned, near, subject_after
from bot.finding import Finder
from bot.further import further
from bot.introducing.introducer import Introducer
from bot.leaning import within
from bot.looking import Looker
from bot.marking import Marker
from bot.meant import looked_for, meant, news_since, of_any_outlet
from bot.quote import Quotation
from bot.reading import Reader
from bot.timing import is_old, preferred
from bot.understanding import Asked, find_event, interval, understand
from bot.wanted import Wanted
from corpus.language import detect, spoken
from corpus.text import has_words, normalise
from index.languages import SENTENCES
from index.search import HybridSearcher
from index.terms import content_terms

MOST_CHARACTERS = 1000
"""Of a question that are read; no model makes use of more."""

_NEAREST = 3

Ignored = Literal["time", "source", "history"]
"""What of a question can be left out of account when the person wants it so."""

Skipped = Literal["reranker"]
"""What of the work can be left out when there is no time."""


class NoQuestionError(ValueError):
    """There are no words in what was asked."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """An article that does not answer but comes nearest."""

    title: str
    url: str | None
    published: datetime | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of a question, so that the person can see it and take it back.

    Attributes:
        time: The time it is about, as `understanding.interval` writes it, or None.
        source: The outlet it asks for, or None.
        history: Whether something was carried over from before it.
    """

    time: str | None = None
    source: str | None = None
    history: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the collection says to a question.

    Attributes:
        question: As asked.
        resolved: As understood.
        subject: What the conversation is about, for the turns to come.
        understood: Time, source and history, as far as they were heeded.
        quotations: Best first; empty when the collection has no answer.
        confidence: That the first passage answers, 0 to 1, whether it was given or not.
        nearest: Articles that come nearest, when there is no answer.
        dated_first: Whether the present was asked about and the first quotation is from before, so
            that its date must be said first.
        generation: Number of the generation it came from.
        cut: Whether only the beginning of the question was read.
        skipped: What was left out for want of time.
        passed: What had come first in answers before and was not wanted again.
    """

    question: str
    resolved: str
    subject: str
    understood: Understood
    quotations: tuple[Quotation, ...]
    confidence: float
    nearest: tuple[Nearest, ...]
    dated_first: bool
    generation: int
    cut: bool
    skipped: tuple[Skipped, ...] = ()
    passed: tuple[Quoted, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether there is a quotation."""
        return bool(self.quotations)


@dataclass(frozen=True, slots=True)
class Considered:
    """The best passages for a question, whether they answer it or not.

    Attributes:
        resolved: The question as understood.
        subject: What the conversation is about, for the turns to come.
        understood: Time, source and history, as far as they were heeded.
        quotations: Best first, each with the sentence that answers if one does.
        confidence: That the first passage answers, 0 to 1.
        nearest: Articles that come nearest.
        dated_first: Whether the present was asked about and the first passage is from before.
        cut: Whether only the beginning of the question was read.
        skipped: What was left out for want of time.
        passed: What had come first in answers before and was not wanted again.
    """

    resolved: str
    subject: str
    understood: Understood
    quotations: tuple[Quotation, ...]
    confidence: float
    nearest: tuple[Nearest, ...]
    dated_first: bool
    cut: bool
    skipped: tuple[Skipped, ...]
    passed: tuple[Quoted, ...]


class Answerer:
    """Answers from one generation. For one thread.

    Args:
        searcher: Over the generation.
        reader: Reads what was found.
        threshold: Below this confidence a passage is not quoted.
        marker: Marks the sentences that answer; None leaves that to the reader.
    """

    def __init__(
        self,
        searcher: HybridSearcher,
        reader: Reader,
        threshold: float,
        marker: Marker | None = None,
    ) -> None:
        self._searcher = searcher
        self._title = reader.title
        self.caser = Caser(searcher)
        looker = Looker(searcher, reader, threshold, marker)
        beginner, introducer = Beginner(searcher, reader), Introducer(searcher, reader)
        self._finder = Finder(looker, beginner, introducer, threshold)
        self.threshold = threshold

    def answer(
        self,
        question: str,
        most: int,
        *,
        now: datetime | None = None,
        conversation: Sequence[Turn] = (),
        without: Collection[Ignored] = (),
        deadline: float | None = None,
    ) -> Answer:
        """Answer `question` with at most `most` quotations.

        Args:
            question: Any text.
            most: How many quotations at most.
            now: When it is asked, with its zone; None for this moment.
            conversation: What was asked and answered before, oldest first.
            without: What is not to be heeded.
            deadline: On `time.monotonic`, from which what can be left out is left out.

        Raises:
            NoQuestionError: It has no words.
            UnusableError: Not one passage found is as the library has it.
        """
        considered = self.consider(
            question,
            most,
            now=now,
            conversation=conversation,
            without=without,
            deadline=deadline,
        )
        sure = considered.confidence >= self.threshold
        quoted = tuple(q for q in considered.quotations if q.confidence >= self.threshold)
        # A passage below the threshold in first place means silence, whatever comes after it.
        return Answer(
            question=question,
            resolved=considered.resolved,
            subject=considered.subject,
            understood=considered.understood,
            quotations=quoted if sure else (),
            confidence=considered.confidence,
            nearest=() if sure else considered.nearest,
            dated_first=sure and considered.dated_first,
            generation=self._searcher.generation.manifest.number,
            cut=considered.cut,
            skipped=considered.skipped,
            passed=considered.passed,
        )

    def consider(
        self,
        question: str,
        most: int,
        *,
        now: datetime | None = None,
        conversation: Sequence[Turn] = (),
        without: Collection[Ignored] = (),
        deadline: float | None = None,
        marks: Callable[[Quotation], bool] | None = None,
    ) -> Considered:
        """Return the best passages for `question` before it is decided whether they answer.

        The other arguments and the errors are those of `answer`. `marks` says which passages
        matter: only they are read beyond the best few, and only they are marked. None takes all,
        and marks those that `answer` quotes.
        """
        typed, was_cut = _cleaned(question)
        index = self._searcher.generation
        today = (now or datetime.now(UTC)).astimezone(UTC).date()
        newest = index.rows.newest
        telling, before = typed, conversation[-1].subject if conversation else ""
        if before and (
            further(typed) or within(typed, spoken(before, index.manifest.languages, SENTENCES))
        ):
            # "More" and "in Uvalde?" do not tell the language of what was asked before them.
            telling = before
        language = detect(telling, among=index.manifest.languages)
        tongue = spoken(telling, index.manifest.languages, SENTENCES)
        text = typed if "history" in without else self._searcher.spelt(typed, language)
        said = () if "history" in without else conversation
        subjects = self._subjects(text, language, said)
        held = self._held(text, language, said)

        @cache
        def understood(words: str) -> Asked:
            return understand(words, tongue, today, index.rows.names, index.rows)

        def heeded(words: str) -> Asked:
            asked = understood(words)
            return replace(asked, time=None) if "time" in without else asked

        def written(words: str) -> str:
            return self.caser.cased(words, language)

        meaning = meant(
            *(text, tongue, subjects, said, heeded),
            *(today if newest else None, self._title, held, written),
        )
        if "source" in without:
            meaning = of_any_outlet(meaning)
        text, resolved, asked = meaning.text, meaning.resolved, meaning.asked
        other = None
        if said and not meaning.news and not resolved.is_leaning:
            other = leaned(text, tongue, subjects, said, meaning.about)
        sought, circumstances = looked_for(meaning, language, understood)
        preference = preferred(asked, today)
        is_timed = asked.time or "time" in without or newest is None
        event = None if is_timed else find_event(text, tongue)
        if event:
            fullest, place = resolved.wordings[-1].whole, resolved.near
            day = reported(event, fullest, language, self._searcher, preference, place)
            asked = replace(asked, time=beside(event, day) if day else None)
            if day and event.side == "since":
                meaning = news_since(meaning, day)
            preference = preferred(asked, today)
            when = text[slice(*event.span)]
            resolved = about_event(resolved, when, language)
            other = other and about_event(other, when, language)
        wanted = Wanted(
            text,
            sought,
            circumstances,
            written,
            language,
            tongue,
            preference,
            asked.time is not None and asked.time.kind == "latest",
            most,
            deadline,
            marks,
        )
        leaning = other if other and other.near else None
        seen = self._finder.find(wanted, meaning, resolved, leaning)
        resolved, best = seen.resolved, seen.best
        answering = best[0].article.id if seen.confidence >= self.threshold else None
        return Considered(
            resolved=resolved.text,
            subject=subject_after(resolved, said, answering, tongue),
            understood=Understood(
                time=interval(asked.time) if asked.time else None,
                source=asked.source.name if asked.source else None,
                history=resolved.text != typed,
            ),
            quotations=tuple(best[:most]),
            confidence=seen.confidence,
            nearest=_nearest([*best, *seen.others]),
            dated_first=bool(best) and is_old(asked.time, _day(best[0]), today),
            cut=was_cut,
            skipped=("reranker",) if seen.is_hasty else (),
            passed=tuple(sorted(resolved.passed)),
        )

    def _subjects(self, text: str, language: str, said: Sequence[Turn]) -> frozenset[str]:
        """The terms of a question and of what it may lean on that articles are about."""
        if not said:
            return frozenset()
        words = content_terms(f"{text} {said[-1].subject}", language)
        return frozenset(self._searcher.generation.subjects(words))

    def _held(self, text: str, language: str, said: Sequence[Turn]) -> frozenset[str]:
        """The terms of a question that the articles quoted last hold."""
        here = near(said)
        if here is None:
            return frozenset()
        words = content_terms(text, language)
        return frozenset(self._searcher.generation.held(words, (here.article_id, *here.others)))


def _day(quotation: Quotation) -> date | None:
    published = quotation.article.published
    return published.date() if published else None


def _cleaned(question: str) -> tuple[str, bool]:
    asked = normalise(question)
    if not has_words(asked):
        raise NoQuestionError("there are no words in the question: ask in words")
    if len(asked) <= MOST_CHARACTERS:
        return asked, False
    head = asked[:MOST_CHARACTERS]
    return (head.rsplit(" ", 1)[0] if " " in head else head), True


def _nearest(quotations: Iterable[Quotation]) -> tuple[Nearest, ...]:
    articles = {q.article.id: q.article for q in quotations}
    return tuple(
        Nearest(a.title, a.url, a.published, a.source) for a in list(articles.values())[:_NEAREST]
    )
