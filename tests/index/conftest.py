"""Encoders are loaded once for all tests."""

import pytest

from index.export import packaged_model
from index.models import open_encoder
from index.torch_encoder import SentenceTransformerEncoder
from index.types import Encoder


@pytest.fixture(scope="session")
def shipped() -> Encoder:
    """The encoder that comes with the program."""
    return open_encoder()


@pytest.fixture(scope="session")
def reference() -> SentenceTransformerEncoder:
    """The same model as sentence-transformers runs it."""
    return SentenceTransformerEncoder(str(packaged_model()))
