"""Which encoder a name in config.toml means."""

from pathlib import Path

from index.onnx_encoder import DESCRIPTION, OnnxEncoder
from index.types import Encoder, UnusableError

SHIPPED = Path(__file__).parent / "models"
DEFAULT_MODEL = "all-MiniLM-L6-v2"


def open_encoder(
    model: str = DEFAULT_MODEL,
    *,
    query_prefix: str | None = None,
    passage_prefix: str | None = None,
    threads: int = 0,
) -> Encoder:
    """Open the encoder that `model` names.

    Args:
        model: The name of a model that ships with the project, a folder with an exported model or
            with a sentence-transformers model, or the name of one on a model hub.
        query_prefix: Put before each question; None takes what the model itself prescribes.
        passage_prefix: Put before each passage; None likewise.
        threads: Worker threads for encoding passages; 0 takes one for each core.

    Raises:
        UnusableError: The model is missing, damaged, or needs the extra `models`.
    """
    for folder in (SHIPPED / model, Path(model).expanduser()):
        if (folder / DESCRIPTION).is_file():
            return OnnxEncoder(
                folder, query_prefix=query_prefix, passage_prefix=passage_prefix, threads=threads
            )
    try:
        from index.torch_encoder import SentenceTransformerEncoder
    except ImportError as error:
        raise UnusableError(
            f"[index] model = {model!r} is a sentence-transformers model, which needs an extra:"
            f" pip install 'verbatim-bot[models]' ({error})"
        ) from error
    return SentenceTransformerEncoder(
        model, query_prefix=query_prefix, passage_prefix=passage_prefix, threads=threads
    )
