"""Whom or what a question wants introduced: "who is Lukashevich?", "что такое ОПЕК?"."""

import re
from typing import NamedTuple

from index.terms import naming_terms

_NAME = r"(?P<name>[^\s?!,:;()]+(?: [^\s?!,:;()]+){0,3}?)"

_ASKS = {
    "en": (
        rf"(?:(?:do you know|can you tell me|could you tell me|tell me|i want to know) )?"
        rf"(?:who(?: exactly)?(?:'s| is| was| are| were) {_NAME}(?: exactly| again)?"
        rf"|who {_NAME.replace('name', 'last')} (?:is|was)|{_NAME.replace('name', 'first')} who)"
    ),
    "de": (
        rf"(?:weißt du, |wissen sie, |sag mir, )?(?:wer (?:ist|war|sind|waren)"
        rf"(?: eigentlich| denn| genau)? {_NAME}(?: eigentlich| denn| genau)?"
        rf"|wer {_NAME.replace('name', 'last')} (?:ist|war))"
    ),
    "es": rf"(?:sabes )?quién(?:es)? (?:es|era|fue|son) {_NAME}",
    "fr": rf"(?:sais-tu |c'est )?qui (?:est|était|sont|c'est) {_NAME}",
    "ru": (
        rf"(?:(?:а|и) )?(?:(?:ты )?знаешь,? )?кто (?:(?:такой|такая|такие|это|есть) )?{_NAME}"
        rf"|{_NAME.replace('name', 'first')} (?:это )?кто(?: такой| такая| такие)?"
    ),
    "uk": (
        rf"(?:(?:а|і|й) )?(?:(?:ти )?знаєш,? )?хто (?:(?:такий|така|такі|це|є) )?{_NAME}"
        rf"|{_NAME.replace('name', 'first')} (?:це )?хто(?: такий| така| такі)?"
    ),
    "tr": rf"{_NAME} kim(?:dir)?",
}
"""All that is said by who asks for a person, by language: those that write names with a capital
letter."""

_ASKS_FOR_THINGS = {
    "en": (
        rf"what(?: exactly)?(?:'s| is| was| are| were)(?: meant by)?(?: an?| the)? {_NAME}"
        rf"(?: exactly| again)?"
        rf"|what does (?:the )?{_NAME.replace('name', 'last')} (?:stand for|mean)"
    ),
    "de": (
        rf"was (?:ist|war|sind|heißt|bedeutet)(?: eigentlich| denn| genau)?"
        rf"(?: der| die| das| ein| eine)? {_NAME}(?: eigentlich| denn| genau)?"
    ),
    "es": rf"qué (?:es|era|son|significa)(?: el| la| los| las| un| una)? {_NAME}",
    "fr": (
        rf"(?:c'est quoi|qu'est-ce que(?: c'est que)?|que signifie)"
        rf"(?: le| la| les| un| une)? (?:l')?{_NAME}"
    ),
    "ru": rf"(?:(?:а|и) )?что (?:такое|это|значит|означает) {_NAME}",
    "uk": rf"(?:(?:а|і|й) )?що (?:таке|це|означає) {_NAME}",
    "tr": rf"{_NAME} ne(?:dir| demek)?",
}
"""The same by who asks for a thing."""


_MOST = 4
"""Words of a name."""


class Introduced(NamedTuple):
    """Whom or what a question wants introduced.

    Attributes:
        name: As asked.
        is_person: Whether it asks who, not what.
    """

    name: str
    is_person: bool


def introduced(question: str, language: str) -> Introduced | None:
    """Return what `question` wants introduced; None if it asks for something else.

    Whether it is a name at all shows where it stands in an article.

    Args:
        question: As asked.
        language: ISO 639-1; in those without a pattern no question does.
    """
    asked = " ".join(question.replace("’", "'").split())
    for is_person, asks in ((True, _ASKS), (False, _ASKS_FOR_THINGS)):
        if language not in asks:
            continue
        pattern = rf"\W*(?:(?:and|so|und|y|et|а|и|і|ve) )?(?:{asks[language]})\W*"
        found = re.fullmatch(pattern, asked, re.IGNORECASE)
        name = next((part for part in found.groups() if part), "") if found else ""
        if may_be_name(name := name.strip("\"'«»“”"), language):
            return Introduced(name, is_person)
    return None


def may_be_name(words: str, language: str) -> bool:
    """Say whether words have nothing that no name has: "responsible for it" has.

    Args:
        words: Of a question.
        language: ISO 639-1.
    """
    parts = words.split()
    # The WHO is one.
    named = [part.isupper() or bool(naming_terms(part, language)) for part in parts]
    return 0 < len(parts) <= _MOST and all(named)
