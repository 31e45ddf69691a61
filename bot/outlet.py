"""Questions for an outlet and nothing else: "What did TASS write?", "And according to Reuters?".

In a conversation they ask its question of that outlet; without one they want what is new there.
"""

import re

from bot.leaning import opening
from bot.understanding import Asked, Source, words

_ABOUT = r"(?:about|on|to|über|zu|sobre|sur|de|об?|про)"
_SUBJECT = r"dazu|darüber|à ce sujet|об этом|про це|al respecto|the (?:topic|subject|matter|issue)"
"""What stands for what was spoken of, beside the pointers that stand for events."""


def names_only_outlet(question: str, language: str, asked: Asked) -> bool:
    """Say whether nothing is left of a question without its outlet.

    Args:
        question: As asked.
        language: ISO 639-1.
        asked: The time and outlet in it.
    """
    if asked.source is None or asked.time is not None:
        return False
    start, end = asked.source.span
    left = f" {question[:start]} {question[end:]} ".replace("’", "'")
    wrote = words.WROTE.get(language, r"(?!)")
    pointers = words.POINTERS.get(language, r"(?!)")
    about = rf"(?:{_ABOUT} )?(?:{pointers}|{_SUBJECT})"
    lead = rf"(?:{opening(language) or '(?!)'})(?!\w)"
    asks = rf"\W*(?:{lead})?\W*(?:{wrote})?\W*(?:{about})?\W*"
    return re.fullmatch(asks, " ".join(left.split()), re.IGNORECASE) is not None


def of_outlet(subject: str, then: Asked, question: str, asked: Source, language: str) -> str:
    """Return the question of a conversation as it is asked of an outlet.

    Args:
        subject: The question that named what the conversation is about.
        then: The time and outlet in it.
        question: That names the outlet.
        asked: Which, in it.
        language: ISO 639-1.
    """
    name = question[slice(*asked.called)]
    the = "the " if re.search(r"\bthe $", question[: asked.called[0]], re.IGNORECASE) else ""
    if then.source is not None:
        head, tail = subject[: then.source.called[0]], subject[then.source.called[1] :]
        return re.sub(r"\bthe $", "", head, flags=re.IGNORECASE) + the + name + tail
    if language not in words.ACCORDING:
        return f"{subject.rstrip('?!. ')} {question[slice(*asked.span)]}?"
    return f"{subject.rstrip('?!. ')} {words.ACCORDING[language]} {the}{name}?"
