"""Export the mean of several trainings' weights.

    python -m training.mean DATA FOLDER BEST…

Each BEST is the `best.pt` of a training of the reader on DATA, or the folder of an exported reader,
from which one began. Wortsman and others (2022), "Model soups": trainings that began alike are
better together than each. Needs the extra `export`.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from index.models import DEFAULT_MODEL, SHIPPED
from index.onnx_model import TOKENIZER
from index.pairing import Pairing
from training.__main__ import begun, untrained
from training.data import load
from training.export import export


def mean(trained: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return the mean of several trainings' weights, by name.

    Raises:
        ValueError: They are not of one model.
    """
    if any(one.keys() != trained[0].keys() for one in trained):
        raise ValueError("these weights are not of one model: give each a best.pt of the reader")
    return {
        name: torch.stack([one[name].float() for one in trained]).mean(0).to(weights.dtype)
        for name, weights in trained[0].items()
    }


def main() -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(prog="python -m training.mean")
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("best", type=Path, nargs="+")
    given = parser.parse_args()
    reader = untrained()
    reader.load_state_dict(mean([begun(path) for path in given.best]))
    pairing = Pairing(Tokenizer.from_file(str(SHIPPED / DEFAULT_MODEL / TOKENIZER)))
    export(reader.eval(), pairing.tokenizer, given.folder, load(given.data).digest)


if __name__ == "__main__":
    main()
