from dataclasses import replace
from pathlib import Path

import pytest

from bot import texts
from bot.engine import Engine, update
from bot.inline import MOST_CHOICES, Choices, Finder, card
from bot.languages import ENGLISH, language
from bot.message import units
from bot.settings import Settings
from tests.bot.conftest import settings_at, write_article

LATE = 0.0
"""A deadline that is over."""

NEVER = float("inf")


class Clock:
    """Stands still but for what a test does."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def finder(clock: Clock) -> Finder:
    return Finder(clock)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that engines are asked."""
    questions: list[str] = []
    ask = Engine.ask

    def noting(engine: Engine, question: str, *rest: object, **named: object) -> object:
        questions.append(question)
        return ask(engine, question, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "ask", noting)
    return questions


def test_each_passage_is_a_choice(engine: Engine, finder: Finder) -> None:
    found = finder.choices(engine, "ebola deaths", ENGLISH, NEVER)
    answer = engine.ask("ebola deaths", MOST_CHOICES)
    assert (len(found.all), found.is_silent) == (10, False)
    assert [c.title for c in found.all] == [q.article.title for q in answer.quotations]
    assert len({c.name for c in found.all}) == len(found.all)
    first, quotation = found.all[0], answer.quotations[0]
    origin, beginning = first.description.split("\n")
    assert origin == "Verbatim sample, 1 December 2014"
    assert quotation.text[slice(*quotation.answer)].startswith(beginning.removesuffix("…"))
    assert first.message.text.startswith(quotation.text + "\n" + quotation.article.title)
    assert [[(b.label, b.url) for b in row] for row in first.message.rows] == [
        [(texts.SOURCE, quotation.article.url)],
        [(texts.COPY, None)],
    ]
    assert quotation.link in {m.url for m in first.message.marks}


def test_nothing_that_is_posted_sends_something_back(engine: Engine, finder: Finder) -> None:
    # The outlet and the time would be buttons in a chat.
    typed = "What did Reuters write about Greece in July 2015?"
    answer = engine.ask(typed)
    assert answer.understood.time == "2015-07-01/2015-07-31"
    messages = [c.message for c in finder.choices(engine, typed, ENGLISH, NEVER).all]
    messages += [card(engine, typed, ENGLISH, "", NEVER).message]
    assert [b.data for m in messages for row in m.rows for b in row if b.data] == []
    assert all(row for m in messages for row in m.rows)


@pytest.mark.parametrize("typed", ["", "   ", "eb", "?!…", "👍👍👍"])
def test_before_anything_is_asked_there_are_the_latest_articles(
    engine: Engine, finder: Finder, typed: str
) -> None:
    found = finder.choices(engine, typed, ENGLISH, NEVER)
    latest = engine.summary(MOST_CHOICES).latest
    assert [c.title for c in found.all] == [a.title for a in latest]
    assert not found.is_silent
    first = found.all[0].message
    assert latest[0].paragraphs[0].startswith(first.text.split("\n")[0])
    assert latest[0].url in {b.url for row in first.rows for b in row}


def test_the_collection_has_no_answer(engine: Engine, finder: Finder) -> None:
    assert finder.choices(engine, "Who will win the 2030 World Cup?", ENGLISH, NEVER) == Choices(
        (), is_silent=True
    )


def test_what_was_found_is_kept_a_while(
    engine: Engine, finder: Finder, clock: Clock, asked: list[str]
) -> None:
    first = finder.choices(engine, "ebola  deaths ", ENGLISH, NEVER)
    assert finder.choices(engine, " ebola deaths", ENGLISH, NEVER) is first
    assert asked == ["ebola deaths"]
    german = finder.choices(engine, "ebola deaths", language("de"), NEVER)
    assert german.all[0].description.startswith("Verbatim sample, 1. Dezember 2014\n")
    assert len(asked) == 2
    clock.now = 301
    assert finder.choices(engine, "ebola deaths", ENGLISH, NEVER) == first
    assert len(asked) == 3


def test_a_new_generation_is_asked_anew(tmp_path: Path, finder: Finder) -> None:
    write_article(tmp_path / "a" / "1.md", "Nine lamps were lit in the square.", title="Lamps")
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["a"]')
    update(settings)
    with Engine(settings) as engine:
        for typed in ("How many lamps were lit?", ""):
            (found,) = finder.choices(engine, typed, ENGLISH, NEVER).all
            assert found.message.text.startswith("Nine lamps")
        write_article(tmp_path / "a" / "1.md", "Ten lamps were lit in the square.", title="Lamps")
        update(settings)
        for typed in ("How many lamps were lit?", ""):
            (found,) = finder.choices(engine, typed, ENGLISH, NEVER).all
            assert found.message.text.startswith("Ten lamps")


def test_a_hasty_answer_is_not_kept(
    engine: Engine, finder: Finder, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    ask = Engine.ask
    deadlines: list[float] = []

    def hasty(engine: Engine, question: str, most: int, *, deadline: float) -> object:
        deadlines.append(deadline)
        return replace(ask(engine, question, most), skipped=("reranker",))

    monkeypatch.setattr(Engine, "ask", hasty)
    finder.choices(engine, "ebola deaths", ENGLISH, LATE)
    finder.choices(engine, "ebola deaths", ENGLISH, NEVER)
    assert deadlines == [LATE, NEVER]
    assert asked == ["ebola deaths"] * 2


def test_whatever_is_in_an_article_its_choice_is_within_bounds(
    tmp_path: Path, finder: Finder
) -> None:
    title = "عنوان 👩‍👩‍👧 " * 60
    sentence = "قال الوزير @username إن المحادثات 👩‍👩‍👧 بدأت في موسكو " * 20
    for number in range(12):
        write_article(
            tmp_path / "a" / f"{number}.md",
            f"{sentence} {number}.",
            title=f"{title}{number}",
            url=f"https://news.example/{'a' * 1500}/{number}",
        )
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["a"]')
    update(settings)
    with Engine(settings) as engine:
        found = finder.choices(engine, "", language("ar"), NEVER)
    assert found.all
    for choice in found.all:
        assert len(choice.name.encode()) == 64
        assert len(choice.title) == 200
        assert len(choice.description) < 250
        assert units(choice.message.text) < 4096


def test_a_card_answers_or_says_that_nothing_does(engine: Engine) -> None:
    answer = engine.ask("Who won the Greek election?", 1)
    assert card(engine, "Who won the Greek election?", ENGLISH, "", NEVER).message.text.startswith(
        answer.quotations[0].text
    )
    silence = card(engine, "Who will win the 2030 World Cup?", ENGLISH, "", NEVER)
    assert silence.message.text.startswith(texts.NO_ANSWER)
    assert silence.title == texts.NO_ANSWER
    asked = card(engine, "?", ENGLISH, "Who led Syriza?", NEVER)
    assert asked.message.text == texts.NO_WORDS.format(example="Who led Syriza?")


def test_an_empty_collection(sample: Settings, tmp_path: Path, finder: Finder) -> None:
    (tmp_path / "none").mkdir()
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["none"]')
    update(settings)
    with Engine(settings) as engine:
        assert finder.choices(engine, "", ENGLISH, NEVER) == Choices(())
        assert finder.choices(engine, "lamps", ENGLISH, NEVER) == Choices((), is_silent=True)
