"""Any cross-encoder that sentence-transformers loads. Needs torch."""

import hashlib

import numpy as np
import torch

from index.torch_models import CrossEncoder, load
from index.types import Judgement, UnusableError


class SentenceTransformerCrossEncoder:
    """Says how well a passage answers; not where, and whether at all only on a scale of its own.

    Args:
        model: A folder, or a name on a model hub.
        threads: For torch; 0 leaves it to torch.

    Raises:
        UnusableError: There is no such model, or it is none that reads pairs.
    """

    def __init__(self, model: str, threads: int = 0) -> None:
        if threads:
            torch.set_num_threads(threads)
        self._model = load(CrossEncoder, "reranker", model)
        kinds = self._model.config.architectures or []
        if not any(kind.endswith("ForSequenceClassification") for kind in kinds):
            # The library would put a head of random numbers on any other model.
            raise UnusableError(
                f"[index] reranker = {model!r}: not a cross-encoder: name one, such as"
                ' "cross-encoder/ms-marco-MiniLM-L6-v2"'
            )
        self.name = model
        digest = hashlib.sha256()
        for name, weights in sorted(self._model.model.state_dict().items()):
            digest.update(name.encode())
            digest.update(weights.cpu().numpy().tobytes())
        self.fingerprint: str = digest.hexdigest()

    language = None
    ranks = True

    def judge(self, question: str, context: str, text: str) -> Judgement:
        """Read a passage with a question, its context before it.

        Args:
            question: Any text.
            context: What the passage stands under, such as its title.
            text: Of the passage.
        """
        whole = f"{context}\n{text}" if context else text
        scores = self._model.predict(
            [(question, whole)], activation_fn=torch.nn.Identity(), show_progress_bar=False
        )
        nowhere = np.empty(0, np.float32)
        return Judgement(float(scores[0]), None, np.empty((0, 2), np.int64), nowhere, nowhere)
