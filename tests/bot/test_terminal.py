from io import StringIO

import pytest
from rich.console import Console

from bot.message import Button, Composer, Message
from bot.terminal import links, shown

QUOTED = "Iran supports the talks in Moscow. Others doubt that they will help at all."


def card() -> Message:
    out = Composer()
    out.write("Before\n")
    start = len(out.text)
    out.write(QUOTED, "blockquote")
    out.mark("bold", start, start + 34)
    out.write("\n")
    out.write("Title", "text_link", "https://n.example/a")
    out.write(" and ")
    out.write("Title", "text_link", "https://n.example/a")
    out.write(" [b]:smile:[/b] ")
    out.write("x_y", "code")
    return out.message(
        (Button("◀", data="q"), Button("▶", data="q")),
        (Button("Source", url="https://n.example/"),),
    )


def printed(message: Message, width: int, *, styled: bool = False, first: int = 1) -> str:
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=styled,
        highlight=False,
        color_system="truecolor" if styled else None,
    )
    console.print(shown(message, console, first))
    return out.getvalue()


def test_without_style() -> None:
    assert printed(card(), 200) == (
        "Before\n\n"
        "┃ **Iran supports the talks in Moscow.** Others doubt that they will help at all.\n"
        "Title and Title [b]:smile:[/b] x_y\n"
        " 1  ◀   2  ▶\n 3  Source\n"
    )
    assert printed(card(), 200, first=7).endswith(" 7  ◀   8  ▶\n 9  Source\n")


@pytest.mark.parametrize("width", [12, 20, 37, 80, 200])
def test_every_line_of_a_quotation_has_its_bar_and_none_is_too_wide(width: int) -> None:
    lines = printed(card(), width).splitlines()
    assert max(map(len, lines)) <= width
    bars = [line for line in lines if line.startswith("┃ ")]
    words = " ".join(line.removeprefix("┃ ").strip() for line in bars)
    assert words.split() == QUOTED.replace("Moscow.", "Moscow.**").replace("Iran", "**Iran").split()


def test_with_style() -> None:
    text = printed(card(), 200, styled=True)
    assert "\x1b[1mIran supports the talks in Moscow.\x1b[0m" in text
    assert "**" not in text
    assert text.count("https://n.example/a") == 2
    assert "\x1b]8;" in text


def test_two_bold_spans_keep_their_places() -> None:
    out = Composer("One two three")
    out.mark("bold", 0, 3)
    out.mark("bold", 8, 13)
    assert printed(out.message(), 80) == "**One** two **three**\n"


def test_links_once_each_in_order() -> None:
    out = Composer()
    for url in ("https://b.example/", "https://a.example/", "https://b.example/"):
        out.write("x", "text_link", url)
    assert links(out.message()) == ["https://b.example/", "https://a.example/"]
    assert printed(Message(""), 80) == ""
