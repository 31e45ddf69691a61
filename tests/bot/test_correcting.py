"""Of a correction the sentence is marked that says what holds."""

from pathlib import Path

import pytest

from bot.correcting import corrects, withdrawn
from tests.bot.conftest import collected, write_article

TITLE = "Correction: The bridge of Port Luna"


@pytest.mark.parametrize(
    ("title", "text", "is_one"),
    [
        (TITLE, "The bridge is 400 metres long.", True),
        ("Bridge opened", "Corrected: the bridge is 400 metres long.", True),
        ("Brücke eröffnet", "Korrektur: Die Brücke ist 400 Meter lang.", True),
        ("Correctional officers strike", "The officers of Port Luna strike.", False),
    ],
)
def test_whether_it_begins_as_a_correction(title: str, text: str, is_one: bool) -> None:
    assert corrects(title, text) is is_one


@pytest.mark.parametrize(
    ("title", "text", "language", "of_the_error"),
    [
        (TITLE, "The length given on Monday was wrong. The bridge is 400 metres long.", "en", 0),
        (TITLE, "The bridge is 400 metres long. On Monday we incorrectly gave 300.", "en", 1),
        ("Bridge", "An earlier version of this article said 300. It is 400 metres.", "en", 0),
        ("Brücke", "Eine frühere Fassung dieses Artikels nannte 300. Es sind 400.", "de", 0),
        ("Korrektur: Brücke", "Die Länge war falsch angegeben. Es sind 400 Meter.", "de", 0),
        ("Corrección: el puente", "La longitud era errónea. El puente mide 400 metros.", "es", 0),
        ("Rectificatif : le pont", "La longueur était erronée. Le pont mesure 400 m.", "fr", 0),
        ("Исправление: мост", "Длина указана ошибочно. Длина моста 400 метров.", "ru", 0),
        ("Düzeltme: köprü", "Uzunluk yanlış verildi. Köprü 400 metre.", "tr", 0),
    ],
)
def test_which_sentence_says_what_was_wrong(
    title: str, text: str, language: str, of_the_error: int
) -> None:
    (span,) = withdrawn(title, text, language, "How long is the bridge?")
    first, second = text[slice(*span)], text.split(". ")[of_the_error]
    assert first.rstrip(".") == second.rstrip(".")


@pytest.mark.parametrize(
    ("title", "text", "question"),
    [
        (TITLE, "The bridge is 400 metres long. It was built in 1999.", "How long is it?"),
        (TITLE, "The length given on Monday was wrong.", "How long is it?"),
        (TITLE, "The length was wrong. It is 400 metres.", "What was wrong?"),
        (TITLE, "The length was wrong. It is 400 metres.", "Which error was corrected?"),
        ("Bridge", "The mayor was wrong. The bridge is 400 metres long.", "How long is it?"),
        ("Bridge", "The previous version of the bridge fell. It was short.", "Did it fall?"),
    ],
)
def test_else_any_sentence_may_answer(title: str, text: str, question: str) -> None:
    assert withdrawn(title, text, "en", question) == []


@pytest.mark.parametrize("reranker", ["verbatim-reader", "off"])
def test_what_holds_is_marked(tmp_path: Path, reranker: str) -> None:
    right = "It was measured again on Monday: 412 metres, the harbour office says."
    write_article(
        tmp_path / "a" / "bridge.md",
        "Correction: The length of the bridge of Port Luna is not 300 metres, as we reported on"
        f" Sunday; that was wrong. {right}",
        title=TITLE,
        url="https://n.example/bridge",
    )
    with collected(tmp_path, "[index]", f'reranker = "{reranker}"') as engine:
        (first, *_) = engine.ask("How long is the bridge of Port Luna?").quotations
        assert first.text[slice(*first.answer)] == right
        (first, *_) = engine.ask("What was wrong about the length of the bridge?").quotations
        assert first.text[slice(*first.answer)].endswith("was wrong.")
        for question in ("What happened to the bridge of Port Luna?", "latest news"):
            (first, *_) = engine.ask(question).quotations
            assert first.text[slice(*first.answer)] == right
