"""A graph with its tokenizer and what they are, in one folder. The only import of ONNX Runtime."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.types import UnusableError

WEIGHTS = "model.onnx"
TOKENIZER = "tokenizer.json"

_OPEN = 4
"""Graphs and tokenizers that are kept: opening one takes longer than a question."""


class OnnxModel:
    """What `index.export.write` writes, opened.

    One run is one text on one thread: an int8 graph scales its activations over everything in a
    batch, so that in a batch a result would depend on the texts beside it.

    Args:
        folder: Holds the description, `model.onnx` and `tokenizer.json`.
        description: Name of the file that describes the model.
        version: The format it must have.
        hint: How to mend a folder that cannot be used.

    Attributes:
        description: What the file says.
        tokenizer: Without padding or truncation.

    Raises:
        UnusableError: A file is missing, of another format, or not the one its sha256 names.
    """

    def __init__(self, folder: Path, description: str, version: int, hint: str) -> None:
        self.description = _described(folder, description, version, hint)
        files: Mapping[str, str] = self.description["files"]
        self.tokenizer = _tokenizer(folder / TOKENIZER, files[TOKENIZER])
        self._session = _session(folder / WEIGHTS, files[WEIGHTS])

    def run(self, outputs: Sequence[str], **inputs: Sequence[int]) -> list[NDArray[np.float32]]:
        """Return the named outputs for one text, without the axis of the batch.

        Args:
            outputs: Their names.
            inputs: One number for each token, by the inputs' names.
        """
        feeds = {name: np.array([values], np.int64) for name, values in inputs.items()}
        return [output[0] for output in self._session.run(list(outputs), feeds)]

    def fingerprint(self, *more: object) -> str:
        """Digest of all that the results depend on.

        Args:
            more: What they depend on besides the files.
        """
        files: Mapping[str, str] = self.description["files"]
        parts = ["onnx", self.description["format"], sorted(files.items()), *more]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@lru_cache(_OPEN)
def _tokenizer(path: Path, _sha256: str) -> Tokenizer:
    """Open a tokenizer; its digest tells what the file holds now from what it held before."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@lru_cache(_OPEN)
def _session(weights: Path, _sha256: str) -> Any:  # noqa: ANN401 (onnxruntime is untyped)
    """Open a graph; its digest as of a tokenizer."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])


def _described(folder: Path, name: str, version: int, hint: str) -> dict[str, Any]:
    """Read and check what the folder says of itself."""
    try:
        description: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
        if description["format"] != version:
            raise UnusableError(f"{folder}: a model of format {description['format']}: {hint}")
        # Without digests they may be any.
        _ = description["files"][WEIGHTS], description["files"][TOKENIZER]
        for part, expected in description["files"].items():
            with (folder / part).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != expected:
                raise UnusableError(f"{folder / part} is damaged (its sha256 is not right): {hint}")
    except (OSError, ValueError, KeyError) as error:
        raise UnusableError(f"{folder}: the model cannot be read ({error}): {hint}") from error
    return description
