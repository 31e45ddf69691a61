"""A question and a passage as one sequence of tokens, as the reader reads them together."""

from typing import NamedTuple

from tokenizers import Tokenizer

LONGEST = 320
"""Tokens of a pair; positions beyond were never trained."""

_QUESTION = 96
_CONTEXT = 72
"""Tokens that are read of each: a question's last ones, before which stands what it is about, and
the first of a context. The rest is the passage's."""


class Pair(NamedTuple):
    """[CLS] question [SEP] context [SEP] passage [SEP].

    Attributes:
        ids: Of the tokens.
        types: 1 for the passage and its mark, 0 before.
        first: Place of the passage's first token.
        spans: First character and one past the last of each token of the passage, in it.
    """

    ids: list[int]
    types: list[int]
    first: int
    spans: list[tuple[int, int]]


class Pairing:
    """Makes pairs.

    Args:
        tokenizer: A BERT tokenizer, with the marks [CLS] and [SEP].

    Attributes:
        tokenizer: The same, without padding or truncation.

    Raises:
        ValueError: The tokenizer has no such marks.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
        if begin is None or end is None:
            raise ValueError("the tokenizer has no [CLS] and [SEP]")
        self._begin: int = begin
        self._end: int = end
        self.tokenizer = tokenizer

    def pair(self, question: str, context: str, text: str) -> Pair:
        """Put them together.

        Args:
            question: Of which the end is read.
            context: What the passage cannot be understood without; its beginning is read.
            text: The passage, read as far as there is room.
        """
        head = [self._begin, *self._ids(question)[-_QUESTION:], self._end]
        head += [*self._ids(context)[:_CONTEXT], self._end]
        room = LONGEST - len(head) - 1
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        body = [*encoding.ids[:room], self._end]
        spans = encoding.offsets[:room]
        return Pair(head + body, [0] * len(head) + [1] * len(body), len(head), spans)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return ids
