"""What is looked for, whichever way it is found."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation import Wording
from bot.quote import Quotation
from index.preference import Preference


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, however it is worded.

    Attributes:
        text: The question as typed.
        bare: The same without its words of time and source.
        circumstances: Those words.
        written: Returns words with their names as the collection writes them.
        language: Whose stemming its words get, ISO 639-1.
        tongue: In which it is asked, which the collection need not have; likewise.
        preference: Which time and outlet it is about.
        is_latest: Whether the newest is asked for.
        most: How many passages at most.
        deadline: From which what can be left out is left out, or None.
        marks: Says which passages matter: beyond those that are read to be put in order, only they
            are read, and only in them is the sentence that answers found. None: all are read, and
            what is quoted is marked.
    """

    text: str
    bare: str
    circumstances: str
    written: Callable[[str], str]
    language: str
    tongue: str
    preference: Preference
    is_latest: bool
    most: int
    deadline: float | None
    marks: Callable[[Quotation], bool] | None = None


def bare(wanted: Wanted, wording: Wording) -> Wording:
    """A wording without the words of time and source that were typed."""
    return wording._replace(text=wording.text.replace(wanted.text, wanted.bare))
