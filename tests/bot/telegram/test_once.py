"""Once and only once, whatever gets lost on the way."""

import sqlite3
from contextlib import closing

import pytest
from telegram import Message

from bot import texts
from bot.handlers.course import Course
from bot.inbox import Inbox
from bot.settings import BotSettings, Settings
from bot.turns import Place
from bot.worker import Worker
from index.layout import Layout
from tests.bot.telegram.conftest import (
    EXAMPLE,
    QUESTION,
    Json,
    Start,
    at_work,
    calls,
    end_within,
    labels,
    now,
    pointed_at,
    press,
    refused,
)
from tests.bot.telegram.recognising import (
    HELD,
    NOT_OURS,
    NOT_THERE,
    OURS,
    ago,
    answers,
    is_held,
    probes,
)
from tests.telegram_server import TelegramServer


async def test_old_questions_are_answered_with_one_word(
    server: TelegramServer, start: Start
) -> None:
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    server.clock = ago(3700)
    for _ in range(3):
        server.send(ann, ann, QUESTION)
    for minutes, text in enumerate(("who led Syriza?", QUESTION, "???", QUESTION, "???")):
        server.clock = ago(3500 - 60 * minutes)
        server.send(bob, bob, text)
    await start()
    await server.settled(6)
    assert server.messages(ann) == [texts.AWAY]
    # Younger ones are answered, and in order; that they came in one batch makes them no burst.
    iran, none = "Iran supports", texts.NO_WORDS[:20]
    begun = [next((w for w in (iran, none) if w in m), "") for m in server.messages(bob)]
    assert begun == ["", iran, none, iran, none]


@pytest.mark.parametrize(("quietly", "said"), [(False, [texts.AWAY]), (True, [])])
async def test_who_did_not_ask_the_bot_gets_no_excuses(
    server: TelegramServer, start: Start, sample: Settings, quietly: bool, said: list[str]
) -> None:
    application, _ = await start()
    ann, inbox = server.add_user("Ann"), application.update_queue
    assert isinstance(inbox, Inbox)
    server.clock = ago(3700)
    asked = Message.de_json(server.send(ann, ann, "/nothing"), application.bot)
    worker = Worker(sample)
    await worker.open()
    course = Course(inbox, worker, BotSettings())
    async with course.turn(asked, Place(ann["id"], 0, ann["id"]), quietly=quietly) as goes:
        assert not goes
    await worker.close()
    assert [text for text in server.messages(ann) if text == texts.AWAY] == said


async def test_what_has_to_wait_does_not_hold_up_the_end(
    server: TelegramServer, sample: Settings
) -> None:
    settings = pointed_at(server, sample.origin.parent)
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    async with at_work(settings, server) as (application, _):
        server.fail_next("sendMessage", 429, parameters={"retry_after": 60})
        server.send(ann, ann, QUESTION)
        await server.wait_for(lambda: calls(server, "sendMessage"))
        server.send(bob, bob, QUESTION)
        await server.next_sent(bob)
        end_within(application, 0.1)
    assert (len(server.messages(ann)), len(server.messages(bob))) == (0, 1)
    async with at_work(settings, server):
        await server.settled(2)
    assert (len(server.messages(ann)), len(server.messages(bob))) == (1, 1)
    assert probes(server) == {NOT_THERE}


@pytest.mark.parametrize("kind", ["private", "supergroup"])
async def test_looking_for_one_answer_spares_those_that_are_sent_meanwhile(
    server: TelegramServer, sample: Settings, kind: str
) -> None:
    settings = pointed_at(server, sample.origin.parent)
    people = [server.add_user(f"P{n}") for n in range(6)]
    chat = people[0] if kind == "private" else server.add_chat(kind)
    async with at_work(settings, server) as (application, _):
        server.fail_next("sendMessage", delay=HELD)
        server.send(people[0], chat, f"/ask {QUESTION}")
        await server.wait_for(lambda: is_held(server, chat))
        end_within(application, 0)
    askers = people[:2] if kind == "private" else people
    for person in askers:
        server.send(people[0] if kind == "private" else person, chat, "/ask who led Syriza?")
    # Slow enough for all others to be ready meanwhile.
    server.fail_next("editMessageReplyMarkup", delay=0.15, times=6)
    async with at_work(settings, server):
        await server.settled(len(askers) + 1, 10)
        assert probes(server) <= {NOT_THERE, NOT_OURS}
    (answer,) = answers(server, chat)
    rest = [m for m in server.rooms[chat["id"]].by_bot if m["message_id"] != answer["message_id"]]
    assert len(rest) == len(askers)
    assert all(labels(message) and "edit_date" not in message for message in [answer, *rest])


@pytest.mark.parametrize("faults", [0, 1])
async def test_an_answer_that_was_lost_on_the_way_back_is_recognised(
    server: TelegramServer, start: Start, faults: int
) -> None:
    await start()
    ann = server.add_user("Ann")
    server.fail_next("sendMessage", 502, applied=True)
    if faults:
        # So is the reply to the first look for it.
        server.fail_next("editMessageReplyMarkup", 502)
    server.send(ann, ann, QUESTION)
    answer = await server.next_sent(ann)
    assert labels(await press(server, ann, answer, "▶"))[0][1] == "2/3"
    await server.settled()
    assert len(server.messages(ann)) == 1
    assert probes(server) == {OURS}


async def test_looking_for_an_answer_leaves_other_messages_as_they_were(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann, group = server.add_user("Ann"), server.add_chat("supergroup")
    server.send(ann, group, "/ask")
    usage = await server.next_sent(group)
    server.fail_next("sendMessage", 502, delay=0.3)
    server.send(ann, group, f"/ask {QUESTION}")
    await server.wait_for(lambda: not server._faults)
    # It comes between the question and the answer.
    server.send(ann, group, "/help@verbatim_bot")
    note = await server.next_sent(group)
    answer = await server.next_sent(group)
    await server.settled()
    assert "Iran supports" in answer["text"]
    assert now(server, usage) == usage
    edited = now(server, note)
    del edited["edit_date"]
    assert edited == note
    assert len(server.messages(group)) == 3
    assert probes(server) == {NOT_THERE}


async def test_without_buttons_it_says_that_something_went_wrong(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    server.fail_next("sendMessage", 502)
    server.send(ann, ann, "???")
    assert (await server.next_sent(ann))["text"].startswith("Something went wrong")
    await server.settled()
    assert len(server.messages(ann)) == 1


@pytest.mark.parametrize(
    ("fault", "copies"), [({"delay": HELD}, 1), ({"applied": True, "late": HELD}, 2)]
)
async def test_an_answer_without_buttons_may_be_repeated(
    server: TelegramServer, sample: Settings, fault: Json, copies: int
) -> None:
    settings = pointed_at(server, sample.origin.parent)
    ann = server.add_user("Ann")
    async with at_work(settings, server) as (application, _):
        server.fail_next("sendMessage", **fault)
        server.send(ann, ann, "???")
        await server.wait_for(lambda: is_held(server, ann))
        await server.wait_for(lambda: len(server.messages(ann)) == copies - 1)
        end_within(application, 0)
    async with at_work(settings, server):
        await server.settled(copies)
    assert server.messages(ann) == [texts.NO_WORDS.format(example=EXAMPLE)] * copies


async def test_a_button_delivered_twice_does_once_what_it_says(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, QUESTION)
    answer = await server.next_sent(ann)
    name = server.press(ann, answer, "▶")
    update = dict(server._queue[-1]["callback_query"])
    await server.wait_for(lambda: not server.unanswered())
    once = now(server, answer)
    assert labels(once)[0][1] == "2/3"
    # Telegram has taken the answer to the press, and takes no second one.
    del server.queries[name]
    server.push("callback_query", update)
    await server.wait_for(lambda: len(server.refused) == 2)
    await server.settled()
    assert now(server, answer) == once
    assert {c.method for c in server.refused} == {"editMessageText", "answerCallbackQuery"}
    assert len(server.messages(ann)) == 1
    server.refused.clear()


async def test_what_is_done_leaves_no_words_behind(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann = server.add_user("Ann")
    for text in (QUESTION, "/help", "???"):
        server.send(ann, ann, text)
    await server.settled(3)
    with closing(sqlite3.connect(Layout(sample.index.data).chats)) as chats:
        rows = chats.execute("SELECT state, body, keyboard, answer > 0 FROM received").fetchall()
    assert sorted(rows) == [("done", "", "", 0), ("done", "", "", 1), ("done", "", "", 1)]


async def test_a_ledger_that_cannot_be_written_stops_no_answer(
    server: TelegramServer, start: Start, sample: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann = server.add_user("Ann")
    with closing(sqlite3.connect(Layout(sample.index.data).chats)) as chats, chats:
        chats.execute("DROP TABLE received")
    server.send(ann, ann, "/help")
    assert (await server.next_sent(ann))["text"].startswith("In this chat")
    server.send(ann, ann, QUESTION)
    assert "Iran supports" in (await server.next_sent(ann))["text"]
    await server.settled()
    assert len(server.messages(ann)) == 2
    assert "what became of a message could not be written down" in caplog.messages
    assert "a message could not be written down; it is handled all the same" in caplog.messages
    assert refused(server) == []
