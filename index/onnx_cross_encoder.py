"""The cross-encoder that serves: ONNX Runtime, no torch."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.onnx_model import OnnxModel
from index.pairing import Pairing
from index.types import Judgement

DESCRIPTION = "cross_encoder.json"
FORMAT = 1
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
JUDGEMENT, PLACES = "judgement", "places"
"""The graph's outputs: rank and answers, shape (pairs, 2); logits of an answer's first and last
token, shape (pairs, tokens, 2), of which the first token stands for "nowhere"."""

_HINT = "reinstall verbatim-bot, or train the model again (python -m training)"


class OnnxCrossEncoder:
    """Reads a question with a passage: how well it answers, whether at all, and where.

    Args:
        folder: Holds `cross_encoder.json`, `model.onnx` and `tokenizer.json`, as
            `training.export` writes them.

    Raises:
        UnusableError: A file is missing, of another format, or not the one its sha256 names.
    """

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder, DESCRIPTION, FORMAT, _HINT)
        self._pairing = Pairing(self._model.tokenizer)
        self.name: str = self._model.description["name"]
        self.fingerprint: str = self._model.fingerprint()

    language = "en"
    ranks = True

    def judge(self, question: str, context: str, text: str) -> Judgement:
        """Read a passage with a question.

        Args:
            question: Its end is read.
            context: What the passage stands under, such as its title.
            text: Of the passage, read as far as the model's length allows.
        """
        pair = self._pairing.pair(question, context, text)
        ones = [1] * len(pair.ids)
        values = zip(INPUTS, (pair.ids, ones, pair.types), strict=True)
        judgement, places = self._model.run([JUDGEMENT, PLACES], **dict(values))
        after = pair.first + len(pair.spans)
        chances = _softmax(np.vstack([places[:1], places[pair.first : after]]))[1:]
        spans = np.array(pair.spans, np.int64).reshape(-1, 2)
        rank, answers = (float(value) for value in judgement)
        return Judgement(rank, answers, spans, chances[:, 0], chances[:, 1])


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of each column."""
    powers = np.exp(logits - logits.max(axis=0))
    chances: NDArray[np.float32] = powers / powers.sum(axis=0)
    return chances
