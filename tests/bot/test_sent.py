import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from bot.answer import Understood
from bot.conversation import Quoted, Turn
from bot.quote import Elsewhere, Quotation, quote
from bot.sent import Asking, Sent, SentAnswers
from bot.turns import Place
from corpus.paragraphs import passages
from corpus.types import Article
from index.types import UnusableError

STORED = Article(
    *("i", "https://n.example/", "T", "O", (), None, None, "en"), ("Oil fell. Gold rose.", "Tin.")
)

ASKING = Asking(
    question="And gold?",
    now="2014-12-17T12:00:00+00:00",
    place=Place(7, 2, 3),
    without=("time",),
    before=(Turn("Oil?", "Oil?", "Oil?", (Quoted("i", 0),)),),
    turn=Turn("And gold?", "And gold? (Oil)", "Oil?", ()),
    understood=Understood("December 2014", "O", history=True),
    is_dated=True,
    is_cut=True,
)


def quotations() -> list[Quotation]:
    first, second = passages(STORED, lambda text: len(text.split()), 40)
    return [
        quote(first, STORED).judged(
            (10, 20), 0.5, (Elsewhere("https://m.example/", "M"),), (12, 15)
        ),
        quote(second, STORED),
    ]


def test_what_is_kept_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "new" / "chats.sqlite"
    with closing(SentAnswers(path)) as sent:
        key = sent.put(7, quotations())
        assert sent.put(7, quotations()) != key
    with closing(SentAnswers(path)) as sent:
        assert sent.get(key) == Sent(
            7,
            tuple(q.passage for q in quotations()),
            ((10, 20), (0, 4)),
            ((Elsewhere("https://m.example/", "M"),), ()),
            ((12, 15), None),
            key=key,
        )
        assert sent.get(key[:-1]) is None


def test_how_it_was_asked_is_kept_under_the_key_and_found_by_message(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    with closing(SentAnswers(path)) as sent:
        key = sent.put(7, quotations(), ASKING)
        assert sent.shown(7, 40) is None
        sent.sent_as(key, 7, 40)
    without = replace(ASKING, without=("time", "history"), is_dated=False)
    with closing(SentAnswers(path)) as sent:
        assert [found and found.asking for found in (sent.get(key), sent.shown(7, 40))] == [
            ASKING,
            ASKING,
        ]
        assert sent.put(7, (), without, key) == key
        assert sent.shown(7, 40) == Sent(7, (), (), (), (), without, key, 40)
        sent.migrate(7, -1007)
        # Message 40 of the new chat is another one.
        assert sent.shown(7, 40) is None
        assert sent.shown(-1007, 40) is None
        assert sent.get(key) == Sent(-1007, (), (), (), (), without, key)


def test_what_earlier_versions_kept_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    rows = [
        {
            "passage": asdict(quotations()[0].passage),
            "answer": [0, 4],
            "also_in": ["https://m.example/"],
        }
    ]
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "CREATE TABLE sent (key TEXT PRIMARY KEY, chat INTEGER NOT NULL,"
            " at INTEGER NOT NULL, quotations TEXT NOT NULL) STRICT"
        )
        db.execute("INSERT INTO sent VALUES ('old', 7, unixepoch(), ?)", (json.dumps(rows),))
    for _ in range(2):
        with closing(SentAnswers(path)) as sent:
            assert sent.get("old") == Sent(
                7,
                (quotations()[0].passage,),
                ((0, 4),),
                ((Elsewhere("https://m.example/"),),),
                (None,),
                key="old",
            )
            assert sent.shown(7, 1) is None


def test_a_key_and_its_buttons_fit_telegram(tmp_path: Path) -> None:
    with closing(SentAnswers(":memory:")) as sent:
        keys = {sent.put(1, []) for _ in range(50)}
    assert len(keys) == 50
    assert all(len(f"q:{key}:9".encode()) <= 64 and len(key) == 12 for key in keys)


def test_a_migrated_group_keeps_its_answers_and_no_other_s(tmp_path: Path) -> None:
    with closing(SentAnswers(":memory:")) as sent:
        mine, other = sent.put(-5, quotations()), sent.put(6, quotations())
        sent.migrate(-5, -1005)
        found = [sent.get(mine), sent.get(other)]
    assert [s and s.chat for s in found] == [-1005, 6]


def test_answers_of_half_a_year_ago_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    with closing(SentAnswers(path)) as sent:
        old, young = sent.put(1, []), sent.put(1, [])
    with closing(sqlite3.connect(path)) as db, db:
        for key, days in ((old, 181), (young, 179)):
            db.execute("UPDATE sent SET at = at - ? WHERE key = ?", (days * 86400, key))
    with closing(SentAnswers(path)) as sent:
        assert sent.get(old) is None
        assert sent.get(young) is not None


def test_a_damaged_file_is_refused_with_the_fix(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(UnusableError, match="move the file away"):
        SentAnswers(path)


def test_a_person_s_answers_are_forgotten_and_what_went_on_with_them(tmp_path: Path) -> None:
    def asked(chat: int, user: int, words: str, *before: Turn) -> Asking:
        said = Turn(words, words, words, ())
        return replace(ASKING, place=Place(chat, 0, user), before=before, turn=said)

    with closing(SentAnswers(tmp_path / "chats.sqlite")) as sent:
        own = asked(-5, 7, "hers")
        keys = {
            name: sent.put(chat, quotations(), asking)
            for name, chat, asking in (
                ("private", 7, asked(7, 7, "alone")),
                ("old", 7, None),
                ("group", -5, own),
                ("joined", -5, asked(-5, 8, "his", own.turn)),
                ("elsewhere", -6, asked(-6, 8, "his", own.turn)),
                ("other", -5, asked(-5, 8, "his")),
                ("old of a group", -5, None),
            )
        }

        def there() -> set[str]:
            return {name for name, key in keys.items() if sent.get(key)}

        assert sent.forget(7, -6) == 0
        assert there() == set(keys)
        assert sent.forget(7, -5) == 1
        assert there() == {"private", "old", "elsewhere", "other", "old of a group"}
        assert (sent.forget(7), sent.forget(7)) == (2, 0)
        assert there() == {"elsewhere", "other", "old of a group"}
