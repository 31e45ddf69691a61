"""The conversation in the terminal: what Telegram would show, with buttons pressed by number."""

from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from bot import texts
from bot.answer import Answer
from bot.desk import EXAMPLE_DATA, Desk, Question
from bot.engine import Engine
from bot.kept import Kept
from bot.languages import ENGLISH
from bot.message import Button, Message
from bot.presses import Press
from bot.render import answer_message
from bot.terminal import links, shown
from bot.turns import Place

_HERE = Place(0)
_MOST_DIGITS = 3
_COMMANDS: dict[str, Callable[[Desk], Message]] = {
    "/start": lambda desk: desk.welcome(ENGLISH),
    "/help": lambda desk: desk.help(ENGLISH, "the bot"),
    "/sources": lambda desk: desk.sources(ENGLISH),
    "/status": lambda desk: desk.status(ENGLISH),
    **dict.fromkeys(("/language", "/settings", "/forget"), lambda _: Message(texts.TELEGRAM_ONLY)),
}
_WELCOME = "Ask a question; press a button by its number; /sources, /status, /help; Ctrl-D ends."


def print_answer(answer: Answer, console: Console) -> None:
    """Print every quotation of an answer, one below the other, with its address."""
    for position in range(max(1, len(answer.quotations))):
        if position:
            console.print()
        message = answer_message(answer, "", ENGLISH, position)
        console.print(shown(Message(message.text, message.marks), console))
        _print_links(message, console)


def converse(engine: Engine, around: int, console: Console) -> None:
    """Answer what is typed until the end of input.

    Args:
        engine: Answers.
        around: How many paragraphs before and after a quotation its context has.
        console: Where to.
    """
    kept = Kept(":memory:")
    desk = Desk(engine, kept, around)
    buttons: list[Button] = []
    console.print(Text(_WELCOME, style="dim"))
    try:
        while True:
            try:
                typed = console.input(Text("> ", style="bold")).strip()
            except (EOFError, KeyboardInterrupt):
                console.print()
                return
            message = _reply(desk, typed, buttons, console)
            if message is not None:
                console.print(shown(message, console))
                _print_links(message, console)
                buttons = [button for row in message.rows for button in row]
    finally:
        kept.close()


def _reply(desk: Desk, typed: str, buttons: list[Button], console: Console) -> Message | None:
    if not typed:
        return None
    if command := _COMMANDS.get(typed):
        return command(desk)
    if typed.isdecimal() and len(typed) <= _MOST_DIGITS and 1 <= int(typed) <= len(buttons):
        button = buttons[int(typed) - 1]
        if plain := button.url or button.copied:
            console.print(Text(plain, overflow="fold"), soft_wrap=True)
            return None
        if EXAMPLE_DATA.fullmatch(button.data or ""):
            return desk.ask(Question(button.label, _HERE, is_shown=True))
        pressed = desk.press(Press(button.data or "", _HERE))
        if pressed.word:
            console.print(Text(pressed.word, style="dim"))
        return pressed.message
    question = typed.removeprefix("/ask").strip() if typed.startswith("/ask") else typed
    return desk.ask(Question(question, _HERE))


def _print_links(message: Message, console: Console) -> None:
    """Write the addresses out, on lines of their own so that they can be copied."""
    for url in links(message):
        console.print(Text(url, style="dim"), soft_wrap=True)
