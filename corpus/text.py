"""The one definition of what happens to text between a file and the library.

What is stored is what is quoted, so as little as possible is done, and all of it here. Folding
(case, quotes, accents) is for matching only and lives with what matches: `index.terms`.
"""

import re
import unicodedata

NORMALISATION = 2
"""Version of `normalise`: a new one makes every file be read again."""

_SPACES = " \t\r\n\f\v\x85\u2028\u2029"
_SPACE = re.compile(f"[{_SPACES}]+")
_WORD = re.compile(r"\w")
_TYPESETTING = {
    0xAD: None,
    0x200B: None,
    **dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
}


def normalise(text: str) -> str:
    """Return `text` on one line, without what no reader can see.

    Runs of spaces and line breaks become one space, as a browser shows them. Control characters,
    surrogates and the byte-order mark are dropped: Telegram refuses some of them. So are soft
    hyphens and zero-width spaces, which say where a line may break, and Latin letters that a
    typesetter tied together (ﬁ) are written apart: with them no word would be found. Non-breaking
    spaces go at both ends only. Everything else stays, typographic quotes and combining marks
    included.
    """
    kept = "".join(c for c in text.translate(_TYPESETTING) if _is_kept(c))
    return _SPACE.sub(" ", kept).strip(" \u00a0\u202f\u3000")


def _is_kept(character: str) -> bool:
    if character.isprintable() or character in _SPACES:
        return True
    return unicodedata.category(character) not in {"Cc", "Cs"} and character != "\ufeff"


def has_words(text: str) -> bool:
    """Whether `text` has at least one letter or digit of any script."""
    return _WORD.search(text.replace("_", "")) is not None
