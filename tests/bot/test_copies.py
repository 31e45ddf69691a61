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
    assert is_copy(REPORT, other) is same
    assert is_copy(other, REPORT) is same


def test_a_paragraph_may_have_more() -> None:
    assert has_copy(f"velm: {REPORT} it was 17 days ago and more is not known of it yet.", REPORT)
    assert not has_copy(REPORT.replace("11", "14"), REPORT)
