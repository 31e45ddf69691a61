"""The sentence that is marked, where the encoder alone and the model made for it disagree."""

import pytest

from bot.conversation import Wording
from bot.marking import Marker
from bot.quote import Elsewhere, Quotation, quote
from corpus.paragraphs import passages
from corpus.types import Article
from index.models import open_words

SENTENCES = [
    "The old mill stands at the edge of Orlow.",
    "Its owner, Marta Lind, sold it to the town in 1931 for eight thousand crowns.",
    "Swans live on the pond behind it.",
]
TEXT = " ".join(SENTENCES)


@pytest.fixture(scope="module")
def marker() -> Marker:
    return Marker(open_words(), 2)


def quotation(language: str = "en") -> Quotation:
    article = Article("mill", None, "Mills", None, (), None, None, language, (TEXT,))
    (passage,) = passages(article, len, 1000)
    return quote(passage, article).judged(
        (0, len(SENTENCES[0])), 0.4, (Elsewhere("https://a.example"),)
    )


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        (Wording("Who was the owner of the mill?", 1.0), 1),
        (Wording("Which birds are there?", 1.0), 2),
        (Wording("Where is the mill?", 1.0), 0),
        (Wording("for how much?", 0.5, "Who sold the mill?"), 1),
        (Wording("and what lives there?", 0.5, "Where is the mill?"), 2),
    ],
)
def test_the_sentence_that_answers_is_marked(
    marker: Marker, wording: Wording, sentence: int
) -> None:
    (marked,) = marker.marked([quotation()], wording, "en")
    assert marked.text[slice(*marked.answer)] == SENTENCES[sentence]


def test_nothing_but_the_mark_changes(marker: Marker) -> None:
    before = [quotation(), quotation()]
    marked = marker.marked(before, Wording("Which birds are there?", 1.0), "en")
    for one, old in zip(marked, before, strict=True):
        assert one.answer != old.answer
        assert one.judged(old.answer, one.confidence, one.also_in) == old


@pytest.mark.parametrize(
    ("asked", "written", "deadline"), [("ru", "en", None), ("en", "de", None), ("en", "en", 5.0)]
)
def test_other_languages_and_what_there_is_no_time_for_stay_as_they_are(
    asked: str, written: str, deadline: float | None
) -> None:
    marker = Marker(open_words(), 1, clock=lambda: 5.0)
    before = [quotation(written)]
    assert marker.marked(before, Wording("Which birds?", 1.0), asked, deadline) == before
