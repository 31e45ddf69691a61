import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.sentence import answering_sentence
from index.models import SHIPPED, WORDS, open_words
from index.onnx_words import OnnxWords
from index.types import UnusableError

PASSAGE = (
    "The old mill stands at the edge of Orlow. Its owner, Marta Lind, sold it to the town in 1931"
    " for eight thousand crowns. Swans live on the pond behind it."
)


@pytest.fixture(scope="module")
def words() -> OnnxWords:
    return open_words()


def test_a_passages_vectors_have_length_one_and_a_questions_what_each_word_counts(
    words: OnnxWords,
) -> None:
    lengths = np.linalg.norm(words.encode(PASSAGE, query=False).vectors, axis=1)
    assert lengths == pytest.approx(1.0, abs=1e-5)
    asked = words.encode("Who sold the mill?", query=True)
    told = ["Who sold the mill?"[start:end] for start, end in asked.spans]
    counts = dict(zip(told, np.linalg.norm(asked.vectors, axis=1), strict=True))
    assert min(counts["sold"], counts["mill"]) > max(counts["the"], counts["?"]) > 0


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who was the owner of the mill?", 1),
        ("How much did the town pay?", 1),
        ("Where is the mill?", 0),
        ("Which birds are there?", 2),
    ],
)
def test_it_finds_the_sentence_that_answers(words: OnnxWords, question: str, sentence: int) -> None:
    marked = answering_sentence(
        PASSAGE,
        "en",
        "Mills of the north",
        [(words.encode(question, query=True), 1.0)],
        lambda text: words.encode(text, query=False),
    )
    starts = [0, PASSAGE.index("Its owner"), PASSAGE.index("Swans")]
    assert marked.span[0] == starts[sentence]


@pytest.mark.parametrize("text", ["", "🙂", "gold " * 600])
def test_any_text_can_be_read(words: OnnxWords, text: str) -> None:
    for query in (False, True):
        found = words.encode(text, query=query)
        assert np.isfinite(found.vectors).all()
        assert len(found.vectors) == len(found.spans) <= 256


def test_a_damaged_folder_is_refused_with_the_fix(tmp_path: Path) -> None:
    folder = tmp_path / WORDS
    shutil.copytree(SHIPPED / WORDS, folder)
    description = json.loads((folder / "words.json").read_text())
    description["files"]["model.onnx"] = "0" * 64
    (folder / "words.json").write_text(json.dumps(description))
    with pytest.raises(UnusableError, match=r"damaged.*reinstall verbatim-bot"):
        OnnxWords(folder)
