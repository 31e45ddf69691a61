"""The encoder that serves: ONNX Runtime, no torch. The only import of ONNX Runtime."""

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.types import TokenVectors, UnusableError, Vectors, token_vectors

DESCRIPTION = "encoder.json"
FORMAT = 2
EMBEDDING, TOKENS = "embedding", "tokens"
"""The graph's outputs."""
WEIGHTS = "model.onnx"
TOKENIZER = "tokenizer.json"


class OnnxEncoder:
    """A sentence-transformers model exported to one graph: ids and mask to vectors.

    Texts are run one at a time, on as many threads as there are cores. The int8 graph scales its
    activations over everything in a batch, so that in a batch a text's vector would depend on the
    texts beside it (cosine 0.985 between batches of 1 and 32); one at a time it is a function of
    the text alone, padding is never computed, and two threads of one text are 1.8 times as fast
    as one batch on two threads.

    Args:
        folder: Holds `encoder.json`, `model.onnx` and `tokenizer.json` as `index.export` writes.
        query_prefix: Put before each question; None takes the folder's own.
        passage_prefix: Put before each passage; None takes the folder's own.
        threads: Worker threads for passages; 0 takes one for each core.

    Raises:
        UnusableError: A file is missing, of another format, or not the one its sha256 names.
    """

    def __init__(
        self,
        folder: Path,
        *,
        query_prefix: str | None = None,
        passage_prefix: str | None = None,
        threads: int = 0,
    ) -> None:
        description = _description(folder)
        self.name: str = description["name"]
        self.dimension: int = description["dimension"]
        self._query_prefix: str = (
            description["query_prefix"] if query_prefix is None else query_prefix
        )
        self._passage_prefix: str = (
            description["passage_prefix"] if passage_prefix is None else passage_prefix
        )
        self._threads = threads or os.cpu_count() or 1
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        marks = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        self.limit: int = description["max_tokens"] - marks - self.count(self._passage_prefix)
        self._tokenizer.enable_truncation(description["max_tokens"])
        self._session = onnxruntime.InferenceSession(
            str(folder / WEIGHTS), _options(), providers=["CPUExecutionProvider"]
        )
        self.fingerprint: str = _fingerprint(
            description["files"], self._query_prefix, self._passage_prefix
        )

    def count(self, text: str) -> int:
        """How many tokens `text` is, marks left out."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return len(encoding.ids) + sum(len(part.ids) for part in encoding.overflowing)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension); text beyond the model's length is not read."""
        return self._stacked([self._encode(self._query_prefix + t) for t in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension); text beyond the model's length is not read."""
        prefixed = [self._passage_prefix + t for t in texts]
        if len(prefixed) < 2 or self._threads == 1:
            return self._stacked([self._encode(t) for t in prefixed])
        with ThreadPoolExecutor(self._threads) as pool:
            return self._stacked(list(pool.map(self._encode, prefixed)))

    def encode_tokens(self, text: str, *, query: bool = False) -> TokenVectors:
        """Return the vectors and spans of a text's tokens; text beyond the length is not read."""
        prefix = self._query_prefix if query else self._passage_prefix
        encoding = self._tokenizer.encode(prefix + text)
        (hidden,) = self._session.run([TOKENS], _feeds(encoding))
        return token_vectors(hidden[0], encoding.offsets, len(prefix))

    def _stacked(self, vectors: list[Vectors]) -> Vectors:
        return np.stack(vectors) if vectors else np.empty((0, self.dimension), np.float32)

    def _encode(self, text: str) -> Vectors:
        (vectors,) = self._session.run([EMBEDDING], _feeds(self._tokenizer.encode(text)))
        vector: Vectors = vectors[0]
        return vector


def _feeds(encoding: Encoding) -> dict[str, NDArray[np.int64]]:
    return {
        "input_ids": np.array([encoding.ids], np.int64),
        "attention_mask": np.array([encoding.attention_mask], np.int64),
    }


def _options() -> Any:  # noqa: ANN401 (onnxruntime's own classes are untyped)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def _description(folder: Path) -> dict[str, Any]:
    """Read and check what the folder says of itself."""
    hint = "reinstall verbatim-bot, or export the model again (python -m index.export)"
    try:
        description: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text("utf-8"))
        if description["format"] != FORMAT:
            raise UnusableError(f"{folder}: a model of format {description['format']}: {hint}")
        for name, expected in description["files"].items():
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != expected:
                raise UnusableError(f"{folder / name} is damaged (its sha256 is not right): {hint}")
    except (OSError, ValueError, KeyError) as error:
        raise UnusableError(f"{folder}: the model cannot be read ({error}): {hint}") from error
    return description


def _fingerprint(files: dict[str, str], query_prefix: str, passage_prefix: str) -> str:
    parts = ["onnx", FORMAT, sorted(files.items()), query_prefix, passage_prefix]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
