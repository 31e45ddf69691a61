"""What a question wants the news of."""

import pytest

from benchmarks.news import AFTER, BEFORE, TOPICS, WAYS, counted, counted_after
from bot.engine import Engine
from bot.understanding import happened_to, news_of, placed, wants_news


@pytest.mark.parametrize(
    ("question", "language", "topic"),
    [
        *[(way.format("Cuba"), "en", "Cuba") for way in WAYS],
        ("Hi, any news on the talks in Minsk?", "en", "talks in Minsk"),
        ("What’s the latest on the Iran nuclear deal?", "en", "Iran nuclear deal"),
        ("Can you show me some recent articles about climate, please?", "en", "climate"),
        ("WHO news", "en", "WHO"),
        ("latest news (leader of Syriza)", "en", "leader of Syriza"),
        ("what's new? (Greece)", "en", "Greece"),
        ("Gibt es neue Nachrichten aus der Ukraine?", "de", "Ukraine"),
        ("die neuesten Nachrichten aus der Ukraine", "de", "Ukraine"),
        ("Was ist in der Ukraine los?", "de", "Ukraine"),
        ("Was gibt es Neues in Griechenland?", "de", "Griechenland"),
        ("últimas noticias de Grecia", "es", "Grecia"),
        ("¿Qué hay de nuevo en Cuba?", "es", "Cuba"),
        ("Quelles sont les dernières nouvelles de Grèce ?", "fr", "Grèce"),
        ("Quoi de neuf en Ukraine ?", "fr", "Ukraine"),
        ("покажи последние новости о комете", "ru", "комете"),
        ("Что нового по Украине?", "ru", "Украине"),
        ("що нового в Україні?", "uk", "Україні"),
        ("Yunanistan hakkında son haberler", "tr", "Yunanistan"),
        ("Ukrayna haberleri neler?", "tr", "Ukrayna"),
        ("آخر أخبار اليونان", "ar", "اليونان"),
        ("ما الجديد في سوريا؟", "ar", "سوريا"),
        ("آخرین اخبار یونان", "fa", "یونان"),
    ],
)
def test_what_news_is_wanted_of(question: str, language: str, topic: str | None) -> None:
    found = news_of(question, language)
    assert (found and found.topic) == topic
    assert found is None or found.needs is None


@pytest.mark.parametrize(
    ("question", "language", "topic"),
    [
        ("What happened in Greece?", "en", "Greece"),
        ("what has happened in the Kremlin", "en", "Kremlin"),
        ("Was geschah in Kuba?", "de", "Kuba"),
        ("Что произошло в Минске?", "ru", "Минске"),
        ("ماذا حدث في كوبا؟", "ar", "كوبا"),
    ],
)
def test_events_are_wanted_of_a_time(question: str, language: str, topic: str | None) -> None:
    found = news_of(question, language)
    assert (found and found.topic) == topic
    assert found is None or found.needs == "time"


@pytest.mark.parametrize(
    ("question", "language", "topic"),
    [
        ("What has happened since the Minsk agreement?", "en", "Minsk agreement"),
        # The day was cut out behind "of".
        ("what happened since the Minsk agreement  ?", "en", "Minsk agreement"),
        ("any news since the Greek referendum?", "en", "Greek referendum"),
        ("Что произошло с момента референдума?", "ru", "референдума"),
        ("Qu'est-ce qui s'est passé depuis le référendum ?", "fr", "le référendum"),
        ("What has changed since Lausanne?", "en", "Lausanne"),
        ("what changed in the draft?", "en", None),
        # Of what somebody did no article is.
        ("what has happened since he resigned?", "en", None),
        ("what happened since they met?", "en", None),
        # Soon after it is asked for what came of it, not for all that there is.
        ("what happened after the Minsk agreement?", "en", None),
    ],
)
def test_what_came_since_an_event_is_news_of_it(
    question: str, language: str, topic: str | None
) -> None:
    found = news_of(question, language)
    assert found == (topic and (topic, None))


@pytest.mark.parametrize(
    ("question", "language", "topic"),
    [
        ("What did  write about Cuba?", "en", "Cuba"),
        ("what has the  reported on the talks", "en", "talks"),
        ("  about the talks?", "en", "talks"),
        ("  write about Cuba?", "en", "Cuba"),
        ("Was schrieb  über Kuba?", "de", "Kuba"),
        ("Что писала  о комете?", "ru", "комете"),
    ],
)
def test_what_was_written_is_wanted_of_an_outlet(question: str, language: str, topic: str) -> None:
    assert news_of(question, language) == (topic, "outlet")


@pytest.mark.parametrize(
    "question",
    [
        *("Who leaked the news?", "is that news?", "news", "latest news", "any updates?"),
        *("What is the latest deadline for the talks?", "What reports did the WHO publish?"),
        *("What happened to Alan Gross?", "Was the rouble in the news?", "newsletters of the ECB"),
        *("Which agency broke the news", "what happened after the vote in Greece?", ""),
    ],
)
def test_other_questions_want_no_news(question: str) -> None:
    assert news_of(question, "en") is None


def test_a_language_without_lists_is_left_alone() -> None:
    assert news_of("ギリシャのニュース", "ja") is None
    assert placed("ギリシャで", "ja") is None


def test_whether_news_is_wanted_of_anything() -> None:
    for question in ("latest news", "any updates?", "What’s new?", "news please", "headlines"):
        assert wants_news(question, "en")
    assert wants_news("что нового?", "ru")
    assert wants_news("son haberler neler?", "tr")
    assert wants_news("آخر الأخبار", "ar")
    for question in ("what happened?", "news on Cuba", "when was that?", "new", ""):
        assert not wants_news(question, "en")
    assert not wants_news("когда это было?", "ru")
    assert not wants_news("ニュース", "ja")


def test_what_stands_behind_a_preposition() -> None:
    assert placed("in the Ukraine", "en") == "Ukraine"
    assert placed("aus der Ukraine", "de") == "Ukraine"
    assert placed("Iran's", "en") is None


def test_the_newest_article_on_a_topic_comes_first(engine: Engine) -> None:
    found = {way: counted(engine, way) for way in WAYS}
    assert {way: counts["newest"] for way, counts in found.items()} == dict.fromkeys(WAYS, 15)
    # Varoufakis is no article's subject; he is found where he is told of.
    assert {way: counts["right"] for way, counts in found.items()} == dict.fromkeys(WAYS, 1)
    assert sum(counts["far"] for counts in found.values()) == 0
    assert len(TOPICS) == 16


@pytest.mark.parametrize("words", AFTER)
def test_in_a_conversation_its_subject_is_the_topic(engine: Engine, words: str) -> None:
    assert counted_after(engine, words)["newest"] == len(BEFORE)


@pytest.mark.parametrize(
    ("question", "language", "topic"),
    [
        ("What happened to Philae?", "en", "Philae"),
        ("so what's happened in the Greek banks", "en", "the Greek banks"),
        ("What has happened with Cuba?!", "en", "Cuba"),
        ("Was geschah mit der Fähre?", "de", "der Fähre"),
        ("¿Qué le pasó a la sonda?", "es", "la sonda"),
        ("Qu’est-il arrivé au ministre ?", "fr", "ministre"),
        ("Что случилось с рублём?", "ru", "рублём"),
        ("Що сталося з мостом?", "uk", "мостом"),
        ("ماذا حدث في اليونان؟", "ar", "اليونان"),
        ("What happened to Philae?", "tr", None),
        ("What happened?", "en", None),
        ("What happened when the bridge fell?", "en", None),
        ("Who happened to be there?", "en", None),
    ],
)
def test_what_the_events_are_asked_of(question: str, language: str, topic: str | None) -> None:
    assert happened_to(question, language) == topic
