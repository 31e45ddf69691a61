"""How much of the true text is cut out of web pages, and how much else: ours beside trafilatura's.

    python benchmarks/pages.py ../shared/data/pages

The measure is that of scrapinghub/article-extraction-benchmark: 4-gram shingles of the words, with
precision and recall of each page averaged, and F1 of the averages. The kinds of things that
`corpus/readers/body.py` leaves out were seen on pages of both halves; its numbers were chosen on
the half "tuned".
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from trafilatura import extract

from corpus.readers import Found, Source, read

WORDS = re.compile(r"\w+")
SHINGLE = 4
FLOOR = {"all": 0.980, "tuned": 0.975, "held out": 0.987}
"""F1 that ours must not fall below, by which pages; see tests/corpus/readers/test_pages.py."""


def ours(page: bytes, url: str) -> str:
    """The paragraphs of the article on a page."""
    found = next(iter(read(page, Source(url, url=url))))
    return "\n".join(found.article.paragraphs) if isinstance(found, Found) else ""


def theirs(page: bytes, url: str) -> str:
    """What trafilatura makes of a page by itself."""
    return extract(page, url=url, include_comments=False) or ""


def measure(folder: Path, read_page: Callable[[bytes, str], str]) -> dict[str, tuple[float, ...]]:
    """F1, precision and recall over all pages and over each half of them."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    pages = {}
    for name, said in truth.items():
        page = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        pages[name] = _compared(said["articleBody"], read_page(page, said["url"]))
    return {
        "all": _averaged(pages),
        "tuned": _averaged({n: v for n, v in pages.items() if not _is_held_out(n)}),
        "held out": _averaged({n: v for n, v in pages.items() if _is_held_out(n)}),
    }


def _is_held_out(name: str) -> bool:
    return int(sha256(name.encode()).hexdigest(), 16) % 2 == 1


def _compared(true: str, found: str) -> tuple[float, float]:
    """Precision and recall of one page."""
    wanted, got = _shingles(true), _shingles(found)
    right = (wanted & got).total()
    return right / (got.total() or 1), right / (wanted.total() or 1)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORDS.findall(text)
    places = range(max(1, len(words) - SHINGLE + 1)) if words else ()
    return Counter(tuple(words[at : at + SHINGLE]) for at in places)


def _averaged(pages: Mapping[str, tuple[float, float]]) -> tuple[float, float, float]:
    precision = sum(p for p, _ in pages.values()) / len(pages)
    recall = sum(r for _, r in pages.values()) / len(pages)
    return 2 * precision * recall / (precision + recall), precision, recall


if __name__ == "__main__":
    for label, reader in (("ours", ours), ("trafilatura", theirs)):
        for pages, figures in measure(Path(sys.argv[1]), reader).items():
            f1, precision, recall = figures
            print(f"{label:12} {pages:9} F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}")
