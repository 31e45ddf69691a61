"""Tests of remembered results: they are the model's own, and nobody can change them."""

import numpy as np

from index.models import DEFAULT_MODEL, SHIPPED
from index.onnx_encoder import DESCRIPTION, EMBEDDING, FORMAT, TOKENS
from index.onnx_model import OnnxModel
from tests import remembering

IDS = {"input_ids": [101, 2054, 102], "attention_mask": [1, 1, 1]}


def opened() -> OnnxModel:
    return OnnxModel(SHIPPED / DEFAULT_MODEL, DESCRIPTION, FORMAT, "")


def test_what_is_remembered_is_what_the_model_says_and_made_once() -> None:
    model = opened()
    other = {**IDS, "input_ids": [101, 2043, 102]}
    remembering.made.cache_clear()
    for outputs in ([EMBEDDING], [EMBEDDING, TOKENS]):
        for asked in (IDS, other, IDS):
            made = model.run(outputs, **asked)
            found = remembering.run(opened(), outputs, **asked)
            assert len(found) == len(outputs)
            for one, same in zip(found, made, strict=True):
                np.testing.assert_array_equal(one, same)
    # Whichever model of the same graph is asked.
    assert remembering.made.cache_info()[:2] == (2, 4)


def test_a_result_that_is_written_into_is_not_remembered_so() -> None:
    model = opened()
    before = remembering.run(model, [EMBEDDING], **IDS)[0]
    remembering.run(model, [EMBEDDING], **IDS)[0][:] = 0.0
    np.testing.assert_array_equal(remembering.run(model, [EMBEDDING], **IDS)[0], before)
