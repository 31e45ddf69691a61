"""Bursts, and limits to what one person and one chat may ask."""

import pytest

from bot import texts
from bot.fairness import FairUse, Refusal
from bot.handlers.course import words
from bot.languages import ENGLISH
from bot.settings import Settings
from bot.turns import Place
from tests.bot.telegram.conftest import EXAMPLE, QUESTION, Json, Start, pointed_at
from tests.telegram_server import TelegramServer

SYRIZA = "who led Syriza?"


def left_out(count: int) -> str:
    return ENGLISH.counted(texts.LEFT_OUT, count)


@pytest.mark.parametrize("kind", ["private", "supergroup"])
async def test_of_a_burst_the_last_is_answered_with_one_note(
    server: TelegramServer, start: Start, kind: str
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    chat = ann if kind == "private" else server.add_chat(kind)
    for _ in range(49):
        server.send(ann, chat, f"/ask {SYRIZA}")
    server.send(ann, chat, f"/ask {QUESTION}")
    server.send(bob, bob, QUESTION)
    answer = await server.next_sent(chat)
    await server.settled(3)
    assert "Iran supports" in answer["text"]
    assert server.messages(chat) == [answer["text"], left_out(49)]
    assert len(server.messages(bob)) == 1
    # It is over: the next question is one like any other.
    server.send(ann, chat, f"/ask {SYRIZA}")
    await server.settled(4)
    assert len(server.messages(chat)) == 3


@pytest.mark.parametrize(("questions", "notes"), [(2, []), (3, []), (4, [left_out(3)])])
async def test_some_questions_at_once_are_all_answered_in_order(
    server: TelegramServer, start: Start, questions: int, notes: list[str]
) -> None:
    await start()
    ann = server.add_user("Ann")
    iran, none = "Iran supports", texts.NO_WORDS.format(example=EXAMPLE)
    for number in range(questions):
        server.send(ann, ann, "???" if number % 2 else QUESTION)
    expected = [none] if notes else [iran, none, iran][:questions]
    await server.settled(len(expected) + len(notes))
    said = server.messages(ann)
    assert [iran if iran in text else text for text in said] == expected + notes


async def test_a_burst_while_an_answer_is_under_way(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    server.fail_next("sendMessage", delay=0.4)
    server.send(ann, ann, QUESTION)
    await server.wait_for(lambda: not server._faults)
    for _ in range(10):
        server.send(ann, ann, SYRIZA)
    server.send(ann, ann, "???")
    await server.settled(3)
    iran, last, note = server.messages(ann)
    assert "Iran supports" in iran
    assert last == texts.NO_WORDS.format(example=EXAMPLE)
    assert note == left_out(10)
    assert texts.LEFT_OUT[0].format(number=1) == left_out(1) != left_out(2)


async def test_two_people_in_a_group_are_no_burst(server: TelegramServer, start: Start) -> None:
    await start()
    group = server.add_chat("supergroup")
    people = [server.add_user(f"P{n}") for n in range(5)]
    for person in people:
        server.send(person, group, f"/ask {QUESTION}")
    await server.settled(5)
    assert len(server.messages(group)) == 5
    assert all("Iran supports" in text for text in server.messages(group))


async def test_whoever_asks_too_much_is_told_once_when_to_come_back(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    ann, bob, chief = (server.add_user(name) for name in ("Ann", "Bob", "Chief"))
    lines = ("questions_per_minute = 2", f"admins = [{chief['id']}]")
    await start(pointed_at(server, sample.origin.parent, bot=lines))

    async def ask(person: Json) -> str:
        server.send(person, person, QUESTION)
        return str((await server.next_sent(person))["text"])

    for _ in range(2):
        assert "Iran supports" in await ask(ann)
    told = await ask(ann)
    assert told in {texts.TOO_MANY.format(wait=ENGLISH.later(seconds)) for seconds in range(50, 61)}
    for _ in range(3):
        server.send(ann, ann, QUESTION)
    await server.settled()
    assert len(server.messages(ann)) == 3
    # Neither others nor commands are concerned, and the chief is exempt.
    server.send(ann, ann, "/help")
    assert (await server.next_sent(ann))["text"].startswith("In this chat")
    for person in (bob, chief, chief, chief):
        assert "Iran supports" in await ask(person)


def test_the_counts() -> None:
    now = [0.0]
    fair = FairUse(2, 3, {9}, lambda: now[0])
    ann, bob, there = Place(-1, 0, 1), Place(-1, 0, 2), Place(1, 0, 1)
    assert [fair.refusal(ann), fair.refusal(there)] == [None, None]
    now[0] = 10
    # A person's count is for all chats, whatever the topic.
    assert fair.refusal(there) == Refusal("person", 50, is_news=True)
    assert fair.refusal(ann._replace(topic=5)) == Refusal("person", 50, is_news=False)
    assert [fair.refusal(bob), fair.refusal(bob)] == [None, None]
    # The chat's count is told of first, once to all; what was refused did not count.
    now[0] = 20
    assert fair.refusal(ann) == Refusal("chat", 3580, is_news=True)
    assert fair.refusal(bob) == Refusal("chat", 3580, is_news=False)
    assert fair.refusal(Place(-1, 0, 9)) is None
    now[0] = 60
    assert [fair.refusal(there), fair.refusal(there)] == [None, None]
    assert fair.refusal(Place(5, 0, 1)) == Refusal("person", 60, is_news=True)
    now[0] = 3600
    assert fair.refusal(bob) is None
    unlimited = FairUse(0, 0)
    assert [unlimited.refusal(ann) for _ in range(1000)] == [None] * 1000


@pytest.mark.parametrize(
    ("seconds", "wait"),
    [(0.2, "in 1 second"), (59.5, "in 1 minute"), (61, "in 2 minutes"), (3580, "in 1 hour")],
)
def test_nobody_is_told_to_come_back_too_early(seconds: float, wait: str) -> None:
    told = words(Refusal("chat", seconds, is_news=True), ENGLISH)
    assert told == texts.TOO_MANY_HERE.format(wait=wait)


def test_people_who_are_gone_are_forgotten() -> None:
    now = [0.0]
    fair = FairUse(1, 0, clock=lambda: now[0])
    for user in range(20_000):
        now[0] += 0.1
        assert fair.refusal(Place(user, 0, user)) is None
        assert fair.refusal(Place(user, 0, user)) is not None
    assert len(fair._windows) <= 4096
    assert len(fair._told) <= 4096
