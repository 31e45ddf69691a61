"""A follow-up on what was met with silence."""

from dataclasses import replace

import pytest

from bot.conversation import Quoted, Turn, resolve, unanswered_names
from bot.engine import Engine
from bot.named import on_names
from tests.bot.conftest import asked_in_turn

PARIS = "How many people were killed in Paris?"


@pytest.mark.parametrize("question", ["how many were wounded?", "who did it?"])
def test_it_is_not_answered_with_something_else(engine: Engine, question: str) -> None:
    answer = asked_in_turn(engine, PARIS, question)
    assert answer.resolved == f"{question} (Paris)"
    assert not answer.answered


@pytest.mark.parametrize(
    ("unanswered", "question", "said"),
    [
        ("What did Varoufakis have for breakfast?", "why did he resign?", "Varoufakis resigned"),
        (PARIS, "and in Debaltseve?", "six of them were killed"),
    ],
)
def test_it_is_where_the_collection_tells_of_that(
    engine: Engine, unanswered: str, question: str, said: str
) -> None:
    assert not asked_in_turn(engine, unanswered).answered
    answer = asked_in_turn(engine, unanswered, question)
    assert answer.answered
    first = answer.quotations[0]
    assert said in first.text[slice(*first.answer)]


def names(question: str, language: str, *quoted: Quoted) -> frozenset[str]:
    """What must be named after a first question for which something was quoted or nothing."""
    said = (Turn(question, question, question, quoted),)
    found = resolve("who did it?", "en", frozenset(), said)
    return unanswered_names(found, language)


def test_only_what_found_nothing_must_be_named() -> None:
    assert names(PARIS, "en") == {"pari"}
    assert names(PARIS, "en", Quoted("a", 0)) == frozenset()


def test_german_nouns_are_no_names() -> None:
    assert names("Wie viele Menschen starben in Paris?", "de") == frozenset()


def test_an_article_in_another_language_spells_names_otherwise(engine: Engine) -> None:
    english = engine.ask("When did Philae land?").quotations[0]
    russian = engine.ask("Когда «Филы» совершил посадку?").quotations[0]
    assert (english.article.language, russian.article.language) == ("en", "ru")
    searcher = engine.answerer._searcher
    first, last = on_names(searcher, {"pari"}, [english, russian], "en")
    assert first == russian
    assert last == replace(english, confidence=english.confidence * 0.1)
    assert on_names(searcher, {"phila"}, [english, russian], "en") == [english, russian]
    # A share of them is enough, or to be the article that was spoken of.
    both, here = {"phila", "pari"}, {english.article.id}
    assert on_names(searcher, both, [english], "en", 0.5) == [english]
    assert on_names(searcher, {"pari"}, [english], "en", here=here) == [english]
