"""The reader as it is trained: a BERT encoder that reads question and passage together."""

from typing import Any, NamedTuple

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, log_softmax

WRONG_SPAN_SHARE = 0.3
"""Of the loss of spans is of texts without an answer, which outnumber the others."""

_LONG = 150
"""Tokens up to which plain attention is the faster, on a processor: 3,350 tokens a second instead
of 2,200 at 100; at 200 it is 2,050 instead of 2,450."""

_NEVER = -1e4
"""A logit or log of a probability as good as none."""


class Judged(NamedTuple):
    """Of a batch of pairs.

    Attributes:
        rank: How well each text answers, beside others; shape (pairs,), a logit.
        answers: Whether it answers at all; likewise.
        spans: Where the answer starts and ends, logits of shape (pairs, tokens, 2) for each part
            of the batch. The first token stands for "nowhere".
    """

    rank: torch.Tensor
    answers: torch.Tensor
    spans: tuple[torch.Tensor, ...]


class Reader(nn.Module):
    """The transformer and three heads.

    Args:
        transformer: A BERT model without a pooling layer.
    """

    def __init__(self, transformer: Any) -> None:  # noqa: ANN401 (its library is loosely typed)
        super().__init__()
        width: int = transformer.config.hidden_size
        self.transformer = transformer
        self.judge = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 2))
        self.place = nn.Linear(width, 2)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the judgements, shape (pairs, 2), and the spans, shape (pairs, tokens, 2).

        Args:
            input_ids: Shape (pairs, tokens).
            attention_mask: Likewise.
            token_type_ids: Likewise; 1 for the text that may answer.
        """
        hidden = self.transformer(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return self.judge(hidden[:, 0]), self.place(hidden)

    def judged(self, batch: "Batch") -> Judged:
        """Read a batch; tokens outside the text cannot hold an answer."""
        rank, answers, spans = [], [], []
        for part in batch.parts:
            is_long = part.ids.is_cuda or part.ids.shape[1] > _LONG
            self.transformer.set_attn_implementation("sdpa" if is_long else "eager")
            judgements, places = self(part.ids, part.mask, part.types)
            rank.append(judgements[:, 0])
            answers.append(judgements[:, 1])
            spans.append(places.float().masked_fill(~part.places.unsqueeze(-1), _NEVER))
        return Judged(torch.cat(rank).float(), torch.cat(answers).float(), tuple(spans))


class Part(NamedTuple):
    """Pairs of like length, padded to the longest; each of shape (pairs, tokens).

    Attributes:
        ids: Of tokens.
        mask: 1 for tokens, 0 for padding.
        types: 1 for the text that may answer.
        places: Where an answer may start or end: in the text, and at the first token, which
            stands for "nowhere".
        starts: Where one does start.
        ends: Its last token.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    types: torch.Tensor
    places: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor


class Batch(NamedTuple):
    """Pairs, the shorter ones apart from the longer ones.

    Attributes:
        parts: Together all pairs, in the order of the rest.
        groups: Of which question each pair is, from 0, shape (pairs,).
        right: 1 for a pair that answers, else 0, shape (pairs,); one to a question.
    """

    parts: tuple[Part, ...]
    groups: torch.Tensor
    right: torch.Tensor

    def on(self, device: torch.device) -> "Batch":
        """Return it on `device`."""
        parts = (Part(*(tensor.to(device) for tensor in part)) for part in self.parts)
        return Batch(tuple(parts), self.groups.to(device), self.right.to(device))


class Losses(NamedTuple):
    """Means over a batch, each a scalar."""

    rank: torch.Tensor
    answers: torch.Tensor
    spans: torch.Tensor

    @property
    def whole(self) -> torch.Tensor:
        """What is made small."""
        return self.rank + self.answers + self.spans


def losses(judged: Judged, batch: Batch) -> Losses:
    """Return how far `judged` is from what is right.

    Ranking: cross entropy of the right text among its group's. Answering: binary cross entropy,
    right and wrong texts weighing the same. Spans: the negative log of the probability that
    falls on any marked start, and on any marked end.
    """
    right = batch.right.bool()
    # Shape (questions, pairs): the scores of a question's own texts, the others out of reach.
    questions = torch.arange(int(batch.groups.max()) + 1, device=right.device)
    own = batch.groups.unsqueeze(0) == questions.unsqueeze(1)
    table = judged.rank.unsqueeze(0).expand(len(questions), -1).masked_fill(~own, _NEVER)
    rank = cross_entropy(table, (own & right).long().argmax(1))
    each = binary_cross_entropy_with_logits(judged.answers, batch.right, reduction="none")
    answers = (each[right].mean() + each[~right].mean()) / 2
    lost = (
        torch.cat(
            [
                _marked(spans[:, :, 0], part.starts) + _marked(spans[:, :, 1], part.ends)
                for spans, part in zip(judged.spans, batch.parts, strict=True)
            ]
        )
        / 2
    )
    share = WRONG_SPAN_SHARE
    return Losses(rank, answers, (1 - share) * lost[right].mean() + share * lost[~right].mean())


def _marked(logits: torch.Tensor, marked: torch.Tensor) -> torch.Tensor:
    """Negative log of the probability that falls on what is marked, shape (pairs,)."""
    return -torch.logsumexp(log_softmax(logits, dim=-1).masked_fill(~marked, _NEVER), dim=-1)
