"""Groups to learn from: a question, a text that answers it, and texts that do not."""

import random
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from corpus.paragraphs import sentences
from index.terms import content_terms
from training.data import Asked, Source
from training.earlier import NAME, Asking, Earlier, bare

WHOLE_SHARE = 0.3
"""Of the groups are of whole passages; the others of a few sentences, as news has them."""

_WORDS = (15, 80)
"""Of a few sentences, at least and at most, drawn evenly."""

_TITLED = 0.85
"""Of the texts with a title have it before them."""

_PRECEDED = 0.35
"""Of the few sentences have what stands before them as context."""

_WRONG = 5
"""Texts that do not answer, beside the one that does."""

_EARLIER = 0.9
"""Of the questions asked after another have what answered that one among the wrong texts."""

_ALTERED = 0.25
"""Of the groups also have the right text with a question about another name or year."""

_CONTEXT_WORDS = 30

_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


class Text(NamedTuple):
    """What is read with a question.

    Attributes:
        context: Before the text: title, and what precedes it.
        text: The text.
        spans: Of the answers in it; empty if it does not answer.
        question: With which it is read instead of the group's, if it is another.
    """

    context: str
    text: str
    spans: tuple[tuple[int, int], ...]
    question: str = ""


class Group(NamedTuple):
    """A question and its texts; the first answers, the others do not."""

    question: str
    texts: tuple[Text, ...]
    is_whole: bool


class Groups:
    """Draws groups.

    Args:
        negatives: Of each question's id, passages that look like an answer and are none.
        seed: With the round and the question it decides every draw.
        earlier: Draws what was asked before; None asks every question by itself, as it stands.
    """

    def __init__(
        self,
        negatives: Mapping[str, Sequence[Source]],
        seed: int,
        earlier: Earlier | None = None,
    ) -> None:
        self._negatives = negatives
        self._seed = seed
        self._earlier = earlier
        self._sentences: dict[str, list[tuple[int, int]]] = {}

    def group(self, asked: Asked, number: int) -> Group:
        """Draw a question's group in round `number`."""
        chance = random.Random(f"{self._seed} {number} {asked.id}")
        asking = self._earlier.draw(asked, number) if self._earlier else Asking(asked.text, None)
        is_whole = chance.random() < WHOLE_SHARE
        if is_whole:
            right = Text(self._context(asked.source, 0, chance), asked.source.text, asked.spans)
            wrong = [self._without(asked, chance)]
        else:
            right = self._around(asked, chance)
            wrong = [self._beside(asked, chance)]
        if asking.earlier and chance.random() < _EARLIER:
            wrong.append(self._answered(asking.earlier, asked, chance, is_whole=is_whole))
        is_alone = asking.text == asked.text
        if self._earlier and is_alone and chance.random() < _ALTERED:
            wrong.append(self._altered(asked, right, chance))
        kept = [text for text in wrong if text is not None]
        others = list(self._negatives[asked.id])
        # Any of them: the very likest may answer after all, in other words.
        chance.shuffle(others)
        for other in others[: _WRONG - len(kept)]:
            if is_whole:
                kept.append(Text(self._context(other, 0, chance), other.text, ()))
            else:
                kept.append(self._likest(asked, other, chance))
        return Group(asking.text, (right, *kept), is_whole)

    def _without(self, asked: Asked, chance: random.Random) -> Text | None:
        """The whole passage without the sentences that answer, if others are left."""
        text = asked.source.text
        kept = [
            text[start:end]
            for start, end in self._spans(asked.source)
            if not any(start < e and s < end for s, e in asked.spans)
        ]
        left = " ".join(kept)
        if not kept or _answers(left, asked):
            return None
        return Text(self._context(asked.source, 0, chance), left, ())

    def _answered(
        self, earlier: Asked, asked: Asked, chance: random.Random, *, is_whole: bool
    ) -> Text | None:
        """What answers the question before, unless it answers this one as well."""
        if is_whole:
            text = Text(self._context(earlier.source, 0, chance), earlier.source.text, ())
        else:
            text = self._around(earlier, chance)._replace(spans=())
        return None if _answers(text.text, asked) else text

    def _altered(self, asked: Asked, right: Text, chance: random.Random) -> Text | None:
        """The right text, with the question put about another name or year."""
        others = self._negatives[asked.id]
        names = [bare(name) for one in others for name in NAME.findall(one.text)]
        text = altered(asked.text, asked.source.text, names, chance)
        return right._replace(spans=(), question=text) if text else None

    def _around(self, asked: Asked, chance: random.Random) -> Text:
        """A few sentences with an answer among them."""
        answer = chance.choice(asked.spans)
        spans = self._spans(asked.source)
        middle = next((i for i, (_, end) in enumerate(spans) if end > answer[0]), len(spans) - 1)
        last = next((i for i, (_, end) in enumerate(spans) if end >= answer[1]), len(spans) - 1)
        return self._window(asked.source, asked.spans, middle, max(middle, last), chance)

    def _beside(self, asked: Asked, chance: random.Random) -> Text | None:
        """A few sentences of the same passage without an answer, if there are."""
        spans = self._spans(asked.source)
        free = [
            i
            for i, (start, end) in enumerate(spans)
            if not any(start < e and s < end for s, e in asked.spans)
        ]
        if not free:
            return None
        at = chance.choice(free)
        text = self._window(asked.source, asked.spans, at, at, chance, among=set(free))
        return None if _answers(text.text, asked) else text._replace(spans=())

    def _likest(self, asked: Asked, source: Source, chance: random.Random) -> Text:
        """A few sentences around the one that has most of the question's words."""
        words = set(content_terms(asked.text, "en"))
        spans = self._spans(source)
        shared = [
            len(words & set(content_terms(source.text[start:end], "en"))) for start, end in spans
        ]
        most = max(shared)
        at = chance.choice([i for i, number in enumerate(shared) if number == most])
        return self._window(source, (), at, at, chance)

    def _window(
        self,
        source: Source,
        answers: tuple[tuple[int, int], ...],
        first: int,
        last: int,
        chance: random.Random,
        among: set[int] | None = None,
    ) -> Text:
        """Grow from the sentences `first` to `last` to a drawn number of words."""
        spans = self._spans(source)
        allowed = set(range(len(spans))) if among is None else among
        most = chance.randint(*_WORDS)

        def words(low: int, high: int) -> int:
            return source.text[spans[low][0] : spans[high][1]].count(" ") + 1

        while True:
            ways = []
            if first - 1 in allowed and words(first - 1, last) <= most:
                ways.append((first - 1, last))
            if last + 1 in allowed and words(first, last + 1) <= most:
                ways.append((first, last + 1))
            if not ways:
                break
            first, last = chance.choice(ways)
        start, end = spans[first][0], spans[last][1]
        inside = tuple((s - start, e - start) for s, e in answers if s >= start and e <= end)
        return Text(self._context(source, start, chance), source.text[start:end], inside)

    def _context(self, source: Source, start: int, chance: random.Random) -> str:
        title = source.title if chance.random() < _TITLED else ""
        before = ""
        if start and chance.random() < _PRECEDED:
            before = " ".join(source.text[:start].split()[-_CONTEXT_WORDS:])
        return "\n".join(part for part in (title, before) if part)

    def _spans(self, source: Source) -> list[tuple[int, int]]:
        if source.id not in self._sentences:
            found = sentences(source.text, "en")
            self._sentences[source.id] = found or [(0, len(source.text))]
        return self._sentences[source.id]


def altered(question: str, text: str, names: Sequence[str], chance: random.Random) -> str | None:
    """Put another name or year for one in the question that stands in the text.

    Args:
        question: In English.
        text: What answers it; it does not answer what is asked then.
        names: To choose from.
        chance: For what is put where.
    """
    known = text.casefold()
    years = list(_YEAR.finditer(question))
    found = [name for name in NAME.finditer(question) if name.start()]
    places = [one for one in (*years, *found) if bare(one[0]).casefold() in known]
    if not places:
        return None
    place = chance.choice(places)
    if place in years:
        other = str(int(place[0]) + chance.choice((-1, 1)) * chance.randint(1, 30))
    else:
        fitting = [name for name in names if name.casefold() not in known]
        if not fitting:
            return None
        other = chance.choice(fitting) + ("'s" if bare(place[0]) + "'s" == place[0] else "")
    if other.casefold() in known:
        return None
    return question[: place.start()] + other + question[place.end() :]


def _answers(text: str, asked: Asked) -> bool:
    """Whether the words of an answer stand in a text."""
    known = text.casefold()
    source = asked.source.text
    return any(source[start:end].casefold() in known for start, end in asked.spans)
