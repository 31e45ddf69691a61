"""/settings and /language: a menu for the administrators of a chat, or for a person alone."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot import texts
from bot.chats import Chats, ChatSettings, Quiet
from bot.languages import language
from bot.settings import Settings
from index.layout import Layout
from tests.bot.telegram.conftest import (
    JUDGE,
    QUESTION,
    SILENT,
    Json,
    Start,
    answered,
    calls,
    data_of,
    labels,
    now,
    part,
    press,
    press_data,
)
from tests.telegram_server import TelegramServer

NAME = "@verbatim_bot"
BACK = texts.MENU_BACK
WAYS = "Answer: Mentions and replies too"
LANGUAGE = "Language: Of whoever asks"


async def opened(server: TelegramServer, user: Json, chat: Json, text: str = "/settings") -> Json:
    server.send(user, chat, text)
    return await server.next_sent(chat)


def alert(server: TelegramServer, query: str) -> tuple[str, bool]:
    answer = server.queries[query]
    assert answer is not None
    return answer["text"], bool(answer.get("show_alert"))


def kept(settings: Settings, chat: Json) -> ChatSettings:
    with closing(Chats(Layout(settings.index.data).chats)) as chats:
        return chats.of(chat["id"])


async def admins_group(server: TelegramServer, kind: str = "supergroup") -> tuple[Json, Json]:
    ann, group = server.add_user("Ann"), server.add_chat(kind)
    server.set_status(ann, group, "creator")
    return ann, group


async def test_an_administrator_goes_through_it_in_one_message(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann, group = await admins_group(server)
    menu = await opened(server, ann, group)
    assert menu["text"] == texts.SETTINGS_HERE
    assert menu["reply_to_message"]["text"] == "/settings"
    page = await press(server, ann, menu, WAYS)
    assert page["text"] == texts.WAYS_HELP
    assert labels(page) == [
        [texts.WAY_COMMAND],
        [f"✓ {texts.WAY_MENTION}"],
        [texts.WAY_QUESTION],
        [BACK],
    ]
    page = await press(server, ann, menu, texts.WAY_COMMAND)
    assert labels(page)[:2] == [[f"✓ {texts.WAY_COMMAND}"], [texts.WAY_MENTION]]
    first = await press(server, ann, menu, BACK)
    assert labels(first)[0] == ["Answer: /ask only"]
    for label in ("Quotations: As usual", "1", BACK):
        first = await press(server, ann, menu, label)
    for label in ("Quiet hours: None", "22:00 – 07:00 (UTC)", "Clock: UTC", "UTC+3", BACK, BACK):
        first = await press(server, ann, menu, label)
    assert labels(first)[4] == ["Quiet hours: 22:00 – 07:00 (UTC+3)"]
    # The menu itself speaks the language from the moment that it is chosen.
    german = language("de").say
    for label in (LANGUAGE, "Deutsch", german(texts.MENU_BACK)):
        first = await press(server, ann, menu, label)
    assert first["text"] == german(texts.SETTINGS_HERE)
    assert kept(sample, group) == ChatSettings("command", "de", 1, "asker", Quiet(22, 7, 180))
    assert len(server.messages(group)) == 1
    server.press(ann, menu, german(texts.CLOSE))
    await answered(server)
    assert server.messages(group) == []


async def test_others_are_told_and_change_nothing(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann, group = await admins_group(server)
    bob = server.add_user("Bob")
    # A plain command may be meant for another bot, and only administrators have one for this.
    server.send(bob, group, "/settings")
    server.send(bob, group, "/settings@another_bot")
    server.send(bob, group, f"/settings{NAME}")
    assert (await server.next_sent(group))["text"] == texts.ADMINS_ONLY
    menu = await opened(server, ann, group)
    await server.settled()
    for label in (WAYS, texts.CLOSE):
        query = server.press(bob, menu, label)
        await answered(server)
        assert alert(server, query) == (texts.ADMINS_ONLY, True)
    assert now(server, menu) == menu
    # Where Telegram does not say who is one, nobody is.
    server.fail_next("getChatMember", 400, "Bad Request: member list is inaccessible")
    query = server.press(ann, menu, WAYS)
    await answered(server)
    assert alert(server, query) == (texts.ADMINS_ONLY, True)
    # Who is one no more cannot go on either.
    page = await press(server, ann, menu, WAYS)
    server.set_status(ann, group, "member")
    query = server.press(ann, page, texts.WAY_QUESTION)
    await answered(server)
    assert alert(server, query) == (texts.ADMINS_ONLY, True)
    assert kept(sample, group) == ChatSettings()
    assert len(server.messages(group)) == 2


async def test_who_speaks_as_the_group_is_an_administrator_who_speaks_as_a_channel_is_not(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann, group = await admins_group(server)
    channel = server.add_chat("channel")
    server.send(ann, group, f"/settings{NAME}", sender_chat=channel)
    assert (await server.next_sent(group))["text"] == texts.ADMINS_ONLY
    server.send(ann, group, "/settings", sender_chat=channel)
    server.send(ann, group, "/settings", sender_chat=group)
    menu = await server.next_sent(group)
    assert menu["text"] == texts.SETTINGS_HERE
    # They press under their own name, and Telegram knows them.
    assert (await press(server, ann, menu, WAYS))["text"] == texts.WAYS_HELP
    # A linked channel's post, forwarded by Telegram itself, opens nothing.
    server.link(channel, group)
    server.send(ann, channel, f"/settings{NAME}")
    assert (await server.next_sent(channel))["text"] == texts.SETTINGS_HERE
    await asyncio.sleep(SILENT)
    assert len(server.messages(group)) == 2


async def test_a_menu_stays_in_its_topic(server: TelegramServer, start: Start) -> None:
    await start()
    ann, forum = await admins_group(server, "forum")
    thread = server.add_topic(forum, "News", user=ann)
    for command in ("/settings", "/language", f"/forget{NAME}"):
        server.send(ann, forum, command, thread_id=thread)
        menu = await server.next_sent(forum)
        assert menu["message_thread_id"] == thread
    server.send(ann, forum, "/settings")
    assert "message_thread_id" not in await server.next_sent(forum)


async def test_it_works_after_a_restart_and_when_telegram_tells_only_the_place(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    application, _ = await start()
    ann, group = await admins_group(server)
    menu = await opened(server, ann, group)
    assert application.updater is not None
    await application.updater.stop()
    await application.stop()
    await start()
    assert (await press(server, ann, menu, WAYS))["text"] == texts.WAYS_HELP
    old = {"message_id": menu["message_id"], "chat": menu["chat"], "date": 0}
    data = data_of(now(server, menu), texts.WAY_COMMAND)
    assert (await press_data(server, ann, old, data)).get("text") is None
    assert kept(sample, group).when == "command"
    # Too old to be deleted, it is closed by an edit.
    server.fail_next("deleteMessage", 400, "Bad Request: message can't be deleted")
    assert (await press_data(server, ann, old, f"s:{group['id']}:x")).get("text") is None
    assert now(server, menu)["text"] == texts.CLOSED
    assert labels(now(server, menu)) == []


async def test_two_quick_presses_are_no_fault(server: TelegramServer, start: Start) -> None:
    await start()
    ann, group = await admins_group(server)
    menu = await opened(server, ann, group)
    for label in (WAYS, BACK, texts.CLOSE):
        for _ in range(2):
            server.press(ann, menu, label)
        await answered(server)
    # The second edit and the second deletion are refused, and nobody is troubled.
    assert [(c.method, c.description[13:33]) for c in server.refused] == [
        ("editMessageText", "message is not modif"),
        ("editMessageText", "message is not modif"),
        ("deleteMessage", "message to delete no"),
        ("editMessageText", "message to edit not "),
    ]
    assert [a and a.get("text") for a in server.queries.values()] == [None] * 6
    assert server.messages(group) == []
    server.refused.clear()


async def test_data_that_is_not_this_menu_s_is_refused_quietly(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann, group = await admins_group(server)
    other = server.add_chat("supergroup")
    server.set_status(ann, other, "creator")
    menu = await opened(server, ann, group)
    own = await opened(server, ann, ann)
    here = f"s:{group['id']}"
    for message, data in (
        *(
            (menu, d)
            for d in ("s:", "s::", "s:x:w", f"{here}:k", f"{here}:w:never", f"{here}:q:99")
        ),
        *((menu, d) for d in (f"{here}:w:", f"{here}:f:1", f"{here}:x:1", "s:" + "9" * 5000)),
        # Another chat's button, be it one's own.
        (menu, f"s:{other['id']}:w:command"),
        (menu, f"s:{ann['id']}:l:ru"),
        (own, f"{here}:w:command"),
        # A private chat has no administrators' settings.
        (own, f"s:{ann['id']}:w:command"),
        (own, f"s:{ann['id']}:p"),
        (None, f"{here}:w:command"),
    ):
        answer = await press_data(server, ann, message, data)
        assert (answer["text"], answer.get("show_alert")) == (texts.NOT_YOURS, None), data
    assert now(server, menu) == menu
    assert [kept(sample, chat) for chat in (group, other, ann)] == [ChatSettings()] * 3
    assert calls(server, "editMessageText", "deleteMessage") == []


async def test_a_person_alone_chooses_language_and_quotations(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann = server.add_user("Ann")
    menu = await opened(server, ann, ann)
    assert labels(menu) == [["Language: As Telegram says"], ["Quotations: As usual"], ["Close"]]
    await press(server, ann, menu, "Quotations: As usual")
    await press(server, ann, menu, "1")
    server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    assert labels(card) == [[texts.CONTEXT, texts.SOURCE], JUDGE]
    # Elsewhere the number of the place counts.
    group = server.add_chat("supergroup")
    server.send(ann, group, f"/ask {QUESTION}")
    assert labels(await server.next_sent(group))[0][1] == "1/3"
    assert kept(sample, ann) == ChatSettings(quotations=1)


async def test_language(server: TelegramServer, start: Start, sample: Settings) -> None:
    await start()
    ann, group = await admins_group(server)
    bob = server.add_user("Bob")
    menu = await opened(server, bob, bob, "/language")
    assert menu["text"] == texts.LANGUAGE_HELP_OWN
    assert labels(menu)[0] == ["✓ As Telegram says", "English"]
    chosen = await press(server, bob, menu, "فارسی")
    assert labels(chosen)[4] == ["✓ فارسی", "العربية"]
    assert kept(sample, bob).language == "fa"
    persian = language("fa").say
    back = await press(server, bob, menu, persian(texts.MENU_BACK))
    named = persian(texts.SETTING, name=persian(texts.LANGUAGE_NAME), value="فارسی")
    assert labels(back)[0] == [named]
    # In a group it is for all, and for its administrators to choose.
    server.send(bob, group, f"/language{NAME}")
    assert (await server.next_sent(group))["text"] == persian(texts.ADMINS_ONLY)
    menu = await opened(server, ann, group, "/language")
    assert menu["text"] == texts.LANGUAGE_HELP_HERE
    await press(server, ann, menu, "Türkçe")
    assert kept(sample, group).language == "tr"
    await press(server, ann, menu, language("tr").say(texts.LANGUAGE_OF_EACH))
    assert kept(sample, group) == ChatSettings()


async def test_all_of_it_moves_with_a_group_that_becomes_a_supergroup(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann, group = await admins_group(server, "group")
    menu = await opened(server, ann, group)
    for label in ("Buttons: Whoever asked", texts.PAGERS_ALL):
        await press(server, ann, menu, label)
    new = server.migrate(group)
    await server.settled()
    again = await opened(server, ann, new)
    assert labels(again)[3] == ["Buttons: Everyone"]
    # The old menu names a chat that is no more.
    answer = await press_data(server, ann, again, data_of(menu, WAYS))
    assert answer["text"] == texts.NOT_YOURS
    assert kept(sample, new).pagers == "all"


async def test_everyone_pages_where_the_chat_allows_it(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    with closing(Chats(Layout(sample.index.data).chats)) as chats:
        ann, group = await admins_group(server)
        chats.choose(group["id"], ChatSettings(pagers="all", quotations=2))
    await start()
    bob = server.add_user("Bob")
    server.send(ann, group, f"/ask {QUESTION}")
    card = await server.next_sent(group)
    assert labels(card)[0][1] == "1/2"
    assert labels(await press(server, bob, card, "▶"))[0][1] == "2/2"


def chosen(settings: Settings, chat: Json, **choices: object) -> None:
    with closing(Chats(Layout(settings.index.data).chats)) as chats:
        chats.choose(chat["id"], ChatSettings(**choices))  # type: ignore[arg-type]


async def test_where_the_command_alone_counts(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    ann, group = await admins_group(server)
    chosen(sample, group, when="command")
    await start()
    server.send(ann, group, f"/ask {QUESTION}")
    card = await server.next_sent(group)
    server.send(ann, group, f"{NAME} who led Syriza?")
    server.send(ann, group, "who led Syriza?", reply_to=card)
    await asyncio.sleep(SILENT)
    assert len(server.messages(group)) == 1
    assert calls(server, "sendChatAction") == ["sendChatAction"]


async def test_in_quiet_hours_the_command_alone_counts(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    ann, group = await admins_group(server)
    other = server.add_chat("supergroup")
    hour = datetime.now(UTC).hour
    chosen(sample, group, quiet=Quiet(hour, hour, 0), when="question")
    chosen(sample, other, quiet=Quiet((hour + 3) % 24, (hour + 5) % 24, 0))
    server.can_read_all_group_messages = True
    await start()
    server.send(ann, group, f"{NAME} who led Syriza?")
    server.send(ann, group, "Why were the WHO's Ebola numbers wrong?")
    server.send(ann, other, f"{NAME} who led Syriza?")
    assert "Syriza" in (await server.next_sent(other))["text"]
    server.send(ann, group, "/ask who led Syriza?")
    assert "Syriza" in (await server.next_sent(group))["text"]
    await asyncio.sleep(SILENT)
    assert len(server.messages(group)) == 1


SURE = "Why were the WHO's Ebola numbers wrong?"


async def test_a_question_put_to_nobody_is_answered_if_that_is_sure(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    ann, forum = await admins_group(server, "forum")
    chosen(sample, forum, when="question")
    server.can_read_all_group_messages = True
    await start()
    bob, thread = server.add_user("Bob"), server.add_topic(forum, "News", user=ann)
    asked = server.send(ann, forum, f"{SURE} ", thread_id=thread)
    card = await server.next_sent(forum)
    assert "Correction: The number of 6,928 deaths" in part(card, "blockquote")[0]
    assert card["reply_to_message"]["message_id"] == asked["message_id"]
    assert card["message_thread_id"] == thread
    await server.settled()
    # It gave no sign before it knew, and it is a turn of hers as any other.
    assert calls(server, "sendChatAction") == []
    assert (await press_data(server, bob, card, data_of(card, texts.CONTEXT)))["text"] == (
        texts.ASKER_ONLY
    )
    server.send(ann, forum, "And who found it?", reply_to=card)
    assert (await server.next_sent(forum))["text"].startswith("Understood as: And who found it? (")


async def test_else_it_gives_no_sign_and_remembers_nothing(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    ann, group = await admins_group(server)
    chosen(sample, group, when="question")
    server.can_read_all_group_messages = True
    await start()
    bob, channel = server.add_user("Bob"), server.add_chat("channel")
    machine = server.add_user("Other bot", is_bot=True)
    said = server.send(bob, group, "The numbers were wrong.")
    for text in (
        *("Who is coming tonight?", "Where shall we eat?", "Did you see the match yesterday?"),
        *("What time is it in Moscow now?", "Who will win the 2030 World Cup?", "really??", "?"),
        *("Why were the WHO's Ebola numbers wrong", f"{SURE} I wonder.", f"@somebody {SURE}"),
        *(f"https://news.example/a {SURE}", f"{SURE[:-1]}, {'so ' * 100}?", "🙂 🙂 🙂?"),
        # Not much of a question, nor an answer that is sure.
        "What did Obama say about the Syria consultations in Moscow?",
    ):
        server.send(ann, group, text)
    server.send(ann, group, SURE, reply_to=said)
    server.send(ann, group, SURE, sender_chat=channel)
    server.send(ann, group, SURE, sender_chat=group)
    server.send(ann, group, SURE, extra={"via_bot": machine})
    origin: Json = {"type": "user", "sender_user": bob, "date": 1}
    server.send(ann, group, SURE, extra={"forward_origin": origin})
    server.send(ann, group, None, extra={"photo": [], "caption": SURE})
    await server.settled()
    await asyncio.sleep(SILENT)
    assert server.messages(group) == []
    assert calls(server) == []
    with closing(sqlite3.connect(Layout(sample.index.data).chats)) as db:
        for table in ("turn", "sent"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


async def test_when_that_fails_nobody_is_troubled(
    server: TelegramServer,
    start: Start,
    sample: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ann, group = await admins_group(server)
    chosen(sample, group, when="question")
    server.can_read_all_group_messages = True
    await start()
    server.fail_next("sendMessage", 400, "Bad Request: not enough rights to send text messages")
    server.send(ann, group, SURE)
    await server.wait_for(lambda: "a question that was put to nobody" in caplog.text)
    await server.settled()
    assert calls(server) == ["sendMessage"]


async def test_who_chooses_what_the_bot_cannot_see_is_told(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann, group = await admins_group(server)
    menu = await opened(server, ann, group)
    await press(server, ann, menu, WAYS)
    for status, label, said in (
        ("member", texts.WAY_QUESTION, (texts.UNSEEN, True)),
        ("administrator", f"✓ {texts.WAY_QUESTION}", ("", False)),
        ("member", texts.WAY_COMMAND, ("", False)),
    ):
        server.set_bot_status(group, status)
        query = server.press(ann, menu, label)
        await answered(server)
        answer = server.queries[query]
        assert answer is not None
        assert (answer.get("text", ""), bool(answer.get("show_alert"))) == said
    server.refused.clear()  # the second press changed nothing


@pytest.mark.parametrize("text", ["لماذا كانت أرقام إيبولا خاطئة؟", "なぜ エボラの 数字は？"])
async def test_other_scripts_question_marks_are_question_marks(
    server: TelegramServer, start: Start, sample: Settings, text: str
) -> None:
    ann, group = await admins_group(server)
    chosen(sample, group, when="question")
    server.can_read_all_group_messages = True
    # Whatever is found is sure enough here, so that an answer shows that the mark was seen.
    lines = ("[bot]", "unasked_confidence = 0.0", "threshold = 0.0")
    await start(loosened(sample, server, *lines))
    server.send(ann, group, text)
    assert part(await server.next_sent(group), "blockquote")


def loosened(sample: Settings, server: TelegramServer, *lines: str) -> Settings:
    from tests.bot.conftest import settings_at

    return settings_at(sample.origin.parent, *lines, f'api_url = "{server.base_url}"')
