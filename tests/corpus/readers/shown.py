"""What was read, as values that stand in a JSON file beside a fixture."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from corpus.readers import Found, Options, Source, read
from corpus.types import Lead, ReadError

NOW = datetime(2020, 1, 1, tzinfo=UTC)


def results(
    data: bytes, name: str, *, url: str | None = None, options: Options | None = None
) -> list[Found | Lead | ReadError]:
    """Read `data` as a file called `name`, on 1 January 2020."""
    source = Source(name, name, url=url, options=options or Options(), now=NOW)
    return list(read(data, source))


def shown(found: Iterable[Found | Lead | ReadError]) -> list[Any]:
    """These results as plain values, without what is empty and what follows from the rest."""
    return [_plain(f) for f in found]


def _plain(result: Found | Lead | ReadError) -> dict[str, Any]:
    if isinstance(result, Found):
        values = asdict(result.article) | {"origin": result.origin, "notes": result.notes}
        del values["id"]
    else:
        values = {"is": type(result).__name__, **asdict(result)}
    kept: dict[str, Any] = json.loads(
        json.dumps({k: v for k, v in values.items() if v}, default=str, ensure_ascii=False)
    )
    return kept
