from bot import texts
from bot.forget import Kind, forget
from bot.languages import ENGLISH


class Some:
    """Keeps a number of things about each person."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[tuple[int, int | None]] = []

    def forget(self, person: int, chat: int | None = None) -> int:
        """Take note of what was asked."""
        self.asked.append((person, chat))
        return self.count


def test_it_says_how_much_of_what_there_was() -> None:
    stores = [Some(1), Some(0), Some(1234), Some(2), Some(1)]
    forms = (texts.ANSWERS, texts.ANSWERS, texts.CONVERSATIONS, None, texts.CHOICES)
    kept = [Kind(store, form) for store, form in zip(stores, forms, strict=True)]
    assert (
        forget(kept, 7, -5, ENGLISH)
        == "Deleted:\n• 1 answer\n• 1,234 conversations\n• your settings"
    )
    assert [store.asked for store in stores] == [[(7, -5)]] * 5


def test_where_there_was_nothing_that_is_said() -> None:
    assert (
        forget([Kind(Some(0), texts.ANSWERS), Kind(Some(3))], 7, None, ENGLISH)
        == texts.NOTHING_KEPT
    )
