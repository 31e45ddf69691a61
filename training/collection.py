"""Articles indexed for a moment, to be searched as the bot searches them."""

from collections.abc import Sequence
from pathlib import Path

from corpus.store import Entry, Library
from corpus.types import Article
from index.build import build
from index.generation import open_current
from index.layout import Layout
from index.search import HybridSearcher
from index.types import Encoder, SearchResult, UnusableError


class Collection:
    """A generation of `articles` in `folder`, open.

    Args:
        folder: Empty, and kept as long as the collection is used.
        articles: At least one.
        encoder: To index and to search with.

    Attributes:
        articles: By id.
        generation: What is searched.
    """

    def __init__(self, folder: Path, articles: Sequence[Article], encoder: Encoder) -> None:
        layout = Layout(folder)
        with Library(layout.library) as library:
            library.put(articles)
            library.change(keep=[Entry(a.id, a.digest(), a.id, "", True) for a in articles])
            build(layout, library, encoder)
        self.articles = {a.id: a for a in articles}
        generation = open_current(layout)
        if generation is None:
            raise UnusableError(f"{folder}: the index that was just built is gone")
        self.generation = generation
        self._searcher = HybridSearcher(self.generation, encoder)

    def found(self, question: str, k: int = 40) -> list[SearchResult]:
        """Return what the bot's search finds for an English question."""
        return self._searcher.search([self._searcher.form(question, "en")], k)
