import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from index.models import DEFAULT_MODEL, SHIPPED
from index.onnx_model import TOKENIZER
from index.pairing import Pairing
from training.data import Data, load

WORDS = [
    "harbour",
    "mill",
    "tower",
    "bridge",
    "garden",
    "market",
    "school",
    "station",
    "forest",
    "castle",
]


def text_of(word: str) -> str:
    return (
        f"The {word} lies outside the town. It was built by master {word.title()}son in the spring."
        f" People like to walk there. Nobody knows the age of the {word}. It rains a lot."
    )


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sets of training data in our own words: one with titles, one without."""
    made = tmp_path_factory.mktemp("squad")
    for name, title in (("towns", None), ("posts", "Filtered_Reddit_Comments")):
        passages, questions = [], []
        for number, word in enumerate(WORDS * 3):
            text = text_of(f"{word}{number}")
            key = f"{name}{number}"
            passages.append({"id": key, "title": title or f"The_{word}", "text": text})
            answer = f"master {word.title()}{number}son"
            answers = [[answer, text.index(answer)], [answer[7:], text.index(answer) + 7]]
            questions.append(
                {
                    "id": f"q{key}",
                    "question": f" Who built the {word}{number}?",
                    "passage": key,
                    "answers": answers,
                }
            )
        for kind, rows in (("passages", passages), ("questions", questions)):
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            (made / f"{name}.{kind}.jsonl").write_text(lines)
    return made


@pytest.fixture(scope="session")
def data(folder: Path) -> Data:
    return load(folder)


@pytest.fixture(scope="session")
def pairing() -> Pairing:
    return Pairing(Tokenizer.from_file(str(SHIPPED / DEFAULT_MODEL / TOKENIZER)))
