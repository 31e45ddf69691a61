"""The picture itself, and the command that saves it."""

import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image, features

from bot.card import Card, Heading
from bot.cli import cli
from bot.engine import Engine
from bot.languages import CODES, ENGLISH, language
from bot.message import Message
from bot.preview import card, faces
from bot.preview.layout import lay_out
from bot.preview.paint import DARK, LIGHT, Theme, paint
from bot.preview.sent import read
from bot.render import quotation_message
from bot.settings import Settings
from index.types import UnusableError
from tests.bot.preview.samples import ALL, arabic, english, key, message
from tests.bot.telegram.conftest import QUESTION

UNANSWERED = "Who will win the 2030 World Cup?"


def draw(settings: Settings, *arguments: str | Path) -> Result:
    return CliRunner().invoke(
        cli, ["--config", str(settings.origin), "preview", *map(str, arguments)]
    )


def colours(picture: Image.Image, box: tuple[float, float, float, float]) -> set[object]:
    left, top, right, bottom = (round(edge) for edge in box)
    part = picture.crop((left, top, right, bottom))
    return {colour for _, colour in part.getcolors(1 << 20) or ()}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ALL)
def test_nothing_is_drawn_beside_the_bubble_and_its_keys(name: str, theme: Theme) -> None:
    scene = lay_out(read(ALL[name]()))
    picture = paint(scene, theme)
    assert picture.size == (scene.width, scene.height)
    bubble = scene.bubble
    assert colours(picture, (bubble.right + 1, 0, scene.width, scene.height)) == {theme.ground}
    assert colours(picture, (0, 0, bubble.left, scene.height)) == {theme.ground}
    assert colours(picture, (0, 0, scene.width, bubble.top)) == {theme.ground}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ALL)
def test_every_run_leaves_ink(name: str, theme: Theme) -> None:
    scene = lay_out(read(ALL[name]()))
    picture = paint(scene, theme)
    labels = [button.label for row in scene.rows for button in row]
    for placed in (*scene.texts, *labels, scene.stamp):
        for run in placed.line.runs:
            left = placed.left + run.left
            box = (left, placed.baseline - run.face.rise, left + run.width, placed.baseline)
            if run.text.strip():
                assert len(colours(picture, box)) > 1, run.text


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_bar_of_a_quotation_stands_where_its_text_begins(theme: Theme) -> None:
    for sent, is_right in ((english(), False), (arabic(), True)):
        scene = lay_out(read(sent))
        picture = paint(scene, theme)
        box = scene.quotes[0].box
        middle = (box.top + box.bottom) / 2
        for edge, is_bar in ((box.left, not is_right), (box.right - 6, is_right)):
            found = colours(picture, (edge + 2, middle - 4, edge + 4, middle + 4))
            assert found == {theme.accent if is_bar else theme.tint}


def test_the_sign_of_a_key_does_not_touch_its_label() -> None:
    scene = lay_out(read(message("x", rows=[[key("Copy citation", copy_text={"text": "x"})] * 3])))
    picture = paint(scene, LIGHT)
    for button in scene.rows[0]:
        label, box = button.label, button.box
        # Between the sign and the tallest letters.
        top = label.baseline - 0.75 * label.line.runs[0].face.size
        assert colours(picture, (box.left + 4, top - 2, box.right - 4, top)) == {LIGHT.key}
        assert len(colours(picture, (box.right - 24, box.top + 6, box.right - 6, top))) > 1


def test_a_dark_screen_is_dark() -> None:
    scene = lay_out(read(english()))
    places = [(1, 1), (round(scene.bubble.right) - 8, round(scene.bubble.bottom) // 2)]
    light, dark = (
        [np.asarray(paint(scene, theme).convert("L"))[y, x] for x, y in places]
        for theme in (LIGHT, DARK)
    )
    assert max(dark) < 60
    assert min(light) > 180


def test_words_stand_out() -> None:
    def luminance(colour: tuple[int, int, int]) -> float:
        parts = [c / 255 for c in colour]
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
        low, high = sorted((luminance(one), luminance(other)))
        return (high + 0.05) / (low + 0.05)

    for theme in (LIGHT, DARK):
        assert contrast(theme.text, theme.bubble) > 7
        assert contrast(theme.text, theme.tint) > 7
        assert contrast(theme.accent, theme.bubble) > 4
        assert contrast(theme.key_text, theme.key) > 4


def test_the_command_draws_what_is_sent(sample: Settings, tmp_path: Path) -> None:
    out = tmp_path / "a.png"
    result = draw(sample, QUESTION, "--out", out)
    assert (result.exit_code, result.output) == (0, f"Drawn: {out}\n")
    with Engine(sample) as engine:
        sent = card.params(card.card_of(engine, QUESTION, "answer", 2, ENGLISH))
    scene = lay_out(read(sent))
    with Image.open(out) as picture:
        assert (picture.format, picture.size) == ("PNG", (scene.width, scene.height))
    assert out.stat().st_size < 150_000
    dark = tmp_path / "b.png"
    assert draw(sample, QUESTION, "--dark", "--width", "500", "--out", dark).exit_code == 0
    with Image.open(dark) as picture:
        assert picture.width == 1000
        assert picture.convert("RGB").getpixel((0, 0)) == DARK.ground


def test_it_speaks_the_language_that_is_asked_for(sample: Settings, tmp_path: Path) -> None:
    with Engine(sample) as engine:
        sent = card.params(card.card_of(engine, QUESTION, "answer", 2, language("fa")))
    scene = lay_out(read(sent))
    assert scene.texts[-1].line.from_right
    out = tmp_path / "fa.png"
    assert draw(sample, QUESTION, "--language", "fa", "--out", out).exit_code == 0
    with Image.open(out) as picture:
        assert picture.size == (scene.width, scene.height)


def test_by_default_it_is_preview_png(
    sample: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert draw(sample, *QUESTION.split()).output == "Drawn: preview.png\n"
    assert (tmp_path / "preview.png").exists()


def test_context_and_silence(sample: Settings, tmp_path: Path) -> None:
    with Engine(sample) as engine:
        texts = {
            name: card.card_of(engine, QUESTION, name, 2, ENGLISH).text
            for name in ("answer", "context", "silence")
        }
        asked = card.card_of(engine, UNANSWERED, "answer", 2, ENGLISH)
    assert texts["context"].startswith("Iran supports")
    assert len(texts["context"]) > len(texts["answer"])
    assert texts["silence"].startswith("Nothing in the collection answers this.")
    assert "Moscow" in texts["silence"]
    assert asked.text.startswith("Nothing in the collection answers this.")
    folded, opened = tmp_path / "folded.png", tmp_path / "opened.png"
    assert draw(sample, QUESTION, "--card", "context", "--out", folded).exit_code == 0
    assert draw(sample, QUESTION, "--card", "context", "--expanded", "--out", opened).exit_code == 0
    with Image.open(folded) as less, Image.open(opened) as more:
        assert less.height < more.height
    result = draw(sample, UNANSWERED, "--card", "context", "--out", folded)
    assert result.exit_code == 1
    assert result.output == (
        "Error: nothing in the collection answers this, so that it has no context\n"
    )


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("a.jpg", "a.jpg: no kind of picture that is drawn: name it .png"),
        ("none/a.png", "a.png: cannot be written ("),
    ],
)
def test_a_file_that_cannot_be(sample: Settings, tmp_path: Path, name: str, error: str) -> None:
    result = draw(sample, QUESTION, "--out", tmp_path / name)
    assert result.exit_code == 1
    assert error in result.output
    assert result.output.count("\n") == 1


def test_without_the_extra(
    sample: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = "Error: drawing needs an extra: pip install 'verbatim-bot[preview]' ("
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "bot.preview.faces", None)
        result = draw(sample, QUESTION, "--out", tmp_path / "a.png")
        assert (result.exit_code, result.output[: len(expected)]) == (1, expected)
    monkeypatch.setattr(faces, "find_spec", lambda _: None)
    result = draw(sample, QUESTION, "--out", tmp_path / "a.png")
    assert result.output == f"{expected}no fontpkg_roboto)\n"
    monkeypatch.setattr(
        faces, "find_spec", lambda name: ModuleSpec(name, None, origin="/none/a.py")
    )
    result = draw(sample, QUESTION, "--out", tmp_path / "a.png")
    assert result.output == f"{expected}no files/Roboto[wdth,wght].ttf in fontpkg_roboto)\n"
    assert not (tmp_path / "a.png").exists()


def test_a_pillow_that_cannot_shape_text_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda _: False)
    with pytest.raises(UnusableError, match="this Pillow cannot shape text"):
        faces.check()


def test_characters_without_a_font_are_told(
    sample: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card, "answer_message", lambda *_: Message("漢字 a"))
    result = draw(sample, QUESTION, "--out", tmp_path / "a.png")
    assert result.exit_code == 0
    assert "verbatim: no font here has 字 漢" in result.output


@pytest.mark.parametrize("code", CODES)
def test_no_label_is_cut_in_any_language(engine: Engine, code: str) -> None:
    spoken = language(code)
    answer = engine.ask(QUESTION)
    quotation = answer.quotations[0]
    heading = Heading(resolved=QUESTION, time="latest", source="TASS")
    for shown in (
        Card("k", 0, 3, heading, spoken),
        Card("k", 0, 3, heading, spoken, asks_why=True),
    ):
        message = quotation_message(quotation, shown)
        scene = lay_out(read(card.params(message)))
        labels = ["".join(run.text for run in b.label.line.runs) for row in scene.rows for b in row]
        assert not [label for label in labels if "…" in label]
