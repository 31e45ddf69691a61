"""Any sentence-transformers model: the reference."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from index.torch_models import SentenceTransformer, load
from index.types import TokenVectors, Vectors, token_vectors

_KNOWN_PREFIXES = {"e5": ("query: ", "passage: ")}
"""Families that need prefixes and whose published files do not say so."""

_BATCH = 32


class SentenceTransformerEncoder:
    """A sentence-transformers model by hub name or folder.

    Args:
        model: Folder, or name on the hub; what is cached is used without asking the network.
        query_prefix: Put before each question; None takes what the model or its family prescribes.
        passage_prefix: Put before each passage; None likewise.
        threads: Torch threads; 0 leaves torch's choice.

    Raises:
        UnusableError: The model can neither be found nor fetched.
    """

    def __init__(
        self,
        model: str,
        *,
        query_prefix: str | None = None,
        passage_prefix: str | None = None,
        threads: int = 0,
    ) -> None:
        if threads:
            torch.set_num_threads(threads)
        self.name = model
        self.model = load(SentenceTransformer, "model", model)
        self.model.eval()
        prompts = self.model.prompts
        query, passage = _known_prefixes(model)
        query = prompts.get("query") or query
        passage = prompts.get("document") or prompts.get("passage") or passage
        self.query_prefix = query if query_prefix is None else query_prefix
        self.passage_prefix = passage if passage_prefix is None else passage_prefix
        self.dimension = int(self.model.get_embedding_dimension() or 0)
        self._tokenizer = self.model.tokenizer
        marks = self._tokenizer.num_special_tokens_to_add()
        self.max_tokens = int(self.model.max_seq_length or 512)
        self.limit = self.max_tokens - marks - self.count(self.passage_prefix)
        self.fingerprint = self._fingerprint()

    def count(self, text: str) -> int:
        """How many tokens `text` is, marks left out."""
        return len(self._tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension); text beyond the model's length is not read."""
        return self._encode([self.query_prefix + t for t in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension); text beyond the model's length is not read."""
        return self._encode([self.passage_prefix + t for t in texts])

    def encode_tokens(self, text: str, *, query: bool = False) -> TokenVectors:
        """Return the vectors and spans of a text's tokens; text beyond the length is not read."""
        prefix = self.query_prefix if query else self.passage_prefix
        batch = self._tokenizer(
            prefix + text,
            truncation=True,
            max_length=self.max_tokens,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = batch.pop("offset_mapping")[0].tolist()
        transformer: Any = self.model[0]
        with torch.no_grad():
            hidden = transformer.auto_model(**batch).last_hidden_state[0]
        return token_vectors(hidden.numpy(), offsets, len(prefix))

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        vectors = self.model.encode(
            texts,
            prompt="",
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, np.float32)

    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        for name, tensor in sorted(self.model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.detach().cpu().float().numpy().tobytes())
        digest.update(self._tokenizer.backend_tokenizer.to_str().encode())
        parts = ["torch", self.max_tokens, self.query_prefix, self.passage_prefix]
        digest.update(json.dumps(parts).encode())
        return digest.hexdigest()


def _known_prefixes(model: str) -> tuple[str, str]:
    words = Path(model).name.lower().replace("_", "-").split("-")
    for family, prefixes in _KNOWN_PREFIXES.items():
        if family in words:
            return prefixes
    return "", ""
