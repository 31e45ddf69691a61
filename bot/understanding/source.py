"""Which outlet a question asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from bot.understanding import words

_CUES = (
    r"according to|reported by|per|quoted by|cited by|in|from|by|via|с сайта|по данным|согласно"
    r"|laut|nach angaben von|según|selon|d'après|göre|وفقا ل|به گزارش|за даними"
)
"""Stands before the name of an outlet."""

_STRONG = (
    r"according to|reported by|quoted by|cited by|по данным|согласно|laut|según|selon|за даними"
)

_WROTE = "|".join(wrote for language, wrote in words.WROTE.items() if language != "en")
_THE = r"(?:die|der|das|el|la|los|las|le|les)"

_VERBS = r"writes?|wrote|written|says?|said|reports?|reported|claims?|claimed|publish(?:es|ed)?"
_ASKS = r"(?:what|how|does|did|has|do)(?:\s+(?:did|does|do|has|is))?"
_NAMES = (
    "time people guardian independent mirror sun hill metro star express nation week post local"
    " times economist observer standard telegraph herald globe mail spectator atlantic"
)
_ORDINARY = frozenset(_NAMES.split())
"""Outlets' names that are words of the language."""

_LETTERS = 2
_ALIKE = 92.0
_LONG = 8


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet that a question asks for.

    Attributes:
        name: As the collection has it.
        span: The words that ask for it, in the question.
        called: Its name alone, in the question.
    """

    name: str
    span: tuple[int, int]
    called: tuple[int, int]


def find_source(question: str, outlets: Sequence[str]) -> Source | None:
    """Return the outlet that `question` asks for, or None.

    Args:
        question: As asked.
        outlets: Those of the collection; no others count.

    A name by itself is not enough: "the Guardian of the shrine" asks for no newspaper. It must
    follow "according to" and the like, or be what is asked to have written something.
    """
    for name in sorted(outlets, key=len, reverse=True):
        pattern = _pattern(name)
        if pattern is None:
            continue
        for match in pattern.finditer(question):
            if _is_meant(match, name):
                return Source(name, match.span(), match.span("name"))
    return _alike(question, outlets)


def _is_meant(match: re.Match[str], name: str) -> bool:
    """Whether the outlet's name stands there as a name and not as an ordinary word."""
    parts = _bare(name).split()
    said = match["name"]
    is_word = len(parts) == 1 and not parts[0].isupper() and parts[0].casefold() in _ORDINARY
    if is_word and not said[:1].isupper():
        return False
    if any(match[cue] is not None for cue in ("asked", "strong", "colon")):
        return True
    return said[:1].isupper() and not is_word and (len(parts) > 1 or len(said) >= _LETTERS)


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str] | None:
    parts = _bare(name).split()
    if not parts:
        return None
    spelt = r"[\s.\-]*".join(map(re.escape, parts))
    return re.compile(
        rf"(?:(?P<asked>\b{_ASKS}\s+(?:the\s+)?(?={spelt}\s+(?:{_VERBS})\b)"
        rf"|\b(?:{_WROTE})\s+(?:{_THE}\s+)?(?={spelt}(?!\w)))"
        rf"|\b(?P<strong>{_STRONG})\s+(?:the\s+)?"
        rf"|\b(?P<cue>{_CUES})\s+(?:the\s+)?"
        rf"|^(?P<colon>(?=(?:the\s+)?{spelt}\s*:)(?:the\s+)?))"
        rf"(?P<name>{spelt})(?:'s)?(?!\w)",
        re.IGNORECASE,
    )


def _bare(name: str) -> str:
    """A name without "the", the ending of a web address, and punctuation."""
    text = re.sub(r"^(?:www\.)", "", name.strip(), flags=re.IGNORECASE)
    text = re.sub(r"(?:\.co)?\.(?:com|org|net|uk|ru|de|fr|es|info|news|tv)$", "", text, flags=re.I)
    text = re.sub(r"^the\s+", "", text, flags=re.IGNORECASE)
    return " ".join(re.findall(r"\w+", text))


def _alike(question: str, outlets: Sequence[str]) -> Source | None:
    """An outlet with a long name, misspelt, after a sure cue."""
    match = re.search(rf"\b(?:{_STRONG})\s+(?:the\s+)?(?P<name>[^,?!]+)", question, re.IGNORECASE)
    if match is None:
        return None
    for name in outlets:
        bare = _bare(name)
        if len(bare) < _LONG:
            continue
        said = " ".join(match["name"].split()[: len(bare.split())])
        if fuzz.ratio(said.casefold(), bare.casefold()) >= _ALIKE:
            first = match.start("name")
            called = (first, first + len(said))
            return Source(name, (match.start(), called[1]), called)
    return None
