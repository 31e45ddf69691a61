"""Bring the catalogues up to date with `bot.texts`: `python -m bot.locales`.

What is new stands there untranslated, what changed is marked "fuzzy", and what is gone goes. The
standard output says how many each language lacks.
"""

import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from bot.languages import CODES, DEFAULT
from bot.locales import messages


def main() -> None:
    """Run the command line above."""
    template = Catalog()
    for message in messages():
        template.add(message)
    for code in (code for code in CODES if code != DEFAULT):
        path = Path(__file__).parent / f"{code}.po"
        catalogue = Catalog(
            code,
            header_comment="# What the program says, in this language. See CONTRIBUTING.md.",
            project="Verbatim",
            fuzzy=False,
        )
        if path.exists():
            catalogue = read_po(path.open("rb"), locale=code)
        catalogue.update(template, update_creation_date=False)
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, ignore_obsolete=True, omit_header=False)
        lacking = sum(1 for m in catalogue if m.id and (m.fuzzy or not m.string))
        print(f"{code}: {lacking} untranslated", file=sys.stdout)  # noqa: T201 (its purpose)


if __name__ == "__main__":
    main()
