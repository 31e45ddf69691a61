"""What people asked in vain: questions without an answer, or with one that somebody found bad.

Read from what is kept of answers and verdicts, so that whoever is forgotten is forgotten here, too.
"""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.chatfile import Store
from bot.further import further


@dataclass(frozen=True, slots=True)
class Missed:
    """A question asked in vain; never by whom.

    Attributes:
        question: As it was last asked.
        last: When, in UTC.
        count: How often.
        is_bad: Whether there was an answer, and somebody found it bad.
    """

    question: str
    last: datetime
    count: int
    is_bad: bool


class MissedQuestions(Store):
    """Questions asked in vain, out of the file of `SentAnswers` and `Feedback`. For one thread.

    Args:
        path: The file; both have been opened on it before.

    Raises:
        UnusableError: The file is not such a database.
    """

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, _prepare, "answers sent so far are lost")

    def latest(self, most: int, after: int = 0) -> list[Missed]:
        """Return questions, the last asked first; the same question in any case is one.

        Args:
            most: How many at most.
            after: How many are passed over.
        """
        with closing(
            self._db.execute(
                # Beside max(), SQLite takes the other columns from the row that has the maximum.
                "SELECT json_extract(asking, '$.question') AS words, max(at), count(*),"
                " quotations <> '[]' FROM sent WHERE asking <> '' AND (quotations = '[]'"
                " OR key IN (SELECT key FROM feedback WHERE verdict = 'bad'))"
                " AND NOT goes_on(asking) GROUP BY fold(words)"
                " ORDER BY max(at) DESC, max(rowid) DESC LIMIT ? OFFSET ?",
                (most, after),
            )
        ) as rows:
            return [Missed(q, datetime.fromtimestamp(at, UTC), n, bool(b)) for q, at, n, b in rows]


def _prepare(db: sqlite3.Connection) -> None:
    db.create_function("fold", 1, _fold, deterministic=True)
    # Where "more" found nothing more, nothing was missed.
    db.create_function("goes_on", 1, _goes_on, deterministic=True)


def _fold(question: str) -> str:
    return " ".join(question.casefold().split()).rstrip("?!. ")


def _goes_on(asking: str) -> bool:
    return bool(asking) and further(json.loads(asking)["question"]) is not None
