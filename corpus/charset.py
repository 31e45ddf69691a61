"""Bytes -> text, whatever the charset, and whatever was declared."""

import codecs
import re
from collections import Counter

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

_MOST_CONTROL = 0.01
_SAMPLE = 200_000
_MOST_ACCENTED = 0.4
"""Of the letters of a text in a Latin script: with more of them, it is another script misread."""

_FEWEST_PAIRS = 4
_XML = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)[\"']", re.IGNORECASE)
_SINGLE_BYTE_LATIN = {"cp1252", "iso8859-1", "iso8859-15", "cp1250"}


class NotTextError(ValueError):
    """The bytes are no text in any charset."""


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text that `data` holds, without byte-order marks.

    A byte-order mark decides; else what is valid UTF-8 is UTF-8, whatever was declared; else what
    was declared, by the server before the document, if the bytes bear it out; else a guess.

    Args:
        data: The bytes.
        declared: The charset that whoever sent them named, or None.

    Raises:
        NotTextError: It is no text.
    """
    text = _decoded(data, declared).replace("\ufeff", "")
    head = text[:_SAMPLE]
    if sum(c < " " and c not in "\t\n\r\f\x1b" for c in head) > _MOST_CONTROL * len(head):
        raise NotTextError("a binary file, not text: remove or rename it")
    return text


def _decoded(data: bytes, declared: str | None) -> str:
    marked, _ = read_bom(data)
    if marked:
        return data.decode(marked, "replace")
    if wide := _unmarked_utf_16(data):
        return data.decode(wide, "replace")
    named = [n for n in (declared, html_body_declared_encoding(data[:4096]), _xml(data)) if n]
    # Its bytes are those of ASCII: without the declaration it would pass for English.
    if b"\x1b$" in data and any(n.lower() == "iso-2022-jp" for n in named):
        return data.decode("iso-2022-jp", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" or _mostly_utf_8(data):
            return data.decode(errors="replace")
    for name in named:
        text = _strictly(data, name)
        if text is not None:
            return text
    best = from_bytes(data[:_SAMPLE], enable_fallback=True).best()
    return data.decode(best.encoding if best else "cp1252", "replace")


def _xml(data: bytes) -> str | None:
    found = _XML.match(data[:200])
    return found[1].decode() if found else None


def _unmarked_utf_16(data: bytes) -> str | None:
    """The byte order of a UTF-16 text without a mark, in which one half of each pair is high.

    High bytes are nearly all the same, that of the script, and 0 for spaces and signs.
    """
    halves = {"utf-16-be": data[:2000:2], "utf-16-le": data[1:2000:2]}
    for name, high in halves.items():
        low = halves["utf-16-le" if name == "utf-16-be" else "utf-16-be"]
        if len(high) < _FEWEST_PAIRS or low.count(0) > 0.02 * len(low):
            continue
        ((_, most),) = Counter(high).most_common(1)
        if most > 0.6 * len(high) and high.count(0) > 0.03 * len(high):
            return name
    return None


def _mostly_utf_8(data: bytes) -> bool:
    """Whether some few bytes of a UTF-8 text were spoilt."""
    text = data[:_SAMPLE].decode(errors="replace")
    spoilt = text.count("\ufffd")
    return spoilt < 0.05 * sum(c > "\x7f" for c in text)


def _strictly(data: bytes, name: str) -> str | None:
    """The text if every byte fits the charset and it looks like one written in it."""
    charset = resolve_encoding(name)
    if charset is None or codecs.lookup(charset).name in {"utf-8", "utf-16", "utf-32"}:
        return None
    try:
        text = data.decode(charset)
    except UnicodeDecodeError:
        if charset not in _SINGLE_BYTE_LATIN:
            return None
        text = data.decode(charset, "replace")
    if codecs.lookup(charset).name in _SINGLE_BYTE_LATIN and _is_other_script(text[:_SAMPLE]):
        return None
    return text


def _is_other_script(text: str) -> bool:
    words = re.sub(r"<[^>]*>", " ", text)
    letters = [c for c in words if c.isalpha()]
    return sum(c > "\x7f" for c in letters) > _MOST_ACCENTED * len(letters)
