"""Whom a question wants introduced: "who is Lukashevich?", "кто такой Путин?"."""

import re

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
"""All that is said by who asks so, by language: those that write names with a capital letter."""


def introduced(question: str, language: str) -> str | None:
    """Return the name of whom `question` wants introduced; None if it asks for something else.

    Whether it is a name at all shows where it stands in an article.

    Args:
        question: As asked.
        language: ISO 639-1; in those without a pattern no question does.
    """
    if language not in _ASKS:
        return None
    pattern = rf"\W*(?:(?:and|so|und|y|et|а|и|і|ve) )?(?:{_ASKS[language]})\W*"
    asked = " ".join(question.replace("’", "'").split())
    found = re.fullmatch(pattern, asked, re.IGNORECASE)
    if not found:
        return None
    name = next(part for part in found.groups() if part).strip("\"'«»“”")
    words = name.split()
    # "Who is responsible for it?" has words that no name has.
    is_name = words and all(naming_terms(word, language) for word in words)
    return name if is_name else None
