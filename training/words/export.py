"""The trained model, half of its way from where it began, as the int8 graph that the bot reads."""

from collections.abc import Mapping
from pathlib import Path

import torch
from tokenizers import Tokenizer

from index.export import TOKENS_AXES, write
from index.onnx_words import DESCRIPTION, FORMAT, INPUTS, TOKENS, WEIGHTS
from training.words.batches import LONGEST
from training.words.model import Words

SHARE = 0.5
"""How much of what training changed is kept."""


def halfway(model: Words, before: Mapping[str, torch.Tensor], share: float = SHARE) -> None:
    """Put the transformer's weights between those before training and those after it.

    Wortsman and others (2022), "Robust fine-tuning of zero-shot models": that keeps most of what
    was gained on texts like those trained on, and what the model knew of others.

    Args:
        model: Trained; changed in place.
        before: The transformer's weights before.
        share: Of the way, 1 for the end of it.
    """
    trained = model.transformer.state_dict()
    model.transformer.load_state_dict(
        {
            name: torch.lerp(before[name].to(value), value, share)
            if value.is_floating_point()
            else value
            for name, value in trained.items()
        }
    )


def export(model: Words, tokenizer: Tokenizer, folder: Path, data: str) -> None:
    """Write `model` to `folder` in the form that `OnnxWords` opens.

    Args:
        model: Trained.
        tokenizer: Of its texts.
        folder: Whose name becomes the model's.
        data: sha256 of what it was trained on.
    """
    model.transformer.set_attn_implementation("eager")
    write(
        model.to(torch.device("cpu")),
        dict.fromkeys(INPUTS, TOKENS_AXES),
        {TOKENS: TOKENS_AXES, WEIGHTS: TOKENS_AXES},
        tokenizer,
        folder / DESCRIPTION,
        {"format": FORMAT, "name": folder.name, "max_tokens": LONGEST, "trained_on": data},
    )
