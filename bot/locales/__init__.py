"""Catalogues of the program's words, one CODE.po a language, and what belongs into them."""

from collections.abc import Iterator

from bot import texts


def messages() -> Iterator[str | tuple[str, str]]:
    """Yield every text of `bot.texts`: a sentence, or a pair for one thing and for several."""
    for name, value in vars(texts).items():
        if not name.isupper():
            continue
        yield from value.values() if isinstance(value, dict) else [value]
