"""The menu of settings: what is on each of its pages, and what each of its buttons chooses.

A button's data names the chat, the page, and what is chosen on it: "s:-1005:w:mention". Nothing is
kept between two presses, so that a menu of long ago works like a new one.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, cast

from bot import texts
from bot.chats import ChatSettings, Pagers, Quiet, Way
from bot.languages import CODES, ENGLISH, Language, language
from bot.message import Button, Message

PREFIX = "s:"
MAIN = "m"
LANGUAGE = "l"
CLOSE = "x"

_DATA = re.compile(r"s:(-?\d{1,19}):([a-z])(?::([a-z0-9-]{1,16}))?", re.ASCII)
_NONE = "-"
_MOST_QUOTATIONS = 10
_ZONES = (
    *(-720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60),
    *(120, 180, 210, 240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660),
    *(720, 765, 780, 840),
)
"""Minutes east of UTC of every clock in use."""

_Say = Callable[..., str]
_Part = Literal["start", "end", "offset"]


class Choice(NamedTuple):
    """What a button of the menu says.

    Attributes:
        chat: Whose menu it is.
        page: Which page the button leads to or chooses on.
        value: What it chooses there, None for nothing.
    """

    chat: int
    page: str
    value: str | None


def parsed(data: str) -> Choice | None:
    """Return what a button's data says, or None if no menu has such a button."""
    found = _DATA.fullmatch(data)
    return Choice(int(found[1]), found[2], found[3]) if found else None


@dataclass(frozen=True, slots=True)
class _Page:
    """One thing to be chosen.

    Attributes:
        name: Of the thing.
        explanation: What stands above the buttons.
        values: What stands on the button of each value.
        current: The value chosen so far.
        chosen: The settings with another value.
        width: Buttons in a row.
        back: The page before it.
    """

    name: str
    explanation: str
    values: Mapping[str, str]
    current: str
    chosen: Callable[[str], ChatSettings]
    width: int = 1
    back: str = MAIN


def menu(chat: int, settings: ChatSettings, spoken: Language, name: str = MAIN) -> Message:
    """Return a page of a chat's menu.

    Args:
        chat: Whose; a person's own if it is above 0.
        settings: As they are now.
        spoken: The language of the menu.
        name: Of the page.

    Raises:
        LookupError: It has no such page.
    """
    say = spoken.say
    pages = _pages(chat, settings, say)
    if name == MAIN:
        text = say(texts.SETTINGS_OWN) if chat > 0 else say(texts.SETTINGS_HERE)
        rows = _links(chat, pages, MAIN, say)
        return Message(text, rows=(*rows, (_button(chat, CLOSE, label=say(texts.CLOSE)),)))
    page = pages[name]
    buttons = [
        _button(chat, name, value, _ticked(label, say, ticked=value == page.current))
        for value, label in page.values.items()
    ]
    rows = [tuple(buttons[at : at + page.width]) for at in range(0, len(buttons), page.width)]
    back = (_button(chat, page.back, label=say(texts.MENU_BACK)),)
    return Message(page.explanation, rows=(*rows, *_links(chat, pages, name, say), back))


def choose(choice: Choice, settings: ChatSettings) -> ChatSettings:
    """Return the settings with what a button chooses, if anything.

    Raises:
        LookupError: It is not to be chosen.
    """
    if choice.value is None:
        return settings
    page = _pages(choice.chat, settings, ENGLISH.say)[choice.page]
    if choice.value not in page.values:
        raise LookupError(f"not to be chosen: {choice.value!r}")
    return page.chosen(choice.value)


def _pages(chat: int, settings: ChatSettings, say: _Say) -> dict[str, _Page]:
    """The pages by name; of a person's own menu those that concern one person."""
    personal = {LANGUAGE: _language(settings, say, own=chat > 0), "q": _quotations(settings, say)}
    if chat > 0:
        return personal
    return {
        "w": _ways(settings, say),
        **personal,
        "p": _pagers(settings, say),
        **_quiet(settings, say),
    }


def _ways(settings: ChatSettings, say: _Say) -> _Page:
    return _Page(
        say(texts.WAYS_NAME),
        say(texts.WAYS_HELP),
        {
            "command": say(texts.WAY_COMMAND),
            "mention": say(texts.WAY_MENTION),
            "question": say(texts.WAY_QUESTION),
        },
        settings.when,
        lambda value: replace(settings, when=cast("Way", value)),
    )


def _language(settings: ChatSettings, say: _Say, *, own: bool) -> _Page:
    default = say(texts.LANGUAGE_OF_TELEGRAM) if own else say(texts.LANGUAGE_OF_EACH)
    return _Page(
        say(texts.LANGUAGE_NAME),
        say(texts.LANGUAGE_HELP_OWN) if own else say(texts.LANGUAGE_HELP_HERE),
        {_NONE: default, **{code: language(code).name for code in CODES}},
        settings.language or _NONE,
        lambda value: replace(settings, language=None if value == _NONE else value),
        width=2,
    )


def _quotations(settings: ChatSettings, say: _Say) -> _Page:
    return _Page(
        say(texts.QUOTATIONS_NAME),
        say(texts.QUOTATIONS_HELP),
        {str(n): str(n) for n in range(1, _MOST_QUOTATIONS + 1)}
        | {_NONE: say(texts.AS_CONFIGURED)},
        str(settings.quotations or _NONE),
        lambda value: replace(settings, quotations=None if value == _NONE else int(value)),
        width=5,
    )


def _pagers(settings: ChatSettings, say: _Say) -> _Page:
    return _Page(
        say(texts.PAGERS_NAME),
        say(texts.PAGERS_HELP),
        {"asker": say(texts.PAGERS_ASKER), "all": say(texts.PAGERS_ALL)},
        settings.pagers,
        lambda value: replace(settings, pagers=cast("Pagers", value)),
    )


def _quiet(settings: ChatSettings, say: _Say) -> dict[str, _Page]:
    """Whether there are quiet hours; if so, three pages behind that one say which."""
    quiet = settings.quiet or Quiet()
    hours = {str(hour): _hour(hour) for hour in range(24)}
    zones = {str(offset): _zone(offset) for offset in _ZONES}
    whole = _Page(
        say(texts.QUIET_NAME),
        say(texts.QUIET_HELP),
        {
            "off": say(texts.QUIET_OFF),
            "on": say(
                texts.QUIET_HOURS,
                start=_hour(quiet.start),
                end=_hour(quiet.end),
                zone=_zone(quiet.offset),
            ),
        },
        "on" if settings.quiet else "off",
        lambda value: replace(settings, quiet=quiet if value == "on" else None),
    )
    if settings.quiet is None:
        return {"h": whole}

    def part(name: str, explanation: str, values: dict[str, str], field: _Part) -> _Page:
        return _Page(
            name,
            explanation,
            values,
            str(getattr(quiet, field)),
            lambda value: replace(settings, quiet=replace(quiet, **{field: int(value)})),
            width=4,
            back="h",
        )

    return {
        "h": whole,
        "f": part(say(texts.QUIET_START_NAME), say(texts.QUIET_HELP), hours, "start"),
        "u": part(say(texts.QUIET_END_NAME), say(texts.QUIET_HELP), hours, "end"),
        "z": part(say(texts.QUIET_ZONE_NAME), say(texts.QUIET_ZONE_HELP), zones, "offset"),
    }


def _hour(hour: int) -> str:
    return f"{hour:02}:00"


def _zone(offset: int) -> str:
    sign, (hours, minutes) = "-" if offset < 0 else "+", divmod(abs(offset), 60)
    if not offset:
        return "UTC"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"


def _links(
    chat: int, pages: Mapping[str, _Page], above: str, say: _Say
) -> list[tuple[Button, ...]]:
    """A row for each page behind another, with what is chosen on it."""
    return [
        (_button(chat, key, label=say(texts.SETTING, name=p.name, value=p.values[p.current])),)
        for key, p in pages.items()
        if p.back == above
    ]


def _ticked(label: str, say: _Say, *, ticked: bool) -> str:
    return say(texts.CHOSEN, value=label) if ticked else label


def _button(chat: int, page: str, value: str | None = None, label: str = "") -> Button:
    data = f"{PREFIX}{chat}:{page}"
    return Button(label, data=data if value is None else f"{data}:{value}")
