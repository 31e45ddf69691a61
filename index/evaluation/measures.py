"""Measures of a ranking, question by question. The only import of the measuring library."""

from collections.abc import Mapping, Sequence

from index.evaluation.questions import Question
from index.types import UnusableError

DEPTH = 10
"""How many ranked paragraphs are measured."""

_NAMES = {
    "Success@1": "hit@1",
    "Success@3": "hit@3",
    "Success@5": "hit@5",
    "Success@10": "hit@10",
    "RR@10": "mrr@10",
    "nDCG@10": "ndcg@10",
}
RANKING = tuple(_NAMES.values())


def ranking(
    questions: Sequence[Question], ranked: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Return each measure, 0 to 1, of each question that has an answer, by the question's id.

    Args:
        questions: With what is right.
        ranked: By the question's id, docids, best first.

    Raises:
        UnusableError: The extra `evaluate` is not installed.
    """
    try:
        import ir_measures
    except ImportError as error:
        raise UnusableError(
            f"measuring needs an extra: pip install 'verbatim-bot[evaluate]' ({error})"
        ) from error
    gold = {q.id: dict.fromkeys(q.gold, 1) for q in questions if q.gold}
    found = {name: dict.fromkeys(RANKING, 0.0) for name in gold}
    run = {name: scores(ranked.get(name, ())) for name in gold}
    run = {name: scored for name, scored in run.items() if scored}
    if run:
        measures = [ir_measures.parse_measure(name) for name in _NAMES]
        for one in ir_measures.iter_calc(measures, gold, run):
            found[one.query_id][_NAMES[str(one.measure)]] = float(one.value)
    return found


def scores(ranked: Sequence[str]) -> dict[str, float]:
    """Scores that put the first `DEPTH` docids in the order that they are in."""
    return {name: float(DEPTH - at) for at, name in enumerate(ranked[:DEPTH])}
