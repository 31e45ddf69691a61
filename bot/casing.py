"""A question typed in small letters, its names written as the collection writes them.

Names tell what a question may be asked of in another's place, and whether it leans on what was said
before. In a chat few people type them with a capital letter: of the dependent questions of
tests/data/dialogues.jsonl 82.6 % have a right passage first as they stand, all in small letters
80.2 without this and 82.0 with it (87.6 and 88.8 of those that stand alone).
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from bot.conversation import Resolved, Turn
from index.search import HybridSearcher
from index.terms import naming_terms

_LANGUAGES = frozenset({"en", "es", "fr", "ru", "uk", "tr"})
"""Which write names, and not all nouns, with a capital letter."""

_PASSAGES = 12
"""In which it is seen how a word is written, the newest ones that have it."""

_LOOKED_THROUGH = 60
"""Passages that are looked through for it: of many only the title has it, where in some outlets
every word is written with a capital letter."""

_MOSTLY = 0.8

_KEPT = 2000
"""Words whose writing is kept."""

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_BEGUN = re.compile(r"(?:^|[.!?:…\"“”»«]\s*)$")


class Caser:
    """Knows how a collection writes its words. For one thread.

    Args:
        searcher: Finds the passages that hold a word.
    """

    def __init__(self, searcher: HybridSearcher) -> None:
        self._searcher = searcher
        self._written = lru_cache(_KEPT)(self._looked_up)

    def cased(self, text: str, language: str) -> str:
        """Return a text without capitals with its names written as they mostly are, others as is.

        Args:
            text: Such as a question.
            language: ISO 639-1.
        """
        if text != text.lower() or language not in _LANGUAGES:
            return text
        written, end, before = "", 0, ""
        for found in _WORD.finditer(text):
            bare = _POSSESSIVE.sub("", found[0])
            between = text[end : found.start()]
            within = self._written(bare, before, language) if before and between == " " else bare
            # "Park" of "Highland Park".
            proper = within if within != bare else self._written(bare, "", language)
            written += between + proper + found[0][len(bare) :]
            end, before = found.end(), proper if proper != bare else ""
        return written + text[end:]

    def _looked_up(self, word: str, before: str, language: str) -> str:
        """How a word is mostly written behind another, "" for any, within sentences."""
        if not naming_terms(word, language):
            return word
        behind = rf"{re.escape(before)} " if before else ""
        pattern = re.compile(rf"(?<![\w'’-])(?i:{behind})(?P<word>(?i:{re.escape(word)}))(?![\w-])")
        seen: Counter[str] = Counter()
        holding = self._searcher.naming(f"{before} {word}", language, _LOOKED_THROUGH)
        having = (one.passage.text for one in holding if pattern.search(one.passage.text))
        for text in islice(having, _PASSAGES):
            for found in pattern.finditer(text):
                # At the beginning of a sentence every word has a capital.
                if before or not _BEGUN.search(text[: found.start()]):
                    seen[found["word"]] += 1
        usual = max(seen, key=lambda form: seen[form], default=word)
        return usual if seen[usual] >= _MOSTLY * seen.total() else word


def resolved_as_written(
    text: str,
    said: Sequence[Turn],
    written: Callable[[str], str],
    resolve: Callable[[str, Sequence[Turn]], Resolved],
) -> Resolved:
    """Understand a question with its names, and those of what was said, as the collection has them.

    What stays of it in what is understood is as it was typed.

    Args:
        text: As typed.
        said: The conversation before it, oldest first.
        written: Writes names so.
        resolve: Understands a question in its conversation.
    """
    if not said:
        return resolve(text, said)
    proper = written(text)
    # Of the turns before the last only what they quoted is asked.
    before = said[-1]
    asked, understood = written(before.question), before.resolved
    # What was carried over has its capitals already: "what did biden say? (Abe)".
    is_asked = understood.startswith(before.question)
    understood = asked + understood[len(before.question) :] if is_asked else written(understood)
    last = replace(before, question=asked, resolved=understood, subject=written(before.subject))
    found = resolve(proper, [*said[:-1], last])
    subjects = {last.subject: before.subject, proper: text}
    return replace(
        found,
        text=found.text if found.is_asked_anew else found.text.replace(proper, text),
        subject=subjects.get(found.subject, found.subject),
        wordings=tuple(
            one._replace(text=text) if one.text == proper else one for one in found.wordings
        ),
    )
