import asyncio
import logging
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from telegram.ext import CommandHandler

from bot import texts
from bot.app import _Discreet
from bot.message import Message
from bot.settings import Settings, Token
from bot.wire import base_urls, form
from bot.worker import Worker
from tests.bot.conftest import settings_at
from tests.bot.telegram.conftest import Start, pointed_at
from tests.telegram_server import TelegramServer

QUESTION = "What is Iran's position on the Moscow talks?"


async def test_told_to_wait_it_waits_and_others_do_not(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    server.fail_next("sendMessage", 429, parameters={"retry_after": 1})
    server.send(ann, ann, QUESTION)
    await server.wait_for(lambda: any(c.method == "sendMessage" for c in server.sent), 5)
    begun = time.perf_counter()
    server.send(bob, bob, QUESTION)
    await server.next_sent(bob)
    assert time.perf_counter() - begun < 0.9
    assert "Iran supports" in (await server.next_sent(ann))["text"]
    assert len(server.messages(ann)) == 1


async def test_told_to_wait_too_often_it_gives_up(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann = server.add_user("Ann")
    server.fail_next("sendMessage", 429, parameters={"retry_after": 1}, times=4)
    server.send(ann, ann, QUESTION)
    told = await server.next_sent(ann, 10)
    assert told["text"].startswith("Something went wrong on my side (error ")
    assert "Flood control exceeded" in caplog.text


async def test_a_chat_that_is_closed_is_left_alone(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    server.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")
    with caplog.at_level(logging.INFO):
        server.send(ann, ann, QUESTION)
        await server.wait_for(lambda: "a chat is closed to the bot" in caplog.text, 5)
    server.send(bob, bob, QUESTION)
    assert "Iran supports" in (await server.next_sent(bob))["text"]
    assert server.messages(ann) == []


async def test_a_fault_is_told_with_an_id_and_nothing_else(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    application, _ = await start()

    async def break_down(*_: object) -> None:
        raise RuntimeError("private details")

    application.add_handler(CommandHandler("break", break_down))
    ann = server.add_user("Ann")
    server.send(ann, ann, "/break")
    told = (await server.next_sent(ann))["text"]
    number = told.split("error ")[1].split(")")[0]
    assert told == texts.FAILED.format(error=number)
    assert f"error {number}" in caplog.text
    assert "private details" not in told


async def test_a_fault_behind_a_button_is_told_there(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    server.fail_next("editMessageText", 400, "Bad Request: something new")
    name = server.press(ann, card, "▶")
    await server.wait_for(lambda: not server.unanswered(), 5)
    assert "Something went wrong" in str(server.queries[name])


async def test_two_quick_presses_are_no_fault(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    data = card["reply_markup"]["inline_keyboard"][0][2]["callback_data"]
    names = []
    for number in ("90", "91"):
        query = {"id": number, "from": ann, "chat_instance": "1", "message": card, "data": data}
        server.queries[number] = None
        names.append(number)
        server.push("callback_query", query)
    await server.wait_for(lambda: not server.unanswered(), 5)
    assert all("went wrong" not in str(server.queries[n]) for n in names)
    # The second edit is refused as "not modified": expected here.
    assert [c.method for c in server.refused] == ["editMessageText"]
    server.refused.clear()


async def test_a_press_that_is_too_old_still_changes_the_message(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    server.fail_next(
        "answerCallbackQuery",
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    server.press(ann, card, "▶")
    await server.wait_for(lambda: any(c.method == "answerCallbackQuery" for c in server.sent), 5)
    assert any(c.method == "editMessageText" for c in server.sent)
    server.expire_queries()


async def test_the_menu_is_registered(server: TelegramServer, start: Start) -> None:
    await start()
    (call,) = [c for c in server.sent if c.method == "setMyCommands"]
    assert [c["command"] for c in call.params["commands"]] == list(texts.COMMANDS)


def test_nothing_logged_shows_the_token() -> None:
    token = Token("123:secret")
    record = logging.LogRecord("x", 20, "f", 1, "at %s", ("https://x/bot123:secret/y",), None)
    shown = _Discreet(token).format(record)
    assert "secret" not in shown
    assert "<token>" in shown


async def test_a_worker_that_is_closed_says_so(sample: Settings) -> None:
    worker = Worker(sample)
    with pytest.raises(RuntimeError, match="the desk is closed"):
        await worker.call(lambda desk: desk.status())
    await worker.open()
    assert isinstance(await worker.call(lambda desk: desk.status()), Message)
    await worker.close()


def test_addresses_with_and_without_their_ending(tmp_path: Path) -> None:
    for url in ("http://127.0.0.1:1", "http://127.0.0.1:1/", "http://127.0.0.1:1/bot"):
        settings = settings_at(tmp_path, "[bot]", f'api_url = "{url}"')
        assert base_urls(settings) == {"base_url": "http://127.0.0.1:1/bot"}
    settings = settings_at(tmp_path, "[bot]", 'api_file_url = "http://127.0.0.1:1"')
    assert base_urls(settings) == {"base_file_url": "http://127.0.0.1:1/file/bot"}
    assert base_urls(settings_at(tmp_path)) == {}
    assert form(Message("x"))["reply_markup"] is None


async def bot_process(settings: Settings, token: str, *words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "--config", str(settings.origin), *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "VERBATIM_TOKEN": token},
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    async with asyncio.timeout(30):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, (out + err).decode()


async def test_stopped_it_delivers_the_answer_under_way(
    server: TelegramServer, sample: Settings
) -> None:
    settings = pointed_at(server, sample.origin.parent)
    process = await bot_process(settings, server.token, "run")
    await server.wait_for(lambda: server.polls, 30)
    ann = server.add_user("Ann")
    server.fail_next("sendMessage", 0, delay=1.0)
    server.send(ann, ann, QUESTION)
    await server.wait_for(lambda: any(c.method == "sendChatAction" for c in server.sent), 10)
    process.send_signal(signal.SIGTERM)
    code, said = await ended(process)
    assert code == 0
    assert "Iran supports" in server.messages(ann)[0]
    assert "answering as @verbatim_bot" in said
    assert server.token not in said
    assert QUESTION not in said


async def test_doctor_asks_telegram(server: TelegramServer, sample: Settings) -> None:
    settings = pointed_at(server, sample.origin.parent)
    code, said = await ended(await bot_process(settings, server.token, "doctor"))
    assert code == 0
    assert "ok    token: @verbatim_bot" in said
    assert f"ok    groups: {texts.PRIVACY_ON}" in said
    code, said = await ended(await bot_process(settings, "1:wrong", "doctor"))
    assert (code, "FAULT Telegram refuses the token" in said) == (1, True)
    server.refused.clear()


@pytest.mark.parametrize("command", ["run", "doctor"])
async def test_without_telegram_it_ends_in_one_line(sample: Settings, command: str) -> None:
    settings = settings_at(sample.origin.parent, "[bot]", 'api_url = "http://127.0.0.1:9"')
    code, said = await ended(await bot_process(settings, "1:secret", command))
    assert code == 1
    assert "Telegram cannot be reached: check the network, or [bot] api_url" in said
    assert "Traceback" not in said
    assert "1:secret" not in said


async def test_a_wrong_token_ends_in_one_line(server: TelegramServer, sample: Settings) -> None:
    settings = pointed_at(server, sample.origin.parent)
    code, said = await ended(await bot_process(settings, "1:wrong", "run"))
    assert code == 1
    assert said == (
        "Error: Telegram refuses the token: copy it again from @BotFather into VERBATIM_TOKEN\n"
    )
    server.refused.clear()


async def test_a_second_bot_on_one_token_ends_one_of_them(
    server: TelegramServer, sample: Settings
) -> None:
    settings = pointed_at(server, sample.origin.parent)
    processes = [await bot_process(settings, server.token, "run") for _ in range(2)]
    done, pending = await asyncio.wait(
        [asyncio.create_task(ended(p)) for p in processes],
        return_when=asyncio.FIRST_COMPLETED,
        timeout=30,
    )
    code, said = next(iter(done)).result()
    assert code == 1
    assert "another process is polling with this token: stop it, or use another token" in said
    assert "Traceback" not in said
    for process in processes:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
    if pending:
        await asyncio.wait(pending)
    server.refused.clear()
