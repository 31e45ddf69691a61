import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

from index.export import packaged_model
from index.models import DEFAULT_RERANKER, SHIPPED, open_cross_encoder
from index.types import CrossEncoder, UnusableError

QUESTION = "Who founded the city?"
ANSWERING = "The city lies on a river. It was founded by Peter the Great in 1703."


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    return open_cross_encoder()


def test_the_shipped_one_says_how_well_whether_and_where(reader: CrossEncoder) -> None:
    good = reader.judge(QUESTION, "Saint Petersburg", ANSWERING)
    near = reader.judge(QUESTION, "Saint Petersburg", "The city lies on a river.")
    far = reader.judge(QUESTION, "Cooking", "Bread is baked of flour.")
    assert good.rank > max(near.rank, far.rank)
    assert good.answers is not None
    assert near.answers is not None
    assert far.answers is not None
    assert good.answers > 0 > max(near.answers, far.answers)
    first, last = int(good.starts.argmax()), int(good.ends.argmax())
    assert ANSWERING[good.spans[first, 0] : good.spans[last, 1]] == "Peter the Great"
    assert good.starts.sum() > 0.5 > near.starts.sum()


def test_chances_and_nowhere_add_up_to_one(reader: CrossEncoder) -> None:
    judged = reader.judge(QUESTION, "", ANSWERING)
    assert judged.spans.shape == (len(judged.starts), 2)
    assert 0 < judged.starts.sum() < 1.00001
    assert 0 < judged.ends.sum() < 1.00001


@pytest.mark.parametrize("text", ["", "🙂", "gold " * 600])
def test_any_text_can_be_read(reader: CrossEncoder, text: str) -> None:
    judged = reader.judge("?", "", text)
    assert np.isfinite(judged.rank)
    assert len(judged.spans) <= 320


def test_the_shipped_one_is_named_and_known_by_its_files(reader: CrossEncoder) -> None:
    assert reader.name == DEFAULT_RERANKER
    assert reader.ranks
    assert reader.language == "en"
    assert reader.fingerprint == open_cross_encoder().fingerprint
    assert len(reader.fingerprint) == 64


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "cross_encoder.json"])
def test_a_damaged_folder_is_refused_with_the_fix(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(SHIPPED / DEFAULT_RERANKER, folder)
    with (folder / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(UnusableError, match=r"reinstall verbatim-bot, or train the model again"):
        open_cross_encoder(str(folder))


def test_another_format_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(SHIPPED / DEFAULT_RERANKER, folder)
    path = folder / "cross_encoder.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
    with pytest.raises(UnusableError, match="a model of format 99"):
        open_cross_encoder(str(folder))


def test_any_cross_encoder_that_sentence_transformers_loads_ranks(tmp_path: Path) -> None:
    torch.manual_seed(0)
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
    )
    config.num_labels = 1
    folder = tmp_path / "tiny"
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(packaged_model()).save_pretrained(folder)
    opened = open_cross_encoder(str(folder), threads=2)
    assert opened.ranks
    assert opened.language is None
    judged = opened.judge(QUESTION, "Title", ANSWERING)
    assert judged.answers is None
    assert judged.rank == opened.judge(QUESTION, "Title", ANSWERING).rank
    assert judged.rank != opened.judge(QUESTION, "Other title", ANSWERING).rank
    assert judged.spans.shape == (0, 2)
    assert judged.starts.size == judged.ends.size == 0


def test_an_encoder_is_no_cross_encoder() -> None:
    with pytest.raises(UnusableError, match="not a cross-encoder: name one"):
        open_cross_encoder(str(packaged_model()))


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match=r"\[index\] reranker = .*not a sentence-transformers"):
        open_cross_encoder(str(tmp_path))
