"""What is told by articles that name somebody or something, before what others tell."""

from collections.abc import Sequence, Set
from dataclasses import replace

from bot.quote import Quotation
from index.search import HybridSearcher

_ELSEWHERE_SHARE = 0.1
"""What is left of the confidence in a passage on something else than was asked about in vain, or in
one that tells what others said."""


def elsewhere(quotation: Quotation) -> Quotation:
    """Return a quotation of something else than was asked about as one that is hardly trusted."""
    return replace(quotation, confidence=quotation.confidence * _ELSEWHERE_SHARE)


def on_names(
    searcher: HybridSearcher,
    names: Set[str],
    best: Sequence[Quotation],
    tongue: str,
    share: float = 1.0,
    here: Set[str] = frozenset(),
) -> list[Quotation]:
    """Put what articles with some names say first, and hardly trust the others.

    In another language than the question's names are spelt otherwise.

    Args:
        searcher: Over the generation.
        names: Terms of them.
        best: What was read, best first.
        tongue: In which it is asked, ISO 639-1.
        share: Of the names that an article must have.
        here: Ids of articles that need not have them.
    """
    held, articles = searcher.generation.held, {one.article.id for one in best}
    least = share * len(names)
    named = {one for one in articles if one in here or len(held(names, (one,))) >= least}
    is_on = [one.article.id in named or one.article.language != tongue for one in best]
    on = [one for one, counts in zip(best, is_on, strict=True) if counts]
    off = [one for one, counts in zip(best, is_on, strict=True) if not counts]
    return [*on, *map(elsewhere, off)]
