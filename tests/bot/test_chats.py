import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.chats import Chats, ChatSettings, Quiet, Way
from bot.turns import Place
from index.types import UnusableError

ALL = ChatSettings("question", "fa", 5, "all", Quiet(23, 6, 210))
NIGHT = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)


def test_what_was_chosen_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "new" / "chats.sqlite"
    with closing(Chats(path)) as chats:
        assert chats.of(-5) == ChatSettings("mention", None, None, "asker", None)
        chats.choose(-5, ALL)
        chats.choose(-6, ALL)
        chats.choose(-6, ChatSettings(quotations=1))
        chats.set_gone(7, gone=True)
        chats.set_gone(-5, gone=True)
        chats.set_gone(-5, gone=False)
        assert (chats.mark(-5, "greeted"), chats.mark(-5, "greeted")) == (True, False)
        assert (chats.mark(-9, "told"), chats.mark(-9, "told")) == (True, False)
    with closing(Chats(path)) as chats:
        assert [chats.of(chat) for chat in (-5, -6, 7)] == [
            ALL,
            ChatSettings(quotations=1),
            ChatSettings(),
        ]
        assert chats.gone() == {7}
        assert not chats.mark(-5, "greeted")
        assert chats.mark(-5, "told")


def test_all_of_it_moves_with_a_group(tmp_path: Path) -> None:
    with closing(Chats(":memory:")) as chats:
        chats.choose(-5, ALL)
        chats.mark(-5, "told")
        # Telegram may say first that the bot was added there, or that it was removed here.
        chats.set_gone(-1005, gone=True)
        chats.set_gone(-5, gone=True)
        chats.migrate(-5, -1005)
        assert (chats.of(-1005), chats.of(-5)) == (ALL, ChatSettings())
        assert chats.gone() == frozenset()
        assert (chats.formerly(-1005), chats.formerly(-5), chats.formerly(-1)) == (-5, None, None)
        assert not chats.mark(-1005, "greeted")
        assert not chats.mark(-1005, "told")
        # Told once more, it is no reason to undo what has been chosen since.
        chats.choose(-1005, ChatSettings("command"))
        chats.migrate(-5, -1005)
        assert chats.of(-1005) == ChatSettings("command")
        # Nothing was kept about this one: it is no new group all the same.
        chats.migrate(-8, -1008)
        assert chats.formerly(-1008) == -8
        assert not chats.mark(-1008, "greeted")


@pytest.mark.parametrize(
    ("group", "own", "expected"),
    [(None, None, None), (None, "ru", "ru"), ("tr", "ru", "tr"), ("tr", None, "tr")],
)
def test_a_group_s_language_goes_before_a_person_s(
    group: str | None, own: str | None, expected: str | None
) -> None:
    with closing(Chats(":memory:")) as chats:
        chats.choose(-5, ChatSettings(language=group))
        chats.choose(3, ChatSettings(language=own))
        assert chats.language(Place(-5, 0, 3)) == expected
        assert chats.language(Place(3, 0, 3)) == own
        assert chats.language(Place(-6, 0, 4)) is None


@pytest.mark.parametrize(
    ("hours", "held"),
    [
        (Quiet(22, 7), range(22, 31)),
        (Quiet(0, 6), range(6)),
        (Quiet(9, 10), range(9, 10)),
        (Quiet(23, 0), range(23, 24)),
        (Quiet(5, 5), range(24)),
    ],
)
def test_quiet_hours_go_over_midnight(hours: Quiet, held: range) -> None:
    day = datetime(2026, 3, 1, 0, 59, tzinfo=UTC)
    found = {h for h in range(24) if hours.holds(day + timedelta(hours=h))}
    assert found == {h % 24 for h in held}


def test_quiet_hours_are_those_of_the_chat_s_clock() -> None:
    at = datetime(2026, 3, 1, 18, 31, tzinfo=UTC)
    assert [Quiet(22, 7, offset).holds(at) for offset in (0, 180, 209, 210, 720)] == [
        *(False, False, True, True, True)
    ]
    assert Quiet(22, 7, -60).holds(datetime(2026, 3, 1, 8, 0, tzinfo=timezone(timedelta(hours=1))))


@pytest.mark.parametrize(
    ("settings", "heeded"),
    [
        (ChatSettings("command"), ["command"]),
        (ChatSettings(), ["command", "mention"]),
        (ChatSettings("question"), ["command", "mention", "question"]),
        (ChatSettings("question", quiet=Quiet()), ["command"]),
        (ChatSettings("question", quiet=Quiet(1, 2)), ["command", "mention", "question"]),
    ],
)
def test_which_ways_of_asking_are_heeded(settings: ChatSettings, heeded: list[str]) -> None:
    ways: tuple[Way, ...] = ("command", "mention", "question")
    assert [way for way in ways if settings.heeds(way, NIGHT)] == heeded


def test_a_person_s_choices_are_forgotten() -> None:
    with closing(Chats(":memory:")) as chats:
        chats.choose(3, ALL)
        chats.choose(4, ALL)
        chats.choose(-5, ALL)
        # In a group nobody chooses for themselves alone.
        assert chats.forget(3, -5) == 0
        assert chats.of(-5) == chats.of(3) == ALL
        assert (chats.forget(3), chats.forget(3)) == (1, 0)
        assert (chats.of(3), chats.of(4)) == (ChatSettings(), ALL)
        # The defaults, chosen again, are nothing to be told about.
        chats.choose(4, ChatSettings())
        assert chats.forget(4) == 0


def test_a_damaged_file_is_refused_with_the_fix(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(UnusableError, match="move the file away"):
        Chats(path)


def test_remains_are_cleared_unless_somebody_reads(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
    with closing(Chats(path)) as chats, closing(sqlite3.connect(path)) as other:
        chats.choose(3, ALL)
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM chat").fetchone() == (1,)
        assert chats.forget(3) == 1
        assert not chats.clear_remains()
        other.rollback()
        assert chats.clear_remains()
        assert path.with_name("chats.sqlite-wal").stat().st_size == 0
