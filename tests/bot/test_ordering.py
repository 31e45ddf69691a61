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


def test_numbers_may_be_words() -> None:
    old = read("The storm killed four people in Port Luna.", 1, 1.0)
    new = read("The storm has killed 6 people in Port Luna.", 3, 0.9)
    same = read("The storm killed 4 people in Port Luna.", 3, 0.9)
    assert corrected([old, new]) == [new, old]
    assert corrected([old, same]) == [old, same]


def test_what_does_not_disagree_stays_where_it_is() -> None:
    same = read("The storm killed 12 people in Port Luna, it is said.", 4, 0.9)
    wordy = read("The storm killed several people in Port Luna.", 4, 0.9)
    far = read("The storm killed 15 people in Port Luna.", 3, 0.7)
    undated = read("The storm killed 15 people in Port Luna.", None, 0.9)
    own = read("The storm killed 15 people in Port Luna.", 3, 0.9, OLD.quotation.article.id)
    for second in (OTHER, same, wordy, far, undated, own):
        assert corrected([OLD, second]) == [OLD, second]


def test_a_correction_comes_before_what_it_corrects() -> None:
    wrong = read("The storm killed 1,200 people in Port Luna in 2014.", 1, 1.0)
    right = read("Correction: the storm did not kill 1,200 people in Port Luna but 120.", 3, 0.3)
    assert corrected([wrong, OTHER, right]) == [right, wrong, OTHER]
    # Of another number, older, or in the middle of a sentence it corrects nothing here.
    for other in (
        read("Correction: the bridge of Port Luna is 400 metres long, not 40.", 3, 0.3),
        read("Correction: in 2014 the storm killed others in Port Luna.", 3, 0.3),
        read("Corrections: 1,200 people in Port Luna.", None, 0.3),
        read("A correction of 1,200 pages was read in Port Luna.", 3, 0.3),
    ):
        assert corrected([wrong, other]) == [wrong, other]
    mayor = read("The mayor of Port Luna is Ada Quill.", 1, 1.0)
    name = read("Поправка: mayor of Port Luna is Eve Quill, not Ada.", 2, 0.3)
    assert corrected([mayor, name]) == [name, mayor]


def test_the_latest_of_those_about_as_good() -> None:
    poor = read("Lamps.", 9, 0.5)
    assert newest_first([OLD, NEW, OTHER, poor]) == [OTHER, NEW, OLD, poor]
    assert newest_first([]) == []
