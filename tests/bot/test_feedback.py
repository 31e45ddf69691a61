from contextlib import closing
from pathlib import Path

import pytest

from bot.feedback import Feedback, Judged
from index.types import UnusableError


def test_the_last_verdict_of_each_person_counts(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    with closing(Feedback(path)) as feedback:
        feedback.put(Judged("k", 1, 7, "bad"))
        feedback.put(Judged("k", 1, 7, "bad", "o"))
        feedback.put(Judged("k", 0, 7, "good"))
        feedback.put(Judged("k", 1, 8, "bad"))
        feedback.put(Judged("k", 1, 8, "good"))
        feedback.put(Judged("l", 1, 8, "good"))
    with closing(Feedback(path)) as feedback:
        assert feedback.of("k") == (
            Judged("k", 0, 7, "good"),
            Judged("k", 1, 7, "bad", "o"),
            Judged("k", 1, 8, "good"),
        )
        assert feedback.of("other") == ()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(UnusableError, match=r"chats\.sqlite.*move the file away"):
        Feedback(path)
