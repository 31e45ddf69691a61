"""Which models the names in config.toml mean."""

from pathlib import Path

from index import onnx_cross_encoder, onnx_encoder
from index.onnx_cross_encoder import OnnxCrossEncoder
from index.onnx_encoder import OnnxEncoder
from index.onnx_words import OnnxWords
from index.types import CrossEncoder, Encoder, UnusableError

SHIPPED = Path(__file__).parent / "models"
DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_RERANKER = "verbatim-reader"
WORDS = "verbatim-words"


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
    if folder := _exported(model, onnx_encoder.DESCRIPTION):
        return OnnxEncoder(
            folder, query_prefix=query_prefix, passage_prefix=passage_prefix, threads=threads
        )
    try:
        from index.torch_encoder import SentenceTransformerEncoder
    except ImportError as error:
        raise _extra("model", model, error) from error
    return SentenceTransformerEncoder(
        model, query_prefix=query_prefix, passage_prefix=passage_prefix, threads=threads
    )


def open_words() -> OnnxWords:
    """Open the model that marks the sentences that answer, in English.

    Raises:
        UnusableError: It is damaged.
    """
    return OnnxWords(SHIPPED / WORDS)


def open_cross_encoder(model: str = DEFAULT_RERANKER, *, threads: int = 0) -> CrossEncoder:
    """Open the cross-encoder that `model` names.

    Args:
        model: The name of one that ships with the project, a folder with an exported one or with
            one that sentence-transformers loads, or the name of one on a model hub.
        threads: For torch, if it needs torch; 0 leaves it to torch.

    Raises:
        UnusableError: The model is missing, damaged, or needs the extra `models`.
    """
    if folder := _exported(model, onnx_cross_encoder.DESCRIPTION):
        return OnnxCrossEncoder(folder)
    try:
        from index.torch_cross_encoder import SentenceTransformerCrossEncoder
    except ImportError as error:
        raise _extra("reranker", model, error) from error
    return SentenceTransformerCrossEncoder(model, threads)


def _exported(model: str, description: str) -> Path | None:
    folders = (SHIPPED / model, Path(model).expanduser())
    return next((folder for folder in folders if (folder / description).is_file()), None)


def _extra(key: str, model: str, error: ImportError) -> UnusableError:
    return UnusableError(
        f"[index] {key} = {model!r} is a sentence-transformers model, which needs an extra:"
        f" pip install 'verbatim-bot[models]' ({error})"
    )
