"""Training itself: seeded, a checkpoint after each round, going on from it."""

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from training.data import Asked
from training.precision import halved
from training.validate import auroc
from training.words.batches import Batches
from training.words.examples import Example, Examples
from training.words.model import Words, seen

CHECKPOINT = "words.pt"
CURVES = "words.jsonl"

_STRETCH = 20
"""Batches whose examples are put in order of length: long beside short would be padding."""

_HEAD_RATE = 1e-3
_SCALE_RATE = 5e-3

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes:
        rounds: Times each question is seen, each time with other texts.
        questions: In a batch; all their texts are wrong for the others.
        rate: Highest learning rate of the transformer, reached after `warmup` of all steps; it
            ends at zero.
        warmup: Share of all steps.
        decay: Of weights.
        clip: Greatest norm of a gradient.
        seed: Of every draw.
    """

    rounds: int = 3
    questions: int = 64
    rate: float = 1e-4
    warmup: float = 0.06
    decay: float = 0.01
    clip: float = 1.0
    seed: int = 0


class Validation(NamedTuple):
    """Means over held-out examples.

    Attributes:
        loss: What training makes small.
        sentence: Share of questions whose likest sentence, of their own texts, has an answer.
        text: Share of questions whose likest text answers.
        auroc: Of likeness, texts that answer against those that do not.
    """

    loss: float
    sentence: float
    text: float
    auroc: float


def train(
    model: Words,
    asked: Sequence[Asked],
    held_out: Sequence[Example],
    examples: Examples,
    batches: Batches,
    plan: Plan,
    folder: Path,
    report: Report,
) -> Validation:
    """Train `model` in place; a round that was saved in `folder` is gone on from.

    Returns:
        How it does on `held_out`.

    Raises:
        ValueError: The checkpoint was made by another plan, or of other questions.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model.to(device).train()
    a_round = max(1, len(asked) // plan.questions)
    total = plan.rounds * a_round
    optimiser = torch.optim.AdamW(_grouped(model, plan), weight_decay=plan.decay, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: _rate(s, total, plan.warmup))
    setup = {"plan": asdict(plan), "questions": len(asked)}
    done = _resume(folder / CHECKPOINT, setup, model, optimiser, schedule)
    began = time.monotonic()
    for number in range(done, plan.rounds):
        for step, drawn in enumerate(_drawn(asked, examples, plan, number), 1):
            batch = batches.batch(drawn).on(device)
            with halved(device):
                loss = seen(model, batch).loss
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch has no annotation for it
            torch.nn.utils.clip_grad_norm_(model.parameters(), plan.clip)
            optimiser.step()
            schedule.step()
            if step % 20 == 0:
                passed = (number - done) * a_round + step
                left = (time.monotonic() - began) / passed * (total - done * a_round - passed)
                report(f"round {number + 1}, step {step} of {a_round}, {left / 60:.0f} min left")
        found = validate(model, held_out, batches, plan.questions)
        report(f"held out, round {number + 1}: {_shown(found)}")
        _log_curve(folder, number + 1, found)
        _save(folder / CHECKPOINT, setup, number + 1, model, optimiser, schedule)
    return validate(model, held_out, batches, plan.questions)


def validate(model: Words, examples: Sequence[Example], batches: Batches, size: int) -> Validation:
    """Read all examples, `size` at once, without learning."""
    device = next(model.parameters()).device
    model.eval()
    lost, sentence, text = [], [], []
    likeness: list[NDArray[np.float32]] = []
    right: list[NDArray[np.float32]] = []
    with torch.no_grad():
        for at in range(0, len(examples), size):
            batch = batches.batch(examples[at : at + size]).on(device)
            found = seen(model, batch)
            lost.append(float(found.loss))
            owner = batch.owner[batch.text_of]
            for number in range(len(found.likeness)):
                own = found.likeness[number].masked_fill(owner != number, -1.0)
                sentence.append(bool(batch.answers[own.argmax()]))
                mine = found.texts.masked_fill(batch.owner != number, -1.0)
                text.append(bool(found.right[mine.argmax()]))
            likeness.append(found.texts.cpu().numpy())
            right.append(found.right.float().cpu().numpy())
    model.train()
    whole = auroc(np.concatenate(likeness), np.concatenate(right))
    return Validation(float(np.mean(lost)), float(np.mean(sentence)), float(np.mean(text)), whole)


def _drawn(
    asked: Sequence[Asked], examples: Examples, plan: Plan, number: int
) -> Iterator[list[Example]]:
    """The batches of a round; questions left over by the last full one are in the next round."""
    chance = random.Random(f"{plan.seed} {number}")
    order = [examples.draw(one, number + 1) for one in asked]
    order = [one for one in order if one.texts[0].spans]
    chance.shuffle(order)
    size = min(plan.questions, len(order))
    made = []
    for at in range(0, len(order), size * _STRETCH):
        part = sorted(order[at : at + size * _STRETCH], key=_length)
        made += [part[i : i + size] for i in range(0, len(part) - size + 1, size)]
    chance.shuffle(made)
    yield from made


def _length(example: Example) -> int:
    return max(len(text.context) + len(text.text) for text in example.texts)


def _grouped(model: Words, plan: Plan) -> list[dict[str, object]]:
    """New parts learn faster than the transformer; what only scales is not made small."""
    scales = [model.sharpness, model.steepness, model.offset]
    transformer = [p for p in model.transformer.parameters() if p.requires_grad]
    return [
        {"params": transformer, "lr": plan.rate},
        {"params": list(model.weight.parameters()), "lr": _HEAD_RATE},
        {"params": scales, "lr": _SCALE_RATE, "weight_decay": 0.0},
    ]


def _rate(step: int, total: int, warmup: float) -> float:
    rising = max(1.0, warmup * total)
    return min(1.0, (step + 1) / rising) * max(0.0, (total - step) / total)


def _resume(
    saved: Path,
    setup: dict[str, object],
    model: Words,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
) -> int:
    """Go back to what was saved; return how many rounds are done."""
    if not saved.is_file():
        return 0
    values = torch.load(saved, map_location=next(model.parameters()).device)
    if values["setup"] != setup:
        raise ValueError(f"{saved} is of another training: go on as it began, or delete it")
    model.load_state_dict(values["model"])
    optimiser.load_state_dict(values["optimiser"])
    schedule.load_state_dict(values["schedule"])
    return int(values["rounds"])


def _save(
    path: Path,
    setup: dict[str, object],
    rounds: int,
    model: Words,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
) -> None:
    """Write whole or not at all."""
    scratch = path.with_suffix(".part")
    values = {
        "setup": setup,
        "rounds": rounds,
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "schedule": schedule.state_dict(),
    }
    torch.save(values, scratch)
    scratch.replace(path)


def _log_curve(folder: Path, number: int, found: Validation) -> None:
    row = {"round": number, **{name: round(value, 4) for name, value in found._asdict().items()}}
    with (folder / CURVES).open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def _shown(found: Validation) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in found._asdict().items())
