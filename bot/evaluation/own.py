"""Questions about a collection of one's own: a table of question and expected address."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from corpus.types import Article
from index.evaluation.questions import Question, name_of
from index.types import UnusableError

_QUESTION = ("question", "query")
_URL = ("url", "expected url", "expected_url", "expected", "address", "link")


def read_csv(path: Path, articles: Iterable[Article]) -> list[Question]:
    """Read questions, each with the address of the article that answers; no address: none does.

    Args:
        path: CSV with a header, parted by commas, semicolons or tabs; other columns are passed
            over.
        articles: Of the index.

    Raises:
        UnusableError: The file cannot be read, or a row is wrong; the message names its line.
    """
    by_url = {_same(a.url): a.id for a in articles if a.url}
    found = [_question(path, line, asked, url, by_url) for line, asked, url in _rows(path)]
    if not found:
        raise UnusableError(f"{path}: no questions below the header: add some")
    return found


def _rows(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line number, question and address of each row that is not empty."""
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            if not header.strip():
                raise UnusableError(f"{path}: empty: begin with the header question,url")
            delimiter = max(",;\t", key=header.count)
            names = [n.strip().casefold() for n in next(csv.reader([header], delimiter=delimiter))]
            asked, url = _column(path, names, _QUESTION), _column(path, names, _URL)
            lines = csv.reader(file, delimiter=delimiter, strict=True)
            line = 2
            for row in lines:
                line = lines.line_num + 2
                if any(cell.strip() for cell in row):
                    cells = [*row, *[""] * len(names)]
                    yield line - 1, cells[asked].strip(), cells[url].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableError(f"{path}: cannot be read: {error}") from error
    except csv.Error as error:
        raise UnusableError(f"{path} line {line}: not CSV: {error}: put it in quotes") from error


def _column(path: Path, names: list[str], wanted: tuple[str, ...]) -> int:
    for name in wanted:
        if name in names:
            return names.index(name)
    raise UnusableError(f'{path} line 1: no column "{wanted[0]}": begin with the header')


def _question(path: Path, line: int, asked: str, url: str, by_url: Mapping[str, str]) -> Question:
    if not asked:
        raise UnusableError(f"{path} line {line}: no question: write one or delete the line")
    article = by_url.get(_same(url))
    if url and article is None:
        raise UnusableError(
            f"{path} line {line}: no article in the index has the address {url}: correct it, or"
            " leave it empty if nothing answers the question"
        )
    gold = frozenset([name_of(article)] if article is not None else [])
    return Question(f"line-{line}", asked, bool(gold), gold=gold, gold_articles=gold)


def _same(url: str) -> str:
    """An address without what does not change the page that it names."""
    parts = urlsplit(url.strip())
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}"
