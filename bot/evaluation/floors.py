"""Floors: figures that must not fall again, in a file under version control."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.evaluation.figures import Figure
from bot.evaluation.report import Report, writing
from index.layout import replace_text
from index.types import UnusableError

_STEP = 0.005
_LEEWAY = 0.002
_LEEWAY_QUESTIONS = 2
"""Under what is measured, the greater of the two: another processor rounds a model's sums
otherwise, so that of two passages about as good the other may come first."""

_HELD = (
    *("hit@1", "hit@10", "mrr@10", "article_hit@1"),
    *("sentence", "end_to_end", "auroc", "auroc_far"),
)
_HELD_OF_GROUPS = ("hit@1", "hit@10")
"""Few, and all better when higher: of many small groups one always falls by chance."""

Floors = dict[str, dict[str, Any]]
"""By name of report: digest of the data, options, floors by measure, and what was lowered why."""


def read(path: Path) -> Floors:
    """Read a file of floors; one that does not exist yet has none.

    Raises:
        UnusableError: It is another kind of file.
    """
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
        for one in found.values():
            _ = one["digest"], one["options"], one["floors"], one["lowered"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableError(f"{path}: not a file of floors ({error!r}): restore it") from error
    floors: Floors = found
    return floors


def faults(report: Report, floors: Floors) -> list[str]:
    """Say what falls short of its floor."""
    held = floors.get(report.name)
    if held is None:
        return [f"{report.name}: no floors yet: set them with --raise"]
    if held["digest"] != report.data["digest"]:
        return [f"{report.name}: not the data of its floors: restore it, or --raise with --reason"]
    values = {name: figure.value for name, figure in _found(report)}
    return [
        f"{report.name}: {name} {100 * values.get(name, 0.0):.1f} is under its floor"
        f" {100 * floor:.1f}"
        for name, floor in held["floors"].items()
        if values.get(name, 0.0) < floor
    ]


def raised(report: Report, held: Mapping[str, Any] | None, reason: str | None) -> dict[str, Any]:
    """Return the floors that follow from a report, and from those held before.

    Args:
        report: Fresh.
        held: Floors of the same name, if there are any.
        reason: Why they may be lower than before.

    Raises:
        UnusableError: One would be lowered, or the data is another, and there is no reason.
    """
    found = dict(_found(report))
    values = {name: figure.value for name, figure in found.items()}
    before = held["floors"] if held else {}
    other = held is not None and held["digest"] != report.data["digest"]
    lowered = [name for name, floor in before.items() if values.get(name, 0.0) < floor]
    if (lowered or other) and not reason:
        what = "the data is another" if other else f"{', '.join(lowered)} would be lowered"
        raise UnusableError(f"{report.name}: {what}: say why with --reason")
    fresh = {name: rounded_down(one.value, one.count) for name, one in found.items()}
    kept = {} if other else {n: f for n, f in before.items() if n not in lowered}
    history = list(held["lowered"]) if held else []
    if lowered or other:
        day = datetime.now(UTC).date().isoformat()
        was = {name: before[name] for name in (before if other else lowered)}
        history.append({"date": day, "reason": reason, "from": was})
    return {
        "digest": report.data["digest"],
        "options": dict(report.options),
        "floors": {name: max(floor, kept.get(name, 0.0)) for name, floor in fresh.items()},
        "lowered": history,
    }


def save(path: Path, reports: Sequence[Report], reason: str | None) -> None:
    """Raise the floors in a file, all or none."""
    floors = read(path)
    for report in reports:
        floors[report.name] = raised(report, floors.get(report.name), reason)
    with writing(path):
        text = json.dumps(dict(sorted(floors.items())), indent=2, ensure_ascii=False)
        replace_text(path, text + "\n")


def rounded_down(value: float, count: int) -> float:
    """A little under `value`, taken over `count` questions: what another run may differ is left."""
    leeway = max(_LEEWAY, _LEEWAY_QUESTIONS / count)
    # The sum of whole steps is exact only after it is rounded.
    return round(max(0.0, math.floor((value - leeway) / _STEP + 1e-9) * _STEP), 3)


def _found(report: Report) -> Iterator[tuple[str, Figure]]:
    """What is held; the names of a group's measures begin with the group's."""
    for group, found in report.figures.items():
        for name in _HELD if group == "all" else _HELD_OF_GROUPS:
            if name in found:
                yield (name if group == "all" else f"{group}: {name}"), found[name]
