"""What an answer's card shows beside its quotation."""

from dataclasses import dataclass, field
from typing import Self

from bot.answer import Answer
from bot.further import further
from bot.languages import Language, language
from corpus.store import Standing


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a quotation, and the buttons to take it back.

    Attributes:
        resolved: The question as understood, if something was carried over into it.
        time: The time it is about, if it names one, as `understanding.interval` writes it.
        source: The outlet it asks for, if it does.
        is_dated: Whether the present was asked about, so that a quotation's date is said first.
        is_cut: Whether only the beginning of the question was read.
        standing: What has become of the quoted article since it was quoted.
        goes_on: Whether the question only goes on with what was said, so that without that nothing
            is left of it.
    """

    resolved: str | None = None
    time: str | None = None
    source: str | None = None
    is_dated: bool = False
    is_cut: bool = False
    standing: Standing = "current"
    goes_on: bool = False

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Return what stands above the quotations of `answer`."""
        understood = answer.understood
        return cls(
            answer.resolved if understood.history else None,
            understood.time,
            understood.source,
            answer.dated_first,
            answer.cut,
            goes_on=further(answer.question) is not None,
        )


@dataclass(frozen=True, slots=True)
class Card:
    """One quotation of an answer as it is shown.

    Attributes:
        key: Names the answer in its buttons' data.
        shown: Position of the quotation in the answer, from 0.
        count: How many quotations the answer has.
        heading: What stands above.
        language: That the buttons are in.
        asks_why: Whether the person has called it bad and is asked for the reason.
    """

    key: str
    shown: int = 0
    count: int = 1
    heading: Heading = field(default_factory=Heading)
    language: Language = field(default_factory=language)
    asks_why: bool = False
