"""The real models' results, each made once: most tests ask the same few questions."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.onnx_model import WEIGHTS, OnnxModel

_KEPT = 3000
"""Results, of up to 100 kB each."""

_Key = tuple[object, ...]
_made: OrderedDict[_Key, list[NDArray[np.float32]]] = OrderedDict()
_lock = Lock()
_run = OnnxModel.run


def run(
    model: OnnxModel, outputs: Sequence[str], **inputs: Sequence[int]
) -> list[NDArray[np.float32]]:
    """Return what `OnnxModel.run` returns, which depends on nothing but the graph and its input."""
    graph = model.description["files"][WEIGHTS]
    key = (graph, *outputs, *((name, *values) for name, values in inputs.items()))
    with _lock:
        found = _made.get(key)
    if found is None:
        found = _run(model, outputs, **inputs)
        with _lock:
            _made[key] = found
            if len(_made) > _KEPT:
                _made.popitem(last=False)
    # Whoever writes into a result writes into his own.
    return [one.copy() for one in found]
