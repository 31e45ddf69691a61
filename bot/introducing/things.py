"""The sentence that says what something is: "the orbiter Rosetta", "known as Syriza"."""

import re
from collections.abc import Sequence

from bot.introducing.naming import BEHIND, Named, Word, is_acronym, named, said_behind

ENOUGH_OF_THING = 1.0
"""Of `definition`, from which a sentence says what something is."""

_SPELT_OUT = 2.5
"""For what the letters of a name stand for."""

_KNOWN_AS = 2.0
"""For "known as" before a name."""

_KIND = 1.6
"""For what a thing is before its name: "the orbiter …", "the town of …"."""

_KIND_OF_TWO = 1.2
"""The same in two words, where the second may be a verb: "the comet lander …"."""

_KNOWN = {
    "en": r"(?:known as|called|named)(?: the)?",
    "de": r"(?:bekannt als|genannt|namens)",
    "es": r"(?:conocid[oa]s? como|llamad[oa]s?)(?: el| la)?",
    "fr": r"(?:connue?s? sous le nom de|appelée?s?|nommée?s?)",
    "ru": r"(?:известн\w+ как|под названием)",
    "uk": r"(?:відом\w+ як|під назвою)",
}
_KINDS = {
    "en": (
        r"(?:town|city|village|resort|state|region|province|island|port|capital|district|country"
        r"|republic|river|party|group|movement|organi[sz]ation|company|agency) of"
    ),
    "es": r"(?:ciudad|pueblo|provincia|región|isla|capital|estado) de",
    "fr": r"(?:ville|village|province|région|île|capitale) (?:de|d)",
}
"""Words between which and a name stands "of"."""

_TWO = 2
_ROW = 3
_DETERMINERS = {
    "en": "the a an its their his her this",
    "de": "der die das dem den des ein eine einem einen einer",
    "es": "el la un una su",
    "fr": "le la un une son sa",
}
"""Words before which a name is called what it is; the other languages have none."""

_IS = {
    "en": r"(?:is|was|are|were) (?:a|an|the|one of)",
    "de": r"(?:ist|war|sind|waren) (?:ein|eine|einer|der|die|das)",
    "es": r"(?:es|era|fue|son) (?:un|una|el|la|uno|los|las)",
    "fr": r"(?:est|était|sont) (?:un|une|le|la|les)",
    "ru": r"(?:—|–|-) это",
    "uk": r"(?:—|–|-) це",
}


def definition(sentence: str, name: str, language: str) -> float:
    """Return how much a sentence says of what something is.

    Args:
        sentence: Of an article.
        name: As asked, in any case.
        language: ISO 639-1, of the article.
    """
    found = named(sentence, name, language)
    told = _SPELT_OUT if spells_out(found.words, name) else 0.0
    for at in found.places:
        before, behind = found.before(at), found.behind(at + found.length - 1)
        said = 0.0
        if _ends(before, _KNOWN.get(language)):
            said = _KNOWN_AS
        elif _ends(before, _KINDS.get(language)):
            said = _KIND
        elif not is_acronym(name):
            said = _kind(found, at, language)
        is_called = _IS.get(language) and re.match(rf"\W?\s*{_IS[language]}\b", behind)
        said += BEHIND if is_called else said_behind(behind, language, is_all=not said)
        told = max(told, said)
    return told


def spells_out(words: Sequence[Word], letters: str) -> bool:
    """Whether a row of words is what letters stand for: "World Health Organization" for "WHO".

    Args:
        words: Of a sentence.
        letters: The name, as asked.
    """
    if not is_acronym(letters):
        return False
    # Words such as "of" and "for" have no letter.
    initials = (" " if word.is_plain else word.initial for word in words if not word.is_function)
    return letters in "".join(initials)


def _kind(found: Named, at: int, language: str) -> float:
    """What is said by the words right before a name: "the orbiter"."""
    first = at
    while first and at - first < _ROW and found.joined(first - 1):
        first -= 1
    before = found.words[first:at][::-1]
    # German writes every noun with a capital letter.
    if not before or before[0].is_function or not (before[0].is_plain or language == "de"):
        return 0.0
    if language not in _DETERMINERS:
        return _KIND_OF_TWO
    known = _DETERMINERS[language].split()
    if len(before) > 1 and before[1].text.casefold() in known:
        return _KIND
    is_two = len(before) > _TWO and before[_TWO].text.casefold() in known
    return _KIND_OF_TWO if is_two and not before[1].is_function else 0.0


def _ends(before: str, pattern: str | None) -> bool:
    return pattern is not None and re.search(rf"\b{pattern}\W*$", before, re.IGNORECASE) is not None
