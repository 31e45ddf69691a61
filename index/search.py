"""A question to ranked passages: dense and sparse, fused."""

from index.fusion import reciprocal_rank_fusion
from index.generation import Generation
from index.terms import terms
from index.types import Encoder, Evidence, SearchResult, UnusableError, Vectors

DEPTH = 100
"""How many hits each index contributes to the fusion."""


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
        """Return at most `k` passages, best first.

        Args:
            query: The question's vector, shape (dimension,).
            question: Its words.
            language: ISO 639-1 code of the language whose stemming its words get.
            k: How many results at most.
        """
        dense = self.generation.dense.search(query, DEPTH)
        sparse = self.generation.sparse.search(terms(question, language), DEPTH)
        fused = reciprocal_rank_fusion([dense, sparse])[: max(k, 0)]
        dense_at = {hit.row: (rank, hit.score) for rank, hit in enumerate(dense, 1)}
        sparse_at = {hit.row: (rank, hit.score) for rank, hit in enumerate(sparse, 1)}
        passages = self.generation.passages([hit.row for hit in fused])
        results = []
        for rank, (hit, passage) in enumerate(zip(fused, passages, strict=True), 1):
            dense_rank, cosine = dense_at.get(hit.row, (None, None))
            sparse_rank, sparse_score = sparse_at.get(hit.row, (None, 0.0))
            if cosine is None:
                cosine = self.generation.dense.cosine(query, hit.row)
            evidence = Evidence(cosine, dense_rank, sparse_score, sparse_rank)
            results.append(SearchResult(passage, hit.score, rank, evidence))
        return results
