"""Passages that have a question's words and do not answer it."""

from collections.abc import Mapping, Sequence

from index.sparse import SparseIndex
from index.terms import content_terms, fold, terms
from index.types import Progress
from training.data import Data, Source

PER_QUESTION = 8

_FOUND = 24


def mine(data: Data, progress: Progress) -> Mapping[str, Sequence[Source]]:
    """Return for each question's id what BM25 finds besides the answer, the likest first.

    A passage with the words of an answer in it may answer, and is left out. Questions of the
    training set find only passages of the training set, held-out ones only held-out ones.

    Args:
        data: What to search, and for what.
        progress: Told how far it is.
    """
    found: dict[str, list[Source]] = {}
    for held_out in (True, False):
        sources = [s for s in data.sources if s.held_out == held_out]
        index = SparseIndex.build([terms(f"{s.title} {s.text}", "en") for s in sources])
        folded = [fold(s.text, "en") for s in sources]
        for asked in (a for a in data.asked if a.source.held_out == held_out):
            progress("searching wrong passages", len(found), len(data.asked))
            answers = [fold(asked.source.text[start:end], "en") for start, end in asked.spans]
            rows = [hit.row for hit in index.search(content_terms(asked.text, "en"), _FOUND)]
            found[asked.id] = [
                sources[row]
                for row in rows
                if sources[row].id != asked.source.id
                and not any(answer in folded[row] for answer in answers)
            ][:PER_QUESTION]
    return found
