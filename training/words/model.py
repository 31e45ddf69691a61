"""The model as it is trained: each word of a question looks for its likest in each sentence.

Late interaction (Khattab and Zaharia, 2020, "ColBERT"), by sentences, with a weight for each word
of the question.
"""

import math
from typing import Any, NamedTuple

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, normalize, softplus

_NEVER = -1e4
_ONE = math.log(math.e - 1.0)
"""Where softplus is 1."""

_SHARPNESS = 25.0
"""By which likeness is multiplied to be a logit, at first."""

_HALF = 0.5
_STEEPNESS = 12.0
"""A likeness of a half is taken for an even chance that a text answers, at first."""

_ANSWERS_SHARE = 0.5
"""Of the loss of "answers or not" beside the ranking's."""


class Batch(NamedTuple):
    """Questions with their texts, padded.

    Attributes:
        asked: Tokens of the questions, shape (questions, tokens).
        asked_mask: 1 for tokens, 0 for padding.
        counts: 1 for the tokens that look for their likest; not marks and padding.
        texts: Tokens of the texts, shape (texts, tokens).
        texts_mask: 1 for tokens, 0 for padding.
        places: Of which sentence of the batch each of these is, or -1; shape (texts, tokens).
        text_of: Of which text each sentence is, shape (sentences,).
        answers: Whether each sentence has an answer, shape (sentences,).
        owner: For which question each text was drawn, shape (texts,).
        sources: The number of the passage that answers each question, shape (questions,).
    """

    asked: torch.Tensor
    asked_mask: torch.Tensor
    counts: torch.Tensor
    texts: torch.Tensor
    texts_mask: torch.Tensor
    places: torch.Tensor
    text_of: torch.Tensor
    answers: torch.Tensor
    owner: torch.Tensor
    sources: torch.Tensor

    def on(self, device: torch.device) -> "Batch":
        """Return it on `device`."""
        return Batch(*(tensor.to(device) for tensor in self))


class Words(nn.Module):
    """The transformer, and what a word of a question counts.

    Args:
        transformer: A BERT model without a pooling layer.
    """

    def __init__(self, transformer: Any) -> None:  # noqa: ANN401 (its library is loosely typed)
        super().__init__()
        self.transformer = transformer
        self.weight = nn.Linear(transformer.config.hidden_size, 1)
        nn.init.zeros_(self.weight.weight)
        nn.init.constant_(self.weight.bias, _ONE)
        self.sharpness = nn.Parameter(torch.tensor(math.log(_SHARPNESS)))
        self.steepness = nn.Parameter(torch.tensor(_STEEPNESS))
        self.offset = nn.Parameter(torch.tensor(-_STEEPNESS * _HALF))

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return vectors, shape (texts, tokens, dimension), and weights, shape (texts, tokens).

        Args:
            input_ids: Shape (texts, tokens).
            attention_mask: Likewise.
        """
        hidden = self.transformer(
            input_ids=input_ids, attention_mask=attention_mask
        ).last_hidden_state
        return hidden, softplus(self.weight(hidden).squeeze(-1))

    def likeness(self, batch: Batch) -> torch.Tensor:
        """Return that of each question to each sentence, shape (questions, sentences)."""
        asked, weights = self(batch.asked, batch.asked_mask)
        texts, _ = self(batch.texts, batch.texts_mask)
        asked, texts = normalize(asked.float(), dim=-1), normalize(texts.float(), dim=-1)
        questions, tokens, _ = asked.shape
        similar = (asked.flatten(0, 1) @ texts.flatten(0, 1).T).float()
        within = batch.places.flatten() >= 0
        places = batch.places.flatten()[within].expand(questions * tokens, -1)
        likest = similar.new_full((questions * tokens, len(batch.text_of)), -1.0)
        likest = likest.scatter_reduce(1, places, similar[:, within], "amax")
        counted = weights.float() * batch.counts
        whole = (likest.view(questions, tokens, -1) * counted.unsqueeze(-1)).sum(1)
        found: torch.Tensor = whole / counted.sum(1, keepdim=True).clamp(min=1e-6)
        return found


class Seen(NamedTuple):
    """What a model makes of a batch.

    Attributes:
        loss: What is made small, a scalar.
        likeness: Of each question to each sentence.
        texts: That of each text to its own question: of its likest sentence, shape (texts,).
        right: Whether the text answers, shape (texts,).
    """

    loss: torch.Tensor
    likeness: torch.Tensor
    texts: torch.Tensor
    right: torch.Tensor


def seen(model: Words, batch: Batch) -> Seen:
    """Compare every question with every sentence of the batch.

    The loss is the negative log of the probability, among all sentences of the batch, that falls on
    those with an answer; and, for the question's own texts, binary cross entropy of "answers",
    right and wrong texts weighing the same. Texts drawn for other questions on the same passage may
    answer, and are left out.
    """
    likeness = model.likeness(batch)
    numbers = torch.arange(len(likeness), device=likeness.device)
    owner = batch.owner[batch.text_of]
    own = owner.unsqueeze(0) == numbers.unsqueeze(1)
    doubtful = (batch.sources[owner].unsqueeze(0) == batch.sources.unsqueeze(1)) & ~own
    logits = (likeness * model.sharpness.exp()).masked_fill(doubtful, _NEVER)
    answers = own & batch.answers.unsqueeze(0)
    chance = torch.logsumexp(logits.masked_fill(~answers, _NEVER), 1) - torch.logsumexp(logits, 1)
    to_own = likeness[owner, torch.arange(len(owner), device=likeness.device)]
    texts = likeness.new_full((len(batch.owner),), -1.0)
    texts = texts.scatter_reduce(0, batch.text_of, to_own, "amax")
    right = torch.zeros_like(texts).scatter_reduce(0, batch.text_of, batch.answers.float(), "amax")
    each = binary_cross_entropy_with_logits(
        model.steepness * texts + model.offset, right, reduction="none"
    )
    told = (each[right > 0].mean() + each[right == 0].mean()) / 2
    return Seen(-chance.mean() + _ANSWERS_SHARE * told, likeness, texts, right > 0)
