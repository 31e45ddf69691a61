"""Added, removed, blocked, promoted: one greeting, and nothing is sent to where the bot is not."""

import asyncio

import pytest
from telegram.error import Forbidden

from bot import texts
from bot.settings import Settings
from tests.bot.conftest import settings_at
from tests.bot.telegram.conftest import QUESTION, SILENT, Json, Start, calls
from tests.telegram_server import TelegramServer

USERNAME = "verbatim_bot"


def greeting(privacy: str) -> str:
    said = privacy.format(command=f"/settings@{USERNAME}")
    return texts.GREETING.format(name=f"@{USERNAME}", privacy=said)


ON, OFF = greeting(texts.GREETING_PRIVACY_ON), greeting(texts.GREETING_PRIVACY_OFF)


def added(server: TelegramServer, chat: Json, status: str = "member") -> Json:
    """Add the bot to a chat, by somebody."""
    server.set_bot_status(chat, status, user=server.add_user("Adder"))
    return chat


async def migrated(server: TelegramServer, group: Json, *, joined_first: bool) -> Json:
    """Let a group become a supergroup, to which the bot is added before or after that is said."""
    if not joined_first:
        return server.migrate(group)
    new = added(server, server.add_chat("supergroup", bot="left"))
    await server.settled()
    return server.migrate(group, into=new)


def allowing(server: TelegramServer, settings: Settings, *chats: Json) -> Settings:
    allowed = ", ".join(str(chat["id"]) for chat in chats)
    return settings_at(
        settings.origin.parent,
        *("[bot]", f"chats = [{allowed}]", f'api_url = "{server.base_url}"'),
    )


@pytest.mark.parametrize(
    ("reads_all", "status", "words"),
    [
        (False, "member", ON),
        (True, "member", OFF),
        (False, "administrator", OFF),
    ],
)
@pytest.mark.parametrize("kind", ["group", "supergroup", "forum"])
async def test_one_greeting_of_three_lines(
    server: TelegramServer, start: Start, kind: str, reads_all: bool, status: str, words: str
) -> None:
    server.can_read_all_group_messages = reads_all
    await start()
    group = added(server, server.add_chat(kind, bot="left"), status)
    said = await server.next_sent(group)
    assert said["text"] == words
    assert len(words.split("\n")) == 3
    assert "reply_to_message" not in said
    # Neither when its rights change nor when it comes back.
    server.set_bot_status(group, "administrator" if status == "member" else "member")
    server.set_bot_status(group, "kicked")
    added(server, group)
    await server.settled()
    assert len(server.messages(group)) == 1


async def test_it_greets_no_channel_nobody_alone_and_no_group_it_was_in(
    server: TelegramServer, start: Start
) -> None:
    await start()
    channel, group = server.add_chat("channel", bot="left"), server.add_chat("group")
    ann = server.add_user("Ann")
    added(server, channel, "administrator")
    server.set_bot_status(group, "administrator")
    server.set_bot_status(ann, "kicked")
    server.set_bot_status(ann, "member")
    await server.settled()
    await asyncio.sleep(SILENT)
    assert calls(server) == []


@pytest.mark.parametrize("joined_first", [False, True])
@pytest.mark.parametrize("known", [False, True])
async def test_a_group_that_becomes_a_supergroup_is_no_new_one(
    server: TelegramServer, start: Start, joined_first: bool, known: bool
) -> None:
    application, _ = await start()
    group = server.add_chat("group", bot="left" if known else "member")
    if known:
        added(server, group)
        assert (await server.next_sent(group))["text"] == ON
    new = await migrated(server, group, joined_first=joined_first)
    await server.settled()
    assert application.updater is not None
    await application.updater.stop()
    # Only ends when every update is done with.
    await application.stop()
    assert server.messages(new) == []


async def test_a_restricted_bot_is_in_only_if_it_is_a_member(
    server: TelegramServer, start: Start
) -> None:
    await start()
    group, other = server.add_chat("group", bot="left"), server.add_chat("group", bot="left")
    rights = dict.fromkeys(
        (
            *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos"),
            *("can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls"),
            *("can_send_other_messages", "can_add_web_page_previews", "can_change_info"),
            *("can_invite_users", "can_pin_messages", "can_manage_topics", "can_edit_tag"),
            "can_react_to_messages",
        ),
        True,
    )
    for chat, is_member in ((other, False), (group, True)):
        change: Json = {"chat": chat, "date": 1, "from": server.add_user("Ann")}
        change["old_chat_member"] = {"status": "left", "user": server.bot}
        change["new_chat_member"] = {
            "status": "restricted",
            "user": server.bot,
            "is_member": is_member,
            "until_date": 0,
            **rights,
        }
        server.push("my_chat_member", change)
    assert (await server.next_sent(group))["text"] == ON
    await server.settled()
    assert server.messages(other) == []


async def test_where_it_may_not_write_it_greets_nobody(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann, group = server.add_user("Ann"), server.add_chat("group", bot="left")
    server.fail_next("sendMessage", 400, "Bad Request: not enough rights to send text messages")
    added(server, group)
    await server.wait_for(lambda: calls(server, "sendMessage"))
    server.send(ann, ann, QUESTION)
    await server.next_sent(ann)
    assert calls(server, "sendMessage") == ["sendMessage", "sendMessage"]
    assert [r for r in caplog.records if r.levelname == "ERROR"] == []


async def test_where_it_is_not_allowed_it_says_so_once_and_leaves(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    ours = server.add_chat("group", bot="left")
    await start(allowing(server, sample, ours))
    theirs, supergroup = (server.add_chat(k, bot="left") for k in ("group", "supergroup"))
    for chat in (theirs, supergroup):
        added(server, chat)
        assert (await server.next_sent(chat))["text"] == texts.NOT_ALLOWED
        await server.wait_for(lambda: calls(server, "leaveChat"))
        await server.settled()
        assert server.rooms[chat["id"]].statuses[server.bot["id"]] == "left"
        server.sent.clear()
    # Added again, it leaves without a word.
    added(server, theirs)
    await server.wait_for(lambda: calls(server, "leaveChat"))
    await server.settled()
    assert calls(server) == ["leaveChat"]
    assert len(server.messages(theirs)) == 1
    server.sent.clear()
    # Nothing is posted in a channel that is not its own.
    channel = added(server, server.add_chat("channel", bot="left"), "administrator")
    await server.wait_for(lambda: calls(server, "leaveChat"))
    assert server.messages(channel) == []
    # Private chats and the allowed one are as ever.
    added(server, ours)
    assert (await server.next_sent(ours))["text"] == ON
    ann = server.add_user("Ann")
    for chat in (ann, ours):
        server.send(ann, chat, f"/ask {QUESTION}")
        assert "Iran supports" in (await server.next_sent(chat))["text"]


async def test_a_group_that_was_there_before_the_list_is_left_too(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    ours, theirs = server.add_chat("group"), server.add_chat("group")
    await start(allowing(server, sample, ours))
    ann = server.add_user("Ann")
    server.send(ann, theirs, f"/ask {QUESTION}")
    assert (await server.next_sent(theirs))["text"] == texts.NOT_ALLOWED
    await server.wait_for(lambda: calls(server, "leaveChat"))
    await server.settled()
    assert len(server.messages(theirs)) == 1
    assert calls(server, "sendChatAction") == []


@pytest.mark.parametrize("joined_first", [False, True])
async def test_an_allowed_group_may_become_a_supergroup(
    server: TelegramServer, start: Start, sample: Settings, joined_first: bool
) -> None:
    ours = server.add_chat("group")
    settings = allowing(server, sample, ours)
    application, _ = await start(settings)
    ann = server.add_user("Ann")
    new = await migrated(server, ours, joined_first=joined_first)
    server.send(ann, new, f"/ask {QUESTION}")
    assert "Iran supports" in (await server.next_sent(new))["text"]
    assert application.updater is not None
    await application.updater.stop()
    await application.stop()
    assert calls(server, "leaveChat") == []
    # After a restart, too.
    await start(settings)
    server.send(ann, new, f"/ask {QUESTION}")
    assert "Iran supports" in (await server.next_sent(new))["text"]
    assert len(server.messages(new)) == 2


async def test_what_is_gone_is_not_tried_until_it_comes_back(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    application, _ = await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("group")
    for chat in (ann, group):
        server.set_bot_status(chat, "kicked", user=bob)
    await server.settled()
    assert application.updater is not None
    await application.updater.stop()
    await application.stop()
    application, _ = await start()
    # Whatever the bot wants to send there, nothing leaves it: after a restart, too.
    for chat in (ann, group):
        with pytest.raises(Forbidden, match="the chat is gone"):
            await application.bot.send_message(chat["id"], "x")
        with pytest.raises(Forbidden, match="the chat is gone"):
            await application.bot.send_chat_action(chat["id"], "typing")
    assert calls(server) == []
    # A change of its standing, or a message from there, says that it is back.
    server.set_bot_status(ann, "member")
    server.rooms[group["id"]].forbidden = ""
    server.rooms[group["id"]].statuses[server.bot["id"]] = "member"
    server.send(bob, group, f"/ask {QUESTION}")
    assert "Iran supports" in (await server.next_sent(group))["text"]
    server.send(ann, ann, QUESTION)
    assert "Iran supports" in (await server.next_sent(ann))["text"]


async def test_what_telegram_refuses_is_gone_without_being_told(
    server: TelegramServer, start: Start
) -> None:
    application, _ = await start()
    ann = server.add_user("Ann")
    server.rooms[ann["id"]].forbidden = "user is deactivated"
    for reason in ("user is deactivated", "the chat is gone"):
        with pytest.raises(Forbidden, match=reason):
            await application.bot.send_message(ann["id"], "x")
    assert [c.method for c in server.refused] == ["sendMessage"]
    server.refused.clear()
