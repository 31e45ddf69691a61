import json
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import AutoTokenizer, BertConfig, BertModel

from index import export
from index.models import DEFAULT_MODEL, SHIPPED, open_encoder
from index.torch_encoder import SentenceTransformerEncoder

TEXTS = ["Iran backs Moscow.", "Oil fell.", "The comet is far away from the sun.", ""]


def tiny(folder: Path, pooling: str = "mean") -> Path:
    """Make a sentence-transformers model of 32 dimensions with random weights."""
    torch.manual_seed(0)
    raw = folder / "raw"
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(raw)
    AutoTokenizer.from_pretrained(export.packaged_model()).save_pretrained(raw)
    transformer = Transformer(str(raw))
    transformer.max_seq_length = 48
    model = SentenceTransformer(
        modules=[transformer, Pooling(32, pooling_mode=pooling), Normalize()], device="cpu"
    )
    out = folder / "tiny-e5-test"
    model.save(str(out))
    return out


def exported(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", ["export", *arguments])
    with warnings.catch_warnings():
        # The exporter of torch warns of itself and of shapes that are constant on purpose.
        warnings.simplefilter("ignore")
        export.main()


def test_any_model_with_mean_pooling_is_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny(tmp_path)
    reference = SentenceTransformerEncoder(str(folder), threads=2)
    assert (reference.query_prefix, reference.passage_prefix) == ("query: ", "passage: ")
    exported(monkeypatch, str(folder), str(tmp_path / "out"))
    ours = open_encoder(str(tmp_path / "out"))
    assert (ours.name, ours.dimension, ours.limit) == ("out", 32, reference.limit)
    assert ours.limit == 48 - 2 - reference.count("passage: ")
    for text in TEXTS:
        assert float(ours.encode_queries([text])[0] @ reference.encode_queries([text])[0]) > 0.9
    described = json.loads((tmp_path / "out" / "encoder.json").read_text("utf-8"))
    assert described["made_from"] == reference.fingerprint


def test_settings_go_before_the_family_s_prefixes(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    bare = open_encoder(str(folder), query_prefix="", passage_prefix="")
    prefixed = open_encoder(str(folder))
    assert bare.fingerprint != prefixed.fingerprint
    assert np.allclose(
        bare.encode_queries(["query: oil"]), prefixed.encode_queries(["oil"]), atol=1e-6
    )


def test_other_pooling_is_refused(tmp_path: Path) -> None:
    encoder = SentenceTransformerEncoder(str(tiny(tmp_path, "cls")))
    with pytest.raises(ValueError, match="only models with mean pooling"):
        export.export(encoder, tmp_path / "out", "x")


def test_the_shipped_encoder_is_what_its_command_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(monkeypatch, "packaged", str(tmp_path / "made"), "--name", DEFAULT_MODEL)
    made, ours = open_encoder(str(tmp_path / "made")), open_encoder()
    assert made.encode_queries(TEXTS) @ ours.encode_queries(TEXTS).T == pytest.approx(
        ours.encode_queries(TEXTS) @ ours.encode_queries(TEXTS).T, abs=0.01
    )
    assert (tmp_path / "made" / "tokenizer.json").read_bytes() == (
        SHIPPED / DEFAULT_MODEL / "tokenizer.json"
    ).read_bytes()


def test_other_weights_than_upstream_s_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "PACKAGED_SHA256", "0" * 64)
    with pytest.raises(ValueError, match="sha256 53aa5117"):
        export.packaged_model()
