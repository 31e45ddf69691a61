"""Whose words a passage tells, as far as its sentences name who says something."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from bot.quote import Quotation
from bot.understanding import words

_LANGUAGES = frozenset({"en"})
"""In which names are told from other words by their capital letters, and stand by the verb."""

_CLAUSE = re.compile(r"[,;:.!?\"“”()—–]")
_SENTENCE = re.compile(r"[;:.!?\"“”]")
_NAME = re.compile(r"(?<!\w)[A-Z][\w'’-]+")
_PART = re.compile(r"[\W_]+")
_APPOSED = re.compile(r"([^,;:.!?\"“”]+),[^,;:.!?\"“”]{1,80},\s*$")
"""Before a verb: "Reeve, who took office in May, said"."""

_QUOTATION = re.compile(r"\"[^\"]*\"?|“[^”]*”?|„[^“”]*[“”]?")
_SMALL = "He She They It We You Who The An This That But And In On At As Mr Mrs Ms"
_NO_NAMES = frozenset(_SMALL.split())

_NOT_OF = "".join(
    rf"(?<!\b{word} )" for word in ("of", "by", "the", "other", "a", "an", "pro", "anti")
)
"""Not before the name of one who does something: "the other Reeve appointees"."""

_FIRST_NAMED = 0.2
"""Of the places where a surname stands, at least so many have a first name or a title before it."""


def is_person(who: str, texts: Iterable[str]) -> bool:
    """Say whether a single name is that of a person, by the names that stand before it.

    Putin is; China and the Europeans are not: others say what they say. Of several words it is not
    told.

    Args:
        who: As asked for.
        texts: Some that have the name.
    """
    if len(who.split()) != 1 or not _NAME.fullmatch(who):
        return False
    stands = re.compile(rf"(?:(?P<before>[\w'’.-]+) )?(?<![\w-]){re.escape(who)}\b")
    found = [one["before"] or "" for text in texts for one in stands.finditer(text)]
    named = [one for one in found if _NAME.fullmatch(one) and one not in _NO_NAMES]
    return bool(found) and len(named) >= _FIRST_NAMED * len(found)


def by_speaker(
    quotations: Sequence[Quotation], who: str
) -> tuple[list[Quotation], list[Quotation]]:
    """Return the quotations that may tell what a person said, and the others, in their order.

    Args:
        quotations: What was found.
        who: His surname.
    """
    his: list[Quotation] = []
    others: list[Quotation] = []
    for one in quotations:
        before = one.article.paragraphs[: one.passage.paragraph]
        may = may_tell(one.text, before, who, one.article.language)
        (his if may else others).append(one)
    return his, others


def may_tell(text: str, before: Sequence[str], who: str, language: str) -> bool:
    """Say whether a passage may tell what a person said.

    It does where he is told to do something, and where something is said in it by him or by nobody
    who is named, if something is told of him before it; not where others speak of him.

    Args:
        text: Of the passage.
        before: The paragraphs of its article before it.
        who: His surname.
        language: Of the passage, ISO 639-1; in those not in `_LANGUAGES` any may.
    """
    if language not in _LANGUAGES:
        return True
    acts = re.compile(rf"{_NOT_OF}(?<![\w-]){re.escape(who)}(?!['’]|\w)(?=,? \w)")
    if acts.search(_QUOTATION.sub('""', text)):
        return True
    speakers = [_speaker(text, verb) for verb in _uttering(language).finditer(text)]
    if any(who in named for named in speakers):
        return True
    if all(speakers):
        return False
    return any(acts.search(_QUOTATION.sub('""', one)) for one in before)


def _speaker(text: str, verb: re.Match[str]) -> frozenset[str]:
    """The names of the one by whom something is said; none where he is not named."""
    before = _CLAUSE.split(text[: verb.start()])[-1]
    if not before.strip() and (apposed := _APPOSED.search(text[: verb.start()])):
        before = apposed[1]
    behind = _SENTENCE.split(text[verb.end() :])[0]
    subject = before if before.strip() else behind
    named = set(_NAME.findall(subject)) - _NO_NAMES
    # "Carr-Ellis" is Ellis, too.
    return frozenset(part for name in named for part in _PART.split(name))


@cache
def _uttering(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words.UTTERING[language]})\b")
