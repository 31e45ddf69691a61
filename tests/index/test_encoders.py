import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.models import DEFAULT_MODEL, SHIPPED, open_encoder
from index.onnx_encoder import OnnxEncoder
from index.torch_encoder import SentenceTransformerEncoder
from index.types import Encoder, UnusableError

TEXTS = (
    "What is Iran's position on the Moscow talks?",
    "Tehran backs Moscow.",
    "Oil",
    "",
    "The rouble fell to 80 to the dollar on 16 December 2014, a record low.",
    "Der Rubel fiel am Dienstag auf einen historischen Tiefstand.",
    "Зонд «Филы» сел на ядро кометы.",
    "彗星着陆器菲莱",
    "🙂🚀",
    "“Quotes” – and dashes — and [brackets]",
    "word " * 600,
    "Liberia was declared free of Ebola after forty-two days without a new case. " * 3,
)


@pytest.mark.parametrize("text", TEXTS)
def test_shipped_encoder_equals_the_reference(
    shipped: Encoder, reference: SentenceTransformerEncoder, text: str
) -> None:
    ours, theirs = shipped.encode_passages([text])[0], reference.encode_passages([text])[0]
    assert float(ours @ theirs) > 0.95
    assert shipped.count(text) == reference.count(text)


def test_shipped_encoder_is_described_as_it_is(
    shipped: Encoder, reference: SentenceTransformerEncoder
) -> None:
    assert shipped.name == DEFAULT_MODEL
    assert shipped.dimension == reference.dimension == 384
    assert shipped.limit == reference.limit == 254
    described = json.loads((SHIPPED / DEFAULT_MODEL / "encoder.json").read_text("utf-8"))
    assert described["made_from"] == reference.fingerprint


def test_same_passage_comes_first_as_with_the_reference(
    shipped: Encoder, reference: SentenceTransformerEncoder
) -> None:
    passages = [t for t in TEXTS if t]
    queries = ["how far did the ruble fall", "ebola in Liberia", "does Iran support Moscow"]
    ours = shipped.encode_queries(queries) @ shipped.encode_passages(passages).T
    theirs = reference.encode_queries(queries) @ reference.encode_passages(passages).T
    assert ours.argmax(axis=1).tolist() == theirs.argmax(axis=1).tolist()


def test_first_values_of_an_embedding(shipped: Encoder) -> None:
    vector = shipped.encode_queries(["Who landed on the comet?"])[0]
    assert vector.dtype == np.float32
    assert float(np.linalg.norm(vector)) == pytest.approx(1.0, abs=1e-5)
    assert vector[:5] == pytest.approx(FIRST_VALUES, abs=0.01)


FIRST_VALUES = [0.0001, 0.0584, 0.0393, 0.0199, 0.0188]


def test_a_vector_depends_on_its_text_alone(shipped: Encoder) -> None:
    together = shipped.encode_passages(TEXTS)
    alone = [shipped.encode_passages([t])[0] for t in TEXTS]
    one_thread = open_encoder(threads=1).encode_passages(TEXTS)
    assert np.array_equal(together, np.stack(alone))
    assert np.array_equal(together, one_thread)


def test_no_texts_give_no_rows(shipped: Encoder, reference: SentenceTransformerEncoder) -> None:
    for encoder in (shipped, reference):
        assert encoder.encode_passages([]).shape == (0, 384)
        assert encoder.encode_queries([]).shape == (0, 384)


def test_prefixes_are_part_of_the_fingerprint_and_read(shipped: Encoder) -> None:
    prefixed = open_encoder(query_prefix="query: ", passage_prefix="passage: ")
    assert prefixed.fingerprint != shipped.fingerprint
    assert prefixed.limit == shipped.limit - shipped.count("passage: ")
    assert np.array_equal(prefixed.encode_queries(["oil"]), shipped.encode_queries(["query: oil"]))
    assert np.array_equal(
        prefixed.encode_passages(["oil"]), shipped.encode_passages(["passage: oil"])
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED / DEFAULT_MODEL, tmp_path / "model"))


def test_a_folder_with_an_exported_model_is_opened(copied: Path, shipped: Encoder) -> None:
    assert open_encoder(str(copied)).fingerprint == shipped.fingerprint


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_changed_byte_is_found_at_load(copied: Path, name: str) -> None:
    data = bytearray((copied / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copied / name).write_bytes(data)
    with pytest.raises(UnusableError, match=f"{name} is damaged"):
        OnnxEncoder(copied)


def test_missing_file_wrong_format_and_broken_description(copied: Path) -> None:
    description = json.loads((copied / "encoder.json").read_text("utf-8"))
    (copied / "encoder.json").write_text(json.dumps(description | {"format": 9}), "utf-8")
    with pytest.raises(UnusableError, match="a model of format 9"):
        OnnxEncoder(copied)
    (copied / "encoder.json").write_text("{", "utf-8")
    with pytest.raises(UnusableError, match="the model cannot be read"):
        OnnxEncoder(copied)
    (copied / "encoder.json").write_text(json.dumps(description), "utf-8")
    (copied / "model.onnx").unlink()
    with pytest.raises(UnusableError, match="the model cannot be read"):
        OnnxEncoder(copied)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_folder_that_does_not_say_what_its_files_are_is_refused(copied: Path, name: str) -> None:
    description = json.loads((copied / "encoder.json").read_text("utf-8"))
    del description["files"][name]
    (copied / "encoder.json").write_text(json.dumps(description), "utf-8")
    with pytest.raises(UnusableError, match="the model cannot be read"):
        OnnxEncoder(copied)


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_answering_needs_neither_torch_nor_sentence_transformers() -> None:
    done = run(
        "import sys, bot.cli, bot.app, index.build, index.models\n"
        "index.models.open_encoder().encode_queries(['oil'])\n"
        "print([m for m in ('torch', 'sentence_transformers') if m in sys.modules])"
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


def test_a_model_without_its_extra_is_told_what_to_install() -> None:
    done = run(
        "import sys\nsys.modules['sentence_transformers'] = None\n"
        "from index.models import open_encoder\n"
        "from index.types import UnusableError\n"
        "try: open_encoder('some/model')\n"
        "except UnusableError as error: print(error)"
    )
    assert "pip install 'verbatim-bot[models]'" in done.stdout
    assert done.stdout.count("\n") == 1


def test_an_unknown_model_is_refused_without_the_network(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="no such folder, and the model hub does not give it"):
        open_encoder("no-such-owner/no-such-model")
    with pytest.raises(UnusableError, match="not a sentence-transformers folder"):
        open_encoder(str(tmp_path))
