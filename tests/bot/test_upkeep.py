"""Going back, taking out, erasing: on the command line, and under a bot that is running."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import texts
from bot.desk import Desk, Question
from bot.engine import Engine, update
from bot.erasure import erase
from bot.kept import Kept
from bot.languages import ENGLISH
from bot.presses import Press
from bot.settings import Settings
from bot.turns import Place
from corpus.store import Library
from index.layout import Layout
from tests.bot.conftest import settings_at, write_article
from tests.bot.test_cli import one_line, run

SECRET = "Nine hundred and twelve lamps were lit in the old market square of Tarnby on Friday."
AGENCY = (
    "The ferry between the two islands was stopped on Monday because of the high waves, the"
    " harbour office said in the morning, and nobody knows when it will sail again this winter.\n\n"
    "Two hundred people who wanted to go home were given beds in the school of the larger island,"
    " where teachers cooked soup for them, and a doctor looked after those who had been seasick."
)
OWN = {
    "one": "Readers can send pictures of the storm to our newsroom in Tarnby until Thursday.",
    "two": "Sport follows on the pages after the crossword.",
}
"""What each of two outlets has put below the agency's report."""

HERE = Place(5)


@pytest.fixture
def towns(tmp_path: Path) -> Settings:
    """A collection of three articles, indexed."""
    write_article(tmp_path / "a" / "lamps.md", SECRET, title="Lamps", url="https://n.example/lamps")
    for name, own in OWN.items():
        write_article(
            tmp_path / "a" / f"{name}.md",
            f"{AGENCY}\n\n{own}",
            title=f"Ferry stopped, {name} says",
            outlet=name,
            url=f"https://{name}.example/ferry",
        )
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["a"]')
    update(settings)
    return settings


def lamps(settings: Settings) -> str:
    with Library(Layout(settings.index.data).library) as library:
        return next(a.id for a in library.current() if a.title == "Lamps")


def rewrite(settings: Settings, words: str) -> None:
    path = settings.corpus.paths[0] / "lamps.md"
    write_article(path, words, title="Lamps", url="https://n.example/lamps")


def left_in(folder: Path, text: str) -> list[str]:
    """Names of the files below `folder` that have a part of `text` in them."""
    parts = [text[at : at + 30] for at in range(0, len(text) - 30, 10)]
    forms = [form.encode() for part in parts for form in (part, json.dumps(part)[1:-1])]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [p.name for p in files if any(form in p.read_bytes() for form in forms)]


def test_what_is_taken_out_is_unfindable_before_anything_is_built(towns: Settings) -> None:
    with Engine(towns) as engine:
        question = "How many lamps were lit in Tarnby?"
        assert engine.ask(question).quotations[0].text == SECRET
        assert "Lamps" in {q.article.title for q in engine.recent(3)}
        with Library(Layout(towns.index.data).library) as library:
            library.remove([lamps(towns)])
        answer = engine.ask(question)
        assert answer.generation == 1
        assert all(q.article.title != "Lamps" for q in answer.quotations)
        assert all(n.title != "Lamps" for n in answer.nearest)
        assert {q.article.title for q in engine.recent(2)} == {
            "Ferry stopped, one says",
            "Ferry stopped, two says",
        }
        with Library(Layout(towns.index.data).library) as library:
            library.remove([e.id for e in library.entries()])
        assert not engine.ask(question).answered
        assert engine.ask(question).nearest == ()


def test_buttons_of_what_was_taken_out_show_no_word_of_it(towns: Settings) -> None:
    with Engine(towns) as engine, Kept(":memory:") as kept:
        desk = Desk(engine, kept, 2)
        card = desk.ask(Question("How many lamps were lit in Tarnby?", HERE))
        assert SECRET in card.text
        update(towns, remove=[lamps(towns)])
        for action in "qcgb":
            shown = desk.press(Press(f"{action}:{card.key}:0", HERE)).message
            assert shown is not None
            assert shown.text == texts.WITHDRAWN
        assert desk.press(Press(f"c:{card.key}:0", Place(6))).word == texts.NOT_YOURS


@pytest.mark.parametrize("action", ["q", "c"])
def test_buttons_of_an_answer_from_a_changed_article_say_so(towns: Settings, action: str) -> None:
    with Engine(towns) as engine, Kept(":memory:") as kept:
        desk = Desk(engine, kept, 2)
        card = desk.ask(Question("How many lamps were lit in Tarnby?", HERE))
        press = Press(f"{action}:{card.key}:0", HERE)
        before = desk.press(press).message
        assert before is not None
        assert before.text.startswith(SECRET)
        rewrite(towns, "Ten lamps were lit in the square of Tarnby, not more, the town says now.")
        update(towns)
        after = desk.press(press).message
        assert after is not None
        assert after.text.startswith(f"{texts.CHANGED}\n{SECRET}")
        quoted = next(m for m in after.marks if m.kind in {"blockquote", "expandable_blockquote"})
        assert after.text[quoted.start :].startswith(SECRET)
        fresh = desk.ask(Question("How many lamps were lit in Tarnby?", HERE))
        assert fresh.text.startswith("Ten lamps")
        (towns.corpus.paths[0] / "lamps.md").unlink()
        update(towns)
        gone = desk.press(press).message
        assert gone is not None
        assert gone.text.startswith(f"{texts.WITHDRAWN}\n{SECRET}")


def test_another_date_does_not_make_another_text(towns: Settings) -> None:
    with Engine(towns) as engine:
        passage = engine.ask("How many lamps were lit in Tarnby?").quotations[0].passage
        assert engine.standing(passage) == "current"
        path = towns.corpus.paths[0] / "lamps.md"
        write_article(
            path, SECRET, title="Lamps", url="https://n.example/lamps", date="18 December 2014"
        )
        update(towns)
        assert engine.standing(passage) == "current"
        rewrite(towns, "Other words stand here from now on.")
        update(towns)
        assert engine.standing(passage) == "changed"


def test_an_answer_names_the_other_addresses_that_the_library_knows(towns: Settings) -> None:
    with Engine(towns) as engine:
        quotation = engine.ask("Why was the ferry between the islands stopped?").quotations[0]
        urls = {quotation.article.url, *(one.url for one in quotation.also_in)}
        assert urls == {"https://one.example/ferry", "https://two.example/ferry"}
        own = engine.ask("Until when can readers send pictures of the storm?").quotations[0]
        assert (own.text, own.also_in) == (OWN["one"], ())
        with Library(Layout(towns.index.data).library) as library:
            other = next(
                a.id for a in library.current() if a.url in {one.url for one in quotation.also_in}
            )
            library.remove([other])
        again = engine.ask("Why was the ferry between the islands stopped?").quotations[0]
        assert again.also_in == ()


def test_rollback_on_the_command_line(towns: Settings) -> None:
    rewrite(towns, "Ten lamps were lit in the square of Tarnby, not more, the town says now.")
    with Engine(towns) as engine:
        update(towns)
        assert engine.ask("How many lamps were lit in Tarnby?").quotations[0].text[:3] == "Ten"
        done = run(towns, "rollback")
        assert done.exit_code == 0
        assert "Generation 1 answers again: 3 articles, indexed " in done.stdout
        assert engine.ask("How many lamps were lit in Tarnby?").quotations[0].text == SECRET
        held = run(towns, "index")
        assert held.exit_code == 0
        assert "nothing is published until `verbatim index --unhold`" in held.stderr
        assert engine.newest() == 1
        assert run(towns, "index", "--unhold").exit_code == 0
        assert engine.newest() == 3
    with Library(Layout(towns.index.data).library) as library:
        acts = [(act.who, act.act, act.detail) for act in library.audit.list(9)]
    assert acts == [
        ("command line", "index", "0 new, 0 changed, 0 gone, 0 errors"),
        ("command line", "index", "0 new, 0 changed, 0 gone, 0 errors"),
        ("command line", "rollback", "to generation 1"),
    ]


def test_a_rollback_does_not_bring_back_what_was_taken_out(towns: Settings) -> None:
    with Engine(towns) as engine:
        update(towns, remove=[lamps(towns)])
        run(towns, "rollback")
        assert engine.newest() == 1
        assert not any(
            q.text == SECRET for q in engine.ask("How many lamps were lit in Tarnby?").quotations
        )


def test_no_rollback_without_an_earlier_generation(towns: Settings) -> None:
    one_line(run(towns, "rollback"), 1, "no earlier generation is kept")


def test_forget_leaves_nothing_on_the_disk_and_proves_it(towns: Settings) -> None:
    data = towns.index.data
    with Kept(Layout(data).chats) as kept, Engine(towns) as engine:
        Desk(engine, kept, 2).ask(Question("How many lamps were lit in Tarnby?", HERE))
    rewrite(towns, SECRET.replace("Friday", "Saturday — “at last”, said the mayor of the town"))
    update(towns)
    assert set(left_in(data, SECRET)) >= {"chats.sqlite", "library.sqlite", "catalog.sqlite"}
    name = lamps(towns)
    done = run(towns, "forget", "https://n.example/lamps")
    assert done.exit_code == 0, done.output
    assert "Forgotten 1 article (2 kept versions)." in done.stdout
    assert "None of them is left." in done.stdout
    assert f"{towns.corpus.paths[0] / 'lamps.md'} is yours: delete it yourself" in done.stderr
    assert left_in(data, SECRET) == []
    assert Layout(data).numbers() == [3]
    with Library(Layout(data).library) as library:
        assert library.all_versions(name) == []
        assert library.removed() == {name}
        assert library.audit.list(1)[0].detail == name
    # The file is still there, and is passed over; the others can be asked.
    assert run(towns, "index").exit_code == 0
    with Engine(towns) as engine:
        assert engine.manifest.articles == 2
        assert engine.ask("Why was the ferry stopped?").answered
    again = run(towns, "forget", name)
    assert again.exit_code == 0
    assert "Forgotten 1 article (0 kept versions). Looked for 0 pieces" in again.stdout


def test_forget_erases_a_generation_that_was_left_as_well(towns: Settings) -> None:
    with Library(Layout(towns.index.data).library) as library:
        name = lamps(towns)
        library.remove([name])
    update(towns)
    with Library(Layout(towns.index.data).library) as library:
        library.restore([name])
    update(towns)
    assert run(towns, "rollback").exit_code == 0
    assert run(towns, "forget", name).exit_code == 0
    assert Layout(towns.index.data).numbers() == [2]
    assert left_in(towns.index.data, SECRET) == []
    rewrite(towns, "Nothing of this is read.")
    assert "unchanged" in run(towns, "index").stdout


def test_forget_counts_what_others_have_as_well_and_keeps_it(towns: Settings) -> None:
    with Library(Layout(towns.index.data).library) as library:
        one = next(a.id for a in library.current() if a.source == "one")
    done = erase(towns, [one])
    assert done.left == ()
    assert done.shared >= 8
    assert 0 < done.pieces < done.shared
    with Engine(towns) as engine:
        quotation = engine.ask("Why was the ferry between the islands stopped?").quotations[0]
        assert (quotation.article.source, quotation.also_in) == ("two", ())


def test_forget_says_where_text_is_left(towns: Settings) -> None:
    (towns.index.data / "notes.txt").write_text(f"A copy: {SECRET}", "utf-8")
    one_line_of = run(towns, "forget", lamps(towns))
    assert one_line_of.exit_code == 1
    assert "text is left in notes.txt: stop the bot and run" in one_line_of.stderr
    assert "None of them is left" not in one_line_of.stdout
    one_line(run(towns, "forget", "nothing"), 1, "no article has this id, address or file")


def test_forget_under_a_running_bot(towns: Settings) -> None:
    data = towns.index.data
    with Kept(Layout(data).chats) as kept, Engine(towns) as engine:
        desk = Desk(engine, kept, 2)
        card = desk.ask(Question("How many lamps were lit in Tarnby?", HERE))
        assert run(towns, "forget", lamps(towns)).exit_code == 0
        shown = desk.press(Press(f"c:{card.key}:0", HERE)).message
        assert shown is not None
        assert shown.text == ENGLISH.say(texts.WITHDRAWN)
        assert SECRET not in desk.ask(Question("How many lamps were lit in Tarnby?", HERE)).text
        assert engine.newest() == 2
    assert left_in(data, SECRET) == []


def test_what_is_removed_leaves_the_disk_with_the_last_generation_that_held_it(
    towns: Settings,
) -> None:
    data = towns.index.data
    update(towns, remove=[lamps(towns)])
    assert "library.sqlite" in left_in(data, SECRET)
    for number in range(3):
        write_article(
            towns.corpus.paths[0] / f"more{number}.md",
            f"More news of day {number}.",
            url=f"https://n.example/more{number}",
        )
        update(towns)
    assert left_in(data, SECRET) == []
    with closing(sqlite3.connect(Layout(data).embeddings)) as db:
        assert db.execute("SELECT count(*) FROM vector").fetchone() == (6 + 3,)
