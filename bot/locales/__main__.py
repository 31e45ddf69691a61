"""Bring the catalogues up to date with `bot.texts`: `python -m bot.locales`.

What is new stands there untranslated, what changed is marked "fuzzy", and what is gone goes. The
standard output says how many each language lacks.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from bot.languages import CODES, DEFAULT
from bot.locales import messages


def bring_up_to_date(folder: Path) -> dict[str, int]:
    """Bring the catalogues in `folder` up to date; return how many texts each language lacks."""
    template = Catalog()
    for message in messages():
        template.add(message)
    lacking = {}
    for code in (code for code in CODES if code != DEFAULT):
        path = folder / f"{code}.po"
        catalogue = Catalog(
            code,
            header_comment="# What the program says, in this language. See CONTRIBUTING.md.",
            project="Verbatim",
            fuzzy=False,
        )
        if path.exists():
            catalogue = read_po(BytesIO(path.read_bytes()), locale=code)
        catalogue.update(template, update_creation_date=False)
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, ignore_obsolete=True, omit_header=False)
        lacking[code] = sum(1 for m in catalogue if m.id and (m.fuzzy or not any(m.string or "")))
    return lacking


if __name__ == "__main__":
    for code, count in bring_up_to_date(Path(__file__).parent).items():
        sys.stdout.write(f"{code}: {count} untranslated\n")
