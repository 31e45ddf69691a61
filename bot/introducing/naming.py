"""Words of a sentence, as far as names show by their capital letters, and what follows a name."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.function_words import FUNCTION_WORDS
from index.terms import fold, terms

BEHIND = 1.5
"""For what stands behind the name and a comma: ", who heads …", ", the president of …"."""

_CALLED = 1.0
"""The same without an article or a pronoun, where nothing stands before the name: it might be a
verb. ", assistant director-general …"."""

_AS = 1.0
"""For "as its president" behind the name."""

_MOSTLY = 0.9

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[-'’.](?=[^\W_]))*")
_PARTICLES = frozenset(
    ["al", "el", "de", "del", "van", "von", "der", "den", "bin", "ben", "ibn", "da", "di", "la"]
)

_ARTICLES = {
    "en": "a an the who whose whom which then until now formerly once",
    "de": "der die das ein eine einst bis zuletzt",
    "es": "el la los las un una quien que entonces hasta",
    "fr": "le la les l un une qui dont alors jusqu",
    "ru": "который которая которые бывший бывшая ныне тогда",
    "uk": "який яка які колишній колишня нині тоді",
    "tr": "bir eski",
}
_ROLE = {
    "en": r"as (?:its|the|a|an|their|his|her|new) ",
    "de": r"(?:zum|zur|als) ",
    "es": r"como (?:su|el|la|un|una)? ?",
    "fr": r"comme (?:son|sa|le|la|un|une)? ?",
}


class Word:
    """A word of a sentence.

    Attributes:
        text: As it is written.
        span: Where it stands.
        terms: Its terms.
        is_name: Whether it has a capital letter and names something.
        is_particle: Whether it may stand within a name.
        is_function: Whether it names nothing.
        is_plain: Whether it names something and has a small letter.
        initial: Its first letter.
    """

    def __init__(self, found: re.Match[str], language: str) -> None:
        text = found[0]
        bare = re.sub(r"['’]s?$", "", text)
        self.text = text
        self.span = found.span()
        self.terms = terms(bare, language)
        self.is_particle = text in _PARTICLES
        is_letters = text.isupper() and len(text) > 1
        self.is_function = not is_letters and fold(text, language) in _function_words(language)
        self.is_name = has_capital(text) and not self.is_function
        self.is_plain = not has_capital(text) and not self.is_function
        self.initial = text[0]


class Named(NamedTuple):
    """A sentence and where it has a name.

    Attributes:
        sentence: As it stands.
        words: Of it, in order.
        places: At which of them the name begins.
        length: How many words it has.
    """

    sentence: str
    words: Sequence[Word]
    places: Sequence[int]
    length: int

    def between(self, one: int, other: int) -> str:
        """Return what stands between two words."""
        return self.sentence[self.words[one].span[1] : self.words[other].span[0]]

    def joined(self, one: int) -> bool:
        """Say whether nothing but a space stands between a word and the next."""
        between = self.between(one, one + 1)
        return between == " " or (self.words[one].is_particle and between == "-")

    def before(self, at: int) -> str:
        """Return what stands before a word."""
        return self.sentence[: self.words[at].span[0]]

    def behind(self, at: int) -> str:
        """Return what stands behind a word."""
        return self.sentence[self.words[at].span[1] :]


def words_of(sentence: str, language: str) -> list[Word]:
    """Return the words of a sentence, in order.

    Args:
        sentence: Of an article.
        language: ISO 639-1, of the article.
    """
    return [Word(found, language) for found in _WORD.finditer(sentence)]


def named(sentence: str, name: str, language: str) -> Named:
    """Find a name in a sentence.

    Args:
        sentence: Of an article.
        name: As asked, in any case; the last word of a person's suffices.
        language: ISO 639-1, of the article.
    """
    words = words_of(sentence, language)
    asked = [terms(word, language) for word in re.findall(_WORD, name)]
    places = [
        at
        for at in range(len(words) - len(asked) + 1)
        if asked
        # "Khatib" is asked of Moaz al-Khatib.
        and all(words[at + k].terms[-len(term) :] == term for k, term in enumerate(asked))
        and words[at].is_name
    ]
    return Named(sentence, words, places, len(asked))


def is_name(words: str, texts: Iterable[str], language: str) -> bool:
    """Say whether words are a name: "president" is often written with a small letter.

    Args:
        words: As asked, in any case.
        texts: Passages that hold them.
        language: ISO 639-1.
    """
    asked = terms(words, language)[-1:]
    found = [
        has_capital(match[0])
        for text in texts
        for match in _WORD.finditer(text)
        if terms(match[0], language)[-1:] == asked
    ]
    return bool(found) and sum(found) >= _MOSTLY * len(found)


def is_acronym(name: str) -> bool:
    """Whether it is nothing but the first letters of other words."""
    return name.isalpha() and name.isupper() and len(name) > 1


def has_capital(word: str) -> bool:
    """Whether it is written as a name: "al-Khatib" is, too."""
    return any(part[:1].isupper() for part in re.split(r"[-'’]", word))


def said_behind(rest: str, language: str, *, is_all: bool) -> float:
    """Return how much the words right behind a name say of it.

    Args:
        rest: Of the sentence.
        language: ISO 639-1.
        is_all: Whether nothing before the name says anything of it.
    """
    role = _ROLE.get(language)
    if role and re.match(rf"\s+{role}[^\W\d_]", rest):
        return _AS
    found = re.match(r"(?:['’]s?)?, ([^\W\d_][\w'’-]*)", rest)
    if not found:
        return 0.0
    word = fold(found[1], language)
    if re.split(r"['’]", word)[0] in _ARTICLES.get(language, "").split():
        return BEHIND
    follows = rest[found.end() :]
    is_plain = found[1][:1].islower() and word not in _function_words(language)
    # "Lavrov, however, …" is no apposition.
    return _CALLED if is_all and is_plain and not follows.startswith((",", ".")) else 0.0


@lru_cache(maxsize=16)
def _function_words(language: str) -> frozenset[str]:
    return frozenset(FUNCTION_WORDS.get(language, "").split())
