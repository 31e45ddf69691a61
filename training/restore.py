"""The weights of a reader that was exported: training goes on from what is shipped."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from index.onnx_model import WEIGHTS

_QUANTISED, _SCALE, _ZERO = "_quantized", "_scale", "_zero_point"
_PRODUCT = "/MatMul_quant"
_GROUPED = "/Gemm_MatMul_quant"
"""Ends of the names of products of matrices, after the names of their modules."""

_MODULES = ("transformer.", "judge.", "place.")


def restored(folder: Path) -> dict[str, torch.Tensor]:
    """Return the weights of a graph that `training.export` wrote, by their names in `Reader`.

    They are those that the bot reads with: in seven bits, each to 1/128 of its channel's greatest.

    Raises:
        OSError: There is no such graph.
    """
    graph: Any = onnx.load(str(folder / WEIGHTS)).graph
    values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found: dict[str, NDArray[np.float32]] = {}
    for name, value in values.items():
        stem = name.removesuffix(_QUANTISED)
        if stem.startswith(_MODULES) and stem.endswith((".weight", ".bias")):
            found[stem] = value if stem == name else _widened(values, stem)
    for node in graph.node:
        # A product of two results has no weights.
        if node.op_type == "MatMulInteger" and node.input[1] in values:
            module = node.name.removesuffix(_GROUPED).removesuffix(_PRODUCT)
            # The graph names a module within a sequence after the sequence, too.
            name = module.removeprefix("/").replace("/", ".").replace("judge.judge.", "judge.")
            found[f"{name}.weight"] = _widened(values, node.input[1].removesuffix(_QUANTISED)).T
    return {name: torch.tensor(np.ascontiguousarray(value)) for name, value in found.items()}


def _widened(values: Mapping[str, NDArray[Any]], stem: str) -> NDArray[np.float32]:
    whole = values[stem + _QUANTISED].astype(np.float32) - values[stem + _ZERO].astype(np.float32)
    made: NDArray[np.float32] = whole * values[stem + _SCALE].astype(np.float32)
    return made
