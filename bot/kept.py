"""Everything that is kept about chats, in one file: opened and closed together."""

from contextlib import ExitStack, closing
from pathlib import Path

from bot import texts
from bot.chats import Chats
from bot.feedback import Feedback
from bot.forget import Kind
from bot.keeper.alerts import Alerts
from bot.keeper.jobs import Jobs
from bot.keeper.missed import MissedQuestions
from bot.sent import SentAnswers
from bot.told import Told
from bot.turns import Turns
from corpus.closing import Closing


class Kept(Closing):
    """The stores that a desk needs. For one thread.

    Args:
        path: The file; made if it does not exist. ":memory:" keeps all for this run only.

    Attributes:
        sent: Answers.
        turns: Conversations.
        feedback: Verdicts.
        chats: What each chat and person has chosen, and how the bot stands with each.
        told: What Telegram knows of the bot.
        jobs: What is being done to the collection.
        alerts: What the admins know to be wrong.
        missed: What was asked in vain.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str) -> None:
        with ExitStack() as opened:
            self.sent = opened.enter_context(closing(SentAnswers(path)))
            self.turns = opened.enter_context(closing(Turns(path)))
            self.feedback = opened.enter_context(closing(Feedback(path)))
            self.chats = opened.enter_context(closing(Chats(path)))
            self.told = opened.enter_context(closing(Told(path)))
            self.jobs = opened.enter_context(closing(Jobs(path)))
            self.alerts = opened.enter_context(closing(Alerts(path)))
            self.missed = opened.enter_context(closing(MissedQuestions(path)))
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Close the file."""
        self._opened.close()

    def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: what is kept about it moves to the new id."""
        self.sent.migrate(old, new)
        self.turns.migrate(old, new)
        self.chats.migrate(old, new)

    def about_people(self) -> tuple[Kind, ...]:
        """Return everything that is kept about people, and so can be forgotten."""
        return (
            # Verdicts before the answers that they are found by.
            Kind(self.feedback, texts.VERDICTS),
            Kind(self.turns, texts.CONVERSATIONS),
            Kind(self.sent, texts.ANSWERS),
            Kind(self.chats, texts.CHOICES),
            Kind(self.jobs),
        )
