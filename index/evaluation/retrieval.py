"""How well the search alone finds: no answering, no silence."""

from pathlib import Path
from statistics import mean

from corpus.language import detect
from index.evaluation.articles import index, opened
from index.evaluation.dataset import Dataset
from index.evaluation.measures import DEPTH, RANKING, ranking
from index.evaluation.questions import docid
from index.search import HybridSearcher
from index.types import Encoder, Progress, silent

_PASSAGES = 3 * DEPTH
"""Searched, so that there are enough paragraphs when long ones were cut into several passages."""


def retrieval(
    folder: Path, dataset: Dataset, encoder: Encoder, tell: Progress = silent
) -> dict[str, float]:
    """Return the mean of each measure, 0 to 1, over the questions that have an answer.

    Args:
        folder: A data folder for the index.
        dataset: Articles and questions.
        encoder: To be measured.
        tell: Told how far it is.
    """
    index(folder, dataset.collection, encoder, tell)
    asked = [q for q in dataset.questions if q.answerable]
    ranked: dict[str, list[str]] = {}
    with opened(folder) as generation:
        searcher = HybridSearcher(generation, encoder)
        for at, question in enumerate(asked):
            tell("asking", at, len(asked))
            language = detect(question.text, among=generation.manifest.languages)
            found = searcher.search([searcher.form(question.text, language)], _PASSAGES)
            names = (docid(r.passage.article_id, r.passage.paragraph) for r in found)
            ranked[question.id] = list(dict.fromkeys(names))[:DEPTH]
    each = ranking(asked, ranked).values()
    return {name: mean(one[name] for one in each) for name in RANKING} if each else {}
