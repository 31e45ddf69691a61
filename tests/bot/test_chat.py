from contextlib import closing
from io import StringIO

import pytest
from rich.console import Console

from bot import texts
from bot.chat import converse, print_answer
from bot.engine import Engine

QUESTION = "What is Iran's position on the Moscow talks?"


def conversation(engine: Engine, monkeypatch: pytest.MonkeyPatch, *typed: str) -> list[str]:
    """What is shown after each line that is typed; the first is the welcome."""
    out = StringIO()
    monkeypatch.setattr("sys.stdin", StringIO("".join(f"{line}\n" for line in typed)))
    with closing(StringIO()) as unseen:
        monkeypatch.setattr("sys.stdout", unseen)
        converse(engine, 2, Console(file=out, width=100, highlight=False))
    return out.getvalue().split("> ")


def test_a_conversation(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = conversation(
        engine, monkeypatch, QUESTION, "3", "4", "1", "2", "5", "99", "9" * 5000, "/help"
    )
    welcome, card, second, context, back, word, source, unknown, digits, usage, end = shown
    assert welcome.startswith("Ask a question; press a button by its number")
    assert card.startswith("┃ ")
    assert " 1  ◀   2  1/3   3  ▶\n 4  Context   5  Source\n" in card
    assert "#:~:text=" in card.splitlines()[-1]
    assert " 2  2/3 " in second
    assert " 1  Back 2/3   2  Source\n" in context
    assert len(context.splitlines()) > len(second.splitlines())
    assert back == second
    assert word == "2/3\n"
    assert source.startswith("https://news.example/")
    assert "#" not in source
    # A number without a button is a question like any other.
    assert unknown.startswith((texts.NO_ANSWER, "┃ ", "Understood as: "))
    assert digits.startswith((texts.NO_ANSWER, "┃ ", "Understood as: "))
    assert " ".join(usage.split()).startswith("In this chat, any text is a question.")
    assert end == "\n"


def test_a_follow_up_and_its_button(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = (QUESTION, "And Russia's position on the Moscow talks?", "9", "1", "1")
    shown = conversation(engine, monkeypatch, *typed)
    _, _, card, again, context, back, _ = shown
    head = "Understood as: And Russia's position on the Moscow talks? (Iran's)\n"
    assert card.startswith(head)
    assert " 9  Ask as typed\n" in card
    assert not again.startswith("Understood")
    assert "Ask as typed" not in again
    assert context.startswith("┃ ")
    assert back == again


def test_pleasantries(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    _, thanks, hello, _ = conversation(engine, monkeypatch, "thanks", "hello")
    assert thanks == "👍\n"
    assert " ".join(hello.split()).startswith(texts.START[:40])


def test_commands(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = conversation(
        engine, monkeypatch, "/start", "/sources", "/status", "/forget", "/ask", "", "1"
    )
    _, start, sources, status, elsewhere, ask, nothing, number, _ = shown
    assert start.startswith("Ask me about the news")
    assert sources.startswith("24 articles from Verbatim sample, ")
    assert status.startswith("24 articles, 200 passages. Indexed ")
    assert elsewhere == f"{texts.TELEGRAM_ONLY}\n"
    assert ask.startswith("There are no words in that.")
    assert nothing == ""
    assert number.startswith((texts.NO_ANSWER, "┃ ", "Understood as: "))


def test_ctrl_c_ends_it(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: str = "") -> str:
        raise KeyboardInterrupt

    out = StringIO()
    monkeypatch.setattr("builtins.input", interrupted)
    converse(engine, 2, Console(file=out, width=100))
    assert out.getvalue().endswith("ends.\n> \n")


def test_an_answer_s_quotations_stand_one_below_the_other(engine: Engine) -> None:
    out = StringIO()
    answer = engine.ask(QUESTION)
    print_answer(answer, Console(file=out, width=2000, highlight=False))
    parts = out.getvalue().split("\n\n")
    assert len(parts) == len(answer.quotations) == 3
    for part, quotation in zip(parts, answer.quotations, strict=True):
        start, end = quotation.answer
        text = quotation.text
        assert part.startswith(f"┃ {text[:start]}**{text[start:end]}**{text[end:]}\n")
        assert part.strip().endswith(f"\n{quotation.link}")
