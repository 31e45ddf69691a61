"""Everything that is kept about chats, in one file: opened and closed together."""

from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.feedback import Feedback
from bot.sent import SentAnswers
from bot.turns import Turns


class Kept:
    """The stores that a desk needs. For one thread.

    Args:
        path: The file; made if it does not exist. ":memory:" keeps all for this run only.

    Attributes:
        sent: Answers.
        turns: Conversations.
        feedback: Verdicts.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str) -> None:
        with ExitStack() as opened:
            self.sent = opened.enter_context(closing(SentAnswers(path)))
            self.turns = opened.enter_context(closing(Turns(path)))
            self.feedback = opened.enter_context(closing(Feedback(path)))
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._opened.close()

    def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: what is kept about it moves to the new id."""
        self.sent.migrate(old, new)
        self.turns.migrate(old, new)
