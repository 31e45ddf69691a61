"""Deleting what is kept about a person, and saying what that was."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot import texts
from bot.languages import Forms, Language


class Store(Protocol):
    """Whatever keeps something about people."""

    def forget(self, person: int, chat: int | None = None) -> int:
        """Delete what is kept about a person, in one chat or in all; return how much it was."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that is kept.

    Attributes:
        store: Where.
        forms: What it is called: of one, and of more. None for what nobody need be told of.
    """

    store: Store
    forms: Forms | None = None


def forget(kinds: Sequence[Kind], person: int, chat: int | None, spoken: Language) -> str:
    """Delete everything that is kept about a person and return the words that say what it was.

    Args:
        kinds: What is kept.
        person: About whom; a chat's id for those who write in its name.
        chat: Forget only what is of this chat; None for everything.
        spoken: The language of the words.
    """
    counts = [(one.store.forget(person, chat), one.forms) for one in kinds]
    deleted = [spoken.counted(forms, count) for count, forms in counts if count and forms]
    if not deleted:
        return spoken.say(texts.NOTHING_KEPT)
    return "\n• ".join([spoken.say(texts.FORGOTTEN), *deleted])
