"""The program as it is run: started, stopped, and ended by what cannot be mended."""

import asyncio
import gc
import logging
import os
import signal
import threading
from pathlib import Path

import pytest

from bot import texts
from bot.app import _Discreet, run, run_polling
from bot.languages import CODES, language
from bot.settings import Settings, SettingsError, Token
from index.types import UnusableError
from tests.bot.conftest import settings_at
from tests.bot.telegram.conftest import (
    QUESTION,
    at_work,
    bot_process,
    calls,
    ended,
    pointed_at,
    refused,
)
from tests.telegram_server import TelegramServer

REFUSED = "Telegram refuses the token: copy it again from @BotFather into VERBATIM_TOKEN"
CONFLICT = "another process is polling with this token: stop it, or use another token"


async def test_what_telegram_shows_of_it_is_told_once(
    server: TelegramServer, sample: Settings
) -> None:
    settings = pointed_at(server, sample.origin.parent)
    async with at_work(settings, server):
        pass
    assert len(server.menus) == len(CODES) * len(texts.MENUS)
    for code in CODES:
        spoken = language(code)
        for scope, names in texts.MENUS.items():
            menu = server.menus[scope if code == "en" else f"{scope}/{code}"]
            assert [(c["command"], c["description"]) for c in menu] == [
                (name, spoken.say(texts.COMMANDS[name])) for name in names
            ]
        tag = "" if code == "en" else code
        assert server.profile["description", tag] == spoken.say(texts.DESCRIPTION)
        assert server.profile["short_description", tag] == spoken.say(texts.SHORT_DESCRIPTION)
    n_calls = len(server.sent)
    # What Telegram knows already is not said again; what it refused is.
    async with at_work(settings, server):
        pass
    assert {c.method for c in server.sent[n_calls:]} == {"getMe", "deleteWebhook"}


async def test_what_was_refused_is_told_at_the_next_start(
    server: TelegramServer, sample: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings = pointed_at(server, sample.origin.parent)
    server.fail_next("setMyShortDescription", 400, "Bad Request: no")
    async with at_work(settings, server):
        pass
    assert "short description" in caplog.text
    n_calls = len(server.sent)
    async with at_work(settings, server):
        pass
    again = [c.method for c in server.sent[n_calls:] if c.method.startswith("setMy")]
    assert again == ["setMyShortDescription"]


def test_every_command_is_offered_to_a_person_alone_and_few_in_groups() -> None:
    assert set(texts.MENUS["all_private_chats"]) == set(texts.COMMANDS)
    assert texts.MENUS["all_group_chats"] == ("ask", "help")


def test_nothing_logged_shows_the_token() -> None:
    token = Token("123:secret")
    error = OSError("cannot open https://x/bot123:secret/getMe")
    record = logging.LogRecord(
        "x", 20, "f", 1, "at %s", ("https://x/bot123:secret/y",), (OSError, error, None)
    )
    shown = _Discreet(token).format(record)
    assert "secret" not in shown
    assert "at https://x/bot<token>/y" in shown
    assert "OSError: cannot open https://x/bot<token>/getMe" in shown


async def polling(server: TelegramServer) -> None:
    await server.wait_for(lambda: [c for c in server.sent if c.method == "deleteWebhook"], 30)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_stopped_it_delivers_the_answers_under_way(
    server: TelegramServer, sample: Settings, number: signal.Signals
) -> None:
    settings = pointed_at(server, sample.origin.parent)
    process = await bot_process(settings, server.token, "run", "--verbose")
    await polling(server)
    people = [server.add_user(f"P{n}") for n in range(3)]
    server.fail_next("sendMessage", 0, delay=0.5, times=3)
    for person in people:
        server.send(person, person, QUESTION)
    await server.wait_for(lambda: len(calls(server, "sendChatAction")) == 3, 10)
    process.send_signal(number)
    await asyncio.sleep(0.1)
    # A service manager in haste: this must not cut off what is under way.
    process.send_signal(number)
    code, said = await ended(process)
    assert code == 0
    for person in people:
        (text,) = server.messages(person)
        assert "Iran supports" in text
    assert "INFO bot.app: answering as @verbatim_bot; Ctrl-C or SIGTERM ends\n" in said
    assert "Traceback" not in said
    assert server.token not in said
    assert QUESTION not in said
    # All of them are confirmed: none will come again.
    assert server.polls[-1].params["offset"] == 700_000_004


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
    if command == "run":
        assert said.startswith("Error: Telegram cannot be reached")
        assert said.count("\n") == 1


async def test_a_wrong_token_ends_in_one_line(server: TelegramServer, sample: Settings) -> None:
    settings = pointed_at(server, sample.origin.parent)
    code, said = await ended(await bot_process(settings, "1:wrong", "run"))
    assert (code, said) == (1, f"Error: {REFUSED}\n")
    server.refused.clear()


async def test_a_second_bot_on_one_token_ends_the_first(
    server: TelegramServer, sample: Settings
) -> None:
    settings = pointed_at(server, sample.origin.parent)
    first = await bot_process(settings, server.token, "run")
    await polling(server)
    second = await bot_process(settings, server.token, "run")
    code, said = await ended(first)
    assert code == 1
    assert said.endswith(f"ends\nError: {CONFLICT}\n")
    assert said.count("\n") == 2
    if second.returncode is None:
        second.send_signal(signal.SIGTERM)
    code, said = await ended(second)
    assert "Traceback" not in said
    assert {c.method for c in server.refused} <= {"getUpdates"}
    server.refused.clear()


# The same in this process, where coverage and the debugger can follow.


def test_it_runs_until_it_is_stopped(
    telegram: TelegramServer, sample: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = telegram.add_user("Ann")
    telegram.send(ann, ann, QUESTION)

    def stop_when_answered() -> None:
        while not telegram.messages(ann):
            threading.Event().wait(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop_when_answered, daemon=True).start()
    settings = pointed_at(telegram, sample.origin.parent)
    assert gc.get_freeze_count() == 0
    run(settings, Token(telegram.token), verbose=True)
    # While it answers, no time is spent on what was loaded before.
    assert gc.get_freeze_count() > 50_000
    assert "Iran supports" in telegram.messages(ann)[0]
    assert "answering as @verbatim_bot" in capsys.readouterr().err
    # Asked before it was started, all the same answered.
    assert (refused(telegram), telegram.warnings) == ([], [])


# PTB leaves the connections of a bot open that it could not initialise.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize(
    ("method", "fault", "said"),
    [
        ("getMe", (401, "Unauthorized"), f"^{REFUSED}$"),
        ("getUpdates", (409, "Conflict: terminated by other"), f"^{CONFLICT}$"),
        ("getMe", (502, "Bad Gateway"), r"^Telegram cannot be reached: .*\(Bad Gateway\)$"),
    ],
)
def test_what_cannot_be_mended_ends_it(
    telegram: TelegramServer,
    sample: Settings,
    method: str,
    fault: tuple[int, str],
    said: str,
) -> None:
    telegram.fail_next(method, *fault, times=9)
    settings = pointed_at(telegram, sample.origin.parent)
    with pytest.raises(SettingsError, match=said) as ended:
        run_polling(settings, Token(telegram.token))
    assert telegram.token not in str(ended.value)


def test_without_an_index_it_does_not_start(telegram: TelegramServer, tmp_path: Path) -> None:
    settings = pointed_at(telegram, tmp_path)
    with pytest.raises(UnusableError, match="no index in"):
        run_polling(settings, Token(telegram.token))
    assert telegram.polls == []
