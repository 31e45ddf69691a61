from itertools import pairwise

import bidi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.preview import script

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"

plain = st.text("ab1 2,.«» اب۱١-:/%", max_size=6)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Text with an isolate in it."""
    parts = st.tuples(plain, st.sampled_from([LRI, RLI, FSI]), inner, st.just(PDI), plain)
    return parts.map("".join)


def shown(text: str, *, from_right: bool) -> str:
    """The text as it stands from left to right."""
    order = script.visual(script.levels(text, from_right=from_right))
    return "".join(text[place] for place in order if not script.is_control(text[place]))


@given(st.recursive(plain, nested, max_leaves=4), st.booleans())
def test_it_is_as_another_implementation_has_it(text: str, from_right: bool) -> None:
    # Space at the end of a line, which it moves, is cut off before lines are set.
    text += "b" if not from_right else "ب"
    other = bidi.get_display(text, base_dir="R" if from_right else "L")
    # It also turns round what is mirrored; fonts do that for us.
    flat = str.maketrans("»", "«")
    expected = "".join(one for one in other if not script.is_control(one))
    assert shown(text, from_right=from_right).translate(flat) == expected.translate(flat)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", False),
        ("", False),
        ("12 – ", False),
        ("12 ا b", True),
        ("🙂 שלום", True),
        (f"{FSI}Latin{PDI}، سلام", True),
        (f"{FSI}a{RLI}ا{PDI}b{PDI} 1", False),
        (f"{FSI}never ended، سلام", False),
        (f"{PDI}سلام", True),
    ],
)
def test_what_a_paragraph_begins_with(text: str, *, expected: bool) -> None:
    assert script.is_right_to_left(text) == expected


def test_a_name_in_an_isolate_does_not_turn_round_the_date_beside_it() -> None:
    text = f"{FSI}Verbatim{PDI}، ۱۷ دسامبر"
    assert shown(text, from_right=True) == "ربماسد ۱۷ ،Verbatim"


def test_an_isolate_that_does_not_end() -> None:
    assert shown(f"اب {LRI}cd 12", from_right=True) == "cd 12 با"


def test_lines_end_between_words() -> None:
    text = "12,000 (two) words – “so”"
    ends = [0, *script.breaks(text)]
    assert [text[a:b] for a, b in pairwise(ends)] == [
        *("12,000 ", "(two) ", "words ", "– ", "“so”"),
    ]


def test_what_a_reader_takes_for_one_character_stays_whole() -> None:
    assert script.clusters("e\u0301👩‍👩‍👧b") == [2, 7, 8]
