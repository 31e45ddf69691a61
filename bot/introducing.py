"""The sentence that introduces a person or thing: what it is before the name, or behind it.

"Foreign Ministry spokesman Alexander Lukashevich told …", "Fabius, who presided over …": where
names are written with a capital letter, newspapers introduce whom they name in the same few ways.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from index.function_words import FUNCTION_WORDS
from index.terms import fold, terms

ENOUGH = 2.0
"""Of `introduction`, from which a sentence says who somebody is."""

ENOUGH_OF_THING = 1.0
"""Of `definition`, from which one says what something is."""

_SPELT_OUT = 2.5
"""For what the letters of a name stand for."""

_KNOWN_AS = 2.0
"""For "known as" before a name."""

_KIND = 1.6
"""For what a thing is before its name: "the orbiter …", "the town of …"."""

_KIND_OF_TWO = 1.2
"""The same in two words, where the second may be a verb: "the comet lander …"."""

_MOSTLY = 0.9

_GIVEN = 1.0
"""For the name in full."""

_OFFICE = 1.5
"""For further words with a capital letter before the name in full: "Prime Minister Alexis …"."""

_EACH = 0.1
"""For each of them."""

_CALLING = 1.2
"""For another word before it: "spokesman Alexander …"."""

_BEHIND = 1.5
"""For what stands behind the name and a comma: ", who heads …", ", the president of …"."""

_CALLED = 1.0
"""The same without an article or a pronoun, where nothing stands before the name: it might be a
verb. ", assistant director-general …"."""

_AHEAD = 1.0
"""For what stands before the name and a comma: "his spokesman, Dmitry …"."""

_AS = 1.0
"""For "as its president" behind the name."""

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


_KNOWN = {
    "en": r"(?:known as|called|named)(?: the)?",
    "de": r"(?:bekannt als|genannt|namens)",
    "es": r"(?:conocid[oa]s? como|llamad[oa]s?)(?: el| la)?",
    "fr": r"(?:connue?s? sous le nom de|appelée?s?|nommée?s?)",
    "ru": r"(?:известн\w+ как|под названием)",
    "uk": r"(?:відом\w+ як|під назвою)",
}
_KINDS = {
    "en": (
        r"(?:town|city|village|resort|state|region|province|island|port|capital|district|country"
        r"|republic|river|party|group|movement|organi[sz]ation|company|agency) of"
    ),
    "es": r"(?:ciudad|pueblo|provincia|región|isla|capital|estado) de",
    "fr": r"(?:ville|village|province|région|île|capitale) (?:de|d)",
}
"""Words between which and a name stands "of"."""

_TWO = 2
_ROW = 4
_DETERMINERS = {
    "en": "the a an its their his her this",
    "de": "der die das dem den des ein eine einem einen einer",
    "es": "el la un una su",
    "fr": "le la un une son sa",
}
"""Words before which a name is called what it is; the other languages have none."""

_IS = {
    "en": r"(?:is|was|are|were) (?:a|an|the|one of)",
    "de": r"(?:ist|war|sind|waren) (?:ein|eine|einer|der|die|das)",
    "es": r"(?:es|era|fue|son) (?:un|una|el|la|uno|los|las)",
    "fr": r"(?:est|était|sont) (?:un|une|le|la|les)",
    "ru": r"(?:—|–|-) это",
    "uk": r"(?:—|–|-) це",
}


def introduction(sentence: str, name: str, language: str) -> float:
    """Return how much a sentence says of who somebody is, 0 if it does not name them.

    Args:
        sentence: Of an article.
        name: As asked, in any case; the last word suffices.
        language: ISO 639-1, of the article.
    """
    words, places, count = _found(sentence, name, language)
    return max((_told(sentence, words, at, count, language) for at in places), default=0.0)


def definition(sentence: str, name: str, language: str) -> float:
    """Return how much a sentence says of what something is.

    Args:
        sentence: Of an article.
        name: As asked, in any case.
        language: ISO 639-1, of the article.
    """
    words, places, count = _found(sentence, name, language)
    told = _SPELT_OUT if spells_out(words, name) else 0.0
    for at in places:
        before, rest = sentence[: words[at].span[0]], sentence[words[at + count - 1].span[1] :]
        said = 0.0
        if _ends(before, _KNOWN.get(language)):
            said = _KNOWN_AS
        elif _ends(before, _KINDS.get(language)):
            said = _KIND
        elif not is_acronym(name):
            said = _kind(sentence, words[: at + 1], language)
        is_called = _IS.get(language) and re.match(rf"\W?\s*{_IS[language]}\b", rest)
        said += _BEHIND if is_called else _said_behind(rest, language, is_all=not said)
        told = max(told, said)
    return told


def _kind(sentence: str, words: Sequence["_Word"], language: str) -> float:
    """What is said by the words right before a name, the last of these: "the orbiter"."""
    articles = _DETERMINERS.get(language)
    row = [len(words) - 1]
    while row[-1] and _joined(sentence, words[row[-1] - 1], words[row[-1]]) and len(row) < _ROW:
        row.append(row[-1] - 1)
    before = [words[at] for at in row[1:]]
    # German writes every noun with a capital letter.
    if not before or before[0].is_function or not (before[0].is_plain or language == "de"):
        return 0.0
    if articles is None:
        return _KIND_OF_TWO
    known = articles.split()
    if len(before) > 1 and before[1].text.casefold() in known:
        return _KIND
    is_two = len(before) > _TWO and before[_TWO].text.casefold() in known
    return _KIND_OF_TWO if is_two and not before[1].is_function else 0.0


def spells_out(words: Sequence["_Word"], letters: str) -> bool:
    """Whether a row of words is what letters stand for: "World Health Organization" for "WHO".

    Args:
        words: Of a sentence.
        letters: The name, as asked.
    """
    if not is_acronym(letters):
        return False
    # Words such as "of" and "for" have no letter.
    first = "".join(
        " " if word.is_plain else word.initial for word in words if not word.is_function
    )
    return letters in first


def is_acronym(name: str) -> bool:
    """Whether it is nothing but the first letters of other words."""
    return name.isalpha() and name.isupper() and len(name) > 1


def _ends(before: str, pattern: str | None) -> bool:
    return pattern is not None and re.search(rf"\b{pattern}\W*$", before, re.IGNORECASE) is not None


def _found(sentence: str, name: str, language: str) -> tuple[list["_Word"], list[int], int]:
    """The words of a sentence, at which of them a name begins, and how many words it has."""
    words = [_Word(found, language) for found in _WORD.finditer(sentence)]
    asked = [terms(word, language) for word in re.findall(_WORD, name)]
    places = [
        at
        for at in range(len(words) - len(asked) + 1)
        if asked
        # "Khatib" is asked of Moaz al-Khatib.
        and all(words[at + k].terms[-len(term) :] == term for k, term in enumerate(asked))
        and words[at].is_name
    ]
    return words, places, len(asked)


def is_name(words: str, texts: Iterable[str], language: str) -> bool:
    """Say whether words are a name: "president" is often written with a small letter.

    Args:
        words: As asked, in any case.
        texts: Passages that hold them.
        language: ISO 639-1.
    """
    asked = terms(words, language)[-1:]
    found = [
        _has_capital(match[0])
        for text in texts
        for match in _WORD.finditer(text)
        if terms(match[0], language)[-1:] == asked
    ]
    return bool(found) and sum(found) >= _MOSTLY * len(found)


class _Word:
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
        self.is_name = _has_capital(text) and not self.is_function
        self.is_plain = not _has_capital(text) and not self.is_function
        self.initial = text[0]


def _has_capital(word: str) -> bool:
    """Whether it is written as a name: "al-Khatib" is, too."""
    return any(part[:1].isupper() for part in re.split(r"[-'’]", word))


def _told(sentence: str, words: Sequence[_Word], at: int, count: int, language: str) -> float:
    """What is said of who stands at `at`, `count` words long."""
    first = at
    while first and _joined(sentence, words[first - 1], words[first]):
        before = words[first - 1]
        if not (before.is_name or before.is_particle):
            break
        first -= 1
    end = at + count
    while end < len(words) and words[end].is_name and _joined(sentence, words[end - 1], words[end]):
        end += 1
    names = sum(word.is_name for word in words[first:end])
    # An office needs a first name between it and the last.
    titles = max(names - 2, 0)
    is_full = names > 1
    told = is_full * _GIVEN + (_OFFICE if titles else 0.0) + _EACH * titles
    if first and is_full and not words[first - 1].is_function:
        between = _between(sentence, words[first - 1], words[first])
        is_closed = sentence[words[end - 1].span[1] :].startswith(",")
        told += _CALLING if between == " " and not titles else 0.0
        told += _AHEAD if between == ", " and is_closed else 0.0
    behind = sentence[words[end - 1].span[1] :]
    return told + _said_behind(behind, language, is_all=told <= _GIVEN)


def _said_behind(rest: str, language: str, *, is_all: bool) -> float:
    """What the words right behind a name say of it; `is_all`: nothing before it does."""
    role = _ROLE.get(language)
    if role and re.match(rf"\s+{role}[^\W\d_]", rest):
        return _AS
    found = re.match(r"(?:['’]s?)?, ([^\W\d_][\w'’-]*)", rest)
    if not found:
        return 0.0
    word = fold(found[1], language)
    if re.split(r"['’]", word)[0] in _ARTICLES.get(language, "").split():
        return _BEHIND
    follows = rest[found.end() :]
    is_plain = found[1][:1].islower() and word not in _function_words(language)
    # "Lavrov, however, …" is no apposition.
    return _CALLED if is_all and is_plain and not follows.startswith((",", ".")) else 0.0


def _between(sentence: str, one: _Word, other: _Word) -> str:
    return sentence[one.span[1] : other.span[0]]


def _joined(sentence: str, one: _Word, other: _Word) -> bool:
    return _between(sentence, one, other) == " " or (
        one.is_particle and _between(sentence, one, other) == "-"
    )


@lru_cache(maxsize=16)
def _function_words(language: str) -> frozenset[str]:
    return frozenset(FUNCTION_WORDS.get(language, "").split())
