from pathlib import Path

import pytest

from bot.engine import Engine, update
from bot.examples import examples
from bot.languages import CODES, language
from tests.bot.conftest import settings_at, write_article


@pytest.mark.parametrize("code", CODES)
def test_each_language_begins_with_three_questions_that_are_answered(
    engine: Engine, code: str
) -> None:
    found = examples(engine, language(code))
    assert len(found) == len(set(found)) == 3
    assert all(engine.ask(question).answered for question in found)
    assert all(len(question) <= 64 for question in found)


def test_articles_in_the_person_s_language_come_first(engine: Engine) -> None:
    # The one Russian article of the sample is about the lander.
    assert "Филы: что известно?" in examples(engine, language("ru"))
    assert all(
        question.startswith("What is known") for question in examples(engine, language("de"))
    )


def test_topics_without_capitals_and_without_any(tmp_path: Path) -> None:
    write_article(
        tmp_path / "a" / "1.md", "رئیس جمهور در تهران سخن گفت.", title="سخنرانی رئیس جمهور در تهران"
    )
    write_article(
        tmp_path / "a" / "2.md", "It rained.", title="It Rained", url="https://n.example/2"
    )
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["a"]', "[bot]", "threshold = 0.01")
    update(settings)
    with Engine(settings) as engine:
        (question,) = examples(engine, language("fa"))
        assert "سخنرانی رئیس جمهور در تهران" in question


def test_an_empty_collection_has_none(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    settings = settings_at(tmp_path, "[corpus]", 'paths = ["a"]')
    update(settings)
    with Engine(settings) as engine:
        assert examples(engine, language("en")) == ()
