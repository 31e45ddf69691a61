import numpy as np
import pytest

from index.across import Across, Stretch, stretched
from index.languages import SENTENCES
from index.types import Encoder, TokenVectors, Vectors
from tests.index.polyglot import Polyglot

WORDS = ("iran", "moscow", "иран", "москва")


class Apart:
    """Vectors with an axis that all share, one for the language, and one for what is said.

    Args:
        shared: Length along the first axis, beside 1 along the last.
    """

    dimension = 20

    def __init__(self, shared: float = 4.0) -> None:
        self._shared = shared
        self.fingerprint = f"apart {shared}"

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, np.float32)
        vector[0] = self._shared
        is_russian = any("а" <= c <= "я" for c in text.lower())
        # Russian says less clearly what it says.
        vector[1 + is_russian] = 1.0
        said = [s.index(text) for s in SENTENCES.values() if text in s]
        at = said[0] if said else 6 + WORDS.index(text.lower()) % 2
        vector[4 + at] = 0.5 if is_russian else 1.0
        return np.asarray(vector / np.linalg.norm(vector), np.float32)

    def encode_queries(self, texts: list[str]) -> Vectors:
        """Return shape (len(texts), 20)."""
        return np.stack([self._vector(text) for text in texts])

    encode_passages = encode_queries

    def encode_tokens(self, text: str, *, query: bool = False) -> TokenVectors:  # noqa: ARG002
        """One token."""
        return TokenVectors(self._vector(text)[np.newaxis], np.array([[0, len(text)]]))


def test_what_all_texts_of_a_language_share_is_taken_out() -> None:
    apart = Apart()
    across = Across(apart)  # type: ignore[arg-type]
    asked, read = apart.encode_tokens("иран").vectors, apart.encode_tokens("Iran").vectors
    other = apart.encode_tokens("Moscow").vectors
    assert float((asked @ read.T).item()) == pytest.approx(0.936, abs=1e-3)
    assert float((asked @ other.T).item()) == pytest.approx(0.908, abs=1e-3)
    asked = across.tokens("иран", "ru", query=True).vectors
    read, other = across.tokens("Iran", "en").vectors, across.tokens("Moscow", "en").vectors
    # Without the sentences' own mean, of which six words each are a sixth.
    assert float((asked @ read.T).item()) == pytest.approx(1.0, abs=0.01)
    assert float((asked @ other.T).item()) == pytest.approx(1 / 7, abs=0.01)
    assert across.tokens("Iran", "en").spans.tolist() == [[0, 4]]


def test_a_language_without_sentences_has_the_mean_of_the_others() -> None:
    across = Across(Apart())  # type: ignore[arg-type]
    made = across.centre("sv", query=False)
    known = np.array([across.centre(name, query=False) for name in SENTENCES])
    assert made == pytest.approx(known.mean(axis=0))


def test_the_words_of_the_shipped_model_stay_as_they_are(shipped: Encoder) -> None:
    across = Across(shipped)
    assert across.centre("en", query=True) is None
    plain = shipped.encode_tokens("Who stopped the ferries?", query=True).vectors
    assert np.array_equal(across.tokens("Who stopped the ferries?", "en", query=True)[0], plain)


def test_between_languages_likeness_is_stretched() -> None:
    across = Across(Apart())  # type: ignore[arg-type]
    stretch = across.stretch("ru", "en")
    assert stretch is not None
    # English to English 1/18; Russian, whose vectors are sqrt(17.25) long, 0.5 / sqrt(18 * 17.25).
    assert stretch.cosine == pytest.approx((1 / 18) / (0.5 / np.sqrt(18 * 17.25)), rel=1e-4)
    # Once what they share is out, the words of the two are the same.
    assert stretch.likeness == pytest.approx(1.0, abs=1e-4)
    # Their own axes apart, 1/2 (17/18 + 17/17.25) - 16 / sqrt(18 * 17.25).
    assert stretch.gap == pytest.approx(
        (17 / 18 + 17 / 17.25) / 2 - 16 / np.sqrt(18 * 17.25), rel=1e-4
    )
    assert across.stretch("en", "en") is None
    assert across.stretch("und", "en") is None


def test_a_language_that_cannot_be_tried_is_stretched_as_the_others_are() -> None:
    across = Across(Apart())  # type: ignore[arg-type]
    stretch = across.stretch("ru", "sv")
    assert stretch is not None
    assert 1.0 < stretch.cosine < 2.0


def test_a_model_that_does_not_understand_is_not_helped(shipped: Encoder) -> None:
    assert Across(shipped).stretch("ru", "en") is None
    made = Across(Polyglot(shipped)).stretch("ru", "en")
    assert made == pytest.approx(Stretch(1.0, 1.0, 0.0), abs=1e-4)


def test_what_a_model_understands(shipped: Encoder) -> None:
    across = Across(shipped)
    found = {name: across.understands(name) for name in ("en", "ru", "zh", "it", "und")}
    assert found == {"en": True, "ru": False, "zh": False, "it": False, "und": True}


def test_likeness_is_stretched_from_that_of_unrelated_texts() -> None:
    assert stretched(0.4, None) == 0.4
    assert stretched(0.4, Stretch(1.5, 2.0)) == pytest.approx(0.55)
    assert stretched(0.25, Stretch(1.5, 2.0)) == pytest.approx(0.25)
