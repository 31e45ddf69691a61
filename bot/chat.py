"""The conversation in the terminal: what Telegram would show, with buttons pressed by number."""

from rich.console import Console
from rich.text import Text

from bot import texts
from bot.answer import Answer
from bot.chats import Chats
from bot.desk import Desk
from bot.engine import Engine
from bot.message import Button, Message
from bot.render import answer_message
from bot.sent import SentAnswers
from bot.terminal import links, shown
from bot.turns import Place, Turns

_HERE = 0
_MOST_DIGITS = 3
_WELCOME = "Ask a question; press a button by its number; /sources, /status, /help; Ctrl-D ends."


def print_answer(answer: Answer, console: Console) -> None:
    """Print every quotation of an answer, one below the other, with its address."""
    for position in range(max(1, len(answer.quotations))):
        if position:
            console.print()
        message = answer_message(answer, "", position)
        console.print(shown(Message(message.text, message.marks), console))
        _print_links(message, console)


def converse(engine: Engine, around: int, console: Console) -> None:
    """Answer what is typed until the end of input.

    Args:
        engine: Answers.
        around: How many paragraphs before and after a quotation its context has.
        console: Where to.
    """
    sent, turns, chats = SentAnswers(":memory:"), Turns(":memory:"), Chats(":memory:")
    desk = Desk(engine, sent, turns, chats, around)
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
        chats.close()
        turns.close()
        sent.close()


def _reply(desk: Desk, typed: str, buttons: list[Button], console: Console) -> Message | None:
    if not typed:
        return None
    if typed == "/start":
        return Message(texts.START.format(example=texts.EXAMPLE))
    if typed == "/help":
        return Message(texts.HELP.format(name="the bot"))
    if typed == "/sources":
        return desk.sources()
    if typed == "/status":
        return desk.status()
    if typed in {"/language", "/settings", "/forget"}:
        return Message(texts.TELEGRAM_ONLY)
    if typed.isdecimal() and len(typed) <= _MOST_DIGITS and 1 <= int(typed) <= len(buttons):
        button = buttons[int(typed) - 1]
        if button.url:
            console.print(Text(button.url, overflow="fold"), soft_wrap=True)
            return None
        pressed = desk.press(button.data or "", _HERE)
        if pressed.word:
            console.print(Text(pressed.word, style="dim"))
        return pressed.message
    question = typed.removeprefix("/ask").strip() if typed.startswith("/ask") else typed
    return desk.ask(question, Place(_HERE))


def _print_links(message: Message, console: Console) -> None:
    """Write the addresses out, on lines of their own so that they can be copied."""
    for url in links(message):
        console.print(Text(url, style="dim"), soft_wrap=True)
