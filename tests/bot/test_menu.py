from dataclasses import replace

import pytest

from bot import texts
from bot.chats import ChatSettings, Quiet
from bot.languages import ENGLISH
from bot.menu import Choice, choose, menu, parsed
from bot.message import Message
from tests.telegram_menus import check_reply_markup

GROUP = -1001234567890
ME = 1234567890


def labels(message: Message) -> list[list[str]]:
    return [[b.label for b in row] for row in message.rows]


def ticked(message: Message) -> list[str]:
    return [b.label for row in message.rows for b in row if b.label.startswith("✓")]


def test_the_first_page_says_what_is_chosen() -> None:
    assert labels(menu(GROUP, ChatSettings(), ENGLISH)) == [
        ["Answer: Mentions and replies too"],
        ["Language: Of whoever asks"],
        ["Quotations: As usual"],
        ["Buttons: Whoever asked"],
        ["Quiet hours: None"],
        ["Close"],
    ]
    chosen = ChatSettings("question", "fa", 5, "all", Quiet(23, 6, 210))
    assert labels(menu(GROUP, chosen, ENGLISH)) == [
        ["Answer: Any question"],
        ["Language: فارسی"],
        ["Quotations: 5"],
        ["Buttons: Everyone"],
        ["Quiet hours: 23:00 – 06:00 (UTC+3:30)"],
        ["Close"],
    ]
    assert menu(GROUP, chosen, ENGLISH).text == texts.SETTINGS_HERE


def test_a_person_has_two_things_to_choose() -> None:
    assert labels(menu(ME, ChatSettings(language="de"), ENGLISH)) == [
        ["Language: Deutsch"],
        ["Quotations: As usual"],
        ["Close"],
    ]
    assert menu(ME, ChatSettings(), ENGLISH).text == texts.SETTINGS_OWN
    for name in "wphfuz":
        with pytest.raises(LookupError):
            menu(ME, ChatSettings(), ENGLISH, name)
        with pytest.raises(LookupError):
            choose(Choice(ME, name, "all"), ChatSettings())
    assert ticked(menu(ME, ChatSettings(), ENGLISH, "l")) == ["✓ As Telegram says"]


def test_each_language_has_its_own_name() -> None:
    shown = menu(GROUP, ChatSettings(language="uk"), ENGLISH, "l")
    names = [label for row in labels(shown) for label in row]
    assert names == [
        *("Of whoever asks", "English", "Русский", "✓ Українська", "Deutsch", "Español"),
        *("Français", "Türkçe", "فارسی", "العربية", texts.MENU_BACK),
    ]


@pytest.mark.parametrize(
    ("name", "value", "chosen", "tick"),
    [
        ("w", "command", ChatSettings("command"), "/ask only"),
        ("w", "question", ChatSettings("question"), "Any question"),
        ("l", "ar", ChatSettings(language="ar"), "العربية"),
        ("q", "10", ChatSettings(quotations=10), "10"),
        ("p", "all", ChatSettings(pagers="all"), "Everyone"),
        ("h", "on", ChatSettings(quiet=Quiet(22, 7, 0)), "22:00 – 07:00 (UTC)"),
    ],
)
def test_a_choice_is_made_ticked_and_taken_back(
    name: str, value: str, chosen: ChatSettings, tick: str
) -> None:
    assert choose(Choice(GROUP, name, value), ChatSettings()) == chosen
    assert ticked(menu(GROUP, chosen, ENGLISH, name)) == [f"✓ {tick}"]
    default = {"w": "mention", "p": "asker", "h": "off"}.get(name, "-")
    assert choose(Choice(GROUP, name, default), chosen) == ChatSettings()


def test_quiet_hours_have_pages_behind_them() -> None:
    assert labels(menu(GROUP, ChatSettings(), ENGLISH, "h")) == [
        ["✓ None"],
        ["22:00 – 07:00 (UTC)"],
        [texts.MENU_BACK],
    ]
    settings = ChatSettings(quiet=Quiet())
    for name, value in (("f", "0"), ("u", "23"), ("z", "-570")):
        settings = choose(Choice(GROUP, name, value), settings)
    assert settings == ChatSettings(quiet=Quiet(0, 23, -570))
    assert labels(menu(GROUP, settings, ENGLISH, "h")) == [
        ["None"],
        ["✓ 00:00 – 23:00 (UTC-9:30)"],
        ["From: 00:00"],
        ["Until: 23:00"],
        ["Clock: UTC-9:30"],
        [texts.MENU_BACK],
    ]
    (back,) = menu(GROUP, settings, ENGLISH, "z").rows[-1]
    assert back.data == f"s:{GROUP}:h"
    assert [len(row) for row in menu(GROUP, settings, ENGLISH, "f").rows] == [4] * 6 + [1]
    # Without quiet hours there is nothing behind that page.
    for name in "fuz":
        with pytest.raises(LookupError):
            menu(GROUP, ChatSettings(), ENGLISH, name)
        with pytest.raises(LookupError):
            choose(Choice(GROUP, name, "0"), ChatSettings())
    assert replace(settings, quiet=None) == choose(Choice(GROUP, "h", "off"), settings)


def test_every_page_fits_and_every_button_is_understood() -> None:
    settings = ChatSettings(quiet=Quiet())
    for chat in (GROUP, ME, -(10**18)):
        for name in "mlq" if chat > 0 else "mwlqphfuz":
            shown = menu(chat, settings, ENGLISH, name)
            buttons = [b for row in shown.rows for b in row]
            rows = [[{"text": b.label, "callback_data": b.data} for b in r] for r in shown.rows]
            assert check_reply_markup({"inline_keyboard": rows}) == {"inline_keyboard": rows}
            for button in buttons:
                choice = parsed(button.data or "")
                assert choice is not None
                assert choice.chat == chat
                if choice.page != "x":
                    assert menu(chat, choose(choice, settings), ENGLISH, choice.page).text


@pytest.mark.parametrize(
    "data",
    [
        *("", "s", "s:", "s:1", "s::w", "s:1:", "s:1:w:", "s:x:w", "s:1:W", "s:1:ww", "t:1:w"),
        *("s:1:w:command ", "s:1:w:command\n", "s:٣:w", "s:1:w:²", "s:1:w:a:b", "\x00", "🙂"),
        *("s:--1:w", "s:1:w:" + "a" * 17, f"s:{'9' * 5000}:w"),
    ],
)
def test_data_of_no_menu_s_is_no_choice(data: str) -> None:
    assert parsed(data) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("w", "never"), ("l", "xx"), ("q", "11"), ("q", "0"), ("k", "a"), ("m", "w"), ("x", "1")],
)
def test_what_is_not_on_a_page_cannot_be_chosen(name: str, value: str) -> None:
    with pytest.raises(LookupError):
        choose(Choice(GROUP, name, value), ChatSettings())


def test_there_are_no_other_pages() -> None:
    with pytest.raises(LookupError):
        menu(GROUP, ChatSettings(), ENGLISH, "k")
    assert choose(Choice(GROUP, "k", None), ChatSettings("command")) == ChatSettings("command")
