"""What is wanted of the collection's keeper, and what it says of it."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from corpus.types import ReadError

Kind = Literal["add", "remove", "reindex", "full", "rollback", "watch"]
"""Take in files or pages; take out articles; read what has changed; encode everything again; go
back to the index before; read what has changed because it is time to."""

MOST_FAILURES = 200
"""That are named."""


@dataclass(frozen=True, slots=True)
class Order:
    """Something to be done.

    Attributes:
        kind: What.
        names: To what: files and addresses to add; ids to remove; of the index to go back from.
        who: Telegram id of whoever wants it; 0 for the schedule.
        name: Theirs, for the others.
        chat: Where they said so, and are told of it; 0 for nowhere.
        topic: Of a forum, there; 0 for none.
        language: That they are told in, ISO 639-1.
    """

    kind: Kind
    names: tuple[str, ...] = ()
    who: int = 0
    name: str = ""
    chat: int = 0
    topic: int = 0
    language: str = "en"


class Stage(NamedTuple):
    """How far a job is.

    Attributes:
        name: What is being done, as `index.types.Progress` is told.
        done: How much of it.
        total: Of how much; 0 if that is not known.
    """

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Changes:
    """How many articles a job finds new, changed, gone, and as they were."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an order would do.

    Attributes:
        changes: To the articles.
        passages: To be encoded.
        seconds: That this takes.
        failures: What could not be read, the first of them.
        more: How many others could not be.
    """

    changes: Changes
    passages: int
    seconds: float
    failures: tuple[ReadError, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What was done.

    Attributes:
        changes: To the articles.
        encoded: Passages.
        articles: That the collection holds now.
        generation: That serves now.
        published: Whether it is a new one.
        failures: What could not be read, the first of them.
        more: How many others could not be.
    """

    changes: Changes
    encoded: int
    articles: int
    generation: int
    published: bool
    failures: tuple[ReadError, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was done, or not all.

    Attributes:
        reason: One line that names the fix.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """It was ended in the middle.

    Attributes:
        name: Of whoever ended it; empty if the program itself ends.
    """

    name: str = ""


Outcome = Plan | Result | Failed | Cancelled


@dataclass(frozen=True, slots=True)
class Task:
    """An order on its way to the process that carries it out.

    Attributes:
        order: The order.
        is_dry: Whether to say only what it would do.
        settings: All settings, as JSON.
    """

    order: Order
    is_dry: bool
    settings: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """What that process says, a line each: how far it is, or at the end what came of it."""

    stage: Stage | None = None
    plan: Plan | None = None
    result: Result | None = None
    failed: Failed | None = None

    @property
    def outcome(self) -> Plan | Result | Failed | None:
        """What came of it, if it says so."""
        return self.plan or self.result or self.failed
