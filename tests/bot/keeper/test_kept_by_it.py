"""What the keeper keeps: orders, alerts, files; and what it reads of what others keep."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.feedback import Feedback, Judged
from bot.keeper.alerts import Alerts
from bot.keeper.dropped import harmless, keep
from bot.keeper.jobs import Jobs, Recorded
from bot.keeper.missed import MissedQuestions
from bot.keeper.orders import Order
from bot.sent import SentAnswers

ORDER = Order("add", ("a.md", "https://news.example/б"), 7, "Ann", -100, 3, "uk")


def test_orders_wait_are_carried_out_and_are_gone(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    with closing(Jobs(path)) as jobs:
        assert jobs.running() is None
        number = jobs.plan(ORDER)
        assert jobs.planned(number) == ORDER
        assert jobs.begin(ORDER, number) == number
        assert jobs.planned(number) is None
    # After a restart, too.
    with closing(Jobs(path)) as jobs:
        assert jobs.running() == Recorded(number, ORDER)
        jobs.end(number)
        assert jobs.running() is None
        assert jobs.begin(Order("watch"), is_dry=True) == number + 1
        assert jobs.running() == Recorded(number + 1, Order("watch"), is_dry=True)


def test_orders_that_wait_are_forgotten_with_their_person() -> None:
    with closing(Jobs(":memory:")) as jobs:
        numbers = [
            jobs.plan(ORDER),
            jobs.plan(Order("full", who=7)),
            jobs.plan(Order("full", who=8)),
        ]
        assert jobs.forget(7, -100) == 1
        assert jobs.forget(7) == 1
        assert [jobs.planned(number) is None for number in numbers] == [True, True, False]


def test_orders_that_waited_for_a_month_wait_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    with closing(Jobs(path)) as jobs:
        old, new = jobs.plan(ORDER), jobs.plan(ORDER)
        with jobs._db as db:
            db.execute("UPDATE job SET at = at - 31 * 86400 WHERE number = ?", (old,))
    with closing(Jobs(path)) as jobs:
        assert jobs.planned(old) is None
        assert jobs.planned(new) == ORDER


def test_what_is_wrong_is_known_until_it_is_well(tmp_path: Path) -> None:
    with closing(Alerts(tmp_path / "chats.sqlite")) as alerts:
        alerts.told("disk", is_wrong=True)
        alerts.told("disk", is_wrong=True)
        alerts.told("feed:x", is_wrong=True)
    with closing(Alerts(tmp_path / "chats.sqlite")) as alerts:
        assert alerts.known() == {"disk", "feed:x"}
        alerts.told("disk", is_wrong=False)
        assert alerts.known() == {"feed:x"}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("report.md", "report.md"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a b;$(rm -rf).tar.gz", "a_b_rm_-rf_.tar.gz"),
        (".hidden.md", "hidden.md"),
        ("\u202egnp.md\n", "gnp.md"),
        ("Новости дня.html", "Новости_дня.html"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".epub", "x" * 155 + ".epub"),
        ("ж" * 300 + ".md", "ж" * 78 + ".md"),
        ("a." + "b" * 200, "a." + "b" * 157),
    ],
)
def test_names_do_no_harm(name: str, kept: str) -> None:
    assert harmless(name) == kept
    assert len(f"{'0' * 14}{kept}".encode()) < 255


def test_files_are_kept_by_their_content(tmp_path: Path) -> None:
    first = keep(tmp_path, "a.md", b"one")
    assert keep(tmp_path, "a.md", b"one") == first
    second = keep(tmp_path, "a.md", b"two")
    assert sorted(p.read_bytes() for p in (tmp_path / "added").iterdir()) == [b"one", b"two"]
    assert {first.name[12:], second.name[12:]} == {"-a.md"}


def test_questions_asked_in_vain_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    with (
        closing(SentAnswers(path)) as sent,
        closing(Feedback(path)) as feedback,
        closing(MissedQuestions(path)) as missed,
    ):
        at = 1_700_000_000
        rows = [
            ("k1", "Who  won?", "[]", at),
            ("k2", "WHO WON", "[]", at + 9),
            ("k3", "Answered?", "[{}]", at + 20),
            ("k4", "Badly?", "[{}]", at + 5),
            # Nothing more is nothing missed.
            ("k5", "More?", "[]", at + 7),
        ]
        with sent._db as db:
            db.executemany(
                "INSERT INTO sent (key, asking, quotations, at, chat)"
                " VALUES (?, json_object('question', ?), ?, ?, 1)",
                rows,
            )
        feedback.put(Judged("k3", 0, 1, "good"))
        feedback.put(Judged("k4", 0, 1, "bad"))
        feedback.put(Judged("k4", 0, 2, "bad"))
        found = missed.latest(5)
    assert [(m.question, m.count, m.is_bad) for m in found] == [
        ("WHO WON", 2, False),
        ("Badly?", 1, True),
    ]
    assert found[0].last == datetime.fromtimestamp(at + 9, UTC)
