"""Articles in a language that the model does not understand: words are all there is to go by."""

from collections.abc import Iterator

import pytest

from bot.engine import Engine
from corpus.store import Entry, Library
from corpus.types import Article
from index.build import build, exclusive
from index.layout import Layout
from index.models import open_encoder
from tests.bot.conftest import settings_at

BRIDGE = (
    "Новый мост через реку Ветлугу",
    "Мост через реку Ветлугу открыли во вторник. Его строили четыре года.",
    "Губернатор Орехов сказал, что проезд по мосту будет бесплатным.",
    "Старую паромную переправу закроют осенью, сообщили в порту.",
)
HARVEST = (
    "Урожай яблок в долине",
    "В долине собрали рекордный урожай яблок, четырнадцать тысяч тонн.",
    "Садовники объясняют это тёплой весной и поздними дождями.",
    "Часть яблок вывезут за границу, остальные пойдут на сок.",
)


def article(name: str, texts: tuple[str, ...]) -> Article:
    url = f"https://news.example/{name}"
    return Article(name, url, texts[0], None, (), None, None, "ru", texts[1:])


@pytest.fixture(scope="module")
def russian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    settings = settings_at(tmp_path_factory.mktemp("russian"))
    layout, encoder = Layout(settings.index.data), open_encoder()
    articles = [article("bridge", BRIDGE), article("harvest", HARVEST)]
    with exclusive(layout, 0), Library(layout.library) as library:
        library.put(articles)
        library.change(keep=[Entry(a.id, a.digest(), a.id, "", added=True) for a in articles])
        build(layout, library, encoder)
    engine = Engine(settings, encoder)
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Когда открыли мост через Ветлугу?", "во вторник"),
        ("Что сказал губернатор Орехов?", "бесплатным"),
        ("Сколько яблок собрали в долине?", "четырнадцать тысяч"),
        ("Почему закроют паромную переправу?", "осенью"),
    ],
)
def test_words_find_the_answer(russian: Engine, question: str, words: str) -> None:
    answer = russian.ask(question)
    assert words in answer.quotations[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Кто победил на выборах в Греции?",
        "Кто такой Ципрас?",
        "Сколько стоит билет на поезд?",
        "Почему упал рубль?",
    ],
)
def test_silence_where_no_words_are_shared(russian: Engine, question: str) -> None:
    # To a model of English all Russian is alike: by likeness each of these has an answer.
    assert russian.ask(question).quotations == ()


def test_likeness_says_nothing(russian: Engine) -> None:
    searcher = russian.answerer._searcher
    [first, *_] = searcher.search([searcher.form("Что сказал губернатор Орехов?", "ru")], 3)
    assert first.passage.paragraph == 1
    assert (first.evidence.is_by_words, first.evidence.cosine) == (True, 0.0)
    assert first.evidence.dense_rank is None
    assert first.evidence.sparse == 1.0


def test_a_collection_in_english_is_as_it_was(engine: Engine) -> None:
    searcher = engine.answerer._searcher
    for question, by_words in (("the Moscow talks on Syria", False), ("обелиск на Ниле", True)):
        [first, *_] = searcher.search([searcher.form(question, "en")], 1)
        assert first.evidence.is_by_words is by_words
