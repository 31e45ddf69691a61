"""Train the model of word vectors and export it.

    python -m training.words DATA FOLDER [--export FOLDER] [--share 0.1] [--rounds 1]

DATA holds `*.passages.jsonl` and `*.questions.jsonl` (SQuADShifts). FOLDER keeps a checkpoint after
each round, and the curve: the same command goes on where it was stopped. With --export the weights
are written in the form that the bot reads. Needs the extra `export`. Three rounds take about two
minutes on a large graphics card and a day on two cores.
"""

import argparse
import random
import time
from dataclasses import fields
from pathlib import Path

import torch
from tokenizers import Tokenizer

from index.models import DEFAULT_MODEL, SHIPPED
from index.onnx_model import TOKENIZER
from training.__main__ import VALIDATED, report, untrained
from training.data import load
from training.words.batches import Batches
from training.words.examples import Examples
from training.words.export import export, halfway
from training.words.loop import Plan, train
from training.words.model import Words
from training.words.negatives import mine


def main() -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(
        prog="python -m training.words",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--export", type=Path)
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

    negatives = mine(data, progress)
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    asked = [a for a in data.asked if not a.source.held_out]
    asked = chance.sample(asked, round(given.share * len(asked)))
    apart = [a for a in data.asked if a.source.held_out]
    apart_examples = Examples(apart, negatives, plan.seed)
    held_out = [
        apart_examples.draw(one, 0) for one in chance.sample(apart, min(VALIDATED, len(apart)))
    ]
    tokenizer = Tokenizer.from_file(str(SHIPPED / DEFAULT_MODEL / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model = Words(untrained().transformer)
    before = {name: value.clone() for name, value in model.transformer.state_dict().items()}
    report(f"{len(asked)} questions to train on, {len(apart)} held out")
    batches = Batches(tokenizer, {source.id: at for at, source in enumerate(data.sources)})
    examples = Examples(asked, negatives, plan.seed)
    found = train(model, asked, held_out, examples, batches, plan, given.folder, report)
    report(f"held out: {found}")
    if given.export:
        halfway(model, before)
        export(model, tokenizer, given.export, data.digest)
        report(f"written to {given.export}")


if __name__ == "__main__":
    main()
