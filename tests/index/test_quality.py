"""The packaged encoder against the one it was made from; floors: tests/bot/evaluation."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from index.evaluation.articles import Collection
from index.evaluation.dataset import read_dataset
from index.evaluation.files import pairs
from index.evaluation.questions import name_of
from index.evaluation.retrieval import retrieval
from index.torch_encoder import SentenceTransformerEncoder
from index.types import Encoder
from tests.shared import need

pytestmark = pytest.mark.shared


def test_int8_loses_nothing_to_the_reference(
    tmp_path: Path, shipped: Encoder, reference: SentenceTransformerEncoder
) -> None:
    folder = need("data", "xquad")
    whole = read_dataset(folder, pairs(folder, "en", "en")[0])
    few = Collection()
    few.update(islice(whole.collection.items(), 12))
    names = set(map(name_of, few))
    asked = [q for q in whole.questions if q.gold_articles <= names]
    part = replace(whole, collection=few, questions=asked)
    ours = retrieval(tmp_path / "int8", part, shipped)
    theirs = retrieval(tmp_path / "reference", part, reference)
    assert len(asked) > 200
    assert ours["hit@1"] >= theirs["hit@1"] - 0.015
