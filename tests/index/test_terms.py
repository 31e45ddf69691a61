import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terms import content_terms, fold, naming_terms, terms


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Iran's talks", "en", ["iran", "talk"]),
        ("Iran’s talks", "en", ["iran", "talk"]),
        ("the U.S. and 200,000 people", "en", ["200000", "the", "us", "and", "peopl"]),
        ("Élysée", "en", ["elyse"]),
        ("Amir-Abdollahian", "en", ["amir", "abdollahian"]),
        ("3.5 percent, 5,060 and 1,2", "en", ["3.5", "5060", "1,2", "percent", "and"]),
        ("67P", "en", ["67", "p"]),
        ("переговоры переговоров", "ru", ["переговор", "переговор"]),
        ("Häuser Haus", "de", ["haus", "haus"]),
        ("彗星着陆", "zh", ["彗星", "星着", "着陆"]),
        ("星", "zh", ["星"]),
        ("ข่าว", "th", ["ข่", "่า", "าว"]),
        ("می‌رود", "xx", ["می", "رود"]),
        ("words stay", "xx", ["words", "stay"]),
        ("", "en", []),
        ("🙂 … —", "en", []),
    ],
)
def test_terms(text: str, language: str, expected: list[str]) -> None:
    assert terms(text, language) == expected


@given(st.text(), st.sampled_from(["en", "ru", "de", "zh", "ar", "tr", "xx"]))
def test_no_text_breaks_it_and_no_term_is_empty(text: str, language: str) -> None:
    assert all(terms(text, language))


def test_fold_keeps_accents_where_they_make_words() -> None:
    assert fold("Élysée ﬁ", "fr") == "élysée fi"
    assert fold("Élysée ﬁ", "en") == "elysee fi"


def test_content_terms_name_something() -> None:
    assert content_terms("What is Iran's position on the Moscow talks?", "en") == [
        "iran",
        "posit",
        "moscow",
        "talk",
    ]
    assert content_terms("who is who", "en") == ["who", "is"]
    assert content_terms("кто это и кто был кто", "ru") == terms("кто это и был", "ru")
    assert content_terms("¿Cuándo cayó el rublo?", "es") == terms("cayó rublo", "es")
    assert naming_terms("who is who", "en") == []
