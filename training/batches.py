"""Groups to padded tensors."""

from collections.abc import Sequence

import torch

from index.pairing import Pair, Pairing
from training.groups import Group, Text
from training.model import Batch, Part

PAIRS = 12
"""In a part: padded to one length, which with all pairs of a batch would be a third of the work."""


def batch(groups: Sequence[Group], pairing: Pairing, pairs: int = PAIRS) -> Batch:
    """Put all pairs of `groups` together, the shorter ones first, in parts of `pairs`."""
    made = [
        (
            pairing.pair(text.question or group.question, text.context, text.text),
            text,
            number,
            float(place == 0),
        )
        for number, group in enumerate(groups)
        for place, text in enumerate(group.texts)
    ]
    made.sort(key=lambda one: len(one[0].ids))
    parts = tuple(_part(made[at : at + pairs]) for at in range(0, len(made), pairs))
    groups_of = torch.tensor([number for _, _, number, _ in made])
    return Batch(parts, groups_of, torch.tensor([right for *_, right in made]))


def _part(made: Sequence[tuple[Pair, Text, int, float]]) -> Part:
    shape = (len(made), len(made[-1][0].ids))
    ids = torch.zeros(shape, dtype=torch.long)
    mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
    places, starts, ends = (torch.zeros(shape, dtype=torch.bool) for _ in range(3))
    for row, (pair, text, _, _) in enumerate(made):
        length = len(pair.ids)
        ids[row, :length] = torch.tensor(pair.ids)
        types[row, :length] = torch.tensor(pair.types)
        mask[row, :length] = 1
        places[row, pair.first : pair.first + len(pair.spans)] = True
        places[row, 0] = True
        first, last = _marked(pair, text)
        starts[row, first] = True
        ends[row, last] = True
    return Part(ids, mask, types, places, starts, ends)


def _marked(pair: Pair, text: Text) -> tuple[list[int], list[int]]:
    """Tokens at which answers start and end; the first token of all where there is none."""
    starts, ends = [], []
    for start, end in text.spans:
        inside = [i for i, (a, b) in enumerate(pair.spans) if a < end and b > start]
        # An answer cut off by the longest length is not there.
        if inside and pair.spans[-1][1] >= end:
            starts.append(pair.first + inside[0])
            ends.append(pair.first + inside[-1])
    return starts or [0], ends or [0]
