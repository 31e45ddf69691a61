"""corpus.wrapping: lines -> paragraphs."""

import pytest

from corpus.wrapping import joined, paragraphs

FULL = "This line is as full as a line of some seventy characters can well be"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\n \r\nTwo.", ["One.", "Two."]),
        # Nothing is wrapped: a line is a paragraph.
        ("One is short.\nTwo is short, too", ["One is short.", "Two is short, too"]),
        (f"{'Long ' * 60}.\n{'Longer ' * 60}.", [f"{'Long ' * 60}.", f"{'Longer ' * 60}."]),
        # Wrapped at a width.
        (f"{FULL}\n{FULL}\n{FULL}\nend.", [f"{FULL} {FULL} {FULL} end."]),
        (f"{FULL}\n{FULL}\nShort.\n{FULL}\n{FULL}", [f"{FULL} {FULL} Short.", f"{FULL} {FULL}"]),
        (f"{FULL}.\n   {FULL}\n{FULL}", [f"{FULL}.", f"{FULL} {FULL}"]),
        (f"{FULL}\n{FULL}:\n- one\n- two", [f"{FULL} {FULL}:", "- one", "- two"]),
        (f"{FULL}\n{FULL} a mid-\ndle\n{FULL}", [f"{FULL} {FULL} a middle {FULL}"]),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [p.strip() for p in paragraphs(text)] == [e.strip() for e in expected]


@pytest.mark.parametrize(
    ("text", "following", "expected"),
    [
        ("a mid-", "dle", "a middle"),
        ("Jean-", "Paul", "Jean- Paul"),
        ("two -", "three", "two - three"),
        ("港口重新", "开放", "港口重新开放"),
        ("one", "two", "one two"),
    ],
)
def test_joined(text: str, following: str, expected: str) -> None:
    assert joined(text, following) == expected
