"""Training itself: seeded, resumable, never without a checkpoint for long."""

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from torch.utils.data import DataLoader, Dataset

from index.pairing import Pairing
from training.batches import PAIRS
from training.batches import batch as padded
from training.data import Asked
from training.groups import Group, Groups
from training.model import Batch, Reader, losses
from training.precision import halved
from training.validate import Validation, validate

CHECKPOINT = "checkpoint.pt"
BEST = "best.pt"
CURVES = "curves.jsonl"

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes:
        epochs: Times each question is seen, each time with other texts.
        groups: Questions in a batch.
        rate: Highest learning rate, reached after `warmup` of all steps; it ends at zero.
        warmup: Share of all steps.
        decay: Of weights.
        clip: Greatest norm of a gradient.
        seed: Of every draw.
        every: Steps between validations.
        patience: Validations without a lower loss until training ends.
        save_seconds: Between checkpoints.
        minutes: The most that training takes, whose rate then ends at zero; 0 sets no limit.
        workers: Processes that draw and put batches together; 0 does it in this one.
        pairs: Of a batch that are padded to one length.
    """

    epochs: float = 2.0
    groups: int = 12
    rate: float = 1.5e-4
    warmup: float = 0.06
    decay: float = 0.01
    clip: float = 1.0
    seed: int = 0
    every: int = 250
    patience: int = 6
    save_seconds: float = 180.0
    minutes: float = 0.0
    workers: int = 0
    pairs: int = PAIRS


@dataclass(slots=True)
class _State:
    step: int = 0
    best: float = math.inf
    since_best: int = 0
    seconds: float = 0.0


def train(
    reader: Reader,
    asked: Sequence[Asked],
    held_out: Sequence[Group],
    groups: Groups,
    pairing: Pairing,
    plan: Plan,
    folder: Path,
    report: Report,
) -> Validation:
    """Train `reader` in place; what was saved in `folder` is gone on with.

    Returns:
        How the best weights do on `held_out`; they lie in `folder` as `best.pt`.

    Raises:
        ValueError: The checkpoint was made by another plan, or of other questions.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    reader.to(device)
    a_round = math.ceil(len(asked) / plan.groups)
    total = max(1, round(plan.epochs * a_round))
    optimiser = torch.optim.AdamW(
        [p for p in reader.parameters() if p.requires_grad],
        plan.rate,
        weight_decay=plan.decay,
        fused=True,
    )
    state = _State()
    saved = folder / CHECKPOINT
    setup = {"plan": asdict(plan), "questions": len(asked)}
    if saved.is_file():
        state = _resume(saved, setup, reader, optimiser)
        report(f"going on at step {state.step} of {total}")
    each = 2 * plan.groups
    checks = [
        padded(held_out[i : i + each], pairing, plan.pairs) for i in range(0, len(held_out), each)
    ]
    reader.train()
    began, last_save, mean = time.monotonic(), time.monotonic(), 0.0
    spent = state.seconds
    for drawn in _batches(asked, groups, pairing, plan, state.step, total):
        gone = max(state.step / total, state.seconds / 60 / plan.minutes if plan.minutes else 0.0)
        for part in optimiser.param_groups:
            part["lr"] = plan.rate * _rate(gone, plan.warmup)
        loss = _step(reader, drawn.on(device), optimiser, plan.clip)
        state.step += 1
        mean = loss if state.step == 1 else 0.98 * mean + 0.02 * loss
        state.seconds = spent + time.monotonic() - began
        if state.step % 20 == 0:
            left = state.seconds / state.step * (total - state.step) / 60
            report(f"step {state.step} of {total}, loss {mean:.3f}, {left:.0f} min left")
        is_end = state.step == total or gone >= 1.0
        if state.step % plan.every == 0 or is_end:
            found = validate(reader, checks, device, bf16=True)
            _log_curve(folder, state, mean, found)
            report(f"held out, step {state.step}: {_shown(found)}")
            state.since_best = 0 if found.loss < state.best else state.since_best + 1
            if found.loss < state.best:
                state.best = found.loss
                _save(folder / BEST, {"reader": reader.state_dict(), "step": state.step})
            is_end = is_end or state.since_best >= plan.patience
        if is_end or time.monotonic() - last_save > plan.save_seconds:
            _save(saved, _everything(setup, state, reader, optimiser))
            last_save = time.monotonic()
        if is_end:
            break
    reader.load_state_dict(torch.load(folder / BEST, map_location=device)["reader"])
    return validate(reader, checks, device, bf16=False)


class _Batches(Dataset[Batch]):
    """The batches from step `done` on, the same ones however often training was stopped."""

    def __init__(
        self,
        asked: Sequence[Asked],
        groups: Groups,
        pairing: Pairing,
        plan: Plan,
        done: int,
        total: int,
    ) -> None:
        self._asked = asked
        self._groups = groups
        self._pairing = pairing
        self._plan = plan
        self._done = done
        self._total = total

    def __len__(self) -> int:
        return self._total - self._done

    def __getitem__(self, index: int) -> Batch:
        size = self._plan.groups
        number, at = divmod(self._done + index, math.ceil(len(self._asked) / size))
        order = _order(len(self._asked), self._plan.seed, number)
        drawn = [self._groups.group(self._asked[i], number) for i in order[at * size :][:size]]
        return padded(drawn, self._pairing, self._plan.pairs)


@lru_cache(maxsize=2)
def _order(count: int, seed: int, number: int) -> Sequence[int]:
    order = list(range(count))
    random.Random(f"{seed} {number}").shuffle(order)
    return order


def _batches(
    asked: Sequence[Asked], groups: Groups, pairing: Pairing, plan: Plan, done: int, total: int
) -> Iterator[Batch]:
    drawn = _Batches(asked, groups, pairing, plan, done, total)
    # A batch is a whole already: nothing is to be put together.
    yield from DataLoader(drawn, batch_size=None, shuffle=False, num_workers=plan.workers)


def _step(
    reader: Reader,
    batch: Batch,
    optimiser: torch.optim.Optimizer,
    clip: float,
) -> float:
    with halved(batch.right.device):
        judged = reader.judged(batch)
    loss = losses(judged, batch).whole
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]  # torch has no annotation for it
    torch.nn.utils.clip_grad_norm_(reader.parameters(), clip)
    optimiser.step()
    return float(loss.detach())


def _rate(gone: float, warmup: float) -> float:
    """The rate as a share of its highest, when `gone` of the training is done."""
    if gone < warmup:
        return gone / warmup
    return max(0.0, 1.0 - gone) / max(1.0 - warmup, 1e-9)


def _everything(
    setup: dict[str, Any],
    state: _State,
    reader: Reader,
    optimiser: torch.optim.Optimizer,
) -> dict[str, Any]:
    return {
        "setup": setup,
        "state": asdict(state),
        "reader": reader.state_dict(),
        "optimiser": optimiser.state_dict(),
    }


def _resume(
    saved: Path,
    setup: dict[str, Any],
    reader: Reader,
    optimiser: torch.optim.Optimizer,
) -> _State:
    values = torch.load(saved, map_location=next(reader.parameters()).device)
    if values["setup"] != setup:
        raise ValueError(f"{saved} is of another training: go on as it began, or delete it")
    reader.load_state_dict(values["reader"])
    optimiser.load_state_dict(values["optimiser"])
    return _State(**values["state"])


def _save(path: Path, values: dict[str, Any]) -> None:
    """Write whole or not at all."""
    scratch = path.with_suffix(".part")
    torch.save(values, scratch)
    scratch.replace(path)


def _log_curve(folder: Path, state: _State, mean: float, found: Validation) -> None:
    row = {"step": state.step, "minutes": round(state.seconds / 60, 1), "train": round(mean, 4)}
    row |= {name: round(value, 4) for name, value in found._asdict().items()}
    with (folder / CURVES).open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def _shown(found: Validation) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in found._asdict().items())
