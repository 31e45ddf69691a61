"""A question to ranked passages: dense and sparse, fused, then put in their final order."""

from corpus.types import Passage
from index.fusion import reciprocal_rank_fusion
from index.generation import Generation
from index.rerank import coverage, relevance
from index.scale import above
from index.terms import content_terms, terms
from index.types import Encoder, Evidence, SearchResult, UnusableError, Vectors

DEPTH = 100
"""How many hits each index contributes to the fusion."""

RERANKED = 30
"""How many fused hits are put in their final order."""


class HybridSearcher:
    """Searches one generation. For one thread.

    Args:
        generation: The index.
        encoder: The one that the index was built with.

    Raises:
        UnusableError: It is another one.
    """

    def __init__(self, generation: Generation, encoder: Encoder) -> None:
        manifest = generation.manifest
        if (manifest.fingerprint, manifest.dimension) != (encoder.fingerprint, encoder.dimension):
            raise UnusableError(
                f"the index was built with another model ({manifest.model}) or its settings than"
                f" {encoder.name}: run `verbatim index`"
            )
        self.generation = generation
        self._encoder = encoder

    def encode(self, question: str) -> Vectors:
        """Return the question's vector, shape (dimension,)."""
        vector: Vectors = self._encoder.encode_queries([question])[0]
        return vector

    def search(self, query: Vectors, question: str, language: str, k: int) -> list[SearchResult]:
        """Return at most `k` passages, best first, ties by docid.

        Args:
            query: The question's vector, shape (dimension,).
            question: Its words.
            language: ISO 639-1 code of the language whose stemming its words get.
            k: How many results at most.
        """
        index = self.generation
        dense = index.dense.search(query, DEPTH)
        sparse = index.sparse.search(terms(question, language), DEPTH)
        dense_at = {hit.row: (rank, hit.score) for rank, hit in enumerate(dense, 1)}
        sparse_at = {hit.row: (rank, hit.score) for rank, hit in enumerate(sparse, 1)}
        weights = index.weights(content_terms(question, language))
        rows = [hit.row for hit in reciprocal_rank_fusion([dense, sparse])[:RERANKED]]
        scored: list[tuple[float, Passage, Evidence]] = []
        for row, entry in zip(rows, index.entries(rows), strict=True):
            dense_rank, cosine = dense_at.get(row, (None, None))
            sparse_rank, sparse_score = sparse_at.get(row, (None, 0.0))
            if cosine is None:
                cosine = index.dense.cosine(query, row)
            cosine = above(cosine, index.manifest.floor)
            covered = coverage(weights, entry.terms, entry.context_terms)
            evidence = Evidence(cosine, dense_rank, sparse_score, sparse_rank, covered)
            scored.append((relevance(cosine, covered), entry.passage, evidence))
        scored.sort(key=lambda one: (-one[0], one[1].docid))
        return [
            SearchResult(passage, score, rank, evidence)
            for rank, (score, passage, evidence) in enumerate(scored[: max(k, 0)], 1)
        ]
