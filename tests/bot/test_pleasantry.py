import pytest

from bot.languages import CODES
from bot.pleasantry import _CLOSINGS, _COLLECTION, _GREETINGS, Pleasantry, pleasantry


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, "closing") for text in ("thanks", "Thanks!", "Thank you so much 🙏", "ok", "OK.")),
        *((text, "closing") for text in ("👍", "👍🏽", "❤️", "hi, thanks", "thanks for your help")),
        *((text, "closing") for text in ("Vielen Dank!", "Teşekkür ederim", "D’accord, merci !")),
        *((text, "closing") for text in ("Спасибо большое)", "شكرا", "GREAT answer\n", "bye bye")),
        *((text, "greeting") for text in ("hi", "Hello there!", "Good morning", "Who are you?")),
        *(
            (text, "greeting")
            for text in ("hello, what can you do?", "İyi günler", "سلام", "¡Hola!")
        ),
        *((text, "collection") for text in ("What do you know?", "Hi! What can I ask?")),
        *((text, "collection") for text in ("Welche Quellen hast du?", "какие темы?")),
        *(
            (text, None)
            for text in ("What do you know about Cuba?", "What do you know about that?")
        ),
        *((text, None) for text in ("", "?", "🙂", "👍?", "so much", "all", "okay?", "wie?")),
        *((text, None) for text in ("Hi, who won in Greece?", "OK, and Russia?", "help Greece")),
        *((text, None) for text in ("the Good Friday agreement", "good news", "thanksgiving")),
        *((text, None) for text in ("Who are you voting for?", "And you?", "Hello @somebody")),
    ],
)
def test_what_is_nothing_else(text: str, expected: Pleasantry | None) -> None:
    assert pleasantry(text) == expected


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_its_own(code: str) -> None:
    for lists, kind, least in (
        (_GREETINGS, "greeting", 8),
        (_CLOSINGS, "closing", 8),
        (_COLLECTION, "collection", 6),
    ):
        phrases = lists[code].split("|")
        assert len(phrases) >= least
        assert {pleasantry(f"{phrase.title()}!") for phrase in phrases} == {kind}
