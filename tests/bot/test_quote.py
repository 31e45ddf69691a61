import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quote import Elsewhere, Quotation, QuoteFaultError, quote
from corpus.paragraphs import passages
from corpus.types import Article, Passage

PARAGRAPHS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
        lambda t: bool(t.strip())
    ),
    min_size=1,
    max_size=4,
)


def article(paragraphs: list[str]) -> Article:
    return Article(*("i", "https://n.example/", "T", "O", (), None, None, "en"), tuple(paragraphs))


def cut(stored: Article) -> list[Passage]:
    return list(passages(stored, lambda text: len(text.split()), 40))


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS, st.data())
def test_one_changed_letter_is_never_quoted(paragraphs: list[str], data: st.DataObject) -> None:
    stored = article(paragraphs)
    for passage in cut(stored):
        found = quote(passage, stored)
        own = paragraphs[passage.paragraph]
        assert own[found.start : found.end] == found.text == passage.text.strip()
        assert found.answer == (0, len(found.text))
    number = data.draw(st.integers(0, len(paragraphs) - 1))
    at = data.draw(st.integers(0, len(paragraphs[number]) - 1))
    letter = data.draw(st.sampled_from("aя🙂 ").filter(lambda c: c != paragraphs[number][at]))
    changed = list(paragraphs)
    changed[number] = changed[number][:at] + letter + changed[number][at + 1 :]
    for passage in cut(stored):
        with pytest.raises(QuoteFaultError, match="is not the one indexed"):
            quote(passage, article(changed))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": "Oil rose."}, "the index's text is not the article's"),
        ({"end": 8}, "the index's text is not the article's"),
        ({"digest": "0" * 64}, "the index's text is not the article's"),
        ({"start": -9}, "has no such span"),
        ({"end": 10}, "has no such span"),
        ({"end": -1}, "has no such span"),
        ({"paragraph": -1}, "no such paragraph"),
        ({"paragraph": 1}, "no such paragraph"),
        ({"article_id": "j"}, "not the one indexed"),
        ({"article_digest": "0" * 64}, "not the one indexed"),
    ],
)
def test_a_passage_that_does_not_fit_is_never_quoted(
    change: dict[str, object], reason: str
) -> None:
    stored = article(["Oil fell."])
    (passage,) = cut(stored)
    wrong = dataclasses.replace(passage, **change)  # type: ignore[arg-type]
    with pytest.raises(QuoteFaultError, match=reason):
        quote(wrong, stored)


def test_no_version_no_quotation() -> None:
    (passage,) = cut(article(["Oil fell."]))
    with pytest.raises(QuoteFaultError, match="no such version"):
        quote(passage, None)


def test_nothing_but_quote_makes_one() -> None:
    stored = article(["Oil fell. Gold rose."])
    (passage,) = cut(stored)
    with pytest.raises(TypeError, match="which checks them"):
        Quotation(passage, stored, 0, 9, (0, 9), 0.5, ())
    made = quote(passage, stored)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.start = 3  # type: ignore[misc]
    copy = Elsewhere("https://m.example/", "M")
    assert made.judged((0, 9), 0.5, (copy,)).also_in == (copy,)
    assert made.judged((10, 20), 0.5).answer == (10, 20)
    assert made.judged((10, 20), 0.5).words is None
    assert made.judged((10, 20), 0.5, (), (12, 20)).words == (12, 20)
    for words in ((9, 12), (12, 21), (12, 12)):
        with pytest.raises(ValueError, match="is no part of the sentence"):
            made.judged((10, 20), 0.5, (), words)
    for span in ((0, 0), (-1, 4), (0, 21), (5, 3)):
        with pytest.raises(ValueError, match="is no part of the quotation"):
            made.judged(span, 0.5)


def test_the_link_names_the_quotation() -> None:
    stored = article(["Oil fell."])
    (passage,) = cut(stored)
    assert quote(passage, stored).link == "https://n.example/#:~:text=Oil%20fell."
    bare = dataclasses.replace(stored, url=None)
    assert quote(cut(bare)[0], bare).link is None
