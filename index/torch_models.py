"""Models that sentence-transformers loads, from disk or hub. The only import of that library."""

import logging
from pathlib import Path
from typing import TypeVar

from huggingface_hub import HfApi
from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from index.types import UnusableError

__all__ = ["CrossEncoder", "SentenceTransformer", "load"]

_HUB_SECONDS = 20

Model = TypeVar("Model", SentenceTransformer, CrossEncoder)


def load(kind: type[Model], key: str, model: str) -> Model:
    """Load a model from disk first: a start must not wait for, or need, the network.

    Args:
        kind: Of model.
        key: The setting that names it, for errors.
        model: A folder, or a name on the hub.

    Raises:
        UnusableError: The model can neither be found nor fetched.
    """
    for library in ("sentence_transformers", "huggingface_hub"):
        logging.getLogger(library).setLevel(logging.ERROR)
    disable_progress_bar()  # type: ignore[no-untyped-call]  # its library has no annotations
    path = Path(model).expanduser()
    name = str(path) if path.is_dir() else model
    try:
        return _opened(kind, name, local_files_only=True)
    except (OSError, ValueError) as first:
        if path.is_dir():
            raise UnusableError(
                f"[index] {key} = {model!r}: not a sentence-transformers folder ({first})"
            ) from first
    try:
        # One request that fails at once; loading would try each file again for a minute and more.
        HfApi().model_info(name, timeout=_HUB_SECONDS)
        return _opened(kind, name, local_files_only=False)
    except Exception as error:  # the hub's client raises its own kinds for each way of failing
        raise UnusableError(
            f"[index] {key} = {model!r}: no such folder, and the model hub does not give it:"
            " check the name and the network, or name a folder"
        ) from error


def _opened(kind: type[Model], name: str, *, local_files_only: bool) -> Model:
    opened: Model = kind(name, device="cpu", local_files_only=local_files_only)
    return opened
