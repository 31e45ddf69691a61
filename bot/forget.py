"""Deleting what is kept about a person, and saying what that was."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot import texts


class Store(Protocol):
    """Whatever keeps something about people."""

    def forget(self, person: int, chat: int | None = None) -> int:
        """Delete what is kept about a person, in one chat or in all; return how much it was."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing that is kept.

    Attributes:
        store: Where.
        forms: What it is called: of one, and of more. None for what nobody need be told of.
    """

    store: Store
    forms: tuple[str, str] | None = None


def forget(kept: Sequence[Kept], person: int, chat: int | None = None) -> str:
    """Delete everything that is kept about a person and return the words that say what it was.

    Args:
        kept: What is kept.
        person: About whom; a chat's id for those who write in its name.
        chat: Forget only what is of this chat.
    """
    counts = [(one.store.forget(person, chat), one.forms) for one in kept]
    deleted = [texts.numbered(count, forms) for count, forms in counts if count and forms]
    return "\n• ".join([texts.FORGOTTEN, *deleted]) if deleted else texts.NOTHING_KEPT
