import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.ledger import Attempt, Ledger, Received, Unfinished
from index.types import UnusableError

ANN, BOB, GROUP = 7, 8, -1_000_000_000_009
FIRST, SECOND = Received(ANN, 10), Received(ANN, 12)
DAY = 86400


class Clock:
    """Stands until it is moved."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chats.sqlite"


@pytest.fixture
def ledger(path: Path, clock: Clock) -> Iterator[Ledger]:
    with closing(Ledger(path, clock)) as ledger:
        yield ledger


def test_a_message_is_new_once(ledger: Ledger) -> None:
    assert ledger.receive(FIRST, 500, 99, "{}")
    assert not ledger.receive(FIRST, 500, 99, "{}")
    ledger.finish(FIRST)
    assert not ledger.receive(FIRST, 500, 99, "{}")
    assert ledger.receive(SECOND, 501, 99, "{}")
    edited = FIRST._replace(edit=1000)
    assert ledger.receive(edited, 502, 99, "{}")
    # Edited again within the same second.
    assert ledger.receive(edited, 503, 99, "{}")
    assert not ledger.receive(edited, 503, 99, "{}")
    # Another bot's, whose numbers happen to be the same.
    assert ledger.receive(FIRST, 500, 100, "{}")


def test_after_a_restart_it_knows_what_is_unfinished(path: Path) -> None:
    with closing(Ledger(path)) as ledger:
        for number, message in enumerate((12, 10, 14, 16)):
            ledger.receive(Received(ANN, message), number, 99, f'{{"n": {message}}}')
        ledger.leave(FIRST, "key", "[]")
        ledger.leave(Received(ANN, 14), "other", "")
        ledger.answered(Received(ANN, 14), 15)
        ledger.finish(Received(ANN, 16))
    with closing(Ledger(path)) as ledger:
        assert ledger.unfinished() == [
            Unfinished(SECOND, '{"n": 12}', None),
            Unfinished(FIRST, '{"n": 10}', Attempt("key", "[]", 16)),
        ]
        assert ledger.attempt(FIRST) == Attempt("key", "[]", 16)
        assert ledger.attempt(SECOND) is None
        assert ledger.answer_to(ANN, 14) == 15
        assert ledger.answer_to(ANN, 16) is None
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT message, body FROM received WHERE state = 'done'").fetchall() == [
            (14, ""),
            (16, ""),
        ]


def test_what_ends_the_program_each_time_is_given_up(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(Ledger(path)) as ledger:
        ledger.receive(FIRST, 1, 99, "{}")
    for _ in range(3):
        with closing(Ledger(path)) as ledger:
            assert len(ledger.unfinished()) == 1
    with closing(Ledger(path)) as ledger:
        assert ledger.unfinished() == []
        assert not ledger.receive(FIRST, 1, 99, "{}")
    assert caplog.messages == ["a message was given up after 3 starts"]


def test_the_answer_to_an_edited_question_is_the_last(ledger: Ledger) -> None:
    for edit, answer in ((0, 11), (1000, 11), (2000, 20)):
        received = Received(ANN, 10, edit)
        ledger.receive(received, edit, 99, "{}")
        ledger.answered(received, answer)
    assert ledger.answer_to(ANN, 10) == 20
    # What is done stays done.
    ledger.leave(Received(ANN, 10, 2000), "late", "[]")
    assert ledger.attempt(Received(ANN, 10, 2000)) is None


def test_an_answer_is_looked_for_after_the_question_among_what_is_unknown(ledger: Ledger) -> None:
    for message in (10, 11, 13):
        ledger.receive(Received(GROUP, message), message, 99, "{}")
    ledger.answered(Received(GROUP, 11), 12)
    asked = Received(GROUP, 10)
    ledger.leave(asked, "key", "[]")
    attempt = ledger.attempt(asked)
    assert attempt == Attempt("key", "[]", 0)
    assert ledger.candidates(asked, attempt) == [14, 15, 16, 17, 18, 19]


def test_where_chats_share_their_numbers_it_is_looked_for_after_the_newest(ledger: Ledger) -> None:
    ledger.receive(FIRST, 1, 99, "{}")
    for message in range(11, 500):
        ledger.receive(Received(BOB, message), message, 99, "{}")
    ledger.leave(FIRST, "key", "[]")
    for message in (502, 503):
        ledger.receive(Received(BOB, message), message, 99, "{}")
    attempt = ledger.attempt(FIRST)
    assert attempt == Attempt("key", "[]", 499)
    far, near = [500, 501, 504, 505, 506, 507], [11, 12, 13, 14, 15, 16]
    assert ledger.candidates(FIRST, attempt) == far + near


def test_something_is_told_once_in_its_time(ledger: Ledger, clock: Clock) -> None:
    assert ledger.tell("late", ANN, ANN, 60)
    assert not ledger.tell("late", ANN, ANN, 60)
    assert ledger.tell("late", GROUP, ANN, 60)
    assert ledger.tell("early", ANN, ANN, 60)
    clock.now += 59
    assert not ledger.tell("late", ANN, ANN, 60)
    clock.now += 1
    assert ledger.tell("late", ANN, ANN, 60)


def test_a_person_is_forgotten(ledger: Ledger) -> None:
    for received in (FIRST, SECOND, Received(BOB, 11)):
        ledger.receive(received, received.message, 99, "{}")
        ledger.answered(received, received.message + 100)
    ledger.tell("late", GROUP, ANN, 60)
    ledger.forget(ANN)
    assert [ledger.answer_to(*r[:2]) for r in (FIRST, SECOND)] == [None, None]
    assert ledger.answer_to(BOB, 11) == 111
    assert ledger.tell("late", GROUP, ANN, 60)


def test_what_is_old_is_pruned_but_not_what_is_unfinished(path: Path, clock: Clock) -> None:
    done, answered, left = (Received(ANN, n) for n in (1, 2, 3))
    with closing(Ledger(path, clock)) as ledger:
        for received in (done, answered, left):
            ledger.receive(received, received.message, 99, "{}")
        ledger.finish(done)
        ledger.answered(answered, 5)
    for days, kept in ((3, {1, 2, 3}), (1, {2, 3}), (60, {3})):
        clock.now += days * DAY
        with closing(Ledger(path, clock)) as ledger:
            ledger.receive(Received(BOB, 9), int(clock.now), 99, "{}")
        with closing(sqlite3.connect(path)) as db:
            rows = db.execute("SELECT message FROM received WHERE chat = ?", (ANN,)).fetchall()
            assert {message for (message,) in rows} == kept


def test_a_file_that_is_no_database(path: Path) -> None:
    path.write_bytes(b"not a database, but long enough to be taken for one" * 20)
    with pytest.raises(UnusableError, match="move the file away; questions under way"):
        Ledger(path)
