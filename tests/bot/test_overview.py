"""Questions about a time and nothing else get how the articles of that time begin."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.conversation import turn
from bot.engine import Engine, update
from bot.overview import Span, overview
from bot.settings import load
from bot.understanding import Asked, understand
from tests.bot.conftest import asked_in_turn, settings_at

TODAY = date(2015, 7, 8)
OUTLETS = ("Verbatim sample",)


def days(question: str, language: str = "en", subject: str | None = None) -> Span | None:
    def understood(words: str) -> Asked:
        return understand(words, language, TODAY, OUTLETS)

    before = (subject, understood(subject)) if subject else None
    return overview(question, language, understood(question), before, TODAY)


@pytest.mark.parametrize(
    ("question", "language", "first", "last"),
    [
        ("What happened in December 2014?", "en", date(2014, 12, 1), date(2014, 12, 31)),
        # What happens on a day is in the news of the next.
        ("what happened yesterday?", "en", date(2015, 7, 7), date(2015, 7, 8)),
        ("What happened at the weekend?", "en", date(2015, 7, 4), date(2015, 7, 6)),
        ("What happened in spring 2015?", "en", date(2015, 3, 1), date(2015, 5, 31)),
        ("News from last week", "en", date(2015, 6, 29), date(2015, 7, 5)),
        ("anything new since March 2015?", "en", date(2015, 3, 1), None),
        ("Was geschah im Dezember 2014?", "de", date(2014, 12, 1), date(2014, 12, 31)),
        ("Что произошло в ноябре 2014?", "ru", date(2014, 11, 1), date(2014, 11, 30)),
        ("¿Qué pasó en enero de 2015?", "es", date(2015, 1, 1), date(2015, 1, 31)),
        ("Que s'est-il passé en janvier 2015 ?", "fr", date(2015, 1, 1), date(2015, 1, 31)),
        ("Що сталося в січні 2015?", "uk", date(2015, 1, 1), date(2015, 1, 31)),
        ("Ocak 2015'te ne oldu?", "tr", date(2015, 1, 1), date(2015, 1, 31)),
    ],
)
def test_the_days_that_are_asked_for(
    question: str, language: str, first: date, last: date | None
) -> None:
    found = days(question, language)
    is_short = last is not None and last - first < timedelta(days=4)
    assert found == Span(first, last, None, True, question, is_short=is_short)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        *[(q, "en") for q in ("latest news", "What's new?", "news", "any headlines?")],
        *[("Was gibt es Neues?", "de"), ("последние новости", "ru"), ("quoi de neuf ?", "fr")],
        *[("son haberler", "tr"), ("آخر الأخبار", "ar"), ("آخرین اخبار", "fa")],
    ],
)
def test_the_latest_where_no_days_are_named(question: str, language: str) -> None:
    assert days(question, language) == Span(None, None, None, is_strict=False, question=question)
    # Within a conversation they are about its subject.
    assert days(question, language, "Who won the Greek election?") is None


def test_the_present_may_be_answered_from_before() -> None:
    found = days("What happened this week?")
    assert found is not None
    assert (found.last, found.is_strict) == (TODAY, False)


@pytest.mark.parametrize(
    "question",
    [
        *("What happened to Greece in July 2015?", "What did OPEC decide in November 2014?"),
        *("What happened in Greece?", "Who reported on Greece in July 2015?"),
        *("Who resigned yesterday?", "and in February 2015?", "what happened after that?", "Iran"),
    ],
)
def test_a_question_that_names_something_is_searched(question: str) -> None:
    assert days(question) is None
    assert days(question, subject="Who won the Greek election?") is None


def test_the_outlet_is_heeded_and_a_language_without_lists_is_left_alone() -> None:
    found = days("latest news from Verbatim sample")
    assert found is not None
    assert found.outlet == "Verbatim sample"
    assert days("2015年1月", "ja") is None


def test_after_it_more_is_of_the_same_days_and_other_days_may_be_asked_for() -> None:
    begun = "What happened in December 2014?"
    assert days("more", subject=begun) == days(begun)
    other = "What happened in February 2015?"
    assert days("and in February 2015?", subject=begun) == days(other)
    assert days("And in February 2015?", subject="news") == days("news February 2015")
    assert days("go on", subject=begun) is None


NOW = datetime(2015, 7, 8, 9, tzinfo=UTC)


def titles(answer: Answer) -> list[str]:
    return [q.article.title for q in answer.quotations]


def test_how_the_articles_of_a_time_begin_the_newest_first(engine: Engine) -> None:
    answer = engine.ask("What happened in February 2015?", now=NOW)
    assert titles(answer) == [
        "Ukrainian Troops Leave Debaltseve as Sides Dispute Whether Truce Applied to Town",
        "Four Leaders Agree on New Ceasefire for Ukraine After Night of Talks",
    ]
    assert [q.passage.paragraph for q in answer.quotations] == [0, 0]
    assert all(q.answer[0] == 0 for q in answer.quotations)
    assert answer.understood.time == "2015-02-01/2015-02-28"
    # Put to nobody, it stays without an answer.
    assert engine.ask("What happened in February 2015?").confidence < load().bot.unasked_confidence
    said = turn(answer.question, answer.resolved, answer.subject, answer.quotations)
    then = engine.ask("more", now=NOW, conversation=[said])
    assert titles(then) == titles(answer)[1:]
    assert then.passed == (said.quoted[0],)


def test_days_without_news_are_met_with_silence_and_the_newest(engine: Engine) -> None:
    answer = engine.ask("what happened yesterday?", now=datetime(2026, 11, 27, tzinfo=UTC))
    assert not answer.answered
    assert answer.nearest[0].title == "195 Countries Adopt Climate Agreement in Paris"


def test_todays_news_from_before_says_its_date_first(engine: Engine) -> None:
    answer = engine.ask("today's news", 3, now=datetime(2026, 11, 27, tzinfo=UTC))
    assert answer.dated_first
    days = [q.article.published for q in answer.quotations]
    assert len(days) == 3
    assert days == sorted(days, key=lambda day: day or NOW, reverse=True)


@pytest.mark.parametrize("date_line", ["", "3 May 2020\n\n"])
def test_a_time_that_articles_only_tell_of_is_searched(tmp_path: Path, date_line: str) -> None:
    path = tmp_path / "a" / "1.md"
    path.parent.mkdir()
    path.write_text(
        f"# The lamps of Port Luna\n\n{date_line}In 1917 a storm put out all the lamps of the"
        " harbour.\n\nThe keeper lit them again by hand.\n",
        "utf-8",
    )
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["a"]')
    update(settings)
    with Engine(settings) as engine:
        answer = engine.ask("What happened in 1917?", now=NOW)
        assert "1917" in answer.quotations[0].text
        assert answer.understood.time == "1917-01-01/1917-12-31"
        assert not engine.ask("What happened in 1918?", now=NOW).answered


def test_news_of_a_topic_and_of_a_time() -> None:
    question = "What happened in Greece in July 2015?"
    first, last = date(2015, 7, 1), date(2015, 7, 31)
    assert days(question) == Span(first, last, None, True, question, "Greece")
    assert days("latest news on Greece") == Span(
        None, None, None, is_strict=False, question="latest news on Greece", topic="Greece"
    )
    assert days("news about events") == Span(
        None, None, None, is_strict=False, question="news about events"
    )


def test_after_it_another_topic_or_time_may_be_asked_for() -> None:
    begun = "What happened in Greece in July 2015?"
    other = days("And in Ukraine?", subject=begun)
    assert other == days("What happened in Ukraine in July 2015?")
    both = days("and in Ukraine in February 2015?", subject=begun)
    assert both == days("What happened in Ukraine in February 2015?")
    time = days("and in May 2015?", subject=begun)
    assert time == days("What happened in Greece in May 2015?")
    assert days("more", subject=begun) == days(begun)


def test_news_on_a_topic_is_how_its_articles_begin(engine: Engine) -> None:
    answer = engine.ask("What happened in Greece in July 2015?", now=NOW)
    assert titles(answer) == ["Greeks Reject Creditors' Terms by Large Majority"]
    assert answer.quotations[0].passage.paragraph == 0
    assert answer.confidence < load().bot.unasked_confidence
    more = asked_in_turn(engine, "Latest news on Ukraine", "more", now=NOW)
    assert titles(more)[0] == "Four Leaders Agree on New Ceasefire for Ukraine After Night of Talks"
    other = asked_in_turn(
        engine, "What happened in Ukraine in February 2015?", "And in Liberia?", now=NOW
    )
    assert other.resolved == "What happened in Liberia in February 2015?"
    assert not other.answered


@pytest.mark.parametrize(
    ("question", "time"),
    [
        ("what happened since the Minsk agreement of 5 September?", "2014-09-05/.."),
        ("what happened since the Minsk agreement of 5 September 2014?", "2014-09-05/.."),
        # No article begins with it under that name.
        ("What has happened since the Minsk agreement?", None),
    ],
)
def test_what_happened_since_an_event(engine: Engine, question: str, time: str | None) -> None:
    # The year is the one in which there was something on that day, and not the collection's last.
    answer = engine.ask(question, now=datetime(2026, 11, 28, tzinfo=UTC))
    assert answer.understood.time == time
    assert titles(answer)[:2] == [
        "Ukrainian Troops Leave Debaltseve as Sides Dispute Whether Truce Applied to Town",
        "Four Leaders Agree on New Ceasefire for Ukraine After Night of Talks",
    ]
    assert [one.passage.paragraph for one in answer.quotations[:2]] == [0, 0]


def test_what_happened_before_an_event_is_no_news_since_it(engine: Engine) -> None:
    answer = engine.ask("what's new since the Greek referendum?", now=NOW)
    assert {
        one.article.published >= datetime(2015, 7, 5, tzinfo=UTC)
        for one in answer.quotations
        if one.article.published
    } == {True}


def test_what_is_told_on_the_day_comes_before_what_is_told_on_the_next(engine: Engine) -> None:
    answer = engine.ask("What happened on 16 December 2014?", now=NOW)
    assert [one.article.published and one.article.published.day for one in answer.quotations] == [
        *(16, 17, 17)
    ]
    assert titles(answer)[0].startswith("Rouble Plunges to Record Low")
    # Of two days, the newer comes first as ever.
    both = engine.ask("What happened between 16 and 17 December 2014?", now=NOW)
    assert titles(both)[-1].startswith("Rouble Plunges to Record Low")
    # What Monday's news tell of Sunday.
    weekend = engine.ask("What happened at the weekend?", now=NOW)
    assert titles(weekend) == ["Greeks Reject Creditors' Terms by Large Majority"]


def test_a_question_after_news_is_about_what_was_told(engine: Engine) -> None:
    asked = partial(asked_in_turn, engine, now=datetime(2015, 12, 20, tzinfo=UTC))
    first = asked("latest news", "who presided?")
    assert "Laurent Fabius, who presided" in first.quotations[0].text
    # The title is looked for, and neither shown nor kept: its article may be erased.
    assert first.resolved == "who presided? (latest news)"
    assert first.subject == "latest news"
    # A word of the title names no other subject.
    many = asked("What's new?", "how many countries?")
    assert titles(many)[0] == "195 Countries Adopt Climate Agreement in Paris"
    # Nor is only the first that was shown asked about.
    other = asked("latest news", "who resigned?")
    assert "Varoufakis resigned" in other.quotations[0].text
    alone = "Who won the Greek election?"
    assert asked("latest news", alone).resolved == alone


@pytest.mark.parametrize(
    ("begun", "question", "meant"),
    [
        ("latest news", "And Greece?", "latest news (Greece)"),
        ("What's new?", "and what about Iran?", "What's new? (Iran)"),
        ("What happened in July 2015?", "And in Greece?", "What happened in July 2015? (Greece)"),
        ("What did Verbatim sample write?", "and Cuba?", "What did Verbatim sample write? (Cuba)"),
    ],
)
def test_after_news_of_anything_a_topic_may_be_named(begun: str, question: str, meant: str) -> None:
    found = days(question, subject=begun)
    assert found == days(meant)
    assert found is not None
    assert found.topic == meant.rpartition("(")[2].rstrip(")")
    # Not by what asks for something.
    assert days("and who resigned in Greece?", subject=begun) is None
    assert days("And why?", subject=begun) is None


@pytest.mark.parametrize(
    ("begun", "question", "understood", "time"),
    [
        (
            *("What happened in July 2015?", "and in August?"),
            *("What happened in August 2015?", "2015-08-01/2015-08-31"),
        ),
        (
            *("What happened in May 2015?", "what about February?"),
            *("What happened in February 2015?", "2015-02-01/2015-02-28"),
        ),
        (
            *("What happened on 16 December 2014?", "and on 27 November?"),
            *("What happened on 27 November 2014?", "2014-11-27/2014-11-27"),
        ),
        # From now on, whatever year was named.
        (
            *("What happened in July 2015?", "and last week?"),
            *("What happened in last week?", "2026-11-16/2026-11-22"),
        ),
    ],
)
def test_a_date_that_follows_is_of_the_year_that_was_named(
    engine: Engine, begun: str, question: str, understood: str, time: str
) -> None:
    answer = asked_in_turn(engine, begun, question, now=datetime(2026, 11, 28, tzinfo=UTC))
    assert (answer.resolved, answer.understood.time) == (understood, time)


def test_what_an_outlet_wrote_on_a_topic(engine: Engine) -> None:
    written = engine.ask("What did Verbatim sample write about Cuba?", now=NOW)
    assert written.quotations[0].article.title.startswith("United States and Cuba")
    assert written.quotations[0].passage.paragraph == 0
    answer = engine.ask("What has the Verbatim sample said about Ebola?")
    assert answer.understood.source == "Verbatim sample"
    assert answer.quotations[0].article.title.startswith("Liberia Declared Free")
    # Of people it is asked what they said.
    merkel = engine.ask("What did Merkel say about Ukraine?")
    assert "Merkel" in merkel.quotations[0].text


def test_what_is_older_than_a_time_does_not_tell_of_it(engine: Engine) -> None:
    answer = engine.ask("What happened in Syria in July 2015?", now=NOW)
    assert not answer.answered
    assert answer.nearest


def test_news_in_a_conversation_is_of_its_subject_or_else_of_anything(engine: Engine) -> None:
    for question in ("latest news", "what's new?", "any news?"):
        greek = asked_in_turn(engine, "Who resigned in Greece?", question, now=NOW)
        assert titles(greek)[0] == "Greeks Reject Creditors' Terms by Large Majority"
        assert greek.resolved == f"{question} (Greece)"
    cake = asked_in_turn(engine, "How is a chocolate cake made?", "latest news", now=NOW)
    assert titles(cake)[0] == "195 Countries Adopt Climate Agreement in Paris"
    assert cake.resolved == "latest news"


def test_a_question_asked_of_another_keeps_its_time(engine: Engine) -> None:
    answer = asked_in_turn(
        engine, "What did Iran agree to in Vienna in July 2015?", "And what about Greece?"
    )
    assert answer.understood.time == "2015-07-01/2015-07-31"


def test_another_place_may_be_asked_for(engine: Engine) -> None:
    russian = asked_in_turn(engine, "Who is the president of Ukraine?", "And of Russia?", now=NOW)
    assert russian.resolved == "Who is the president of Russia?"
    assert "Vladimir Putin" in russian.quotations[0].text
    # The article on Greece does not say whose president it means.
    greek = asked_in_turn(engine, "Who is the president of Ukraine?", "and of Greece?", now=NOW)
    assert russian.confidence == 0.6
    assert greek.confidence == 0.3


def test_words_of_a_time_that_is_not_to_be_heeded_are_not_missed(engine: Engine) -> None:
    question = "What happened in Greece in July 2015?"
    answer = engine.ask(question, without={"time"})
    bare = engine.ask("What happened in Greece?")
    assert abs(answer.confidence - bare.confidence) < 0.1
    assert "Greece" in answer.quotations[0].text
    assert answer.understood.time is None


@pytest.mark.parametrize("question", ["what happened today?", "What happened in February 2015?"])
def test_what_happened_that_day_goes_on_with_nothing(engine: Engine, question: str) -> None:
    answer = asked_in_turn(engine, "what did OPEC decide?", question, now=NOW)
    assert answer.resolved == question
    assert answer.quotations[0] == engine.ask(question, now=NOW).quotations[0]
