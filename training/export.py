"""The trained reader as the int8 graph that the bot reads."""

from pathlib import Path

import torch
from tokenizers import Tokenizer

from index.export import TOKENS_AXES, write
from index.onnx_cross_encoder import DESCRIPTION, FORMAT, INPUTS, JUDGEMENT, PLACES
from training.model import Reader


def export(reader: Reader, tokenizer: Tokenizer, folder: Path, data: str) -> None:
    """Write `reader` to `folder` in the form that `OnnxCrossEncoder` opens.

    Args:
        reader: Trained.
        tokenizer: Of its texts.
        folder: Whose name becomes the model's.
        data: sha256 of what it was trained on.
    """
    reader.transformer.set_attn_implementation("eager")
    description = {"format": FORMAT, "name": folder.name, "trained_on": data}
    write(
        reader.to(torch.device("cpu")),
        dict.fromkeys(INPUTS, TOKENS_AXES),
        {JUDGEMENT: {0: "batch"}, PLACES: TOKENS_AXES},
        tokenizer,
        folder / DESCRIPTION,
        description,
    )
