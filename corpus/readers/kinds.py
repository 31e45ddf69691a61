"""Of which kind bytes are: by what they begin with, and by their name only if that cannot say."""

import json
import re
from collections.abc import Callable
from pathlib import PurePosixPath

from corpus.charset import NotTextError, decode
from corpus.readers.base import Limits, Source

SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".text": "plain",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".xml": "html",
    ".rss": "html",
    ".atom": "html",
    ".json": "json",
    ".jsonl": "rows",
    ".ndjson": "rows",
    ".csv": "table",
    ".tsv": "table",
    ".epub": "epub",
    ".pdf": "pdf",
    ".warc": "warc",
    ".gz": "gzip",
    ".tgz": "gzip",
    ".tar": "tar",
    ".zip": "zip",
}
"""Names of files that are taken from a folder or an archive, and what they probably are."""

PACKED = frozenset({".epub", ".gz", ".tar", ".tgz", ".warc", ".zip", ".jsonl", ".ndjson", ".csv",
                    ".tsv", ".json", ".pdf"})  # fmt: skip
"""Names of files that hold many articles, or much besides text."""

_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/plain": "plain",
    "text/csv": "table",
    "text/tab-separated-values": "table",
    "application/jsonl": "rows",
    "application/x-ndjson": "rows",
}
_HEAD = 4096
_MIME = re.compile(
    r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/(?:related|mixed)",
    re.IGNORECASE,
)
_ROOT = re.compile(r"<(?![?!])(?:\w+:)?([\w-]+)")
_NOT_ROOT = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", re.DOTALL | re.I)
_ROOTS = {
    "rss": "feed",
    "feed": "feed",
    "RDF": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_TAG = re.compile(r"<(?:html|head|body|div|p|article|table|h1|span|br)\b[^>]*>", re.IGNORECASE)
_FRONT = re.compile(r"(?:---|\+\+\+)[ \t]*\n")


def largest(name: str, limits: Limits) -> int:
    """How large the file of this name may be, in bytes."""
    return limits.archive if PurePosixPath(name.lower()).suffix in PACKED else limits.member


def kind_of(data: bytes, source: Source) -> str:
    """Return the kind of these bytes, one of those in `SUFFIXES`, or "feed", "sitemap", "telegram".

    Raises:
        NotTextError: They are of no kind that can be read.
    """
    packed = next((kind for kind, test in _MAGIC.items() if test(data)), None)
    if packed:
        return packed
    named = _named(source)
    if named in _MAGIC:
        raise NotTextError(f"no {_NAMES[named]} file, whatever its name says: is it whole?")
    try:
        head = decode(data[:_HEAD], source.charset).lstrip()
    except NotTextError:
        raise NotTextError(_binary(named)) from None
    if named == "markdown":
        return named
    return _of_text(head, data, named)


def _of_text(head: str, data: bytes, named: str | None) -> str:
    if head.startswith(("{", "[")) and named != "plain" and (kind := _of_json(data)):
        return kind
    if named == "table" or named == "rows":
        return named
    if head.startswith("<") or named == "html":
        root = _ROOT.search(_NOT_ROOT.sub("", head))
        return _ROOTS.get(root[1], "html") if root else "html"
    if named == "mhtml" or _MIME.match(head):
        return "mhtml"
    if head.startswith("# ") or _FRONT.match(head):
        return "markdown"
    if named == "plain":
        return named
    return "html" if len(_TAG.findall(head)) > 2 else "plain"


def _of_json(data: bytes) -> str | None:
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        first = data.strip().split(b"\n", 1)[0].strip()
        return "rows" if first.startswith(b"{") and first.endswith(b"}") else None
    if isinstance(values, list):
        return "rows"
    if "messages" in values and ("type" in values or "name" in values):
        return "telegram"
    if isinstance(values.get("chats"), dict):
        return "telegram"
    return "feed" if isinstance(values.get("items"), list) else "rows"


def _named(source: Source) -> str | None:
    kind = SUFFIXES.get(PurePosixPath(source.name.lower()).suffix)
    said = (source.content_type or "").split(";")[0].strip().lower()
    return kind or _TYPES.get(said)


def _binary(named: str | None) -> str:
    wanted = {"markdown": "Markdown text"}.get(named or "", "a kind of file that can be read")
    return f"a binary file, not {wanted}: remove or rename it"


_NAMES = {"epub": "EPUB", "zip": "zip", "gzip": "gzip", "pdf": "PDF", "warc": "WARC", "tar": "tar"}
_MAGIC: dict[str, Callable[[bytes], bool]] = {
    "epub": lambda d: d.startswith(b"PK\x03\x04") and b"application/epub+zip" in d[:200],
    "zip": lambda d: d.startswith((b"PK\x03\x04", b"PK\x05\x06")),
    "gzip": lambda d: d.startswith(b"\x1f\x8b"),
    "pdf": lambda d: b"%PDF-" in d[:1024],
    "warc": lambda d: d.startswith(b"WARC/"),
    "tar": lambda d: d[257:262] == b"ustar",
}
