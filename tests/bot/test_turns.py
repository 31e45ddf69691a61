import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation import Quoted, Turn
from bot.turns import Place, Turns, dumped, loaded
from index.types import UnusableError

QUOTED = Quoted("a", 3)


def said(number: int) -> Turn:
    return Turn(f"q{number}", f"r{number}", f"s{number}", (QUOTED,))


def test_the_last_six_turns_survive_a_restart(tmp_path: Path) -> None:
    path, here = tmp_path / "new" / "chats.sqlite", Place(1, 2, 3)
    with closing(Turns(path)) as turns:
        assert turns.before(here) == ()
        for number in range(8):
            turns.go_on(here, turns.before(here), said(number))
    with closing(Turns(path)) as turns:
        assert turns.before(here) == tuple(said(n) for n in range(2, 8))
        assert turns.before(Place(1, 2, 4)) == turns.before(Place(1, 0, 3)) == ()
        turns.migrate(1, -100)
        assert len(turns.before(Place(-100, 2, 3))) == 6


def test_what_earlier_versions_kept_of_a_quotation_is_read() -> None:
    more = {"article_id": "a", "paragraph": 3, "title": "T", "text": "Oil fell.", "answer": [0, 9]}
    text = json.dumps({"question": "q1", "resolved": "r1", "subject": "s1", "quoted": [more]})
    assert loaded(text) == said(1)
    assert loaded(dumped(said(1))) == said(1)
    passed = replace(said(1), quoted=(Quoted("a", 3, 80),), passed=(Quoted("b", 0), QUOTED))
    assert loaded(dumped(passed)) == passed


def test_a_turn_is_replaced_where_it_stands(tmp_path: Path) -> None:
    here, there = Place(1, 0, 2), Place(1, 0, 3)
    with closing(Turns(":memory:")) as turns:
        for place in (here, there):
            for number in range(3):
                turns.go_on(place, turns.before(place), said(number))
        turns.replace(here, said(1), said(7))
        turns.replace(here, said(5), said(8))
        assert turns.before(here) == (said(0), said(7), said(2))
        assert turns.before(there) == (said(0), said(1), said(2))


def test_what_is_too_old_goes_from_the_file_with_the_next_question(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    with closing(Turns(path)) as turns, closing(sqlite3.connect(path)) as db:
        turns.go_on(Place(1), (), said(1))
        with db:
            db.execute("UPDATE turn SET at = at - 7201")
        turns.go_on(Place(2), (), said(2))
        assert db.execute("SELECT chat FROM turn").fetchall() == [(2,)]
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE turn SET at = at - 7201")
    with closing(Turns(path)), closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT chat FROM turn").fetchall() == []


def test_after_two_hours_a_conversation_begins_anew(tmp_path: Path) -> None:
    path, here = tmp_path / "chats.sqlite", Place(1)
    with closing(Turns(path)) as turns:
        turns.go_on(here, (), said(1))
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE turn SET at = at - 7201")
        assert turns.before(here) == ()


def test_a_damaged_file_is_refused_with_the_fix(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(UnusableError, match="move the file away"):
        Turns(path)


def test_a_person_s_conversations_are_forgotten() -> None:
    own, there, topic = Place(7, 0, 7), Place(-5, 0, 7), Place(-5, 3, 7)
    others = (Place(-5, 0, 8), Place(-6, 0, 8), Place(8, 0, 8))
    with closing(Turns(":memory:")) as turns:
        for number, place in enumerate((own, there, topic)):
            turns.go_on(place, (), said(number))
            turns.go_on(place, turns.before(place), said(number + 10))
        for place in others:
            turns.go_on(place, (), said(9))
        assert turns.forget(7, -6) == 0
        assert turns.forget(7, -5) == 2
        assert turns.before(there) == turns.before(topic) == ()
        assert (turns.forget(7), turns.forget(7)) == (1, 0)
        assert turns.before(own) == ()
        assert [turns.before(place) for place in others] == [(said(9),)] * 3


def test_what_went_on_with_them_in_the_same_chat_goes_too() -> None:
    own, joined, elsewhere = Place(-5, 0, 7), Place(-5, 0, 8), Place(-6, 0, 8)
    with closing(Turns(":memory:")) as turns:
        turns.go_on(own, (), said(1))
        turns.go_on(joined, (said(1),), said(2))
        turns.go_on(elsewhere, (said(1),), said(2))
        assert turns.forget(7) == 1
        assert turns.before(joined) == ()
        assert len(turns.before(elsewhere)) == 2
