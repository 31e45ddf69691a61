"""corpus.text: what happens to text between a file and the library."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import has_words, normalise

UNTOUCHED = [
    "\"straight\" and 'single' quotes",
    "“curly” ‘single’ «angle» „low“ ‹small›",
    "em — en – hyphen - minus −",
    "Кириллица: «Ёж» и й",
    "العربية: السلام عليكم، كيف الحال؟",
    "فارسی: می\u200cروم و کتاب\u200cها",
    "中文：“你好。”",
    "עברית: שלום, עולם",
    "family 👨\u200d👩\u200d👧\u200d👦 flag 🇮🇷 tone 👍🏽 heart ❤\ufe0f",
    "combining cafe\u0301 and composed café stay apart",
    "non-breaking 10\u00a0000\u202f€",
    "direction \u200eA\u200f marks, word\u2060joiner",
    "private \ue000 and unassigned \u0378",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_a_reader_sees_stays(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("The  Moscow   Times", "The Moscow Times"),
        ("  both ends  ", "both ends"),
        ("hard\nline\r\nbreaks\rhere", "hard line breaks here"),
        (
            "tab\tform\fvertical\vnext\x85line\u2028para\u2029end",
            "tab form vertical next line para end",
        ),
        ("N\x00U\x07L\x1b \x7fand\x9f", "NUL and"),
        ("sur\ud800rog\udfffate", "surrogate"),
        ("\ufeffbyte-\ufefforder", "byte-order"),
        ("no \x00 doubled \ufeff space", "no doubled space"),
        ("\x00 at the ends \x01", "at the ends"),
        ("\u00a0cut\u00a0off\u3000", "cut\u00a0off"),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
        ("\ufb01nd the o\ufb03ce, \ufb06and", "find the office, stand"),
    ],
)
def test_what_no_reader_sees_goes(text: str, expected: str) -> None:
    assert normalise(text) == expected


def _plain_space(character: str) -> bool:
    return character in " \t\r\n\f\v\x85\u2028\u2029"


@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"])))
def test_nothing_visible_is_lost_added_or_moved(text: str) -> None:
    result = normalise(text)
    expected = [
        c
        for c in text
        if not _plain_space(c)
        and c not in "\ufeff\u00ad\u200b\u00a0\u202f\u3000"
        and unicodedata.category(c) not in {"Cc", "Cs"}
        and not "\ufb00" <= c <= "\ufb06"
    ]
    ligatures = set("fistl") if any("\ufb00" <= c <= "\ufb06" for c in text) else set()
    shown = [c for c in result if c not in " \u00a0\u202f\u3000"]
    assert [c for c in shown if c not in ligatures] == [c for c in expected if c not in ligatures]
    assert "  " not in result
    assert result == result.strip(" ")


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", True),
        ("…7", True),
        ("ی", True),
        ("字", True),
        ("", False),
        ("___", False),
        ("— … “” * 👍", False),
    ],
)
def test_has_words(text: str, expected: bool) -> None:
    assert has_words(text) is expected
