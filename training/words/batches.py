"""Examples to padded tensors."""

from collections.abc import Mapping, Sequence

import torch
from tokenizers import Tokenizer

from corpus.paragraphs import sentences
from training.groups import Text
from training.words.examples import Example
from training.words.model import Batch

LONGEST = 256
"""Tokens of a text; of a question a quarter."""


class Batches:
    """Makes batches.

    Args:
        tokenizer: A BERT tokenizer, without padding or truncation.
        numbers: Of each passage's id.
    """

    def __init__(self, tokenizer: Tokenizer, numbers: Mapping[str, int]) -> None:
        self._tokenizer = tokenizer
        self._numbers = numbers

    def batch(self, examples: Sequence[Example]) -> Batch:
        """Put examples together."""
        asked, counts, places = [], [], []
        texts: list[list[int]] = []
        text_of: list[int] = []
        sources, owner, answers = [], [], []
        for number, example in enumerate(examples):
            ids, count = self._question(example)
            asked.append(ids)
            counts.append(count)
            sources.append(self._numbers[example.source.id])
            for text in example.texts:
                ids, place, has = self._text(text, len(text_of))
                owner.append(number)
                text_of += [len(texts)] * len(has)
                answers += has
                texts.append(ids)
                places.append(place)
        asked_ids, asked_mask = _padded(asked, 0)
        texts_ids, texts_mask = _padded(texts, 0)
        return Batch(
            asked_ids,
            asked_mask,
            _padded(counts, 0)[0],
            texts_ids,
            texts_mask,
            _padded(places, -1)[0],
            torch.tensor(text_of),
            torch.tensor(answers),
            torch.tensor(owner),
            torch.tensor(sources),
        )

    def _question(self, example: Example) -> tuple[list[int], list[int]]:
        encoding = self._tokenizer.encode(example.question)
        first = example.own if example.only else 0
        counts = [int(end > start >= first) for start, end in encoding.offsets]
        most = LONGEST // 4
        # A question cut short before its own words would look for nothing.
        counts = counts if any(counts[:most]) else [int(e > s) for s, e in encoding.offsets]
        return encoding.ids[:most], counts[:most]

    def _text(self, text: Text, first: int) -> tuple[list[int], list[int], list[bool]]:
        """Its tokens, the number of the sentence of each, and whether each sentence answers."""
        head = f"{text.context}\n"
        encoding = self._tokenizer.encode(head + text.text)
        spans = sentences(text.text, "en") or [(0, len(text.text))]
        places = []
        for start, end in encoding.offsets[:LONGEST]:
            begin, stop = start - len(head), end - len(head)
            inside = (i for i, (a, b) in enumerate(spans) if end > start and a <= begin < stop <= b)
            number = next(inside, None)
            places.append(-1 if number is None else first + number)
        answers = [
            first + number in places and any(start < e and s < end for s, e in text.spans)
            for number, (start, end) in enumerate(spans)
        ]
        return encoding.ids[:LONGEST], places, answers


def _padded(rows: Sequence[Sequence[int]], filling: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The rows, each as long as the longest, and 1 where they are not filled up."""
    shape = (len(rows), max(len(row) for row in rows))
    values, mask = torch.full(shape, filling), torch.zeros(shape, dtype=torch.long)
    for number, row in enumerate(rows):
        values[number, : len(row)] = torch.tensor(row)
        mask[number, : len(row)] = 1
    return values, mask
