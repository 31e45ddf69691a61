"""What somebody said, found and put first where a question asks for that."""

from collections.abc import Sequence
from functools import lru_cache

from bot.conversation import Resolved, spoken_of
from bot.named import elsewhere, on_names
from bot.quote import Quotation
from bot.reading import Found
from bot.speakers import by_speaker, is_person
from bot.uttering import Sayer, is_named, said_first, sayer
from bot.wanted import Wanted, bare
from corpus.types import Passage
from index.preference import ARCHIVE
from index.search import HybridSearcher
from index.terms import naming_terms
from index.types import SearchResult

UTTERED_CANDIDATES = 40
"""Passages that are looked at, at least: a name is in many, and what he says is told from the form
of a sentence, which costs little."""

_KEPT = 400
"""Names that are kept as those of persons or not."""

_ON_IT = 0.5
"""Of the words of what was spoken of that an article elsewhere must have to be on it, too."""


class Hearer:
    """Finds what somebody said. For one thread.

    Args:
        searcher: Over the generation.
    """

    def __init__(self, searcher: HybridSearcher) -> None:
        self._searcher = searcher
        self._is_person = lru_cache(_KEPT)(self._is_person_in_collection)

    def asked(self, wanted: Wanted, resolved: Resolved) -> Sayer | None:
        """Return whose words are asked for, in a question or in one that it asks of another.

        Args:
            wanted: What is looked for.
            resolved: The question as understood.
        """
        who = spoken_of(resolved, wanted.tongue)
        texts = (wanted.bare, bare(wanted, resolved.wordings[0]).text)
        said = next(filter(None, (sayer(one, wanted.tongue, who) for one in texts)), None)
        if said is not None and len(said.who.split()) == 1:
            # "the president" stays one of many.
            said = said._replace(who=wanted.written(said.who))
        is_clear = said is None or not said.is_on_it or resolved.near is not None
        return said if is_clear else None

    def further(self, said: Sayer, wanted: Wanted, resolved: Resolved) -> list[SearchResult]:
        """Return the newest passages that name him, if it is asked for anything that he said."""
        if not _is_of_anything(said, wanted) or (resolved.is_leaning and not is_named(said.who)):
            return []
        return self._searcher.naming(said.who, wanted.language, UTTERED_CANDIDATES)

    def heard(
        self,
        said: Sayer,
        wanted: Wanted,
        resolved: Resolved,
        quoted: Sequence[Found],
        best: Sequence[Quotation],
        others: Sequence[Quotation],
    ) -> tuple[list[Quotation], list[Quotation]]:
        """Put what he says first, and hardly trust what others say, or articles without him.

        Args:
            said: Whose words are asked for.
            wanted: What is looked for.
            resolved: The question as understood.
            quoted: All that was found.
            best: Of that what was read, best first.
            others: The rest.

        Returns:
            Both, without what comes first now in the second.
        """
        tongue = wanted.tongue
        first, rest = said_first(
            said,
            tongue,
            best,
            others,
            _away(quoted, resolved, is_here=said.is_on_it or not is_named(said.who)),
            is_newest_first=_is_of_anything(said, wanted) and not resolved.is_leaning,
        )
        if said.is_on_it and resolved.near:
            about = frozenset(naming_terms(resolved.wordings[-1].context, tongue))
            here = {resolved.near.article_id, *resolved.near.others}
            first = on_names(self._searcher, about, first, tongue, _ON_IT, here)
        if self._is_person(said.who, tongue):
            his, of_others = by_speaker(first, said.who)
            first = [*his, *map(elsewhere, of_others)]
        if is_named(said.who) and not said.is_he:
            # What an article tells that does not even name him he has not said in it.
            names = frozenset(naming_terms(said.who, tongue)[-1:])
            first = on_names(self._searcher, names, first, tongue)
        return first, rest

    def _is_person_in_collection(self, who: str, tongue: str) -> bool:
        named = self._searcher.naming(who, tongue, UTTERED_CANDIDATES)
        return is_person(who, (one.passage.text for one in named))


def _is_of_anything(said: Sayer, wanted: Wanted) -> bool:
    return not (said.about or said.is_on_it) and wanted.bare == wanted.text


def _away(quoted: Sequence[Found], resolved: Resolved, *, is_here: bool) -> frozenset[Passage]:
    """The passages that are of another time than the question, or of another mayor.

    Args:
        quoted: What was found.
        resolved: The question as understood.
        is_here: Whether only what was quoted before is meant.
    """
    near, is_any = resolved.near, resolved.near is None or not is_here
    here = frozenset() if near is None else {near.article_id, *near.others}
    return frozenset(
        one.quotation.passage
        for one in quoted
        if one.result.evidence.factor < ARCHIVE or not (is_any or one.quotation.article.id in here)
    )
