"""Going back to an earlier generation, and not undoing that unasked.

What was wrong with the newer generation is most likely still in the library: the next build would
bring it back. So a note is left, and builds publish nothing until a person says so.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from index import generation
from index.generation import Manifest
from index.layout import Layout, replace_text
from index.types import UnusableError


@dataclass(frozen=True, slots=True)
class RolledBack:
    """A rollback that holds.

    Attributes:
        number: Of the generation that serves since.
        left: Of the one that served before.
        at: When, ISO 8601 in UTC.
    """

    number: int
    left: int
    at: str


def rolled_back(layout: Layout) -> RolledBack | None:
    """Return the rollback that holds, or None."""
    try:
        note = RolledBack(**json.loads(layout.rolled_back.read_text("utf-8")))
        # The note is written first: it says nothing until CURRENT follows, nor once that has gone.
        return note if generation.current_number(layout) == note.number else None
    except (OSError, ValueError, TypeError, UnusableError):
        return None


def resume(layout: Layout) -> None:
    """Let builds publish again."""
    layout.rolled_back.unlink(missing_ok=True)


def rollback(layout: Layout) -> Manifest:
    """Make the generation before the current one serve; call it within `index.build.exclusive`.

    Damaged generations are passed over, and those of another model than the current one's.

    Returns:
        What the generation that serves now is made of.

    Raises:
        UnusableError: No earlier generation is kept.
    """
    current = generation.current_number(layout)
    before = [number for number in layout.numbers() if current is None or number < current]
    model = _fingerprint(layout, current)
    for number in reversed(before):
        folder = layout.generation(number)
        try:
            manifest = generation.read_manifest(folder)
            generation.check_files(folder, manifest)
        except UnusableError:
            continue
        if model in {None, manifest.fingerprint}:
            note = RolledBack(number, current or 0, datetime.now(UTC).isoformat(timespec="seconds"))
            replace_text(layout.rolled_back, json.dumps(asdict(note)) + "\n")
            generation.point_to(layout, number)
            return manifest
    raise UnusableError(
        f"{layout.data}: no earlier generation is kept: run `verbatim index`; [index]"
        " keep_generations says how many are kept"
    )


def _fingerprint(layout: Layout, number: int | None) -> str | None:
    """Of the encoder of a generation, None if that is not known."""
    try:
        if number is None:
            return None
        return generation.read_manifest(layout.generation(number)).fingerprint
    except UnusableError:
        return None
