"""Before or after which event something is asked: "after the referendum", "since then".

Only the words are found here; when the event was is for the collection to say (`bot.anchor`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.understanding import words

Side = Literal["since", "after", "before"]

_MOST_WORDS = 9
_PLAIN = {ord("’"): "'"}
_STOPS = ",;:?!.؟،"


@dataclass(frozen=True, slots=True)
class Event:
    """An event that a question names to say when.

    Attributes:
        side: On which side of it the time in question lies.
        name: Its words, "the referendum"; "" where they point at what was said before.
        span: Of all that says so, in the question.
    """

    side: Side
    name: str
    span: tuple[int, int]


def find_event(question: str, language: str) -> Event | None:
    """Return the event since, after or before which something is asked, or None for none.

    Args:
        question: As asked.
        language: ISO 639-1; those without lists of their own name no events.
    """
    if language not in words.AFTER_EVENT:
        return None
    for match in _pattern(language).finditer(question.translate(_PLAIN)):
        side: Side = "since" if match["since"] else "after" if match["after"] else "before"
        if match["pointer"]:
            return Event(side, "", match.span())
        name = match["name"]
        is_place = side == "before" and _is_body(name, language)
        if not is_place and len(name.split()) <= _MOST_WORDS:
            return Event(side, name, match.span())
    return None


@lru_cache(maxsize=16)
def _pattern(language: str) -> re.Pattern[str]:
    since, after, before, pointers, asking = (
        table[language]
        for table in (
            words.SINCE_EVENT,
            words.AFTER_EVENT,
            words.BEFORE_EVENT,
            words.POINTERS,
            words.ASKING,
        )
    )
    exceptions = "".join(rf"(?<!\b{word} )" for word in words.NO_EVENT.get(language, "").split())
    # What asks is in lower case there: "before the WHO declared" asks for nobody.
    ends = rf"(?=\s*(?:[{_STOPS}]|$|\b(?-i:{asking})\b))"
    return re.compile(
        rf"(?<!\w){exceptions}(?:(?P<since>{since})|(?P<after>{after})|(?P<before>{before}))\s+"
        rf"(?:(?P<pointer>{pointers}){ends}|(?!(?:{asking})\b)(?P<name>[^{_STOPS}]+?){ends})",
        re.IGNORECASE,
    )


def _is_body(name: str, language: str) -> bool:
    """Whether it is a court or a parliament: one speaks before it, which says no time."""
    bodies = words.BODIES.get(language)
    if bodies is None:
        return False
    found = rf"^(?:the |de[mrn] )?(?:{bodies})(?!\w)|(?<!\w)(?:{bodies})\W*$"
    return re.search(found, name, re.IGNORECASE) is not None
