"""What was said before counts more or less beside a question, by what kind of collection it is.

In news a follow-up mostly is on what was just quoted; where passages are long and name their
subject, its own words find it better. `benchmarks.mtrag` measures the latter on conversations that
people held: right passages first 37.1 -> 46.6 % of 178 follow-ups over an encyclopedia and
25.8 -> 29.4 % of 163 over manuals, with what `index.search` and `bot.judging` do by locality.
"""

from bot.conversation import Resolved, Wording
from index.rerank import locality

_TYPED = 0.7
"""Of a leaning question as typed where passages are long, the rest being with its subject; flat
between 0.6 and 0.8."""

_IN_MIND = 0.1
"""There, of the conversation's subject before a question that stands alone: of two passages that
answer alike, the one on that is meant."""


def weighed(resolved: Resolved, short: float) -> tuple[Wording, ...]:
    """Return the wordings of a question with which a collection is searched, the fullest last.

    Args:
        resolved: The question as understood.
        short: `brevity` of the collection.
    """
    wordings, long = resolved.wordings, 1.0 - locality(short)
    if not long:
        return wordings
    if resolved.before:
        share = long * _IN_MIND
        aside = Wording(resolved.text, share, resolved.before)
        return (aside, *(one._replace(weight=(1.0 - share) * one.weight) for one in wordings))
    typed, fullest = wordings[0], wordings[-1]
    if len(wordings) == 1 or typed.context or not fullest.context:
        return wordings
    share = typed.weight + long * (_TYPED - typed.weight)
    return (typed._replace(weight=share), fullest._replace(weight=1.0 - share))
