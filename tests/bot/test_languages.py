"""The program's own words, in every language that it has."""

import string
from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot import texts
from bot.languages import CODES, DEFAULT, language
from bot.locales import messages
from bot.locales.__main__ import bring_up_to_date

DAY = datetime(2014, 12, 17, tzinfo=UTC)
OTHERS = [code for code in CODES if code != DEFAULT]


def places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated_with_the_same_places(code: str) -> None:
    kept = read_po(BytesIO(catalogue(code)), locale=code)
    for message in messages():
        found = kept.get(message if isinstance(message, str) else message[0])
        assert found is not None, message
        assert not found.fuzzy, message
        forms = found.string if isinstance(found.string, tuple | list) else [found.string]
        assert all(forms), message
        assert len(forms) == (1 if isinstance(message, str) else kept.num_plurals)
        expected = places(message if isinstance(message, str) else message[1])
        assert [places(form or "") for form in forms] == [expected] * len(forms), message
    # Nothing that is said no more is kept.
    assert len(kept) == len(set(messages()))
    # What was read so is what is said.
    assert language(code).say(texts.NO_ANSWER) != texts.NO_ANSWER


@pytest.mark.parametrize(
    ("code", "day", "articles", "ago"),
    [
        ("en", "17 December 2014", ("1 article", "5 articles"), "3 hours ago"),
        ("ru", "17 декабря 2014\u202fг.", ("1 статья", "5 статей"), "3 часа назад"),
        ("uk", "17 грудня 2014\u202fр.", ("1 стаття", "5 статей"), "3 години тому"),
        ("de", "17. Dezember 2014", ("1 Artikel", "5 Artikel"), "vor 3 Stunden"),
        ("es", "17 de diciembre de 2014", ("1 artículo", "5 artículos"), "hace 3 horas"),
        ("fr", "17 décembre 2014", ("1 article", "5 articles"), "il y a 3 heures"),
        ("tr", "17 Aralık 2014", ("1 haber", "5 haber"), "3 saat önce"),
        ("fa", "17 دسامبر 2014", ("1 مقاله", "5 مقاله"), "3 ساعت پیش"),
        ("ar", "17 ديسمبر 2014", ("1 مقال", "5 مقالات"), "قبل 3 ساعات"),
    ],
)
def test_numbers_and_dates(code: str, day: str, articles: tuple[str, str], ago: str) -> None:
    spoken = language(code)
    assert spoken.day(DAY) == day
    assert tuple(spoken.counted(texts.ARTICLES, n) for n in (1, 5)) == articles
    assert spoken.ago(3 * 3600) == ago


def test_russian_numbers_have_three_forms() -> None:
    forms = [language("ru").counted(texts.ARTICLES, n) for n in (1, 2, 5, 11, 21, 112)]
    ends = ["статья", "статьи", "статей", "статей", "статья", "статей"]
    assert [form.split()[-1] for form in forms] == ends


@pytest.mark.parametrize(
    ("wished", "code"),
    [
        (("ru",), "ru"),
        (("pt-br", "fr-CA"), "fr"),
        ((None, "de"), "de"),
        (("DE", "ru"), "de"),
        (("xx", "", None), "en"),
        ((), "en"),
    ],
)
def test_the_first_language_that_there_is(wished: tuple[str | None, ...], code: str) -> None:
    assert language(*wished).code == code
    assert language(*wished) is language(code)


def test_right_to_left_isolates_what_is_foreign() -> None:
    assert language("fa").is_right_to_left
    assert language("fa").isolated("TASS") == "\u2068TASS\u2069"
    assert language("fa").isolated("") == ""
    assert language("fa").listed(["a", "b"]) == "a، b"
    assert not language("tr").is_right_to_left
    assert language("tr").isolated("TASS") == "TASS"
    assert [language(code).name for code in CODES] == [
        *("English", "Русский", "Українська", "Deutsch", "Español", "Français", "Türkçe"),
        *("فارسی", "العربية"),
    ]


def test_catalogues_are_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {f"{code}.po": catalogue(code) for code in OTHERS}
    for name, content in kept.items():
        (tmp_path / name).write_bytes(content)
    # What is up to date stays as it is to the last byte.
    assert bring_up_to_date(tmp_path) == dict.fromkeys(OTHERS, 0)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kept
    monkeypatch.setattr(texts, "A_NEW_ONE", "Something {new}.", raising=False)
    monkeypatch.delattr(texts, "CANCEL")
    assert bring_up_to_date(tmp_path) == dict.fromkeys(OTHERS, 1)
    german = (tmp_path / "de.po").read_text("utf-8")
    assert 'msgid "Something {new}."\nmsgstr ""' in german
    assert 'msgid "Cancel"' not in german
    (tmp_path / "fr.po").unlink()
    assert bring_up_to_date(tmp_path)["fr"] == len(set(messages()))


def catalogue(code: str) -> bytes:
    return files("bot").joinpath("locales", f"{code}.po").read_bytes()
