"""A question searched and read; one that finds nothing, once more as leaning on what was said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.anaphora import NAME
from bot.conversation import Resolved, person_meant, unanswered_names
from bot.hearing import UTTERED_CANDIDATES, Hearer
from bot.marking import Marker
from bot.named import on_names
from bot.ordering import corrected, newest_first
from bot.quote import Quotation
from bot.reading import Found, Read, Reader
from bot.wanted import Wanted, bare
from bot.weighing import weighed
from index.rerank import locality
from index.search import Form, HybridSearcher
from index.terms import naming_terms
from index.types import UnusableError

CANDIDATES = 12
"""Passages that are looked at, at least."""

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


_SURE = 0.9
_SURER = 0.1
"""Where passages are short, the same words often tell of much: "How many cases are there?", after
monkeypox, is found of Covid. A question without a name of its own that is answered less surely is
asked again as leaning, and answered so if that is so much surer."""

_IN_PLACE = re.compile(r"\b[Ii]n (?:the )?[^\W\d_a-z][\w.]*(?: [^\W\d_a-z][\w.]*)*")
"""A place says where, not of what."""


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
        self._hearer = Hearer(searcher)
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
        if leaned is not None and seen.confidence < self._sure(wanted):
            again = self._see(wanted, leaned, typed)
            seen = again if self._is_better(wanted, again, leaned, seen) else seen
        return self._marked(wanted, seen)

    def _sure(self, wanted: Wanted) -> float:
        """Confidence in an answer from which a question that stands alone is not taken to lean."""
        is_nameless = NAME.search(_IN_PLACE.sub(" ", wanted.written(wanted.bare))) is None
        may_mean_more = is_nameless and self._reader.judges(wanted.tongue)
        return max(self._threshold, _SURE * locality(self._reader.short) * may_mean_more)

    def _is_better(self, wanted: Wanted, again: Seen, leaned: Resolved, seen: Seen) -> bool:
        """Whether a question is answered better as leaning on its conversation."""
        is_silent = seen.confidence < self._threshold
        least = self._threshold if is_silent else seen.confidence + _SURER
        if again.confidence < max(least, _LIKELY):
            return False
        if is_silent:
            return True
        near, article = leaned.near, again.best[0].article.id
        generation = self._searcher.generation
        own = generation.weights(naming_terms(wanted.bare, wanted.tongue))
        rarest = {term for term in own if own[term] >= max(own.values())}
        if not rarest <= generation.held(rarest, (article,)):
            # "How many cases of flu are there?" is not of another fever.
            return False
        about = frozenset(naming_terms(leaned.subject, wanted.tongue))
        is_near = near is not None and article in {near.article_id, *near.others}
        return is_near or (bool(about) and about <= generation.held(about, (article,)))

    def _marked(self, wanted: Wanted, seen: Seen) -> Seen:
        """Mark what is shown: each passage takes about as long as finding it."""
        marks = wanted.marks or partial(self._is_quoted, seen)
        shown = [one for one in seen.best[: wanted.most] if marks(one)]
        if self._marker is None or not shown:
            return seen
        fullest = bare(wanted, seen.resolved.wordings[-1])
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
        sayer = self._hearer.asked(wanted, resolved)
        least = CANDIDATES if sayer is None else UTTERED_CANDIDATES
        depth = max(least, 3 * wanted.most) + len(resolved.passed)
        found = self._searcher.search(forms, depth, wanted.preference, resolved.near)
        if sayer is not None:
            found += self._hearer.further(sayer, wanted, resolved)
        copies = self._reader.quoted(found)
        quoted = [one for one in copies if not one.places & resolved.passed]
        if found and not copies:
            raise UnusableError("the library holds none of the indexed texts: run `verbatim index`")
        question = self._reader.question(
            [bare(wanted, wording) for wording in resolved.wordings],
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
        if sayer is not None:
            best, others = self._hearer.heard(sayer, wanted, resolved, quoted, best, others)
        names = unanswered_names(resolved, wanted.tongue)
        # Nor is anybody who retires Fauci.
        names |= frozenset(naming_terms(person_meant(resolved, wanted.tongue), wanted.tongue)[-1:])
        if names:
            # "How many were wounded?" is not of Ukraine where nothing was found on Paris.
            best = on_names(self._searcher, names, best, wanted.tongue)
        return Seen(resolved, best, others, reading.is_hasty)

    def _form(self, wanted: Wanted, text: str, share: float, about: str = "") -> Form:
        return self._searcher.form(
            text, wanted.language, share, wanted.circumstances, wanted.tongue, about
        )


def read_closely(short: float) -> int:
    """Return how many passages are read in a collection of this `brevity`."""
    return _READ + round(short * (_READ_SHORT - _READ))


def _is_read(wanted: Wanted, quotation: Quotation) -> bool:
    """Whether a passage is read that keeps its rank anyway."""
    return wanted.marks is None or wanted.marks(quotation)


def _unread(found: Found) -> Read:
    return Read(found.quotation, found.result.score)


def _ordered(read: Sequence[Read], close: int, *, is_latest: bool) -> list[Quotation]:
    # Those that would not be read for an answer of the usual length keep their ranks.
    closely = sorted(read[:close], key=lambda one: -one.score)
    closely = newest_first(closely) if is_latest else corrected(closely)
    return [one.quotation for one in (*closely, *read[close:])]
