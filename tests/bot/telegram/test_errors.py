"""What goes wrong on the way: each person is told once, and others notice nothing."""

import logging
import re
import sqlite3
from contextlib import closing
from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot import texts
from bot.handlers.errors import Errors
from bot.settings import Settings
from index.layout import Layout
from tests.bot.telegram.conftest import (
    QUESTION,
    Start,
    answered,
    calls,
    labels,
    now,
    part,
    press,
)
from tests.telegram_server import TelegramServer

FAILED = re.escape(texts.FAILED.format(error="#")).replace(r"\#", "([0-9a-f]{8})")


def errors_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]


async def test_told_to_wait_it_waits_and_others_do_not(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    server.fail_next("sendMessage", 429, parameters={"retry_after": 1})
    server.send(ann, ann, QUESTION)
    await server.wait_for(lambda: calls(server, "sendMessage"))
    server.send(bob, bob, QUESTION)
    await server.next_sent(bob)
    assert server.messages(ann) == []
    assert "Iran supports" in (await server.next_sent(ann))["text"]
    await server.settled()
    tried = [c.at for c in server.sent if c.params.get("chat_id") == ann["id"]]
    assert len(server.messages(ann)) == 1
    assert tried[-1] - tried[-2] >= 1


async def test_a_pressed_button_waits_too(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    server.fail_next("editMessageText", 429, parameters={"retry_after": 1})
    assert labels(await press(server, ann, card, "▶"))[0][1] == "2/3"


async def test_nothing_waits_for_the_sign_that_it_is_typing(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann = server.add_user("Ann")
    for code, options in ((429, {"retry_after": 30}), (400, {}), (502, {})):
        server.fail_next("sendChatAction", code, parameters=options)
        server.send(ann, ann, QUESTION)
        assert "Iran supports" in (await server.next_sent(ann, 3))["text"]
    server.fail_next("sendChatAction", drop=True)
    server.send(ann, ann, QUESTION)
    assert "Iran supports" in (await server.next_sent(ann, 3))["text"]
    assert errors_in(caplog) == []


async def test_a_chat_that_is_closed_is_left_alone(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    for person, chat, text in ((ann, ann, QUESTION), (bob, group, f"/ask {QUESTION}")):
        server.send(person, chat, text)
        # Blocked, or thrown out, before the question is read; Telegram does not say so at once.
        server.rooms[chat["id"]].forbidden = "bot was kicked from the chat"
        await server.wait_for(lambda: calls(server))
        await server.settled()
        await server.wait_for(lambda: "a chat is closed to the bot" in caplog.messages)
        assert server.messages(chat) == []
        # After "typing" was refused, the answer was not tried, and nothing else was.
        assert {c.response["error_code"] for c in server.refused} == {403}
        assert [c.method for c in server.refused] == ["sendChatAction"]
        server.refused.clear()
        server.sent.clear()
        caplog.clear()
    assert errors_in(caplog) == []
    server.send(bob, bob, QUESTION)
    assert "Iran supports" in (await server.next_sent(bob))["text"]


LOST = [{"code": 502}, {"code": 500}, {"drop": True}]


@pytest.mark.parametrize("fault", [*LOST, {"code": 400, "description": "NEW"}])
async def test_an_answer_that_cannot_be_sent_is_owned_up_to(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture, fault: dict[str, Any]
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    # What may have arrived is looked for and sent once more; what was refused is not.
    server.fail_next("sendMessage", **fault, times=2 if fault in LOST else 1)
    server.send(ann, ann, QUESTION)
    told = await server.next_sent(ann)
    found = re.fullmatch(FAILED, told["text"])
    assert found
    assert errors_in(caplog) == [f"error {found[1]}"]
    server.send(bob, bob, QUESTION)
    assert "Iran supports" in (await server.next_sent(bob))["text"]
    assert len(server.messages(ann)) == 1
    assert {c.description for c in server.refused} <= {"Bad Request: message to edit not found"}
    server.refused.clear()


async def test_when_not_even_that_can_be_sent_the_bot_goes_on(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann = server.add_user("Ann")
    server.fail_next("sendMessage", 502, times=3)
    server.send(ann, ann, QUESTION)
    await server.wait_for(lambda: len(calls(server, "sendMessage")) == 3)
    server.send(ann, ann, QUESTION)
    assert "Iran supports" in (await server.next_sent(ann))["text"]
    assert len(errors_in(caplog)) == 1
    server.refused.clear()


async def test_a_question_deleted_meanwhile(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    group = server.add_chat("supergroup")
    server.fail_next("sendChatAction", delay=0.3)
    asked = server.send(ann, group, f"/ask {QUESTION}")
    server.delete(asked)
    answer = await server.next_sent(group)
    assert "Iran supports" in answer["text"]
    assert "reply_to_message" not in answer


async def test_a_group_that_moves_while_an_answer_is_looked_for(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann = server.add_user("Ann")
    group = server.add_chat("group")
    server.send(ann, group, f"/ask {QUESTION}")
    new = server.migrate(group)
    answer = await server.next_sent(new)
    assert part(answer, "blockquote")
    assert labels(await press(server, ann, answer, "▶"))[0][1] == "2/3"
    assert server.messages(group) == []
    assert {c.response["parameters"]["migrate_to_chat_id"] for c in server.refused} == {new["id"]}
    server.refused.clear()
    assert errors_in(caplog) == []


async def test_a_fault_is_told_by_its_number_only(
    server: TelegramServer, start: Start, sample: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann = server.add_user("Ann")
    group = server.add_chat("supergroup")
    server.send(ann, group, f"/ask {QUESTION}")
    card = await server.next_sent(group)
    with closing(sqlite3.connect(Layout(sample.index.data).chats)) as chats, chats:
        chats.execute("DROP TABLE sent")
    for chat in (group, ann):
        server.send(ann, chat, f"/ask {QUESTION}")
        found = re.fullmatch(FAILED, (await server.next_sent(chat))["text"])
        assert found
        assert errors_in(caplog)[-1] == f"error {found[1]}"
    name = server.press(ann, card, texts.CONTEXT)
    await answered(server)
    answer = server.queries[name]
    assert answer is not None
    found = re.fullmatch(FAILED, answer["text"])
    assert found
    assert errors_in(caplog)[2:] == [f"error {found[1]}"]
    assert caplog.text.count("sqlite3.OperationalError: no such table: sent") == 3
    assert now(server, card) == card


async def test_whatever_the_handler_its_fault_is_told_by_number(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    application, _ = await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    await server.settled()
    first: Any = application.handlers[0][0].callback
    first.__self__._worker._desk = None
    told: list[str] = []
    for text in ("/sources", "/status", "/ask who led Syriza?", "who led Syriza?"):
        server.send(ann, ann, text)
        told.append((await server.next_sent(ann))["text"])
    name = server.press(ann, card, "▶")
    await answered(server)
    told.append((server.queries[name] or {})["text"])
    found = [re.fullmatch(FAILED, words) for words in told]
    assert errors_in(caplog) == [f"error {match[1]}" for match in found if match]
    assert len(errors_in(caplog)) == len(told) == 5
    assert caplog.text.count("RuntimeError: the desk is closed") == 5


@pytest.mark.parametrize(
    ("error", "ends", "said"),
    [
        (Conflict("terminated by other getUpdates request"), True, ""),
        (InvalidToken(), True, ""),
        (NetworkError("Bad Gateway"), False, "Telegram cannot be reached: Bad Gateway"),
        (TelegramError("odd"), False, "error "),
    ],
)
async def test_while_polling(
    caplog: pytest.LogCaptureFixture, error: TelegramError, ends: bool, said: str
) -> None:
    stops: list[bool] = []
    application = SimpleNamespace(stop_running=lambda: stops.append(True))
    context = cast(Any, SimpleNamespace(error=error, application=application))
    errors = Errors()
    await errors.handle(None, context)
    assert (stops, errors.fatal) == (([True], error) if ends else ([], None))
    assert said in caplog.text
    # An update that belongs to no message and no button has nobody to tell.
    await errors.handle(Update(1), context)
    assert caplog.messages[-1].startswith("error ")
    assert errors.fatal is (error if ends else None)


async def test_polling_goes_on_after_a_bad_gateway(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    server.fail_next("getUpdates", 502)
    server.send(ann, ann, "who led Syriza?")
    server.send(ann, ann, "who led Syriza?")
    await server.settled(2)
    server.send(ann, ann, "who led Syriza?")
    await server.settled(3, 8)
    assert len(server.messages(ann)) == 3
