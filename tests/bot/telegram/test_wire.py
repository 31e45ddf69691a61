from pathlib import Path

import pytest
from telegram import InlineKeyboardMarkup

from bot.message import Button, Composer, Message
from bot.wire import NO_PREVIEW, base_urls, form
from tests.bot.conftest import settings_at


def test_positions_count_utf_16_units() -> None:
    out = Composer()
    out.write("👩‍👩‍👧 𝔄b", "blockquote")
    out.write(" ü ")
    out.write("title 🙂", "text_link", "https://news.example/a")
    out.mark("bold", 6, 8)
    sent = form(out.message())
    assert [(e.type, e.offset, e.length, e.url) for e in sent["entities"]] == [
        ("blockquote", 0, 12, None),
        ("bold", 9, 3, None),
        ("text_link", 15, 8, "https://news.example/a"),
    ]
    assert sent["text"] == "👩‍👩‍👧 𝔄b ü title 🙂"
    assert sent["link_preview_options"] == NO_PREVIEW
    assert NO_PREVIEW.is_disabled


def test_a_message_without_anything() -> None:
    assert form(Message("x")) == {
        "text": "x",
        "entities": (),
        "reply_markup": None,
        "link_preview_options": NO_PREVIEW,
    }


def test_a_button_opens_or_sends() -> None:
    rows = ((Button("a", data="q:k:0"), Button("b", url="https://news.example/")),)
    markup = form(Message("x", rows=rows))["reply_markup"]
    assert isinstance(markup, InlineKeyboardMarkup)
    assert markup.to_dict()["inline_keyboard"] == [
        [
            {"text": "a", "callback_data": "q:k:0"},
            {"text": "b", "url": "https://news.example/"},
        ]
    ]


@pytest.mark.parametrize("ending", ["", "/", "//", "/bot", "/bot/"])
def test_addresses_with_and_without_their_ending(tmp_path: Path, ending: str) -> None:
    bare = "http://127.0.0.1:1/api"
    settings = settings_at(tmp_path, "[bot]", f'api_url = "{bare}{ending}"')
    assert base_urls(settings) == {"base_url": f"{bare}/bot"}
    file = ending.replace("/bot", "/file/bot")
    settings = settings_at(tmp_path, "[bot]", f'api_file_url = "{bare}{file}"')
    assert base_urls(settings) == {"base_file_url": f"{bare}/file/bot"}


def test_without_an_address_it_is_telegrams(tmp_path: Path) -> None:
    assert base_urls(settings_at(tmp_path)) == {}
