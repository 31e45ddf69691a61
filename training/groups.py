"""Groups to learn from: a question, a text that answers it, and texts that do not."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from corpus.paragraphs import sentences
from index.terms import content_terms
from training.data import Asked, Source

WHOLE_SHARE = 0.3
"""Of the groups are of whole passages; the others of a few sentences, as news has them."""

_WORDS = (15, 80)
"""Of a few sentences, at least and at most, drawn evenly."""

_TITLED = 0.85
"""Of the texts with a title have it before them."""

_PRECEDED = 0.35
"""Of the few sentences have what stands before them as context."""

_NEGATIVES = (3, 2)
"""Beside a text of a few sentences, and beside a whole passage."""

_CONTEXT_WORDS = 30


class Text(NamedTuple):
    """What is read with a question.

    Attributes:
        context: Before the text: title, and what precedes it.
        text: The text.
        spans: Of the answers in it; empty if it does not answer.
    """

    context: str
    text: str
    spans: tuple[tuple[int, int], ...]


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
    """

    def __init__(self, negatives: Mapping[str, Sequence[Source]], seed: int) -> None:
        self._negatives = negatives
        self._seed = seed
        self._sentences: dict[str, list[tuple[int, int]]] = {}

    def epoch(self, asked: Sequence[Asked], number: int, size: int) -> Iterator[list[Group]]:
        """Yield each question once, in batches of `size` groups alike in length."""
        order = random.Random(f"{self._seed} {number}")
        groups = [self.group(one, number) for one in asked]
        order.shuffle(groups)
        batches: list[list[Group]] = []
        # Long beside short would be padding; sorted over all, batches would not be at random.
        stretch = size * 40
        for at in range(0, len(groups), stretch):
            part = sorted(groups[at : at + stretch], key=_length)
            batches += [part[i : i + size] for i in range(0, len(part), size)]
        order.shuffle(batches)
        yield from batches

    def group(self, asked: Asked, number: int) -> Group:
        """Draw a question's group in round `number`."""
        chance = random.Random(f"{self._seed} {number} {asked.id}")
        is_whole = chance.random() < WHOLE_SHARE
        count = _NEGATIVES[is_whole]
        if is_whole:
            right = Text(self._context(asked.source, 0, chance), asked.source.text, asked.spans)
            same = None
        else:
            right = self._around(asked, chance)
            same = self._beside(asked, chance)
        others = list(self._negatives[asked.id])
        # Any of them: the very likest may answer after all, in other words.
        chance.shuffle(others)
        wrong = [same] if same else []
        for other in others[: count - len(wrong)]:
            if is_whole:
                wrong.append(Text(self._context(other, 0, chance), other.text, ()))
            else:
                wrong.append(self._likest(asked, other, chance))
        return Group(asked.text, (right, *wrong), is_whole)

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
        return text._replace(spans=())

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


def _length(group: Group) -> int:
    return max(len(text.context) + len(text.text) for text in group.texts)
