"""A real encoder that reads English written in Cyrillic letters as well.

That is another language of which it understands all, and no word stands in an English text.
"""

from collections.abc import Sequence

from index.languages import SENTENCES
from index.types import Encoder, TokenVectors, Vectors

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абцдефгхийклмнопярстувжьыз"
_TO = str.maketrans(_LATIN + _LATIN.upper(), _CYRILLIC + _CYRILLIC.upper())
_BACK = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _LATIN + _LATIN.upper())


def ciphered(text: str) -> str:
    """Return English in Cyrillic letters, one for each."""
    return text.translate(_TO)


class Polyglot:
    """Reads Cyrillic letters as Latin ones, and the sentences of `index.languages` as English.

    Args:
        encoder: Knows English.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name = "polyglot"
        self.fingerprint = f"polyglot {encoder.fingerprint}"
        self.dimension = encoder.dimension
        self.limit = encoder.limit

    def count(self, text: str) -> int:
        """How many tokens `text` is."""
        return self._encoder.count(_read(text))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension)."""
        return self._encoder.encode_queries([_read(text) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension)."""
        return self._encoder.encode_passages([_read(text) for text in texts])

    def encode_tokens(self, text: str, *, query: bool = False) -> TokenVectors:
        """Return the vectors and spans of the tokens."""
        return self._encoder.encode_tokens(_read(text), query=query)


def _read(text: str) -> str:
    for sentences in SENTENCES.values():
        if text in sentences:
            return SENTENCES["en"][sentences.index(text)]
    return text.translate(_BACK)
