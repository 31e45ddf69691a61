"""Vectors of the words of questions and passages, from a model trained to compare them."""

from pathlib import Path

import numpy as np

from index.onnx_model import OnnxModel
from index.types import TokenVectors, token_vectors

DESCRIPTION = "words.json"
FORMAT = 1
INPUTS = ("input_ids", "attention_mask")
TOKENS, WEIGHTS = "tokens", "weights"
"""The graph's outputs: a vector for each token, shape (tokens, dimension); what it counts as a word
of a question, shape (tokens,), above zero."""

_HINT = "reinstall verbatim-bot, or train the model again (python -m training.words)"


class OnnxWords:
    """Makes the vectors by which the words of a question look for their likest in a passage.

    Args:
        folder: Holds `words.json`, `model.onnx` and `tokenizer.json`, as `training.words` writes
            them.

    Raises:
        UnusableError: A file is missing, of another format, or not the one its sha256 names.
    """

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder, DESCRIPTION, FORMAT, _HINT)
        self._model.tokenizer.enable_truncation(self._model.description["max_tokens"])

    def encode(self, text: str, *, query: bool) -> TokenVectors:
        """Return the vectors and spans of a text's tokens; text beyond the length is not read.

        A passage's vectors have length 1, a question's are as long as each token counts.

        Args:
            text: A passage with what it stands under, or a question.
            query: Whether it is a question.
        """
        encoding = self._model.tokenizer.encode(text)
        values = dict(zip(INPUTS, (encoding.ids, encoding.attention_mask), strict=True))
        hidden, weights = self._model.run([TOKENS, WEIGHTS], **values)
        found = token_vectors(hidden, encoding.offsets, 0)
        if not query or not len(found.spans):
            return found
        offsets = np.array(encoding.offsets, np.int64).reshape(-1, 2)
        own = weights[offsets[:, 1] > offsets[:, 0]]
        return TokenVectors(found.vectors * own[:, np.newaxis], found.spans)
