from collections.abc import Callable

import pytest

from index.spelling import Speller, words

VOCABULARY = {
    "election": 3,
    "elections": 9,
    "tsipras": 2,
    "iran": 9,
    "centrifuges": 4,
    "visit": 1,
    "visits": 1,
    "discussion": 1,
    "выборы": 2,
    "strasse": 1,
}


def never(_: str) -> bool:
    return False


def corrected(text: str, is_known: Callable[[str], bool] = never) -> str:
    return Speller(VOCABULARY).corrected(text, is_known)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who won the elecion?", "who won the election?"),
        ("Elecion, ELECION", "Election, ELECTION"),
        ("and Tsirpas's view", "and Tsipras's view"),
        ("how many centrefugess", "how many centrifuges"),
        ("выбоы", "выборы"),
        ("strase", "strasse"),
        # Two slips in a short word, a wrong first letter, and short words are left alone.
        ("tsirpa", "tsirpa"),
        ("slection", "slection"),
        ("iraq", "iraq"),
        # Of words as near the one in more passages, then the first by its letters.
        ("electionz", "elections"),
        ("visitt", "visit"),
        ("election tsipras iran", "election tsipras iran"),
        ("", ""),
        ("伊朗 12 ½ 🙂 elecion\n", "伊朗 12 ½ 🙂 election\n"),
    ],
)
def test_what_is_meant(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


def test_what_is_a_word_stays() -> None:
    assert corrected("the elecion of Tsirpas", {"elecion"}.__contains__) == "the elecion of Tsipras"


def test_of_a_long_question_only_the_first_words_are_looked_up() -> None:
    assert corrected("elecion " * 20) == "election " * 8 + "elecion " * 12


def test_words_are_folded_and_not_stemmed() -> None:
    assert words("Iran's Centrifuges: 5,060 of them — ＯＫ？伊朗x") == [
        *("iran", "s", "centrifuges", "of", "them", "ok", "x"),
    ]


def test_of_no_collection_nothing_is_corrected() -> None:
    assert Speller({}).corrected("elecion", never) == "elecion"


def test_where_words_cannot_be_told_what_differs_at_the_end_is_another() -> None:
    speller = Speller({"пути": 2, "выборы": 2})
    assert speller.corrected("кто такой Путин?", never) == "кто такой Пути?"
    assert speller.corrected("кто такой Путин?", never, is_strange=True) == "кто такой Путин?"
    assert speller.corrected("выброы, выборе", never, is_strange=True) == "выборы, выборе"
