from datetime import UTC, datetime

from bot.ordering import corrected, newest_first
from bot.quote import quote
from bot.reading import Read
from corpus.paragraphs import passages
from corpus.types import Article


def read(text: str, day: int | None, score: float, name: str | None = None) -> Read:
    published = datetime(2014, 12, day, tzinfo=UTC) if day else None
    article = Article(
        name or f"{text[:9]}-{day}", None, "T", None, (), published, None, "en", (text,)
    )
    (passage,) = passages(article, lambda words: len(words.split()), 200)
    return Read(quote(passage, article), score)


OLD = read("The storm killed 12 people in Port Luna.", 1, 1.0)
NEW = read("The storm killed 15 people in Port Luna.", 3, 0.9)
OTHER = read("The bridge of Port Luna is 400 metres long.", 5, 0.95)


def test_of_two_that_disagree_the_newer_comes_first() -> None:
    assert corrected([OLD, OTHER, NEW]) == [NEW, OLD, OTHER]
    assert corrected([NEW, OLD]) == [NEW, OLD]
    assert corrected([]) == []


def test_what_does_not_disagree_stays_where_it_is() -> None:
    same = read("The storm killed 12 people in Port Luna, it is said.", 4, 0.9)
    wordy = read("The storm killed several people in Port Luna.", 4, 0.9)
    far = read("The storm killed 15 people in Port Luna.", 3, 0.7)
    undated = read("The storm killed 15 people in Port Luna.", None, 0.9)
    own = read("The storm killed 15 people in Port Luna.", 3, 0.9, OLD.quotation.article.id)
    for second in (OTHER, same, wordy, far, undated, own):
        assert corrected([OLD, second]) == [OLD, second]


def test_the_latest_of_those_about_as_good() -> None:
    poor = read("Lamps.", 9, 0.5)
    assert newest_first([OLD, NEW, OTHER, poor]) == [OTHER, NEW, OLD, poor]
    assert newest_first([]) == []
