"""The articles of a data set, from JSON Lines or from Markdown files, and their index."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus import files
from corpus.language import detect
from corpus.readers.markdown import read_markdown
from corpus.store import Entry, Library
from corpus.types import Article, ReadError
from index.build import BuildReport, build, exclusive
from index.evaluation.files import rows
from index.generation import Generation, open_current
from index.layout import Layout
from index.types import Encoder, Progress, UnusableError, silent

_MOST_BYTES = 100_000_000


class Collection(dict[str, Article]):
    """Articles by id; `shifts` and `passages` lead from the words of the data set to ours.

    Attributes:
        shifts: By (article, paragraph), how many characters were cut off its beginning.
        passages: What the data set calls a passage, to (article, paragraph).
    """

    def __init__(self) -> None:
        super().__init__()
        self.shifts: dict[tuple[str, int], int] = {}
        self.passages: dict[str, tuple[str, int]] = {}


def read_articles(path: Path) -> Collection:
    """Read a JSON Lines file of articles, or Markdown files, whose names are then the ids.

    Raises:
        UnusableError: A line or file is not an article, an id comes twice, or there is none.
    """
    found = Collection()
    if path.suffix == ".jsonl":
        for place, values in rows(path):
            _add(found, _article(values, place, found), place)
    else:
        for file in files.find(path, files.MARKDOWN):
            data = file if isinstance(file, ReadError) else files.load(file, _MOST_BYTES)
            read = data if isinstance(data, ReadError) else read_markdown(data, str(file))
            if isinstance(read, ReadError) or isinstance(file, ReadError):
                raise UnusableError(str(read))
            _add(found, replace(read, id=file.stem), str(file))
    if not found:
        raise UnusableError(f"{path}: no articles: write one JSON object a line")
    return found


def index(
    folder: Path, collection: Mapping[str, Article], encoder: Encoder, tell: Progress = silent
) -> BuildReport:
    """Make a library and an index of exactly these articles in a data folder of their own.

    What the folder holds from an earlier run is used again: nothing is encoded twice.
    """
    layout = Layout(folder)
    with exclusive(layout, -1), Library(layout.library) as library:
        library.put(collection.values())
        keep = [Entry(a.id, a.digest(), a.id, "", added=True) for a in collection.values()]
        gone = {e.id for e in library.entries()} - set(collection)
        library.change(keep=keep, drop=gone)
        return build(layout, library, encoder, sources=["evaluate"], progress=tell)


@contextmanager
def opened(folder: Path) -> Iterator[Generation]:
    """Open the index that `index` made."""
    generation = open_current(Layout(folder))
    if generation is None:
        raise UnusableError(f"{folder}: the index is gone: run it again")
    with closing(generation):
        yield generation


def _add(found: Collection, article: Article, place: str) -> None:
    if article.id in found:
        raise UnusableError(f"{place}: the article {article.id} was there before: give it a new id")
    found[article.id] = article


def _article(values: Mapping[str, Any], place: str, found: Collection) -> Article:
    name, paragraphs = values.get("id"), _texts(values.get("paragraphs"))
    if not isinstance(name, str) or not name:
        raise UnusableError(f"{place}: an article without an id: add one")
    if not any(p.strip() for p in paragraphs):
        raise UnusableError(f'{place}: "paragraphs" must be a list of texts with words in it')
    for at, text in enumerate(paragraphs):
        found.shifts[name, at] = len(text) - len(text.lstrip())
    for at, passage in enumerate(values.get("passage_ids") or ()):
        found.passages[str(passage)] = (name, at)
    stripped = tuple(text.strip() for text in paragraphs)
    sections = _texts(values.get("sections"))
    if values.get("sections") and len(sections) != len(paragraphs):
        raise UnusableError(f'{place}: "sections" must have one text for each paragraph')
    title = str(values.get("title") or "").strip() or name
    published = _day(values.get("published"), place)
    return Article(
        id=name,
        url=values.get("url"),
        title=title,
        source=values.get("outlet"),
        authors=(),
        published=published,
        published_from="data set" if published else None,
        language=values.get("language") or detect("\n".join((title, *stripped))),
        paragraphs=stripped,
        sections=tuple(sections) if any(sections) else (),
    )


def _texts(values: object) -> list[str]:
    """A list of texts as it is; nothing for all else."""
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        return []
    return values


def _day(value: object, place: str) -> datetime | None:
    if not value:
        return None
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
    except ValueError as error:
        raise UnusableError(f"{place}: {value!r} is no date: write 2014-12-31") from error


def paragraphs(collection: Iterable[Article]) -> int:
    """How many paragraphs these articles have."""
    return sum(len(a.paragraphs) for a in collection)
