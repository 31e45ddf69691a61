import numpy as np
import pytest

from bot.sentence import answering_sentence
from index.models import open_encoder
from index.types import TokenVectors

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
