"""What is learned from: a question, alone or after another one, and texts that answer it or not."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from training.data import Asked, Source
from training.earlier import pronominal
from training.groups import Groups, Text

_FOLLOWING = 0.45
"""Of the questions on an article with a title, after another question on it."""

_LEANING_ANYWAY = 0.3
"""Of those in which no name can be left out are asked after it all the same, as they are."""

_BEFORE = 0.5
"""Of them the text that answers the question before is among those that do not answer."""

_UNRELATED = 0.1
"""Of the other questions, after one on something else: nothing of it is to be carried over."""

_ALONE = 0.5
"""Of the questions after another, in how many only their own words look for their likest."""


class Example(NamedTuple):
    """A question and its texts; the first answers, the others do not.

    Attributes:
        question: With what was asked before it, if something was.
        own: Where its own words begin.
        only: Whether only its own words look for their likest.
        texts: What is read with it.
        source: The passage that answers.
    """

    question: str
    own: int
    only: bool
    texts: tuple[Text, ...]
    source: Source


class Examples:
    """Draws examples.

    Args:
        asked: The questions among which those before are chosen.
        negatives: Of each question's id, passages that look like an answer and are none.
        seed: With the round and the question it decides every draw.
    """

    def __init__(
        self, asked: Sequence[Asked], negatives: Mapping[str, Sequence[Source]], seed: int
    ) -> None:
        self._groups = Groups(negatives, seed)
        self._seed = seed
        self._asked = asked
        self._on: dict[str, list[Asked]] = defaultdict(list)
        for one in asked:
            self._on[one.source.title].append(one)

    def draw(self, asked: Asked, number: int) -> Example:
        """Draw a question's example in round `number`."""
        chance = random.Random(f"{self._seed} {number} {asked.id} words")
        texts = self._groups.group(asked, number).texts
        title = asked.source.title
        others = [one for one in self._on[title] if one is not asked] if title else []
        question, before = asked.text, ""
        if others and chance.random() < _FOLLOWING:
            earlier = chance.choice(others)
            shorter = pronominal(question, f"{earlier.text} {title}", asked.source.text, chance)
            if shorter or chance.random() < _LEANING_ANYWAY:
                question, before = shorter or question, earlier.text
                if chance.random() < _BEFORE:
                    texts = self._with_earlier(asked, earlier, texts, number)
        elif chance.random() < _UNRELATED:
            before = chance.choice(self._asked).text
        whole = f"{before} {question}" if before else question
        own = len(whole) - len(question)
        return Example(whole, own, chance.random() < _ALONE, texts, asked.source)

    def _with_earlier(
        self, asked: Asked, earlier: Asked, texts: tuple[Text, ...], number: int
    ) -> tuple[Text, ...]:
        """Put what answers the question before second, unless it has the answer as well."""
        right = self._groups.group(earlier, number).texts[0]
        low = right.text.casefold()
        if any(asked.source.text[start:end].casefold() in low for start, end in asked.spans):
            return texts
        return (texts[0], right._replace(spans=()), *texts[1:-1])
