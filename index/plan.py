"""What a new generation is made of: passages as the one before has them, and newly cut ones."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.paragraphs import CUTTING, context, embedded_text, passages
from corpus.store import Library
from corpus.types import Article
from index.catalog import Catalog, CatalogEntry
from index.terms import TERMS, terms
from index.types import Encoder


class Cut(NamedTuple):
    """A passage ready to be indexed.

    Attributes:
        entry: What the catalog keeps of it.
        embedded: Exactly the text that is embedded.
        document: Its terms with those of its context, for BM25.
        published: Day of the article.
        outlet: Of the article.
        language: Of the article, ISO 639-1.
    """

    entry: CatalogEntry
    embedded: str
    document: list[str]
    published: date | None
    outlet: str | None
    language: str


class Plan(NamedTuple):
    """The rows of a new generation, by article id.

    Attributes:
        taken: For each row that of the earlier generation that it is, or -1 for the next of `cut`.
        cut: The new passages.
    """

    taken: NDArray[np.int64]
    cut: list[Cut]


def recipe(encoder: Encoder, form: int) -> str:
    """Digest of all that an article's passages, terms and vectors depend on but its text.

    Args:
        encoder: Its fingerprint.
        form: Version of the generation's layout.
    """
    values = [form, TERMS, CUTTING, encoder.fingerprint]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def content(recipe: str, sources: Sequence[str], versions: Sequence[tuple[str, str]]) -> str:
    """Digest of all that a generation is made of.

    Args:
        recipe: As `recipe` gives it.
        sources: The configured files and folders.
        versions: Id and digest of each article.
    """
    digest = hashlib.sha256(json.dumps([recipe, *sources]).encode())
    for name, version in versions:
        digest.update(f"\n{name} {version}".encode())
    return digest.hexdigest()


def plan(
    library: Library, versions: Sequence[tuple[str, str]], encoder: Encoder, base: Catalog | None
) -> Plan:
    """Take every article that `base` has in its current version from there, and cut the others.

    Args:
        library: Has the articles.
        versions: Id and digest of each, by id.
        encoder: Says where to cut.
        base: Of the generation before; None to take nothing.
    """
    held = base.articles() if base else {}
    taken: list[int] = []
    cut: list[Cut] = []
    for name, digest in versions:
        one = held.get(name)
        if one and one.digest == digest:
            taken.extend(range(one.first, one.first + one.passages))
        elif article := library.version(digest):
            parts = _cut(article, encoder)
            cut += parts
            taken += [-1] * len(parts)
    return Plan(np.array(taken, np.int64), cut)


def _cut(article: Article, encoder: Encoder) -> list[Cut]:
    day = article.published.date() if article.published else None
    found = []
    for passage in passages(article, encoder.count, encoder.limit):
        near = terms(context(article, passage.paragraph), article.language)
        own = terms(passage.text, article.language)
        entry = CatalogEntry(passage, frozenset(own), frozenset(near))
        embedded = embedded_text(article, passage.paragraph, passage.text)
        found.append(Cut(entry, embedded, near + own, day, article.source, article.language))
    return found
