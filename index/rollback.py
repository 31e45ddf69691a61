"""Going back to the generation before."""

from index.build import exclusive
from index.generation import Manifest, check_files, current_number, read_manifest
from index.layout import Layout, replace_text
from index.types import UnusableError


def before(layout: Layout) -> int | None:
    """Return the number of the generation before the one that serves, or None if none is kept.

    Raises:
        UnusableError: CURRENT does not name one.
    """
    current = current_number(layout)
    older = [n for n in layout.numbers() if current is not None and n < current]
    return older[-1] if older else None


def roll_back(layout: Layout, wait: float = 2.0) -> Manifest:
    """Make the generation before serve again, and return its manifest.

    Args:
        layout: The data folder.
        wait: Seconds to wait for another process that is indexing.

    Raises:
        UnusableError: There is none, or it is damaged, or another process is indexing.
    """
    with exclusive(layout, wait):
        number = before(layout)
        if number is None:
            raise UnusableError(f"{layout.generations} has no generation before the current one")
        folder = layout.generation(number)
        manifest = read_manifest(folder)
        check_files(folder, manifest)
        replace_text(layout.current, f"{number:06d}\n")
    return manifest
