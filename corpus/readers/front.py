"""Front matter: what stands above a Markdown text between lines of --- (YAML) or +++ (TOML)."""

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import yaml

from corpus.address import is_web
from corpus.compose import Header, UnreadableError
from corpus.dates import dated

_FENCED = re.compile(r"\s*(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n\1[ \t]*(?:\r?\n|$)", re.DOTALL)
_MOST = 100_000

_TITLE = ("title", "headline")
_URL = ("canonical_url", "canonicalurl", "canonical", "original_url", "source_url", "url", "link")
_SOURCE = ("outlet", "publisher", "source", "site", "site_name", "publication")
_AUTHORS = ("authors", "author", "byline", "by")
_PUBLISHED = ("published", "date", "publishdate", "pubdate", "published_at", "created")
_UPDATED = ("updated", "lastmod", "modified", "updated_at", "last_modified_at")
_LANGUAGE = ("language", "lang", "locale")


def split(text: str) -> tuple[dict[str, Any] | None, str]:
    """Split a text into its front matter, None if it has none, and the rest.

    Raises:
        UnreadableError: What stands between the lines is not YAML or TOML.
    """
    found = _FENCED.match(text)
    if not found:
        return None, text
    fence, front = found[1], found[2]
    try:
        if len(front) > _MOST:
            raise UnreadableError("its front matter is too long: shorten it")
        values = tomllib.loads(front) if fence == "+++" else yaml.safe_load(front)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        name = "TOML" if fence == "+++" else "YAML"
        if fence == "---" and not re.match(r"\s*[\w-]+\s*:", front):
            return None, text  # a ruled line
        raise UnreadableError(
            f"its front matter is not {name} ({' '.join(str(error).split())[:100]}): mend it"
        ) from error
    if not isinstance(values, dict):
        return None, text
    return {str(k).lower().replace("-", "_"): v for k, v in values.items()}, text[found.end() :]


def header_of(values: Mapping[str, Any], now: datetime, place: str) -> Header:
    """Return what front matter, or a row with these names of columns, says of an article.

    Args:
        values: By name, in small letters.
        now: No date lies later.
        place: What they stand in, as the dates' origin.
    """
    url = next((u for u in (_text(values.get(n)) for n in _URL) if is_web(u)), None)
    source = next((s for s in (_text(values.get(n)) for n in _SOURCE) if s and not is_web(s)), None)
    language = _text(_any(values, _LANGUAGE))[:2].lower()
    return Header(
        title=_text(_any(values, _TITLE)),
        url=url or next((u for s in _SOURCE if is_web(u := _text(values.get(s)))), None),
        source=source,
        authors=names(_any(values, _AUTHORS)),
        dating=dated(
            [(_text(values.get(n)), place) for n in _PUBLISHED],
            [(_text(values.get(n)), place) for n in _UPDATED],
            now,
        ),
        language=language if language.isascii() and language.isalpha() else None,
    )


def names(value: object) -> tuple[str, ...]:
    """The names in a list of texts or of objects with a name, or in one text."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list | tuple):
        return tuple(name for v in value for name in names(v))
    text = _text(value)
    return tuple(n.strip() for n in re.split(r"\s*[;|]\s*", text) if n.strip())


def _any(values: Mapping[str, Any], among: tuple[str, ...]) -> object:
    return next((values[n] for n in among if values.get(n)), None)


def _text(value: object) -> str:
    if isinstance(value, str | int | float):
        return str(value).strip()
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if isoformat else ""
