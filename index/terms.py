"""Text to terms, for everything that matches by words: BM25, answering sentences, confidence.

Folding happens here and only here; the text that is stored and quoted stays as it is.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

from index.function_words import FUNCTION_WORDS

TERMS = 2
"""Version of `terms`: a new one makes the index be built again."""

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "en": "english", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "nb": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""ISO 639-1 code -> Snowball algorithm."""

UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""

_TOKEN = re.compile(
    rf"[{UNSPACED}]+"
    rf"|(?:[^\W\d_]\.){{2,}}"
    rf"|\d+(?:[.,]\d+)*"
    rf"|(?:(?![{UNSPACED}\d_])\w)+(?:'(?:(?![{UNSPACED}\d_])\w)+)*"
)
_RUN = re.compile(rf"[{UNSPACED}]+")
_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "＇": "'", "\u200c": " "})


class _Accents(dict[int, int | None]):
    """Maps accents to nothing and all else to itself, as characters are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_ACCENTS = _Accents()


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    algorithm = _STEMMERS.get(language)
    return Stemmer.Stemmer(algorithm) if algorithm else None


def fold(text: str, language: str) -> str:
    """Case, compatibility forms and apostrophes folded; in English, accents too."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES)
    if language == "en":
        # English writes "Élysée" and "Elysee"; elsewhere an accent makes another word.
        folded = unicodedata.normalize("NFKD", folded).translate(_ACCENTS)
    return folded


def terms(text: str, language: str) -> list[str]:
    """Return the stemmed terms of `text` in order, with repetitions.

    Args:
        text: Any text.
        language: ISO 639-1 code whose Snowball stemmer is used; with none, words stay whole.
            Chinese, Japanese, Thai and their like become pairs of characters.
    """
    found: list[str] = []
    words: list[str] = []
    for match in _TOKEN.finditer(fold(text, language)):
        token = match[0]
        if _RUN.fullmatch(token):
            found.extend(token[i : i + 2] for i in range(max(1, len(token) - 1)))
        elif token[0].isdigit():
            found.append(_THOUSANDS.sub("", token))
        else:
            words.append(token.replace(".", ""))
    stemmer = _stemmer(language)
    return found + (stemmer.stemWords(words) if stemmer else words)


@lru_cache(maxsize=64)
def _function_terms(language: str) -> frozenset[str]:
    return frozenset(terms(FUNCTION_WORDS.get(language, ""), language))


def content_terms(text: str, language: str) -> list[str]:
    """Return the distinct terms of `text` that name something, or all if none does."""
    return naming_terms(text, language) or list(dict.fromkeys(terms(text, language)))


def naming_terms(text: str, language: str) -> list[str]:
    """Return the distinct terms of `text` that name something; none of "after all"."""
    distinct = dict.fromkeys(terms(text, language))
    return [t for t in distinct if t not in _function_terms(language)]
