import numpy as np
import pytest

from bot.sentence import answering_sentence
from index.models import open_encoder
from index.types import Judgement, TokenVectors

AXES = {"gold": 0, "tin": 1, "oil": 2}


def encode(text: str) -> TokenVectors:
    """A token for each word; known words on an axis of their own, all others on the last."""
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    vectors = np.zeros((len(spans), 4), np.float32)
    for row, (start, end) in enumerate(spans):
        vectors[row, AXES.get(text[start:end].strip(".?").lower(), 3)] = 1.0
    return TokenVectors(vectors, np.array(spans, np.int64).reshape(-1, 2))


def question(*wordings: tuple[str, float]) -> list[tuple[TokenVectors, float]]:
    return [(encode(words), share) for words, share in wordings]


@pytest.mark.parametrize("text", ["Oil fell.", "no end", ""])
def test_one_sentence_needs_no_choice(text: str) -> None:
    found = answering_sentence(text, "en", "Title", question(("gold", 1.0)), encode)
    assert found.span == (0, len(text))


def test_the_sentence_with_the_question_s_words_is_marked() -> None:
    text = "Oil fell. Gold rose. Tin stood."
    found = answering_sentence(text, "en", "Oil", question(("gold rose", 1.0)), encode)
    assert found.span == (10, 20)
    assert found.likeness == pytest.approx(1.0)
    half = answering_sentence(text, "en", "Oil", question(("tin gold", 1.0)), encode)
    assert half.span == (10, 20)  # of equals the first
    assert half.likeness == pytest.approx(0.5)


def test_the_title_is_read_but_never_marked() -> None:
    found = answering_sentence("Oil fell. It rose.", "en", "Gold", question(("gold", 1.0)), encode)
    assert found.likeness == pytest.approx(0.0)


def judged(text: str, starts: dict[str, float], ends: dict[str, float]) -> Judgement:
    """A judgement that puts an answer's start and end at words, with these chances."""
    words = text.split()
    spans = encode(text).spans
    chances = [np.array([side.get(w, 0.0) for w in words], np.float32) for side in (starts, ends)]
    return Judgement(0.0, 1.0, spans, *chances)


def test_the_sentence_in_which_the_cross_encoder_sees_the_answer_is_marked() -> None:
    text = "Gold rose. It was the Bank's doing."
    asked = question(("gold was", 1.0))
    assert answering_sentence(text, "en", "T", asked, encode).span == (0, 10)
    judgement = judged(text, {"the": 0.8}, {"Bank's": 0.7})
    found = answering_sentence(text, "en", "T", asked, encode, judgement, 1.0)
    assert (found.span, found.words) == ((11, 35), (18, 28))
    assert text[slice(*found.words or ())] == "the Bank's"
    assert found.likeness == pytest.approx(1.0)  # of the likest sentence, for the confidence
    unweighed = answering_sentence(text, "en", "T", asked, encode, judgement, 0.0)
    assert (unweighed.span, unweighed.words) == ((0, 10), None)  # the words are elsewhere


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ({"Bank's": 0.8}, {"the": 0.7}),  # it ends before it starts
        ({"Gold": 0.8}, {"the": 0.7}),  # it crosses a sentence
    ],
)
def test_words_on_which_start_and_end_do_not_agree_are_not_marked(
    starts: dict[str, float], ends: dict[str, float]
) -> None:
    text = "Gold rose. It was the Bank's doing."
    judgement = judged(text, starts, ends)
    asked = question(("gold", 1.0))
    found = answering_sentence(text, "en", "T", asked, encode, judgement)
    assert found.words is None


def test_where_it_sees_no_answer_no_words_are_pointed_at() -> None:
    text = "Gold rose. It was the Bank's doing."
    asked = question(("gold was", 1.0))
    sees = judged(text, {"the": 0.8}, {"Bank's": 0.7})
    found = answering_sentence(text, "en", "T", asked, encode, sees, 1.0)
    assert found.words is not None
    doubts = answering_sentence(text, "en", "T", asked, encode, sees._replace(answers=-0.1), 1.0)
    assert doubts == found._replace(words=None)
    # What orders passages and tells whether they answer is as without a cross-encoder.
    plain = answering_sentence(text, "en", "T", asked, encode)
    assert found.span != plain.span
    assert (found.likeness, found.fullest) == (plain.likeness, plain.fullest)


def test_a_cross_encoder_that_does_not_say_where_changes_nothing() -> None:
    nowhere = np.empty(0, np.float32)
    judgement = Judgement(3.0, None, np.empty((0, 2), np.int64), nowhere, nowhere)
    asked = question(("gold rose", 1.0))
    text = "Oil fell. Gold rose."
    with_it = answering_sentence(text, "en", "T", asked, encode, judgement)
    assert with_it == answering_sentence(text, "en", "T", asked, encode)


def test_wordings_count_by_their_shares() -> None:
    text = "Oil fell. Gold rose."
    asked = question(("gold", 0.4), ("oil", 0.6))
    found = answering_sentence(text, "en", "T", asked, encode)
    assert found.span == (0, 9)
    assert found.likeness == pytest.approx(0.6)


def test_the_real_model_reads_a_sentence_with_the_one_before_it() -> None:
    shipped = open_encoder()
    text = (
        "The harbour master, Ines Duarte, has held her office since spring."
        " She ordered the ferries to stay in port. Fishing goes on."
    )
    tokens = [(shipped.encode_tokens("Who stopped the ferries?", query=True), 1.0)]
    found = answering_sentence(text, "en", "Storm closes harbour", tokens, shipped.encode_tokens)
    assert text[slice(*found.span)] == "She ordered the ferries to stay in port."
    assert 0.3 < found.likeness < 1.0
