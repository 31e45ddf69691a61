"""How the reader does on held-out questions, while it is trained and after."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from training.model import Batch, Judged, Reader, losses
from training.precision import halved


class Validation(NamedTuple):
    """Means over the held-out groups.

    Attributes:
        loss: What training makes small.
        first: Share of questions whose right text is ranked first of its group.
        auroc: Of "answers", right texts against wrong ones.
        start: Share of right texts whose likeliest start is one that somebody marked.
        inside: Share of them whose likeliest start stands within a marked answer.
    """

    loss: float
    first: float
    auroc: float
    start: float
    inside: float


def validate(
    reader: Reader, batches: Sequence[Batch], device: torch.device, *, bf16: bool
) -> Validation:
    """Read every batch, without learning."""
    reader.eval()
    lost, first, start, inside = [], [], [], []
    answers: list[NDArray[np.float32]] = []
    right: list[NDArray[np.float32]] = []
    with torch.no_grad():
        for on_host in batches:
            batch = on_host.on(device)
            with halved(device, wanted=bf16):
                judged = reader.judged(batch)
            lost.append(float(losses(judged, batch).whole))
            first += _first(judged, batch)
            answers.append(judged.answers.cpu().numpy())
            right.append(batch.right.cpu().numpy())
            for spans, part in zip(judged.spans, batch.parts, strict=True):
                at = spans[:, 1:, 0].argmax(-1, keepdim=True) + 1
                has = ~part.starts[:, 0]
                start += part.starts.gather(1, at).squeeze(1)[has].tolist()
                # Within an answer, more have begun up to here than have ended before.
                begun = part.starts.cumsum(-1).gather(1, at)
                ended = part.ends.cumsum(-1).gather(1, at - 1)
                inside += (begun > ended).squeeze(1)[has].tolist()
    reader.train()
    return Validation(
        float(np.mean(lost)),
        float(np.mean(first)),
        auroc(np.concatenate(answers), np.concatenate(right)),
        float(np.mean(start)),
        float(np.mean(inside)),
    )


def _first(judged: Judged, batch: Batch) -> list[bool]:
    found = []
    for number in range(int(batch.groups.max()) + 1):
        own = batch.groups == number
        scores, right = judged.rank[own], batch.right[own]
        found.append(bool(right[scores.argmax()] == 1))
    return found


def auroc(scores: NDArray[np.float32], right: NDArray[np.float32]) -> float:
    """Return the chance that a right text scores above a wrong one, ties by half."""
    good, bad = scores[right == 1], np.sort(scores[right == 0])
    below = np.searchsorted(bad, good, "left") + np.searchsorted(bad, good, "right")
    return float(below.mean() / (2 * len(bad)))
