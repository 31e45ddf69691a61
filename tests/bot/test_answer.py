import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.answer import MOST_CHARACTERS, Ignored, NoQuestionError
from bot.conversation import Quoted, Turn, turn
from bot.engine import Engine, update
from bot.link import Place, decode, locate
from bot.quote import Elsewhere, Quotation, QuoteFaultError, quote
from bot.settings import Settings
from corpus.types import Article, Passage
from index.generation import checksums
from index.layout import Layout
from index.types import UnusableError
from tests.bot.conftest import collected, settings_at, write_article

QUESTION = "What is Iran's position on the Moscow talks?"


def states_support(quotation: Quotation) -> bool:
    start, end = quotation.answer
    marked = quotation.text[start:end]
    return "Iran" in marked and "Moscow" in marked and ("supports" in marked or "backs" in marked)


def check_link(quotation: Quotation) -> None:
    assert quotation.link is not None
    fragment = decode(quotation.link)
    assert fragment is not None
    blocks = (quotation.article.title, *quotation.article.paragraphs)
    place = locate(fragment, blocks)
    assert place == Place(quotation.passage.paragraph + 1, quotation.start, quotation.end)
    assert blocks[place.block][place.start : place.end] == quotation.text


def test_the_main_job_on_the_sample(engine: Engine) -> None:
    answer = engine.ask(QUESTION)
    assert len(answer.quotations) == 3
    assert states_support(answer.quotations[0])
    assert answer.quotations[0].article.published is not None
    assert answer.quotations[0].article.published.date().isoformat() == "2014-12-17"
    assert (answer.question, answer.resolved, answer.cut) == (QUESTION, QUESTION, False)
    assert answer.confidence == answer.quotations[0].confidence > 0.5
    assert answer.generation == engine.manifest.number == 1
    for quotation in answer.quotations:
        check_link(quotation)


def said(engine: Engine, *questions: str) -> tuple[Turn, ...]:
    turns: tuple[Turn, ...] = ()
    for question in questions:
        answer = engine.ask(question, conversation=turns)
        turns += (turn(question, answer.resolved, answer.subject, answer.quotations),)
    return turns


GREECE = "Who won the Greek election in January 2015?"
ROUBLE = "how low did the rouble fall on 16 December 2014?"


def test_a_question_that_finds_nothing_by_itself_is_tried_as_a_follow_up(engine: Engine) -> None:
    question = "what does Putin say?"
    alone = engine.ask(question)
    assert (alone.answered, alone.resolved) == (False, question)
    before = said(engine, ROUBLE)
    talk = engine.ask(question, conversation=before)
    assert talk.quotations[0].article.id == before[0].quoted[0].article_id
    assert "Putin" in talk.quotations[0].text
    assert (talk.subject, talk.understood.history) == (ROUBLE, True)
    assert talk.resolved.startswith(question + " (")
    history: Ignored = "history"
    typed = engine.ask(question, conversation=before, without=[history])
    assert (typed.answered, typed.resolved) == (False, question)


@pytest.mark.parametrize(
    "question",
    [
        "who won the ice hockey world championship in 2014?",
        "Which enzymes digest starch in the mouth?",
    ],
)
def test_what_the_collection_cannot_answer_is_not_answered_because_people_talk(
    engine: Engine, question: str
) -> None:
    talk = engine.ask(question, conversation=said(engine, ROUBLE))
    assert (talk.answered, talk.resolved, talk.subject) == (False, question, question)


@pytest.mark.parametrize(
    ("typed", "meant", "word"),
    [
        ("who won the greek elecion", "who won the greek election", "Syriza"),
        ("Tsirpas", "Tsipras", "Tsipras"),
        # A slip in the ending makes no difference: it is cut off anyway.
        ("did the Scotish vote for independance?", "did the Scottish vote for independance?", "No"),
    ],
)
def test_a_slip_of_the_finger_is_seen_through(
    engine: Engine, typed: str, meant: str, word: str
) -> None:
    answer = engine.ask(typed)
    assert (answer.question, answer.resolved, answer.subject) == (typed, meant, meant)
    assert word in answer.quotations[0].text
    assert answer.understood.history
    history: Ignored = "history"
    as_typed = engine.ask(typed, without=[history])
    assert (as_typed.resolved, as_typed.understood.history) == (typed, False)
    assert as_typed.confidence < answer.confidence


def test_a_word_that_the_collection_lacks_is_no_slip(engine: Engine) -> None:
    for question in ("who governs Iraq?", "the prisoner's centrifuge", "Slovakia or Slovenia?"):
        assert engine.ask(question).resolved == question


def test_a_follow_up_may_be_mistyped(engine: Engine) -> None:
    before = said(engine, "did scotland become independent?")
    answer = engine.ask("and the turnuot?", conversation=before)
    assert answer.resolved == "and the turnout? (Scotland become independent)"
    assert "84.6%" in answer.quotations[0].text


@pytest.mark.parametrize(
    ("question", "time", "words"),
    [
        ("What did Dijsselbloem say after the Greek election?", "2015-01-26/..", "writing off"),
        ("What did Dijsselbloem say since the Greek election?", "2015-01-26/..", "writing off"),
        ("What did Dijsselbloem say after the referendum?", "2015-07-06/..", "regrettable"),
        ("What did Rouhani say before the Vienna agreement?", "../2015-07-13", "closer together"),
        ("What did Rouhani say after the agreement in Vienna?", "2015-07-14/..", "new chapter"),
    ],
)
def test_a_question_is_placed_by_an_event(
    engine: Engine, question: str, time: str, words: str
) -> None:
    answer = engine.ask(question)
    assert answer.understood.time == time
    assert any(words in quotation.text for quotation in answer.quotations[:2])
    ignored: Ignored = "time"
    assert engine.ask(question, without=[ignored]).understood.time is None


def test_an_event_that_nothing_tells_of_says_no_time(engine: Engine) -> None:
    for question in ("What did Obama say after the moon landing?", "Did he go after all?"):
        assert engine.ask(question).understood.time is None


def test_after_that_is_after_what_was_quoted(engine: Engine) -> None:
    talk = engine.ask("What did Samaras do after that?", conversation=said(engine, GREECE))
    assert talk.understood.time == "2015-01-26/.."
    assert talk.quotations[0].article.title.startswith("Syriza Wins Greek Election")
    assert engine.ask("What did Samaras do after that?").understood.time is None


@pytest.mark.shared
def test_the_main_job_on_the_seed_alone(seed_engine: Engine) -> None:
    answer = seed_engine.ask(QUESTION)
    first = answer.quotations[0]
    assert first.text.startswith("Tehran backs Russia's efforts to host a new round of peace talks")
    assert states_support(first)
    assert first.article.source == "The Moscow Times"
    for quotation in answer.quotations:
        check_link(quotation)
    silent = seed_engine.ask("Who will win the 2030 World Cup?")
    assert not silent.answered
    assert [n.title for n in silent.nearest] == [first.article.title]


@pytest.mark.parametrize(
    "question",
    [
        "Who will win the 2030 World Cup?",
        "recipe for borscht please",
        "How tall is Mount Everest?",
        "asdkjh qwe zxcmn",
    ],
)
def test_silence_where_there_is_no_answer(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.quotations == ()
    assert answer.confidence < 0.16
    assert len(answer.nearest) == 3


@pytest.mark.parametrize("question", ["", "   ", "🙂🙂", "?!…", "\x00\x01", "___"])
def test_no_words_no_question(engine: Engine, question: str) -> None:
    with pytest.raises(NoQuestionError, match="there are no words"):
        engine.ask(question)


def test_odd_questions(engine: Engine) -> None:
    assert engine.ask("Philae").answered
    assert engine.ask("who\x00 led\x07 Syriza?\n").resolved == "who led Syriza?"
    russian = engine.ask("Когда зонд «Филы» сел на комету?")
    assert russian.quotations[0].article.language == "ru"
    long = engine.ask("What is Iran's position on the Moscow talks? " * 91)
    assert long.cut
    assert len(long.resolved) <= MOST_CHARACTERS
    assert long.answered
    unspaced = engine.ask("x" * 4096)
    assert (len(unspaced.resolved), unspaced.answered) == (MOST_CHARACTERS, False)


def test_as_many_quotations_as_wanted(engine: Engine) -> None:
    assert len(engine.ask("the Syria talks in Moscow", 5).quotations) == 5
    assert len(engine.ask("the Syria talks in Moscow", 1).quotations) == 1


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Engine]:
    """One agency report in three outlets, and another story."""
    body = "The harbour of Port Luna was closed on Monday after a storm tore three cranes down."
    for number, outlet in enumerate(("Coast Herald", "Port Post", "Bay News")):
        write_article(
            tmp_path / "a" / f"{number}.md",
            body if number else body.replace("Monday", "Monday,"),
            title="Storm closes Port Luna harbour",
            outlet=outlet,
            url=f"https://{outlet.split()[0].lower()}.example/storm",
        )
    write_article(
        tmp_path / "a" / "3.md",
        "A museum of glass opened in the old mill.\n\nEntry to it is free on Sundays.",
        title="Museum opens",
        url="https://news.example/museum",
    )
    with collected(tmp_path) as engine:
        yield engine


def test_copies_of_one_report_are_one_quotation(copies: Engine) -> None:
    answer = copies.ask("Why was the harbour of Port Luna closed?")
    assert len(answer.quotations) == 1
    first = answer.quotations[0]
    urls = {f"https://{name}.example/storm" for name in ("coast", "port", "bay")}
    assert {first.article.url, *(one.url for one in first.also_in)} == urls
    # Each by the name of its outlet.
    assert all(one.outlet and one.outlet.split()[0].lower() in one.url for one in first.also_in)
    assert len(first.also_in) == 2
    # Nor is any of them more than another.
    places = [Quoted(one.id, 0) for one in copies.latest(4) if one.url in urls]
    assert len(places) == 3
    for place in places:
        said = Turn(answer.question, answer.resolved, answer.subject, (place,))
        assert not copies.ask("more", conversation=[said]).answered


def corrupt(settings: Settings, change: str) -> None:
    with closing(sqlite3.connect(Layout(settings.index.data).library)) as db, db:
        assert db.execute(change).rowcount > 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE article SET paragraphs = replace(paragraphs, 'Iran supports', 'Iran rejects')",
        "UPDATE article SET title = title || '!'",
        "UPDATE article SET published = '2015-01-01T00:00:00+00:00'",
        "UPDATE article SET id = 'x' || id",
        "UPDATE article SET paragraphs = '[]'",
    ],
)
def test_a_changed_library_is_never_quoted(
    sample: Settings, change: str, caplog: pytest.LogCaptureFixture
) -> None:
    where = " WHERE title LIKE 'Iran Backs%'"
    with Engine(sample) as engine:
        before = engine.ask(QUESTION).quotations[0]
        corrupt(sample, change + where)
        with caplog.at_level(logging.ERROR):
            answer = engine.ask(QUESTION)
        assert all(q.article.id != before.article.id for q in answer.quotations)
        assert engine.ask("What did OPEC decide in Vienna?").answered
        assert "the library's article is not the one indexed" in caplog.text
        assert engine.requote(before.passage, before.answer) is None


def test_a_version_that_is_gone_is_never_quoted(
    sample: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with Engine(sample) as engine:
        before = engine.ask(QUESTION).quotations[0]
        digest = before.passage.article_digest
        with closing(sqlite3.connect(Layout(sample.index.data).library)) as db, db:
            db.execute("DELETE FROM entry WHERE digest = ?", (digest,))
            db.execute("DELETE FROM article WHERE digest = ?", (digest,))
        answer = engine.ask(QUESTION)
        assert all(q.passage.article_digest != digest for q in answer.quotations)
        assert "has no such version" in caplog.text


def test_a_changed_index_is_never_quoted(
    sample: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    folder = Layout(sample.index.data).generation(1)
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as db, db:
        db.execute("UPDATE passage SET text = replace(text, 'Iran supports', 'Iran rejects!')")
    with pytest.raises(UnusableError, match=r"catalog\.sqlite is missing or damaged"):
        Engine(sample)
    # Even with checksums that are right for the changed file, the stored article stands.
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["files"] = checksums(folder)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with Engine(sample) as engine:
        answer = engine.ask(QUESTION)
    assert answer.answered
    assert not any("Iran rejects" in q.text for q in answer.quotations)
    assert "the index's text is not the article's" in caplog.text


def test_a_library_that_holds_nothing_indexed_is_told_from_silence(sample: Settings) -> None:
    corrupt(sample, "UPDATE article SET title = title || '!'")
    with (
        Engine(sample) as engine,
        pytest.raises(UnusableError, match="the library holds none of the indexed texts"),
    ):
        engine.ask(QUESTION)


def test_quotations_are_made_in_one_place_only(engine: Engine) -> None:
    first = engine.ask(QUESTION).quotations[0]
    with pytest.raises(TypeError, match="which checks them"):
        Quotation(first.passage, first.article, 0, 5, (0, 5), 1.0, ())
    for span in ((0, 0), (-1, 4), (0, len(first.text) + 1), (5, 3)):
        with pytest.raises(ValueError, match="is no part of the quotation"):
            first.judged(span, 0.5)
    assert engine.requote(first.passage, (0, 10_000)) is None
    passage = first.passage
    beyond = Passage(passage.article_id, passage.article_digest, 99, 0, 1, "x", passage.digest)
    with pytest.raises(QuoteFaultError, match="no such paragraph"):
        quote(beyond, first.article)


def test_requoting_gives_the_same(engine: Engine) -> None:
    first = engine.ask(QUESTION).quotations[0]
    again = engine.requote(
        first.passage, first.answer, (Elsewhere("https://other.example/", "Other"),)
    )
    assert again is not None
    assert (again.text, again.answer, again.link) == (first.text, first.answer, first.link)
    assert again.also_in == (Elsewhere("https://other.example/", "Other"),)


def test_an_article_without_url_has_no_link(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Lamps\n\nNine lamps were lit in the square.", "utf-8")
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["a.md"]')
    report = update(settings)
    assert report is not None
    assert report.read.undated == [str(tmp_path / "a.md")]
    with Engine(settings) as engine:
        first = engine.ask("how many lamps were lit?").quotations[0]
        assert first.link is None
        assert isinstance(first.article, Article)
        assert engine.summary(3).first is None
