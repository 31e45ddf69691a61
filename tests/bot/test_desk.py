from collections.abc import Iterator
from contextlib import closing

import pytest

from bot import texts
from bot.desk import Desk, Pressed
from bot.engine import Engine
from bot.message import Message
from bot.sent import SentAnswers

QUESTION = "What is Iran's position on the Moscow talks?"
CHAT = 5


@pytest.fixture
def desk(engine: Engine) -> Iterator[Desk]:
    """Over the sample collection."""
    with closing(SentAnswers(":memory:")) as sent:
        yield Desk(engine, sent, 2)


def data(message: Message, label: str) -> str:
    (found,) = (b.data for row in message.rows for b in row if b.label == label)
    assert found is not None
    return found


def press(desk: Desk, message: Message, label: str) -> Message:
    pressed = desk.press(data(message, label), CHAT)
    assert pressed.message is not None
    assert pressed.word is None
    return pressed.message


def test_leafing_goes_round_and_comes_back(desk: Desk) -> None:
    first = desk.ask(QUESTION, CHAT)
    second = press(desk, first, "▶")
    third = press(desk, second, "▶")
    assert len({first.text, second.text, third.text}) == 3
    assert press(desk, third, "▶") == press(desk, second, "◀") == first
    assert press(desk, first, "◀") == third
    assert desk.press(data(second, "2/3"), CHAT) == Pressed(word="2/3")


def test_context_and_back(desk: Desk) -> None:
    second = press(desk, desk.ask(QUESTION, CHAT), "▶")
    context = press(desk, second, texts.CONTEXT)
    quoted = second.text.split("\n")[0]
    assert quoted in context.text
    assert len(context.text) > len(second.text)
    assert press(desk, context, f"{texts.BACK} 2/3") == second


@pytest.mark.parametrize(
    "made",
    [
        *("", ":", "::", "q", "q:", "q:{key}", "q:{key}:", "q:{key}:3", "q:{key}:-1", "q:{key}:x"),
        *("q:{key}:٣", "q:{key}:²", "x:{key}:0", "q:unknown:0", "q:{key}:0:0", "\x00", "🙂"),
        "q:{key}:" + "9" * 5000,
    ],
)
def test_made_up_buttons_are_refused(desk: Desk, made: str) -> None:
    key = data(desk.ask(QUESTION, CHAT), "▶").split(":")[1]
    assert desk.press(made.replace("{key}", key), CHAT) == Pressed(word=texts.NOT_YOURS)


def test_buttons_work_in_their_own_chat_only(desk: Desk) -> None:
    card = desk.ask(QUESTION, CHAT)
    assert desk.press(data(card, "▶"), CHAT + 1) == Pressed(word=texts.NOT_YOURS)
    desk.migrate(CHAT, -1005)
    assert desk.press(data(card, "▶"), CHAT) == Pressed(word=texts.NOT_YOURS)
    assert desk.press(data(card, "1/3"), -1005) == Pressed(word="1/3")


def test_without_words_or_answer(desk: Desk) -> None:
    assert desk.ask("🙂", CHAT).text == texts.NO_WORDS.format(example=texts.EXAMPLE)
    silent = desk.ask("Who will win the 2030 World Cup?", CHAT)
    assert silent.text.startswith(f"{texts.NO_ANSWER}\n\n{texts.NEAREST}\n• ")
    assert silent.rows == ()
    cut = desk.ask(QUESTION + " Tell me." * 200, CHAT)
    assert cut.text.endswith(f"\n{texts.CUT}")


def test_status(desk: Desk) -> None:
    assert desk.status().text.endswith(" ago (generation 1).\nModel: all-MiniLM-L6-v2")
