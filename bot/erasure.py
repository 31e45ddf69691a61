"""Taking an article out so that nothing of its text is left on the disk, and proving it."""

import json
import mmap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.engine import encoder_of, sources
from bot.kept import Kept
from bot.settings import Settings
from corpus.store import Library
from corpus.types import Article
from index.build import build, exclusive, prune
from index.cache import EmbeddingCache
from index.layout import Layout
from index.types import Progress, silent

_PIECE = 32
"""Characters that are looked for as one: of whatever is left of a text, if it is twice as long, one
piece is whole."""

_SHORTEST = 16
"""Fewer stand anywhere by chance."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, and what was looked at to be sure.

    Attributes:
        articles: How many.
        versions: How many versions of them there were.
        pieces: How many pieces of their text were looked for.
        shared: How many more were not, since other articles have them too.
        files: How many files were looked at.
        size: Bytes in them.
        left: The files in which a piece still stands.
    """

    articles: int
    versions: int
    pieces: int
    shared: int
    files: int
    size: int
    left: tuple[Path, ...]


def erase(settings: Settings, ids: Sequence[str], progress: Progress = silent) -> Erased:
    """Take articles out, publish without them, delete all earlier generations, and look for them.

    A rollback that holds ends by it, since what was gone back to is deleted.

    Args:
        settings: Names model and data folder.
        ids: Of the articles.
        progress: Told how far it is.

    Raises:
        UnusableError: The model or the data folder cannot be used.
        LibraryError: The library cannot be opened.
    """
    layout = Layout(settings.index.data)
    with exclusive(layout, 2.0):
        with Library(layout.library) as library:
            versions = [version for one in ids for version in library.all_versions(one)]
            _erase(settings, layout, library, ids, progress)
            pieces = set(_pieces(versions))
            shared = _shared(pieces, library.current())
        with Kept(layout.chats) as kept:
            kept.sent.withdraw(ids)
            kept.chats.clear_remains()
        files = sorted(path for path in layout.data.rglob("*") if path.is_file())
        size = sum(path.stat().st_size for path in files)
        left = _left(files, pieces - shared, progress)
    return Erased(
        articles=len(ids),
        versions=len(versions),
        pieces=len(pieces - shared),
        shared=len(shared),
        files=len(files),
        size=size,
        left=left,
    )


def _erase(
    settings: Settings, layout: Layout, library: Library, ids: Sequence[str], progress: Progress
) -> None:
    """Publish without these articles, and delete what is left of them in library and index."""
    encoder = encoder_of(settings)
    library.remove(ids)
    origins = [str(path) for path in sources(settings)]
    build(layout, library, encoder, sources=origins, keep=0, unhold=True, progress=progress)
    with closing(EmbeddingCache(layout.embeddings, encoder.fingerprint)) as cache:
        # Nothing is published, and so nothing deleted, if the articles had been taken out before.
        prune(layout, library, cache, keep=0)
        cache.erase()
    library.erase()


def _left(files: Sequence[Path], pieces: set[str], progress: Progress) -> tuple[Path, ...]:
    """The files in which a piece stands."""
    needles = [needle for piece in pieces for needle in _written(piece)]
    found = []
    for number, path in enumerate(files):
        progress("looking for it", number, len(files))
        if _holds(path, needles):
            found.append(path)
    return tuple(found)


def _pieces(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        for text in (article.title, *article.paragraphs):
            for at in range(0, len(text), _PIECE):
                if len(piece := text[at : at + _PIECE]) >= _SHORTEST:
                    yield piece


def _shared(pieces: set[str], others: Iterable[Article]) -> set[str]:
    """Those pieces that stand in other articles too."""
    found: set[str] = set()
    for article in others:
        text = "\n".join((article.title, *article.paragraphs))
        found.update(piece for piece in pieces - found if piece in text)
    return found


def _written(piece: str) -> set[bytes]:
    """The forms in which a piece of text may stand in a file: as it is, and in JSON."""
    forms = (piece, json.dumps(piece)[1:-1], json.dumps(piece, ensure_ascii=False)[1:-1])
    return {form.encode("utf-8", "surrogatepass") for form in forms}


def _holds(path: Path, needles: Sequence[bytes]) -> bool:
    try:
        with path.open("rb") as file:
            if not path.stat().st_size:
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return any(data.find(needle) >= 0 for needle in needles)
    except FileNotFoundError:
        # A running bot has tidied up.
        return False
