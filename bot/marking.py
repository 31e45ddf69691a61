"""Which sentence is marked in what is quoted, by a model that was trained to find it."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial

from bot.conversation import Wording
from bot.correcting import withdrawn
from bot.quote import Quotation
from bot.reading import own_words
from bot.sentence import answering_sentence
from corpus.paragraphs import context, sentences
from index.onnx_words import OnnxWords
from index.types import TokenVectors

LANGUAGE = "en"
"""The model knows English, ISO 639-1."""

_CHOICE = 2
"""Sentences of a passage, at least: of one there is nothing to choose."""

_KEPT = 400
"""Passages whose tokens are kept, at about 100 kB each."""


class Marker:
    """Marks sentences. For one thread.

    It decides on nothing else: what is quoted, in which order and how surely is as without it. Its
    likeness is a better judge of the sentences of one passage than the encoder's (clapnq 75.2 ->
    77.6, xquad 85.4 -> 87.8 %), and no better one of whether a passage answers.

    Args:
        words: The model.
        threads: On which passages are read.
        clock: Seconds, on which deadlines are given.
    """

    def __init__(
        self, words: OnnxWords, threads: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._words = words
        self._passage = lru_cache(_KEPT)(self._encoded)
        self._threads = threads
        self._clock = clock

    def marked(
        self,
        quotations: Sequence[Quotation],
        wording: Wording,
        language: str,
        deadline: float | None = None,
    ) -> list[Quotation]:
        """Mark the sentence that answers in each of the quotations, in the order given.

        Those in a language that the model does not know, and those for which there is no time, stay
        as they are.

        Args:
            quotations: As they shall be shown.
            wording: The question, the words that are asked behind what they are about.
            language: In which it is asked, ISO 639-1.
            deadline: On the clock, from which no further passage is read.
        """
        if language != LANGUAGE:
            return list(quotations)
        asked = own_words(wording, partial(self._words.encode, query=True))

        def mark(quotation: Quotation) -> Quotation:
            is_late = deadline is not None and self._clock() >= deadline
            if is_late or quotation.article.language != LANGUAGE:
                return quotation
            if len(sentences(quotation.text, LANGUAGE)) < _CHOICE:
                return quotation
            around = context(quotation.article, quotation.passage.paragraph)
            found = answering_sentence(
                *(quotation.text, LANGUAGE, around, [(asked, 1.0)], self._passage),
                withdrawn=withdrawn(
                    quotation.article.title, quotation.text, LANGUAGE, wording.text
                ),
            )
            return quotation.judged(found.span, quotation.confidence, quotation.also_in)

        # The model lets go of Python while it computes.
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(mark, quotations))

    def _encoded(self, text: str) -> TokenVectors:
        return self._words.encode(text, query=False)
