"""The encoder that serves: ONNX Runtime, no torch."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from tokenizers import Encoding

from index.onnx_model import OnnxModel
from index.types import TokenVectors, Vectors, token_vectors

DESCRIPTION = "encoder.json"
FORMAT = 2
EMBEDDING, TOKENS = "embedding", "tokens"
"""The graph's outputs."""

_HINT = "reinstall verbatim-bot, or export the model again (python -m index.export)"


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
        self._model = OnnxModel(folder, DESCRIPTION, FORMAT, _HINT)
        description = self._model.description
        self.name: str = description["name"]
        self.dimension: int = description["dimension"]
        self._query_prefix: str = (
            description["query_prefix"] if query_prefix is None else query_prefix
        )
        self._passage_prefix: str = (
            description["passage_prefix"] if passage_prefix is None else passage_prefix
        )
        self._threads = threads or os.cpu_count() or 1
        self._tokenizer = self._model.tokenizer
        marks = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        self.limit: int = description["max_tokens"] - marks - self.count(self._passage_prefix)
        self._tokenizer.enable_truncation(description["max_tokens"])
        self.fingerprint: str = self._model.fingerprint(self._query_prefix, self._passage_prefix)

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
        (hidden,) = self._run(TOKENS, encoding)
        return token_vectors(hidden, encoding.offsets, len(prefix))

    def _stacked(self, vectors: list[Vectors]) -> Vectors:
        return np.stack(vectors) if vectors else np.empty((0, self.dimension), np.float32)

    def _encode(self, text: str) -> Vectors:
        (vector,) = self._run(EMBEDDING, self._tokenizer.encode(text))
        return vector

    def _run(self, output: str, encoding: Encoding) -> list[Vectors]:
        return self._model.run(
            [output], input_ids=encoding.ids, attention_mask=encoding.attention_mask
        )
