"""A question asked after another one: with a pronoun for a name, or in a word."""

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from corpus.paragraphs import sentences
from index.terms import content_terms
from training.data import Asked

_FOLLOWING = 0.5
"""Of the questions on an article with a title, after another question on it, if they can."""

_TRIED = 12
"""Other questions among which one is looked for that has a name of this one."""

_LEANING_ANYWAY = 0.15
"""Of those in which no name can be left out are asked after it all the same, as they are."""

_IN_A_WORD = 0.5
"""Of those whose answer stands in the sentence that answered before are asked in a word."""

_TWO_BEFORE = 0.25
"""Of the others have two questions before them."""

_TOLD = 0.6
"""Of them have the sentence that answered the question before behind it."""

_TOLD_WORDS = 40
"""Of such a sentence at most, its last ones."""

_HURRIED = 0.15
"""Of all have no question mark."""

_KEYWORDS = 0.04
"""Of those asked by themselves are but the words that they would be searched by."""

_UNRELATED = 0.03
"""Of the other questions, after one on something else: nothing of it is to be carried over."""

_WORDS = {
    "when": ("When was that?", "When?", "When did that happen?", "And when was that?"),
    "what year": ("When was that?", "In what year?", "Which year was that?"),
    "in what year": ("When was that?", "In what year?", "When did this happen?"),
    "where": ("Where?", "Where was that?", "Where did that happen?"),
    "who": ("Who?", "Who was that?", "Who did that?", "By whom?"),
    "why": ("Why?", "Why is that?", "Why was that?", "For what reason?"),
    "how many": ("How many?", "How many were there?", "How many exactly?"),
    "how much": ("How much?", "How much was that?"),
    "how long": ("How long?", "For how long?", "How long did that take?"),
    "how": ("How?", "How so?", "How did they do that?"),
}
"""What a question that begins so is in a word."""

_BEGINNING = re.compile(
    "|".join(sorted(_WORDS, key=len, reverse=True)).join((r"(?:", r")\b")), re.IGNORECASE
)

NAME = re.compile(
    r"(?:(?<=\s)|(?<=['\"(]))(?:the )?[A-Z][\w.-]*"
    r"(?:\s+(?:(?:of|de|the|and)\s+)?[A-Z][\w.-]*)*(?:['’]s)?"
)
_POSSESSIVE = re.compile(r"['’]s$")
_PERSON = re.compile(r"\b(?:he|she|his|her|him|born|who|married|father|mother)\b", re.IGNORECASE)
_WOMAN = re.compile(r"\b(?:she|her|queen|actress|mother|daughter|wife)\b", re.IGNORECASE)
_WOMAN_MEANT = 0.7


class Asking(NamedTuple):
    """A question as it is asked.

    Attributes:
        text: Behind what was asked before it, if something was.
        earlier: The question before it, if that is on the same article.
    """

    text: str
    earlier: Asked | None


class Earlier:
    """Draws what was asked before.

    Args:
        asked: The questions among which it is chosen.
        seed: With the round and the question it decides every draw.
    """

    def __init__(self, asked: Sequence[Asked], seed: int) -> None:
        self._asked = asked
        self._seed = seed
        self._on: dict[str, list[Asked]] = defaultdict(list)
        for one in asked:
            self._on[one.source.title].append(one)

    def draw(self, asked: Asked, number: int) -> Asking:
        """Draw how a question is asked in round `number`."""
        chance = random.Random(f"{self._seed} {number} {asked.id} earlier")
        drawn = self._drawn(asked, chance)
        is_hurried = chance.random() < _HURRIED
        return drawn._replace(text=drawn.text.rstrip("? ")) if is_hurried else drawn

    def _drawn(self, asked: Asked, chance: random.Random) -> Asking:
        title = asked.source.title
        others = self._on[title] if title else []
        if len(others) > 1 and chance.random() < _FOLLOWING:
            if found := self._following(asked, others, chance):
                return found
        elif chance.random() < _UNRELATED:
            return Asking(f"{chance.choice(self._asked).text} {asked.text}", None)
        elif chance.random() < _KEYWORDS:
            return Asking(keywords(asked.text), None)
        return Asking(asked.text, None)

    def _following(
        self, asked: Asked, others: Sequence[Asked], chance: random.Random
    ) -> Asking | None:
        short = in_a_word(asked.text, chance)
        is_told = chance.random() < _TOLD
        beside = [one for one in others if _is_beside(one, asked)] if short else []
        if short and beside and chance.random() < _IN_A_WORD:
            earlier = chance.choice(beside)
        else:
            tried = chance.sample(others, min(_TRIED, len(others)))
            # Those on the same passage first: people go on where they are.
            tried.sort(key=lambda one: one.source.id != asked.source.id)
            earlier, short = asked, None
            for one in (one for one in tried if one.id != asked.id):
                told = _sentence(one) if is_told else ""
                said = f"{one.text} {told} {asked.source.title}"
                short = pronominal(asked.text, said, asked.source.text, chance)
                earlier = one
                if short:
                    break
            if earlier is asked or (short is None and chance.random() > _LEANING_ANYWAY):
                return None
        before = earlier.text
        if is_told:
            before = " ".join([before, *_sentence(earlier).split()[-_TOLD_WORDS:]])
        elif chance.random() < _TWO_BEFORE:
            before = f"{chance.choice(others).text} {before}"
        return Asking(f"{before} {short or asked.text}", earlier)


def in_a_word(question: str, chance: random.Random) -> str | None:
    """What is left of a question that asks more of what was just said; None if that is unclear."""
    found = _BEGINNING.match(question)
    return chance.choice(_WORDS[found[0].lower()]) if found else None


def keywords(question: str) -> str:
    """The words of a question that are searched, in their order; all where there are no others."""
    words = re.findall(r"[\w'’.-]+", question)
    return " ".join(word for word in words if content_terms(word, "en")) or question


def _sentence(one: Asked) -> str:
    """The sentence in which a question's answer begins."""
    start, text = one.spans[0][0], one.source.text
    within = (text[a:b] for a, b in sentences(text, "en") if a <= start < b)
    return next(within, "")


def _is_beside(one: Asked, asked: Asked) -> bool:
    """Whether two questions have their answers in one sentence, and not the same answer."""
    if one.id == asked.id or one.source.id != asked.source.id:
        return False
    (start, end), (first, last) = one.spans[0], asked.spans[0]
    if start < last and first < end:
        return False
    low, high = min(start, first), max(end, last)
    return any(a <= low and high <= b for a, b in sentences(one.source.text, "en"))


def pronominal(question: str, said: str, text: str, chance: random.Random) -> str | None:
    """Put a pronoun for a name in the question that was said before; None if there is none.

    Args:
        question: In English.
        said: What was said before.
        text: The passage that answers, which shows whether a person is meant.
        chance: For what it does not show.
    """
    known = said.casefold()
    names = [
        found
        for found in NAME.finditer(question)
        if found.start() and bare(found[0]).casefold() in known
    ]
    if not names:
        return None
    name = chance.choice(names)
    is_possessive = bool(_POSSESSIVE.search(name[0]))
    if _PERSON.search(text):
        is_woman = bool(_WOMAN.search(text)) and chance.random() < _WOMAN_MEANT
        pronoun = ("she", "her") if is_woman else ("he", "his")
    else:
        pronoun = (chance.choice(("it", "it", "they", "there")), "its")
    return question[: name.start()] + pronoun[is_possessive] + question[name.end() :]


def bare(name: str) -> str:
    """A name without its article and its 's."""
    return _POSSESSIVE.sub("", name.removeprefix("the "))
