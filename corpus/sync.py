"""Bringing the library into step with files: what is new, changed, gone, or cannot be read."""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.files import Sizes, find, load
from corpus.readers import READER, Found, Lead, Options, Source, read
from corpus.recurring import Pages, Recurrence
from corpus.store import Entry, FileRecord, Library
from corpus.types import INSIDE, Article, ReadError

DEFAULT = Options()
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
        errors: One for each file or folder, or part of a file, that could not be read.
        notes: Where something was read, but a person should know how: dates that were not trusted,
            pages that go on elsewhere.
        leads: Pages that feeds and sitemaps name and do not hold: they have to be fetched.
        recurring: Lines that were dropped from now on, since they recur over a site.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unchanged: int = 0
    undated: list[str] = field(default_factory=list)
    errors: list[ReadError] = field(default_factory=list)
    notes: list[ReadError] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    recurring: list[Recurrence] = field(default_factory=list)


class _Sync:
    """One pass over files: decides for each whether it is read, and what becomes of it."""

    def __init__(
        self, library: Library, most: int | Sizes, options: Options, *, added: bool
    ) -> None:
        self.report = SyncReport()
        self.seen: dict[str, str] = {}
        self.taken: set[str] = set()
        self._library = library
        self._most = most
        self._options = options
        self._added = added
        self._now = datetime.now(UTC)
        self._old = {e.id: e for e in library.entries()}
        self._by_origin = {e.origin: e for e in self._old.values()}
        self._origins = sorted(self._by_origin)
        self._removed = frozenset() if added else library.removed()
        self._entries: dict[str, Entry] = {}
        self._batch: list[Article] = []
        self._files: list[FileRecord] = []
        self._pages = Pages(library)

    def take(self, path: Path) -> None:
        """Read one file, unless it is known to hold what it held before."""
        origin = str(path)
        if origin in self.taken:  # Two of the paths overlap.
            return
        self.taken.add(origin)
        data = load(path, self._most)
        if isinstance(data, ReadError):
            self._refuse(data)
            return
        stamp = _stamp(data, self._options)
        known = self._library.file(origin)
        if known and known.stamp == stamp and self._stands(known):
            self._repeat(known)
            return
        source = Source(origin, path.name, options=self._options, now=self._now)
        self._read(data, source, stamp)

    def _read(self, data: bytes, source: Source, stamp: str) -> None:
        held: dict[str, str] = {}
        faults: list[ReadError] = []
        for result in read(data, source):
            if isinstance(result, Lead):
                self.report.leads.append(result)
            elif isinstance(result, ReadError):
                faults.append(result)
            elif result.origin in held.values():
                faults.append(ReadError(result.origin, "stands there twice: keep one"))
            else:
                held.setdefault(result.article.id, result.origin)
                self._found(result, stamp)
        for fault in faults:
            self._refuse(fault)
        if held:
            record = FileRecord(source.origin, stamp, tuple(held.items()), tuple(faults))
            self._files.append(record)

    def _stands(self, file: FileRecord) -> bool:
        """Whether each article of a file is in the collection, from there or from elsewhere."""
        for identity, origin in file.held:
            entry = self._old.get(identity)
            is_from_here = (
                entry is not None
                and entry.origin == origin
                and entry.stamp == file.stamp
                and entry.added >= self._added
            )
            if not (
                is_from_here
                or identity in self._removed
                or self._holder(identity, origin) != origin
            ):
                return False
        return True

    def _repeat(self, file: FileRecord) -> None:
        for identity, origin in file.held:
            if identity not in self._removed and self._claim(identity, origin):
                self.report.unchanged += 1
        for fault in file.faults:
            self._refuse(fault)

    def _found(self, found: Found, stamp: str) -> None:
        article, origin = found.article, found.origin
        known = self._by_origin.get(origin)
        if known and known.added and not self._added and known.id != article.id:
            reason = f"not the article {known.id} any more, which was added from it: add it again"
            self._refuse(ReadError(origin, reason))
            return
        if article.id in self._removed or not self._claim(article.id, origin):
            return
        if found.is_page:
            article = self._pages.without_known(article)
        self.report.notes += [ReadError(origin, note) for note in found.notes]
        self._keep(article, origin, stamp)
        if found.is_page:
            self._pages.add(article)

    def _keep(self, article: Article, origin: str, stamp: str) -> None:
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
        self._entries[article.id] = entry
        self._put(article)

    def _put(self, article: Article) -> None:
        self._batch.append(article)
        if len(self._batch) >= _BATCH:
            self._flush()

    def _holder(self, identity: str, origin: str) -> str:
        """Where the article that `origin` holds, too, is taken from: the first place there is."""
        held = self._old.get(identity)
        if held and held.added and not self._added and held.origin != origin:
            return held.origin
        return self.seen.get(identity, origin)

    def _claim(self, identity: str, origin: str) -> bool:
        """Whether this place may speak for the article: the first does, others are told."""
        first = self._holder(identity, origin)
        self.seen.setdefault(identity, origin)
        if first == origin:
            return True
        self.report.errors.append(
            ReadError(origin, f"the same article (by url, or title and date) as {first}: keep one")
        )
        return False

    def _refuse(self, error: ReadError) -> None:
        """List what cannot be read; what was read from it before stays in the collection."""
        kept = False
        for known in self._from(error.origin):
            if known.id not in self._entries:
                self.seen.setdefault(known.id, known.origin)
                kept = True
        if kept:
            error = ReadError(error.origin, f"{error.reason} (the version read before is kept)")
        self.report.errors.append(error)

    def _from(self, origin: str) -> Iterator[Entry]:
        """The entries that were read from a place, or from something in it."""
        if origin in self._by_origin:
            yield self._by_origin[origin]
        inside = origin + INSIDE
        for at in range(bisect_left(self._origins, inside), len(self._origins)):
            if not self._origins[at].startswith(inside):
                return
            yield self._by_origin[self._origins[at]]

    def _flush(self) -> None:
        self._library.put(self._batch)
        self._batch.clear()

    def _drop_recurring(self) -> None:
        """Leave out the lines that turned out to recur, from what was there before as well."""
        self._flush()
        current = self._old | self._entries
        for entry, shortened in self._pages.shortened(current.values(), set(self._entries)):
            self._entries[entry.id] = replace(entry, digest=shortened.digest())
            self._put(shortened)
            was = self._old.get(entry.id)
            if was and was.digest == entry.digest:
                self.report.changed.append(entry.id)
                self.report.unchanged -= entry.id in self.seen

    def finish(self, drop: Iterable[str] = ()) -> None:
        """Change the library, in one transaction."""
        self._drop_recurring()
        self._flush()
        self._library.change(
            keep=self._entries.values(),
            drop=drop,
            files=self._files,
            lines=[(r.host, r.key) for r in self._pages.found],
        )
        self.report.recurring += self._pages.found


def _stamp(data: bytes, options: Options) -> str:
    said = options.columns or options.channels
    chosen = json.dumps([dict(options.columns), dict(options.channels)], sort_keys=True)
    extra = f"{hashlib.sha256(chosen.encode()).hexdigest()[:8]}:" if said else ""
    return f"{READER}:{extra}{hashlib.sha256(data).hexdigest()}"


def sync(
    library: Library,
    paths: Iterable[Path],
    most: int | Sizes,
    tick: Callable[[], None] = lambda: None,
    options: Options = DEFAULT,
) -> SyncReport:
    """Make the library hold what the configured `paths` hold, and what people added by name.

    One file that cannot be read never stops the others: it is listed with its reason. A path that
    is missing altogether keeps its articles, since an unmounted disk looks the same.

    Args:
        library: Where articles are kept; changed in one transaction at the end.
        paths: Files and folders.
        most: Largest file that is read, in bytes.
        tick: Called after each file.
        options: How exports are read.
    """
    run = _Sync(library, most, options, added=False)
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
        if e.id not in run.seen and not e.added and not any(_is_below(e.origin, m) for m in missing)
    ]
    run.report.gone = gone
    run.finish(drop=gone)
    library.forget_files(run.taken)
    return run.report


def _is_below(origin: str, path: str) -> bool:
    return Path(origin).is_relative_to(path) or origin.startswith(path + INSIDE)


def add(
    library: Library, paths: Iterable[Path], most: int | Sizes, options: Options = DEFAULT
) -> SyncReport:
    """Read files and folders into the library for good, whatever happens to the files later.

    A file that held another article before replaces that one.

    Args:
        library: Where articles are kept.
        paths: Files and folders.
        most: Largest file that is read, in bytes.
        options: How exports are read.
    """
    run = _Sync(library, most, options, added=True)
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
