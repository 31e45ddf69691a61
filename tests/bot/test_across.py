"""Questions in another language than the articles: real parts, words that cannot match."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.engine import Engine
from bot.settings import Settings
from corpus.store import Entry, Library
from index.build import build, exclusive
from index.layout import Layout
from index.models import open_encoder
from index.terms import terms
from index.types import Encoder
from tests.bot.conftest import settings_at
from tests.index.polyglot import Polyglot, ciphered

QUESTIONS = {
    "What is Iran's position on the Moscow talks?": "iran-backs-syria-talks-in-moscow",
    "Who won the election in Greece?": "syriza-wins-greek-election",
    "How many people have died of Ebola?": "ebola-toll",
    "Where did Philae land on the comet?": "philae",
    "What did OPEC decide about its output?": "opec-keeps-output-target",
    "Why did the rouble fall?": "rouble-falls-despite-rate-rise",
}


@pytest.fixture(scope="module")
def polyglot() -> Encoder:
    return Polyglot(open_encoder())


def engine_of(folder: Path, sample: Settings, encoder: Encoder, *, mixed: bool) -> Engine:
    """Over the sample's articles, every second of them ciphered if `mixed`."""
    # Our own cross-encoder knows English only, and is here given one language for another.
    settings = settings_at(folder, "[index]", 'reranker = "off"')
    layout = Layout(settings.index.data)
    with Library(Layout(sample.index.data).library) as library:
        articles = [a for a in library.current() if a.language == "en"]
    if mixed:
        articles = [
            a
            if place % 2
            else replace(
                a,
                title=ciphered(a.title),
                paragraphs=tuple(ciphered(text) for text in a.paragraphs),
                language="ru",
            )
            for place, a in enumerate(sorted(articles, key=lambda a: a.url or ""))
        ]
    with exclusive(layout, 0), Library(layout.library) as library:
        library.put(articles)
        keep = [Entry(a.id, a.digest(), a.id, "", added=True) for a in articles]
        library.change(keep=keep)
        build(layout, library, encoder)
    return Engine(settings, encoder)


@pytest.fixture(scope="module")
def english(
    tmp_path_factory: pytest.TempPathFactory, sample_data: Path, polyglot: Encoder
) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("english")
    with engine_of(folder, settings_at(sample_data), polyglot, mixed=False) as engine:
        yield engine


def test_no_word_can_be_shared(english: Engine) -> None:
    for question in QUESTIONS:
        said = ciphered(question)
        form = english.answerer._searcher.form(said, "en")
        assert not english.answerer._searcher.generation.sparse.scores(form.terms).any()
        assert not set(terms(said, "en")) & set(terms(question, "en"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_in_another_language_is_answered_as_surely(
    english: Engine, question: str
) -> None:
    own, other = english.ask(question), english.ask(ciphered(question))
    assert QUESTIONS[question] in str(other.quotations[0].article.url)
    assert other.quotations[0].passage == own.quotations[0].passage
    assert other.quotations[0].answer == own.quotations[0].answer
    assert other.confidence == pytest.approx(own.confidence, abs=0.15)


def test_silence_where_there_is_no_answer(english: Engine) -> None:
    for question in ("Who will win the 2030 World Cup?", "How tall is Mount Everest?"):
        own, other = english.ask(question), english.ask(ciphered(question))
        assert (own.answered, other.answered) == (False, False)


@pytest.fixture(scope="module")
def mixed(
    tmp_path_factory: pytest.TempPathFactory, sample_data: Path, polyglot: Encoder
) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("mixed")
    with engine_of(folder, settings_at(sample_data), polyglot, mixed=True) as engine:
        assert engine.manifest.languages == {"en": 11, "ru": 12}
        yield engine


@pytest.mark.parametrize("question", QUESTIONS)
def test_in_a_mixed_collection_neither_language_goes_first(mixed: Engine, question: str) -> None:
    for said in (question, ciphered(question)):
        first = mixed.ask(said).quotations[0]
        assert QUESTIONS[question] in str(first.article.url)
