import pytest

from index.numbers import numbers


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Six of the 1,500 died, six more on 12 May.", "en", {"6": 2, "1500": 1, "12": 1}),
        ("One of them wrote a sixth novel.", "en", {}),
        ("Twelve hours", "en", {"12": 1}),
        ("Beim Einsturz starben fünf Menschen.", "de", {"5": 1}),
        ("До шести, а вместе с детьми восьмерых; двое ранены.", "ru", {"6": 1, "2": 1}),
        ("п’ять людей", "uk", {"5": 1}),
        ("ثلاثة قتلى", "ar", {"3": 1}),
        ("Once fue el mayor.", "es", {"11": 1}),
        ("Once there were 3.", "en", {"3": 1}),
        ("kuusi 6", "fi", {"6": 1}),
    ],
)
def test_numbers_in_figures_and_words(text: str, language: str, found: dict[str, int]) -> None:
    assert numbers(text, language) == found
