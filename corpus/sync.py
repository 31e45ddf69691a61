"""Bringing the library into step with files: what is new, changed, gone, or cannot be read."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.files import find, load
from corpus.markdown import READER, read_markdown
from corpus.store import Entry, Library
from corpus.types import Article, ReadError

_BATCH = 200


@dataclass(slots=True)
class SyncReport:
    """What one sync did.

    Attributes:
        new: Ids that were not in the collection before.
        changed: Ids whose text or header changed.
        gone: Ids whose files are gone.
        unchanged: How many articles stayed as they were.
        undated: Origins of articles read without a date.
        errors: One for each file or folder that could not be read.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unchanged: int = 0
    undated: list[str] = field(default_factory=list)
    errors: list[ReadError] = field(default_factory=list)


class _Sync:
    """One pass over files: decides for each whether it is read, and what becomes of it."""

    def __init__(self, library: Library, most: int, *, added: bool) -> None:
        self.report = SyncReport()
        self.seen: dict[str, str] = {}
        self._library = library
        self._most = most
        self._added = added
        self._old = {e.id: e for e in library.entries()}
        self._by_origin = {e.origin: e for e in self._old.values()}
        self._removed = frozenset() if added else library.removed()
        self._entries: list[Entry] = []
        self._batch: list[Article] = []
        self._taken: set[str] = set()

    def take(self, path: Path) -> None:
        origin = str(path)
        if origin in self._taken:  # Two of the paths overlap.
            return
        self._taken.add(origin)
        data = load(path, self._most)
        if isinstance(data, ReadError):
            self._refuse(data)
            return
        stamp = f"{READER}:{hashlib.sha256(data).hexdigest()}"
        known = self._by_origin.get(origin)
        if known and known.stamp == stamp and known.added >= self._added:
            if self._claim(known.id, origin):
                self.report.unchanged += 1
            return
        article = read_markdown(data, origin)
        if isinstance(article, ReadError):
            self._refuse(article)
            return
        if known and known.added and not self._added and known.id != article.id:
            reason = f"not the article {known.id} any more, which was added from it: add it again"
            self._refuse(ReadError(origin, reason))
            return
        self._keep(article, origin, stamp)

    def _keep(self, article: Article, origin: str, stamp: str) -> None:
        if article.id in self._removed or not self._claim(article.id, origin):
            return
        if article.published is None:
            self.report.undated.append(origin)
        old = self._old.get(article.id)
        added = self._added or (old is not None and old.added)
        entry = Entry(article.id, article.digest(), origin, stamp, added)
        if old is None:
            self.report.new.append(article.id)
        elif old.digest != entry.digest:
            self.report.changed.append(article.id)
        else:
            self.report.unchanged += 1
        self._entries.append(entry)
        self._batch.append(article)
        if len(self._batch) >= _BATCH:
            self._flush()

    def _claim(self, identity: str, origin: str) -> bool:
        """Whether this file may speak for the article: the first file does, others are told."""
        first = self.seen.setdefault(identity, origin)
        held = self._old.get(identity)
        if held and held.added and not self._added and held.origin != origin:
            first = held.origin
        if first == origin:
            return True
        self.report.errors.append(
            ReadError(origin, f"the same article (by url, or title and date) as {first}: keep one")
        )
        return False

    def _refuse(self, error: ReadError) -> None:
        """List a file that cannot be read; what was read from it before stays in the collection."""
        known = self._by_origin.get(error.origin)
        if known:
            self.seen.setdefault(known.id, error.origin)
            error = ReadError(error.origin, f"{error.reason} (the version read before is kept)")
        self.report.errors.append(error)

    def _flush(self) -> None:
        self._library.put(self._batch)
        self._batch.clear()

    def finish(self, drop: Iterable[str] = ()) -> None:
        self._flush()
        self._library.change(keep=self._entries, drop=drop)


def sync(
    library: Library, paths: Iterable[Path], most: int, tick: Callable[[], None] = lambda: None
) -> SyncReport:
    """Make the library hold what the configured `paths` hold, and what people added by name.

    One file that cannot be read never stops the others: it is listed with its reason. A path that
    is missing altogether keeps its articles, since an unmounted disk looks the same.

    Args:
        library: Where articles are kept; changed in one transaction at the end.
        paths: Files and folders.
        most: Largest file that is read, in bytes.
        tick: Called after each file.
    """
    run = _Sync(library, most, added=False)
    missing: list[str] = []
    for path in paths:
        for found in find(path):
            if isinstance(found, ReadError):
                run.report.errors.append(found)
                missing.append(found.origin)
            else:
                run.take(found)
                tick()
    gone = [
        e.id
        for e in library.entries()
        if e.id not in run.seen
        and not e.added
        and not any(Path(e.origin).is_relative_to(m) for m in missing)
    ]
    run.report.gone = gone
    run.finish(drop=gone)
    return run.report


def add(library: Library, paths: Iterable[Path], most: int) -> SyncReport:
    """Read files and folders into the library for good, whatever happens to the files later.

    A file that held another article before replaces that one.

    Args:
        library: Where articles are kept.
        paths: Files and folders.
        most: Largest file that is read, in bytes.
    """
    run = _Sync(library, most, added=True)
    before = library.entries()
    for path in paths:
        for found in find(path):
            if isinstance(found, ReadError):
                run.report.errors.append(found)
            else:
                run.take(found)
    library.restore(run.seen)
    run.finish()
    after = {e.id for e in library.entries()}
    run.report.gone = [e.id for e in before if e.id not in after]
    return run.report
