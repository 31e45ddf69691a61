"""The office whose holder a question asks for: "who is the president of Ukraine?"."""

import re
from typing import NamedTuple

from index.terms import naming_terms

_LEAD = r"\W*(?:and |so )?"
_WHO = rf"{_LEAD}who(?:'s| is| was| are| were)(?: currently| now)?"
_OFFICE = r"[\w-]+(?: [\w-]+){0,3}?"
_PATTERNS = (
    rf"{_WHO} (?:the )?(?:current )?(?P<office>{_OFFICE}) (?:of|for|at|in)(?: the)?"
    r" (?P<place>.+?)\W*",
    rf"{_WHO} (?:the )?(?P<place>[\w-]+(?: [\w-]+)?)'s? (?P<office>{_OFFICE})\W*",
    rf"{_WHO} the (?:current )?(?P<place>[\w-]+) (?P<office>{_OFFICE})\W*",
)
_OF_WHAT = (
    "deputy|vice|first|prime|foreign|finance|defence|defense|interior|oil|energy|economy|economics"
    "|justice|health|education|labour|labor|environment|trade|police|party|general|managing"
)
_NO_PLACE = (
    "new|old|current|former|next|last|acting|outgoing|the|a|an|and|who|what|their|his|her|its|our"
)
_TITLE = (
    rf"(?:(?:{_OF_WHAT}) )*"
    r"(?:president|minister|premier|chancellor|secretary(?:[- ]general| of state)|chairman|chair"
    r"|chairwoman|governor|king|queen|mayor|ambassador|envoy|spokes(?:man|woman|person)|speaker"
    r"|commissioner|ceo|director(?:[- ]general)?|(?:[\w-]+ policy )?chief)"
)
_SHORT = (
    rf"{_LEAD}(?:the )?(?:current )?(?P<office>{_TITLE}) (?:of|for|at|in)(?: the)?"
    r" (?P<place>[\w-]+(?: [\w-]+){0,2})\W*",
    rf"{_LEAD}(?:the )?(?:current )?(?!(?:{_OF_WHAT}|{_NO_PLACE})\b)"
    rf"(?P<place>[\w-]+(?: (?!(?:{_OF_WHAT})\b)[\w-]+)?)(?:'s?)? (?P<office>{_TITLE})\W*",
)
"""What is typed without "who is": "iran president". Of words in a row only known titles ask so."""

_INDIRECT = re.compile(rf"{_LEAD}(?:do you know|tell me) who (.+?) (is|was)\W*$", re.IGNORECASE)
"""Turned round: "do you know who the president is"."""

_MOST = 5
"""Words of a place."""


class Office(NamedTuple):
    """An office whose holder a question asks for.

    Attributes:
        title: What it is called, "foreign minister".
        place: Where, or of what: "Russia", "French".
    """

    title: str
    place: str


def asked_office(question: str, language: str) -> Office | None:
    """Return the office whose holder `question` asks for; None if it asks for something else.

    Whether it is an office at all shows where a name stands beside it in an article.

    Args:
        question: As asked.
        language: ISO 639-1; only English has patterns.
    """
    if language != "en":
        return None
    asked = _INDIRECT.sub(r"who \2 \1", " ".join(question.replace("’", "'").split()))
    for pattern in (*_PATTERNS, *_SHORT):
        found = re.fullmatch(pattern, asked, re.IGNORECASE)
        if not found:
            continue
        title, place = found["office"].casefold(), found["place"]
        is_named = all(naming_terms(word, language) for word in title.split() if word != "of")
        is_place = place.isupper() or naming_terms(place, language)
        if is_named and is_place and len(place.split()) <= _MOST:
            return Office(title, place)
    return None
