"""Train the reader and export it.

    python -m training DATA FOLDER [--export FOLDER] [--share 0.1] [--epochs 2]

DATA holds `*.passages.jsonl` and `*.questions.jsonl`: SQuADShifts, and what `python -m
training.gather` makes. FOLDER keeps checkpoints and curves: the same command goes on where it was
stopped. --begin goes on from the weights of another training, or of a reader that was exported.
With --export the best weights are written in the form that the bot reads. Needs the extra `export`.
"""

import argparse
import random
import sys
import time
from dataclasses import fields
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from index.export import packaged_model
from index.models import DEFAULT_MODEL, SHIPPED
from index.onnx_model import TOKENIZER
from index.pairing import Pairing
from training.data import load
from training.earlier import Earlier
from training.export import export
from training.groups import Group, Groups
from training.loop import Plan, train
from training.model import Reader
from training.negatives import mine
from training.restore import restored

VALIDATED = 1000
"""Held-out questions on which training is watched."""


def report(text: str) -> None:
    """Write a line with the time of day to the standard error."""
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)  # noqa: T201 (progress)


def untrained(dropout: float = 0.0) -> Reader:
    """The packaged MiniLM's own weights, below new heads.

    The embeddings of words stay as they are.

    Args:
        dropout: On two cores a step takes half as long again with it.
    """
    transformer = AutoModel.from_pretrained(
        str(packaged_model()),
        add_pooling_layer=False,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    transformer.embeddings.word_embeddings.requires_grad_(False)
    return Reader(transformer)


def begun(path: Path) -> dict[str, torch.Tensor]:
    """The weights of a `best.pt`, or of a folder with an exported reader."""
    if path.is_dir():
        return restored(path)
    weights: dict[str, torch.Tensor] = torch.load(path, map_location="cpu")["reader"]
    return weights


def freeze(reader: Reader, layers: int) -> None:
    """Leave the lowest layers and the embeddings as they are: half of six takes a third off."""
    if layers:
        reader.transformer.embeddings.requires_grad_(False)
        for layer in reader.transformer.encoder.layer[:layers]:
            layer.requires_grad_(False)


def main() -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(
        prog="python -m training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--export", type=Path)
    parser.add_argument("--begin", type=Path, help="a best.pt, or a folder with a reader")
    parser.add_argument("--frozen", type=int, default=0, help="layers, from below, that stay")
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--share", type=float, default=1.0, help="of the questions, to try an idea")
    for field in fields(Plan):
        name = "--" + field.name.replace("_", "-")
        parser.add_argument(name, type=type(field.default), default=field.default)
    given = parser.parse_args()
    plan = Plan(**{field.name: getattr(given, field.name) for field in fields(Plan)})
    given.folder.mkdir(parents=True, exist_ok=True)
    data = load(given.data)
    told = time.monotonic()

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told > 10:
            told = time.monotonic()
            report(f"{stage}: {done} of {total}")

    negatives = mine(data, given.folder / "negatives.json", progress)
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    asked = [a for a in data.asked if not a.source.held_out]
    asked = chance.sample(asked, round(given.share * len(asked)))
    groups = Groups(negatives, plan.seed, Earlier(asked, plan.seed))
    apart = [a for a in data.asked if a.source.held_out]
    unseen = Groups(negatives, plan.seed, Earlier(apart, plan.seed))
    held_out: list[Group] = [
        unseen.group(a, 0) for a in chance.sample(apart, min(VALIDATED, len(apart)))
    ]
    held_out.sort(key=lambda group: max(len(text.text) for text in group.texts))
    pairing = Pairing(Tokenizer.from_file(str(SHIPPED / DEFAULT_MODEL / TOKENIZER)))
    reader = untrained(given.dropout)
    if given.begin:
        reader.load_state_dict(begun(given.begin))
    freeze(reader, given.frozen)
    report(f"{len(asked)} questions to train on, {len(apart)} held out")
    found = train(reader, asked, held_out, groups, pairing, plan, given.folder, report)
    report(f"the best weights, held out: {found}")
    if given.export:
        export(reader, pairing.tokenizer, given.export, data.digest)
        report(f"written to {given.export}")


if __name__ == "__main__":
    main()
