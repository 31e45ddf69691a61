"""A question to ranked passages: dense and sparse, fused, then put in their final order."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage
from index.across import Across, Stretch
from index.catalog import CatalogEntry
from index.company import COMPANY, company
from index.fusion import reciprocal_rank_fusion
from index.generation import Generation
from index.openings import openings
from index.preference import UNDATED, Preference
from index.rerank import CONTEXT_SHARE, brevity, coverage, locality, missing, relevance
from index.scale import above
from index.spelling import Speller
from index.terms import content_terms, naming_terms, terms
from index.topic import Topic
from index.types import Encoder, Evidence, Hit, SearchResult, UnusableError, Vectors

DEPTH = 100
"""How many hits each index contributes to the fusion."""

RERANKED = 60
"""How many fused hits are put in their final order."""

_PREFERRED = 0.8
"""Rows that count at least so much are searched a second time, without the others."""

_ARTICLE_BONUS = 0.1
_ARTICLE_BONUS_LOCAL = 0.15
_PLACE_BONUS_LOCAL = 0.1
_PLACE_PARAGRAPHS = 3.0
"""Where follow-ups are asked of what stands around the last quotation (`index.rerank.locality`), as
much again for its article, and something for the place in it: a place bonus of 0.05, 0.1 and 0.15
gets 81.4, 82.6 and 80.8 % of the dependent questions of tests/data/dialogues.jsonl right; among
1,870 articles of news an article's of 0.15, 0.25 and 0.35 in all 73.7, 74.9 and 74.9 %. Where
passages are long, both cost: see `benchmarks.mtrag`."""

_ORDER_BONUS = 3.0
"""Instead of it, for who reads on or wants to see the last quotation again: a paragraph gets 0.6
more than the one after it, which nothing else that is said for a passage makes up for."""

_YEAR = re.compile(r"[12]\d{3}")

_Factors = NDArray[np.float32]


class Form(NamedTuple):
    """One wording of a question, ready to be searched.

    Attributes:
        vector: Shape (dimension,).
        terms: For BM25.
        weights: The terms that name something, with the rarity of each.
        share: Of the passage's score; those of all forms add up to 1.
        optional: Terms that are not missed where they are not found, such as those of a date.
        language: In which it is asked, ISO 639-1.
        about: Terms that only say what the question is about: its article need not repeat them in
            each passage.
    """

    vector: Vectors
    terms: list[str]
    weights: Mapping[str, float]
    share: float = 1.0
    optional: frozenset[str] = frozenset()
    language: str = ""
    about: frozenset[str] = frozenset()


Going = Literal["more", "on", "again", "about"]


class Near(NamedTuple):
    """A place in the collection at which a conversation is.

    Attributes:
        article_id: Of the article last quoted first.
        paragraph: Last quoted of it, from 0.
        others: Articles quoted beside it.
        going: What a question wants that names nothing itself: "on" what follows in the article,
            "more" what else there is, "again" where it stands, "about" something of what stands
            there. None for other questions.
    """

    article_id: str
    paragraph: int
    others: frozenset[str]
    going: Going | None = None


class _Ranks(NamedTuple):
    """What the two indexes returned for one form: (rank from 1, score) by row.

    `best` is the highest BM25 score.
    """

    dense: dict[int, tuple[int, float]]
    sparse: dict[int, tuple[int, float]]
    best: float


class _Other(NamedTuple):
    """A language other than the question's.

    Attributes:
        stretch: Between the two.
        terms: Of the passages in it that were found.
    """

    stretch: Stretch
    terms: frozenset[str]


class HybridSearcher:
    """Searches one generation. For one thread.

    Args:
        generation: The index.
        encoder: The one that the index was built with.
        hidden: Returns the ids of articles that are not to be found, asked at each search: what a
            person takes out is gone at once, and not only when the index is built anew.
        across: Likeness between languages; None takes all for one.

    Raises:
        UnusableError: It is another one.
    """

    def __init__(
        self,
        generation: Generation,
        encoder: Encoder,
        hidden: Callable[[], Collection[str]] = frozenset,
        across: Across | None = None,
    ) -> None:
        manifest = generation.manifest
        if (manifest.fingerprint, manifest.dimension) != (encoder.fingerprint, encoder.dimension):
            raise UnusableError(
                f"the index was built with another model ({manifest.model}) or its settings than"
                f" {encoder.name}: run `verbatim index`"
            )
        self.generation = generation
        self._encoder = encoder
        self._hidden = hidden
        self._across = across
        self._short = brevity(manifest.length)
        self._speller = Speller(generation.catalog.words())

    def spelt(self, question: str, language: str) -> str:
        """Return a question with what is mistyped put right.

        Args:
            question: As typed.
            language: ISO 639-1 code of the language whose stemming its words get.
        """
        is_strange = self._across is not None and not self._across.understands(language)
        return self._speller.corrected(
            question, lambda word: self._is_word(word, language), is_strange=is_strange
        )

    def _is_word(self, word: str, language: str) -> bool:
        # A word that the model reads as one has been seen often: rarer ones it reads in pieces.
        held = (self.generation.catalog.holding(term) for term in terms(word, language))
        return any(held) or self._encoder.count(word) <= 1

    def form(
        self,
        question: str,
        language: str,
        share: float = 1.0,
        optional: str = "",
        spoken: str | None = None,
        about: str = "",
    ) -> Form:
        """Make a question ready to be searched.

        Args:
            question: Its own words.
            language: ISO 639-1 code of the language whose stemming they get.
            share: Of the passage's score, beside other forms.
            optional: Those of its words that are not missed where they are not found.
            spoken: ISO 639-1 code of the language in which it is asked; None for `language`.
            about: What was asked before it, which says what it is about.
        """
        whole = f"{about} {question}" if about else question
        vector: Vectors = self._encoder.encode_queries([whole])[0]
        named = content_terms(whole, language)
        return Form(
            vector,
            terms(whole, language),
            self.generation.weights(named),
            share,
            frozenset(terms(optional, language)),
            spoken or language,
            frozenset(terms(about, language)).difference(terms(question, language)),
        )

    def search(
        self,
        forms: Sequence[Form],
        k: int,
        preference: Preference | None = None,
        near: Near | None = None,
    ) -> list[SearchResult]:
        """Return at most `k` passages, best first, ties by docid.

        Args:
            forms: Wordings of one question, the fullest last, whose evidence is returned; their
                scores are added up by their shares.
            k: How many results at most.
            preference: Which time and outlet the question is about; None for any.
            near: Where the conversation is; None for nowhere.
        """
        index = self.generation
        if preference:
            factors = preference.factors(index.rows, self._naming(forms[-1].optional))
        else:
            factors = np.ones(len(index.rows), np.float32)
        for article in self._hidden():
            factors[index.rows_of(article)] = 0.0
        strange = self._strange(forms[-1].language)
        mute = self._mute
        heard = np.where(mute, np.float32(0.0), factors)
        rankings: list[list[Hit]] = []
        for form in forms:
            rankings += [self._dense(form, heard, strange), self._sparse(form, factors)]
        ranks = [
            _Ranks(_by_row(dense), _by_row(sparse), max((h.score for h in sparse), default=1.0))
            for dense, sparse in zip(rankings[::2], rankings[1::2], strict=True)
        ]
        # Where words cannot vote, meaning votes twice.
        seconds = [
            [hit for hit in dense if self._language(hit.row) == name]
            for dense in rankings[::2]
            for name in strange
        ]
        fused = reciprocal_rank_fusion([*rankings, *seconds])
        rows = [hit.row for hit in fused[:RERANKED]]
        if near:
            around = [row for row in index.rows_of(near.article_id) if factors[row]]
            rows = list(dict.fromkeys([*rows, *around]))
        entries = index.entries(rows)
        leads = {name: index.lead(name) for name in {e.passage.article_id for e in entries}}
        languages = [self._language(row) for row in rows]
        known = _known(languages, entries) if strange else {}
        scored = []
        for row, entry, language in zip(rows, entries, languages, strict=True):
            other = None
            if language in strange:
                other = _Other(strange[language], known[language])
            dated = bool(index.rows.days[row] != UNDATED)
            lead, factor = leads[entry.passage.article_id], float(factors[row])
            judged = [
                self._evidence(
                    form, rank, row, entry, lead, factor, other, by_words=bool(mute[row])
                )
                for form, rank in zip(forms, ranks, strict=True)
            ]
            score = _nearness(entry.passage, near, self._short) + sum(
                form.share * relevance(evidence, entry.passage, self._short, dated=dated)
                for form, evidence in zip(forms, judged, strict=True)
            )
            scored.append((score, entry.passage, judged[-1], row))
        scored.sort(key=lambda one: (-one[0], one[1].docid))
        beside = self._company([row for *_, row in scored[: max(k, COMPANY)]])
        return [
            SearchResult(passage, score, rank, evidence, beside[rank - 1])
            for rank, (score, passage, evidence, _) in enumerate(scored[: max(k, 0)], 1)
        ]

    def naming(self, words: str, language: str, most: int) -> list[SearchResult]:
        """Return the passages that hold all of some words, the newest first, without evidence.

        Args:
            words: Such as a name; none are held by no passage.
            language: ISO 639-1 code of the language whose stemming they get.
            most: How many at most.
        """
        index, asked = self.generation, terms(words, language)
        holds = self._holding(asked)
        for article in self._hidden():
            holds[index.rows_of(article)] = False
        rows = np.flatnonzero(holds)
        newest = rows[np.argsort(-index.rows.days[rows], kind="stable")][:most]
        return _unjudged(entry.passage for entry in index.entries(newest.tolist()))

    def beginnings(self, articles: Iterable[str], each: int | None) -> list[SearchResult]:
        """Return the first passages of articles, without evidence.

        Args:
            articles: Their ids.
            each: How many of each at most; None for all.
        """
        index = self.generation
        rows = [row for article in articles for row in index.rows_of(article)[:each]]
        return _unjudged(entry.passage for entry in index.entries(rows))

    def topic(self, words: str, language: str) -> Topic:
        """Make what articles shall be on ready to be looked for.

        Args:
            words: That name it.
            language: ISO 639-1 code of the language whose stemming they get.
        """
        vector: Vectors = self._encoder.encode_queries([words])[0]
        return Topic(vector, self.generation.weights(naming_terms(words, language)))

    def openings(
        self,
        first: date | None,
        last: date | None,
        most: int,
        outlet: str | None = None,
        topic: Topic | None = None,
    ) -> list[SearchResult]:
        """Return how the articles of some days begin, newest first, without evidence.

        The arguments are those of `index.openings.openings`.
        """
        passages = openings(
            self.generation,
            first,
            last,
            most,
            outlet=outlet,
            hidden=self._hidden(),
            topic=topic,
            heard=~self._mute,
        )
        return _unjudged(passages)

    def _naming(self, time: Collection[str]) -> NDArray[np.bool_] | None:
        """Which rows hold all words of a time that has its year; None if it has none."""
        if not any(_YEAR.fullmatch(term) for term in time):
            return None
        return self._holding(time)

    def _holding(self, asked: Collection[str]) -> NDArray[np.bool_]:
        """Which rows hold all of some terms, shape (n,)."""
        holds = np.full(len(self.generation.rows), bool(asked))
        for term in asked:
            holds &= self.generation.sparse.scores([term]) > 0
        return holds

    def _company(self, rows: Sequence[int]) -> list[float]:
        """How alike the passages in `rows`, best first, are to the first of them."""
        floor = self.generation.manifest.floor
        found = company(self.generation.dense.some(rows))
        return [max(above(cosine, floor), 0.0) for cosine in found]

    def _strange(self, spoken: str) -> dict[str, Stretch]:
        """The languages of the collection but that of the question, those that can be compared."""
        if self._across is None:
            return {}
        found = {
            name: self._across.stretch(spoken, name) for name in self.generation.manifest.languages
        }
        return {name: stretch for name, stretch in found.items() if stretch}

    @cached_property
    def _mute(self) -> NDArray[np.bool_]:
        """Which rows are in a language that the model does not understand, shape (n,).

        Whatever is asked, it finds them about equally like: there, likeness would only mislead.
        """
        rows = self.generation.rows
        if self._across is None:
            return np.zeros(len(rows), np.bool_)
        understood = [self._across.understands(code) for code in rows.codes]
        # The last is for rows of no known language.
        return ~np.array([*understood, True], np.bool_)[rows.languages]

    def _language(self, row: int) -> str:
        rows = self.generation.rows
        return rows.codes[int(rows.languages[row])]

    def _dense(self, form: Form, factors: _Factors, strange: Mapping[str, Stretch]) -> list[Hit]:
        """Hits by cosine above the floor times what each row counts; none that counts nothing."""
        index, floor = self.generation.dense, self.generation.manifest.floor
        hits = {hit.row: hit for hit in index.search(form.vector, DEPTH)}
        preferred = factors >= _PREFERRED
        if not preferred.all() and preferred.any():
            hits |= {hit.row: hit for hit in index.search(form.vector, DEPTH, preferred)}
        rows = self.generation.rows
        if strange and len(rows.codes) > 1:
            # Passages in the question's own language are liker to it, whatever they are about.
            for place in range(len(rows.codes)):
                within = rows.languages == place
                hits |= {hit.row: hit for hit in index.search(form.vector, DEPTH, within)}
        counted = (
            (
                hit,
                _above(hit.score, floor, strange.get(self._language(hit.row)))
                * float(factors[hit.row]),
            )
            for hit in hits.values()
            if factors[hit.row]
        )
        ranked = sorted(counted, key=lambda one: (-one[1], one[0].row))
        return [hit for hit, _ in ranked[:DEPTH]]

    def _sparse(self, form: Form, factors: _Factors) -> list[Hit]:
        return self.generation.sparse.search(form.terms, DEPTH, factors)

    def _evidence(
        self,
        form: Form,
        ranks: _Ranks,
        row: int,
        entry: CatalogEntry,
        lead: frozenset[str],
        factor: float,
        other: "_Other | None",
        *,
        by_words: bool,
    ) -> Evidence:
        dense_rank, cosine = ranks.dense.get(row, (None, None))
        sparse_rank, sparse_score = ranks.sparse.get(row, (None, 0.0))
        if cosine is None and not by_words:
            cosine = self.generation.dense.cosine(form.vector, row)
        share = (1.0 - self._short) * CONTEXT_SHARE
        # The passage answers for the question's own words, the article for what it is about.
        held = entry.terms | (form.about & (lead | entry.context_terms))
        return Evidence(
            cosine=0.0
            if cosine is None
            else _above(cosine, self.generation.manifest.floor, other and other.stretch),
            dense_rank=dense_rank,
            sparse=sparse_score / ranks.best,
            sparse_rank=sparse_rank,
            coverage=coverage(form.weights, held, entry.context_terms, share, form.optional),
            lead=coverage(form.weights, lead, (), optional=form.optional),
            factor=factor,
            missing=missing(form.weights, other.terms, form.optional) if other else 0.0,
            is_by_words=by_words,
        )


def _unjudged(passages: Iterable[Passage]) -> list[SearchResult]:
    """Passages as results that no question was compared with."""
    none = Evidence(0.0, None, 0.0, None, 0.0, 0.0, 1.0)
    return [SearchResult(one, 0.0, rank, none, 0.0) for rank, one in enumerate(passages, 1)]


def _nearness(passage: Passage, near: Near | None, short: float) -> float:
    """What standing in or around the last quotation adds to a passage's score."""
    if near is None:
        return 0.0
    # Who wants "more" means this article, however long its passages are.
    local = 1.0 if near.going else locality(short)
    article = _ARTICLE_BONUS + local * _ARTICLE_BONUS_LOCAL
    if passage.article_id == near.article_id:
        away = passage.paragraph - near.paragraph
        is_ordered = near.going == "again" or (near.going == "on" and away >= 0)
        bonus = _ORDER_BONUS if is_ordered else local * _PLACE_BONUS_LOCAL
        return article + bonus * math.exp(-abs(away) / _PLACE_PARAGRAPHS)
    return article / 2 if passage.article_id in near.others else 0.0


def _above(cosine: float, floor: float, stretch: Stretch | None) -> float:
    """Cosine as it would be within one language, counted from the floor."""
    if stretch is None:
        return above(cosine, floor)
    return stretch.cosine * above(cosine, floor - stretch.gap)


def _known(languages: Sequence[str], entries: Sequence[CatalogEntry]) -> dict[str, frozenset[str]]:
    """The terms that the passages of each language hold."""
    known: dict[str, frozenset[str]] = {}
    for language, entry in zip(languages, entries, strict=True):
        held = entry.terms | entry.context_terms
        known[language] = known.get(language, frozenset()) | held
    return known


def _by_row(hits: Sequence[Hit]) -> dict[int, tuple[int, float]]:
    return {hit.row: (rank, hit.score) for rank, hit in enumerate(hits, 1)}
