"""Going back to the generation before."""

from index.generation import Manifest, check_files, current_number, read_manifest
from index.layout import Layout, replace_text
from index.types import UnusableError


def rollback(layout: Layout) -> Manifest:
    """Make the generation before serve; call it within `index.build.exclusive`.

    Raises:
        UnusableError: There is none, or it is damaged.
    """
    current = current_number(layout)
    older = [n for n in layout.numbers() if current is not None and n < current]
    if not older:
        raise UnusableError(f"{layout.data}: no earlier generation is kept")
    folder = layout.generation(older[-1])
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    replace_text(layout.current, f"{older[-1]:06d}\n")
    return manifest
