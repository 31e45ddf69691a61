"""A question searched and read; one that finds nothing, once more as leaning on what was said."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.conversation import Resolved, Wording, spoken_of, unanswered_names
from bot.marking import Marker
from bot.ordering import corrected, newest_first
from bot.quote import Quotation
from bot.reading import Found, Read, Reader
from bot.uttering import is_named, said_first, sayer
from bot.weighing import weighed
from corpus.types import Passage
from index.preference import ARCHIVE, Preference
from index.search import Form, HybridSearcher
from index.terms import naming_terms
from index.types import UnusableError

CANDIDATES = 12
"""Passages that are looked at, at least."""

_UTTERED_CANDIDATES = 40
"""The same where it is asked what somebody said: his name is in many passages, and what he says is
told from the form of a sentence, which costs little."""

_READ = 5
"""Of the passages found are read closely, each about as costly as encoding it."""

_READ_SHORT = 8
"""The same where passages are short: a search sees little of each, and they are read the faster.
Of 143 questions on news of other weeks 82, 86 and 86 % have a right one among three at 5, 7 and 8,
85, 89 and 90 % among five, 71, 69 and 69 % first; of the dependent questions of
tests/data/dialogues.jsonl, asked among 1,870 articles of news, 75.4, 78.4 and 77.8 % first."""

_READ_ACROSS = 8
"""The same where no words can be shared, so that what is found first is less often right."""

_LIKELY = 0.5
"""A question whose words say that it stands alone is taken to lean only on an answer more likely
right than wrong. At the usual threshold nearly everything would be answered in a conversation: of
the questions of inscit without an answer 17 in 17, of the others one right more."""

_ELSEWHERE_SHARE = 0.1
"""What is left of the confidence in a passage on something else than was asked about in vain."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, however it is worded.

    Attributes:
        text: The question as typed.
        bare: The same without its words of time and source.
        circumstances: Those words.
        language: Whose stemming its words get, ISO 639-1.
        tongue: In which it is asked, which the collection need not have; likewise.
        preference: Which time and outlet it is about.
        is_latest: Whether the newest is asked for.
        most: How many passages at most.
        deadline: From which what can be left out is left out, or None.
        marks: Says which passages matter: beyond those that are read to be put in order, only they
            are read, and only in them is the sentence that answers found. None: all are read, and
            what is quoted is marked.
    """

    text: str
    bare: str
    circumstances: str
    language: str
    tongue: str
    preference: Preference
    is_latest: bool
    most: int
    deadline: float | None
    marks: Callable[[Quotation], bool] | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found and read.

    Attributes:
        resolved: The question as it was understood.
        best: The passages that were read, best first.
        others: Those that were not read.
        is_hasty: Whether something was left out for want of time.
    """

    resolved: Resolved
    best: Sequence[Quotation]
    others: Sequence[Quotation]
    is_hasty: bool

    @property
    def confidence(self) -> float:
        """That the first passage answers, 0 to 1."""
        return self.best[0].confidence if self.best else 0.0

    def since(self, day: date) -> "Seen":
        """Return it without the best passages that are older than a day and cannot tell of it."""
        days = [one.article.published for one in self.best]
        is_out = [published is not None and published.date() < day for published in days]
        old = [one for one, out in zip(self.best, is_out, strict=True) if out]
        best = [one for one, out in zip(self.best, is_out, strict=True) if not out]
        return replace(self, best=best, others=[*old, *self.others])


class Looker:
    """Looks for what a question wants. For one thread.

    Args:
        searcher: Over the generation.
        reader: Reads what was found.
        threshold: Below this confidence a passage does not answer.
        marker: Marks the sentences that answer; None leaves that to the reader.
    """

    def __init__(
        self,
        searcher: HybridSearcher,
        reader: Reader,
        threshold: float,
        marker: Marker | None = None,
    ) -> None:
        self._marker = marker
        self._searcher = searcher
        self._reader = reader
        self._threshold = threshold

    def look(self, wanted: Wanted, resolved: Resolved, leaned: Resolved | None) -> Seen:
        """Search and read.

        Args:
            wanted: What is looked for.
            resolved: The question as its words have it.
            leaned: The same taken as leaning on its conversation, or None if that is no other.

        Raises:
            UnusableError: Not one passage found is as the library has it.
        """
        typed = self._form(wanted, wanted.text, 1.0)
        seen = self._see(wanted, resolved, typed)
        if leaned is not None and seen.confidence < self._threshold:
            again = self._see(wanted, leaned, typed)
            seen = again if again.confidence >= max(self._threshold, _LIKELY) else seen
        return self._marked(wanted, seen)

    def _marked(self, wanted: Wanted, seen: Seen) -> Seen:
        """Mark what is shown: each passage takes about as long as finding it."""
        marks = wanted.marks or partial(self._is_quoted, seen)
        shown = [one for one in seen.best[: wanted.most] if marks(one)]
        if self._marker is None or not shown:
            return seen
        fullest = _bare(wanted, seen.resolved.wordings[-1])
        found = self._marker.marked(shown, fullest, wanted.tongue, wanted.deadline)
        marked = {one.passage: one for one in found}
        return replace(seen, best=[marked.get(one.passage, one) for one in seen.best])

    def _is_quoted(self, seen: Seen, quotation: Quotation) -> bool:
        return min(seen.confidence, quotation.confidence) >= self._threshold

    def _see(self, wanted: Wanted, resolved: Resolved, typed: Form) -> Seen:
        forms = [
            typed._replace(share=one.weight)
            if one.whole == wanted.text
            else self._form(wanted, one.text, one.weight, one.context)
            for one in weighed(resolved, self._reader.short)
        ]
        said = sayer(wanted.bare, wanted.tongue, spoken_of(resolved, wanted.tongue))
        least = CANDIDATES if said is None else _UTTERED_CANDIDATES
        depth = max(least, 3 * wanted.most) + len(resolved.passed)
        found = self._searcher.search(forms, depth, wanted.preference, resolved.near)
        is_of_anything = said is not None and not said.about and wanted.bare == wanted.text
        if said is not None and is_of_anything and (not resolved.is_leaning or is_named(said.who)):
            found += self._searcher.naming(said.who, wanted.language, least)
        copies = self._reader.quoted(found)
        quoted = [one for one in copies if not one.places & resolved.passed]
        if found and not copies:
            raise UnusableError("the library holds none of the indexed texts: run `verbatim index`")
        question = self._reader.question(
            [_bare(wanted, wording) for wording in resolved.wordings],
            wanted.tongue,
            resolved.told,
        )
        is_across = any(one.result.evidence.missing for one in quoted[:_READ_ACROSS])
        close = _READ_ACROSS if is_across else read_closely(self._reader.short)
        count = max(close, wanted.most)
        further = [one for one in quoted[close:count] if _is_read(wanted, one.quotation)]
        reading = self._reader.read_all(
            [*quoted[:close], *further], question, resolved.near, wanted.deadline
        )
        read = {one.quotation.passage: one for one in reading.passages}
        passages = [read.get(one.quotation.passage, _unread(one)) for one in quoted[:count]]
        best = _ordered(passages, close, is_latest=wanted.is_latest)
        others = [one.quotation for one in quoted[count:]]
        if said is not None:
            away = _away(said.who, quoted, resolved)
            is_newest_first = is_of_anything and not resolved.is_leaning
            best, others = said_first(
                said, wanted.tongue, best, others, away, is_newest_first=is_newest_first
            )
        names = unanswered_names(resolved, wanted.tongue)
        if said is not None and is_named(said.who) and said.who in wanted.text:
            # What an article tells that does not even name him he has not said in it.
            names |= frozenset(naming_terms(said.who, wanted.tongue)[-1:])
        if names:
            best = self._on(names, best, wanted.tongue)
        return Seen(resolved, best, others, reading.is_hasty)

    def _on(self, names: Set[str], best: Sequence[Quotation], tongue: str) -> list[Quotation]:
        """Put what articles with all of some names say first, and hardly trust the others.

        "How many were wounded?" is not of Ukraine where nothing was found on the attack in Paris.
        In another language than the question's names are spelt otherwise.
        """
        held, articles = self._searcher.generation.held, {one.article.id for one in best}
        named = {article for article in articles if names <= held(names, (article,))}
        is_on = [one.article.id in named or one.article.language != tongue for one in best]
        on = [one for one, counts in zip(best, is_on, strict=True) if counts]
        off = [one for one, counts in zip(best, is_on, strict=True) if not counts]
        return [
            *on,
            *(replace(one, confidence=one.confidence * _ELSEWHERE_SHARE) for one in off),
        ]

    def _form(self, wanted: Wanted, text: str, share: float, about: str = "") -> Form:
        return self._searcher.form(
            text, wanted.language, share, wanted.circumstances, wanted.tongue, about
        )


def _away(who: str, quoted: Sequence[Found], resolved: Resolved) -> frozenset[Passage]:
    """The passages that are of another time than the question, or of another mayor."""
    near, is_any = resolved.near, resolved.near is None or is_named(who)
    here = frozenset() if near is None else {near.article_id, *near.others}
    return frozenset(
        one.quotation.passage
        for one in quoted
        if one.result.evidence.factor < ARCHIVE or not (is_any or one.quotation.article.id in here)
    )


def read_closely(short: float) -> int:
    """Return how many passages are read in a collection of this `brevity`."""
    return _READ + round(short * (_READ_SHORT - _READ))


def _is_read(wanted: Wanted, quotation: Quotation) -> bool:
    """Whether a passage is read that keeps its rank anyway."""
    return wanted.marks is None or wanted.marks(quotation)


def _unread(found: Found) -> Read:
    return Read(found.quotation, found.result.score)


def _bare(wanted: Wanted, wording: Wording) -> Wording:
    """A wording without the words of time and source that were typed."""
    return wording._replace(text=wording.text.replace(wanted.text, wanted.bare))


def _ordered(read: Sequence[Read], close: int, *, is_latest: bool) -> list[Quotation]:
    # Those that would not be read for an answer of the usual length keep their ranks.
    closely = sorted(read[:close], key=lambda one: -one.score)
    closely = newest_first(closely) if is_latest else corrected(closely)
    return [one.quotation for one in (*closely, *read[close:])]
