import pytest

from bot.copies import has_copy, is_copy

REPORT = "a blast at the mill of velm killed 11 people and hurt 1,500, the mayor said on tuesday."


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (REPORT, True),
        # As another outlet prints it.
        (REPORT.replace("the mayor said", "mayor says").replace("1,500", "1500"), True),
        (REPORT.replace("on tuesday", "tuesday"), True),
        # Brought up to date.
        (REPORT.replace("11", "14"), False),
        (REPORT.replace("1,500", "1,600"), False),
        (REPORT.replace(" and hurt 1,500", ""), False),
        ("a theatre opened in velm with a play about bees.", False),
    ],
)
def test_copies_say_the_same_numbers(other: str, same: bool) -> None:
    assert is_copy(REPORT, other, "en") is same
    assert is_copy(other, REPORT, "en") is same


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        (REPORT.replace("11", "six"), REPORT.replace("11", "seven"), "en"),
        (
            "при взрыве на мельнице в вельме погибли шесть человек, сообщил мэр.",
            "при взрыве на мельнице в вельме погибли семеро человек, сообщил мэр.",
            "ru",
        ),
    ],
)
def test_numbers_may_be_words(one: str, other: str, language: str) -> None:
    assert is_copy(one, one, language)
    assert not is_copy(one, other, language)
    # In a language whose words for numbers are not known they are words as others.
    assert is_copy(one, other, "xx")


def test_a_paragraph_may_have_more() -> None:
    more = f"velm: {REPORT} it was 17 days ago and more is not known of it yet."
    assert has_copy(more, REPORT, "en")
    assert not has_copy(REPORT.replace("11", "14"), REPORT, "en")
