"""Passages that look like an answer and are none: what our own search finds besides the answer."""

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from corpus.types import Article
from index.models import open_encoder
from index.terms import fold
from index.types import Progress
from training.collection import Collection
from training.data import Data, Source

PER_QUESTION = 8

_FOUND = 30


def mine(data: Data, kept: Path, progress: Progress) -> dict[str, list[Source]]:
    """Return the likest wrong passages of each question's id, the likest first.

    A passage with the words of an answer in it may answer, and is left out. Questions of the
    training set find only passages of the training set, held-out ones only held-out ones.

    Args:
        data: What to search, and for what.
        kept: File in which the result is kept, for the same data.
        progress: Told how far it is.
    """
    by_id = {s.id: s for s in data.sources}
    found: dict[str, list[str]] | None = _read(kept, data.digest)
    if found is None:
        found = {}
        for held_out in (True, False):
            found |= _mined(data, held_out, progress)
        text = json.dumps({"data": data.digest, "found": found})
        kept.write_text(text, "utf-8")
    return {q: [by_id[i] for i in ids] for q, ids in found.items()}


def _read(kept: Path, digest: str) -> dict[str, list[str]] | None:
    if not kept.is_file():
        return None
    values = json.loads(kept.read_text("utf-8"))
    return values["found"] if values["data"] == digest else None


def _mined(data: Data, held_out: bool, progress: Progress) -> dict[str, list[str]]:
    stage = "searching wrong passages" + (", held out" if held_out else "")
    sources = [s for s in data.sources if s.held_out == held_out]
    asked = [a for a in data.asked if a.source.held_out == held_out]
    folded = {s.id: fold(s.text, "en") for s in sources}
    mined: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(Path(folder), list(_articles(sources)), open_encoder())
        for done, one in enumerate(asked):
            progress(stage, done, len(asked))
            answers = [fold(one.source.text[start:end], "en") for start, end in one.spans]
            ids = [r.passage.article_id for r in collection.found(one.text, _FOUND)]
            ids = [i for i in dict.fromkeys(ids) if i != one.source.id]
            wrong = [i for i in ids if not any(answer in folded[i] for answer in answers)]
            mined[one.id] = wrong[:PER_QUESTION]
    return mined


def _articles(sources: Iterable[Source]) -> Iterable[Article]:
    for source in sources:
        title = source.title or "-"
        yield Article(source.id, None, title, None, (), None, None, "en", (source.text,))
