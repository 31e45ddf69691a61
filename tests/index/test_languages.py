import numpy as np
import pytest

from index.languages import foreign, understands
from index.types import Encoder


@pytest.mark.parametrize("language", ["ru", "uk", "de", "es", "fr", "tr", "ar", "fa", "zh"])
def test_the_shipped_model_is_english_alone(shipped: Encoder, language: str) -> None:
    assert understands(shipped, language) is False
    assert understands(shipped, "en") is True


def test_a_language_that_cannot_be_tried_is_judged_by_the_others(shipped: Encoder) -> None:
    assert understands(shipped, "sv") is None
    assert foreign(shipped, {"en": 5, "ru": 2, "sv": 1, "und": 3}) == {"ru": 2, "sv": 1}
    assert foreign(shipped, {"en": 5}) == {}


class Polyglot:
    """Gives the n-th of any list of sentences the n-th axis."""

    fingerprint = "one axis each"

    def encode_queries(self, texts: list[str]) -> object:
        """Return the unit matrix."""
        return np.eye(len(texts), dtype=np.float32)


def test_a_model_of_many_languages_fits_them_all() -> None:
    assert foreign(Polyglot(), {"en": 1, "ru": 2, "sv": 1, "zh": 4}) == {}  # type: ignore[arg-type]
