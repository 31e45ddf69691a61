"""corpus.language: the detector at work."""

import pytest

from corpus.language import UNKNOWN, detect, spoken

HARBOUR = {
    "en": "The harbour opened again on Tuesday, two days after the storm had passed.",
    "ru": "Во вторник гавань снова открылась, через два дня после того, как утих шторм.",
    "de": "Der Hafen wurde am Dienstag wieder geöffnet, zwei Tage nach dem Sturm.",
    "fr": "Le port a rouvert mardi, deux jours après le passage de la tempête.",
    "zh": "风暴过后两天，港口于星期二重新开放。",
    "ar": "أعيد فتح الميناء يوم الثلاثاء بعد يومين من مرور العاصفة.",
    "fa": "بندر روز سه‌شنبه، دو روز پس از توفان، دوباره باز شد.",
    "he": "הנמל נפתח מחדש ביום שלישי, יומיים לאחר שהסערה חלפה.",
}


@pytest.mark.parametrize("language", HARBOUR)
def test_one_sentence_in_each_language(language: str) -> None:
    assert detect(HARBOUR[language]) == language


@pytest.mark.parametrize("language", HARBOUR)
def test_among_the_languages_of_a_collection(language: str) -> None:
    assert detect(HARBOUR[language], among=HARBOUR) == language


def test_a_short_question_needs_to_know_the_languages() -> None:
    assert detect("Что сказал министр?", among=["en", "ru", UNKNOWN]) == "ru"


def test_only_codes_of_two_letters_are_given() -> None:
    # Told among all its labels, the detector takes this for "uzs", Southern Uzbek.
    assert detect("وزیر چه گفت؟") == "fa"


@pytest.mark.parametrize("text", ["", "1234", "— 17.12.2014 …", "👍 👨‍👩‍👧"])
def test_text_without_letters_has_no_language(text: str) -> None:
    assert detect(text) == UNKNOWN
    assert detect(text, among=["en", "ru"]) == UNKNOWN


@pytest.mark.parametrize(
    ("among", "expected"),
    [([], UNKNOWN), ([UNKNOWN], UNKNOWN), (["ru"], "ru"), (["ru", UNKNOWN], "ru")],
)
def test_where_there_is_nothing_to_choose(among: list[str], expected: str) -> None:
    assert detect(HARBOUR["en"], among=among) == expected


def test_only_the_beginning_is_read() -> None:
    beginning = (HARBOUR["en"] + " ") * 60
    assert len(beginning) > 4000
    assert detect(beginning + HARBOUR["ru"] * 200) == "en"
    assert detect("." * 4000 + HARBOUR["ru"]) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Что сказал министр о соглашении?", "ru"),
        ("Was hat der Minister über das Abkommen gesagt?", "de"),
        ("¿Qué dijo el ministro sobre el acuerdo?", "es"),
        ("What did the minister say about the agreement?", "en"),
        # Nothing that surely is not English.
        ("Why?", "en"),
        ("Angela Merkel", "en"),
        ("2014", UNKNOWN),
    ],
)
def test_a_question_may_be_in_a_language_that_the_collection_has_not(
    text: str, language: str
) -> None:
    assert spoken(text, ["en"], ["de", "en", "es", "ru", "uk"]) == language


def test_a_language_of_the_collection_is_believed_first() -> None:
    assert spoken("Что сказал министр?", ["en", "ru"], ["uk"]) == "ru"
    assert spoken("Что сказал министр?", [UNKNOWN], ["uk"]) == UNKNOWN
