"""In groups the bot answers commands, mentions and replies to it, and is silent to all else."""

import asyncio

import pytest

from bot import texts
from tests.bot.telegram.conftest import EXAMPLE, QUESTION, SILENT, Json, Start, calls, part
from tests.telegram_server import TelegramServer

USAGE = texts.ASK_USAGE.format(example=EXAMPLE)
NAME = "@verbatim_bot"


@pytest.mark.parametrize("reads_all", [False, True])
@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_what_is_addressed_to_it_is_answered(
    server: TelegramServer, start: Start, reads_all: bool, kind: str
) -> None:
    server.can_read_all_group_messages = reads_all
    await start()
    ann = server.add_user("Ann")
    group = server.add_chat(kind)
    for typed in (
        "/ask why did Varoufakis quit",
        f"/ask{NAME} why did Varoufakis quit",
        f"/ask{NAME.upper()} why did Varoufakis quit",
        f"{NAME} why did Varoufakis quit",
        f"{NAME}: why did Varoufakis quit",
        f"why did, {NAME}, Varoufakis quit",
        f"why did Varoufakis quit {NAME}",
        f"🙂👩‍👩‍👧 hey {NAME.upper()}, why did Varoufakis quit",
        f"/ask why did Varoufakis quit, {NAME}?",
        f"@Verbatim_Bot\nwhy did Varoufakis quit {NAME}",
    ):
        asked = server.send(ann, group, typed)
        answer = await server.next_sent(group)
        assert "Varoufakis" in part(answer, "blockquote")[0], typed
        assert answer["reply_to_message"]["message_id"] == asked["message_id"]
        assert "is_topic_message" not in answer
    assert len(server.messages(group)) == 10
    assert all("message_thread_id" not in c.params for c in server.sent)


async def test_a_mention_of_its_name_without_a_username(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    group = server.add_chat("supergroup")
    entity = {"type": "text_mention", "offset": 3, "length": 8, "user": server.bot}
    text = "🙂 Verbatim why did Varoufakis quit"
    # In privacy mode such a mention may not arrive: Telegram leaves that open.
    server.can_read_all_group_messages = True
    server.send(ann, group, text, entities=[entity])
    assert "Varoufakis" in (await server.next_sent(group))["text"]


async def test_it_answers_for_the_message_replied_to(server: TelegramServer, start: Start) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    asked = server.send(bob, group, "who led the Damascus delegation?")
    for typed in (NAME, "/ask", f"/ask{NAME}"):
        server.send(ann, group, typed, reply_to=asked)
        answer = await server.next_sent(group)
        assert "Jaafari" in answer["text"]
        assert answer["reply_to_message"]["text"] == typed
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    shown = server.send(bob, group, None, extra={"photo": photo, "caption": "who led Syriza?"})
    server.send(ann, group, "/ask", reply_to=shown)
    assert "Syriza" in (await server.next_sent(group))["text"]
    # Nothing to ask for: a message without words, the bot's own answer, no message at all.
    sticker = server.send(bob, group, None, extra={"dice": {"emoji": "🎲", "value": 3}})
    for replied in (sticker, answer, None):
        for typed in ("/ask", NAME):
            server.send(ann, group, typed, reply_to=replied)
            assert (await server.next_sent(group))["text"] == USAGE
    # Its own words behind the command go first.
    server.send(ann, group, "/ask who led Syriza?", reply_to=asked)
    assert "Syriza" in (await server.next_sent(group))["text"]


async def test_a_reply_to_it_is_a_question(server: TelegramServer, start: Start) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    server.send(ann, group, f"/ask {QUESTION}")
    answer = await server.next_sent(group)
    # A chain of replies has the id of a thread to which nothing can be sent.
    for typed, words in (("how many Scots voted?", "Scot"), ("who led Syriza?", "Syriza")):
        asked = server.send(bob, group, typed, reply_to=answer)
        assert asked["message_thread_id"]
        answer = await server.next_sent(group)
        assert words in answer["text"]
    assert all("message_thread_id" not in c.params for c in server.sent)


@pytest.mark.parametrize("kind", ["group", "supergroup", "forum"])
async def test_to_all_else_it_is_silent(server: TelegramServer, start: Start, kind: str) -> None:
    server.can_read_all_group_messages = True
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    machine = server.add_user("Other bot", is_bot=True)
    group = server.add_chat(kind)
    said = server.send(bob, group, "Did Syriza win?")
    server.send(ann, group, QUESTION)
    server.send(ann, group, "I think so", reply_to=said)
    server.send(ann, group, "@somebody_else who led Syriza?")
    server.send(ann, group, f"{NAME}s who led Syriza?")
    server.send(ann, group, "mail me at ann@verbatim_bot.example", entities=[])
    server.send(ann, group, "/ask@another_bot who led Syriza?")
    server.send(ann, group, "tell me, /ask who led Syriza?")
    for command in ("/start", "/help", "/status", "/sources", "/other", "/status@another_bot"):
        server.send(ann, group, command)
    via = {"via_bot": machine}
    server.send(ann, group, f"{NAME} who led Syriza?", extra=via)
    new: Json = {"date": 1, "chat": group, "from": machine}
    commanded = {"type": "bot_command", "offset": 0, "length": 4}
    mentioned = {"type": "mention", "offset": 0, "length": len(NAME)}
    for number, (text, entity) in enumerate(
        [("/ask who won?", commanded), (f"{NAME} who won?", mentioned)], 900
    ):
        server.push("message", new | {"message_id": number, "text": text, "entities": [entity]})
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    for extra in (
        {"photo": photo},
        {"photo": photo, "caption": "Did Syriza win?"},
        {"new_chat_members": [bob, server.bot]},
        {"left_chat_member": bob},
        {"new_chat_title": "Who won?"},
        {"pinned_message": said},
    ):
        server.send(ann, group, None, extra=extra)
    await asyncio.sleep(SILENT)
    assert server.messages(group) == []
    assert calls(server) == []


async def _reactions(server: TelegramServer, chat: Json) -> dict[int, list[Json]]:
    return await server.wait_for(lambda: server.rooms[chat["id"]].reactions)


async def test_thanks_get_a_reaction_and_no_message(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    for chat in (server.add_chat("supergroup"), ann):
        server.send(ann, chat, f"/ask {QUESTION}")
        answer = await server.next_sent(chat)
        thanks = server.send(ann, chat, "Thank you!", reply_to=answer)
        reactions = await _reactions(server, chat)
        assert reactions == {thanks["message_id"]: [{"type": "emoji", "emoji": "👍"}]}
        assert calls(server, "sendMessage", "sendChatAction", "setMessageReaction") == [
            *("sendChatAction", "sendMessage", "setMessageReaction"),
        ]
        server.sent.clear()
    group = server.add_chat("supergroup")
    # Where the group allows no reactions, nothing is said.
    server.fail_next("setMessageReaction", 400, "Bad Request: REACTION_INVALID")
    server.send(ann, group, f"ok {NAME}")
    server.send(ann, group, f"hello {NAME}")
    assert (await server.next_sent(group))["text"] == USAGE
    assert calls(server) == ["setMessageReaction", "sendMessage"]


async def test_privacy_mode_with_undelivered_mentions(server: TelegramServer, start: Start) -> None:
    server.privacy_delivers_mentions = False
    await start()
    ann = server.add_user("Ann")
    group = server.add_chat("supergroup")
    server.send(ann, group, f"{NAME} who led Syriza?")
    server.send(ann, group, "/ask who led Syriza?")
    assert "Syriza" in (await server.next_sent(group))["text"]
    assert len(server.messages(group)) == 1


@pytest.mark.parametrize("reads_all", [False, True])
async def test_named_commands(server: TelegramServer, start: Start, reads_all: bool) -> None:
    server.can_read_all_group_messages = reads_all
    await start()
    ann = server.add_user("Ann")
    group = server.add_chat("supergroup")
    for command, words in (
        ("status", texts.PRIVACY_OFF if reads_all else texts.PRIVACY_ON),
        ("sources", "24 articles from Verbatim sample"),
        ("help", f"a mention of {NAME}"),
        ("start", "Ask me about the news"),
    ):
        server.send(ann, group, f"/{command}")
        asked = server.send(ann, group, f"/{command}{NAME.title()}")
        said = await server.next_sent(group)
        assert words in said["text"]
        assert said["reply_to_message"]["message_id"] == asked["message_id"]
    assert len(server.messages(group)) == 4


async def test_who_speaks_as_a_chat_may_ask(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    group, channel = server.add_chat("supergroup"), server.add_chat("channel")
    for typed in ("/ask who led Syriza?", f"{NAME} who led Syriza?"):
        for speaker in (group, channel):
            server.send(ann, group, typed, sender_chat=speaker)
            assert "Syriza" in (await server.next_sent(group))["text"]


async def test_replies_stay_in_their_topic(server: TelegramServer, start: Start) -> None:
    server.can_read_all_group_messages = True
    await start()
    ann = server.add_user("Ann")
    forum = server.add_chat("forum")
    news, own = server.add_topic(forum, "News", user=ann), server.add_topic(forum, "Bot's")
    for thread in (news, own):
        server.send(ann, forum, "/ask why did Varoufakis quit", thread_id=thread)
        answer = await server.next_sent(forum)
        assert answer["message_thread_id"] == thread
        server.send(ann, forum, "who led Syriza?", reply_to=answer)
        again = await server.next_sent(forum)
        assert (again["message_thread_id"], "Syriza" in again["text"]) == (thread, True)
        acted = [c.params for c in server.sent if c.method == "sendChatAction"]
        assert [a["message_thread_id"] for a in acted[-2:]] == [thread, thread]
    # In the General topic there is no id; in a topic that the bot itself has opened, every
    # message replies to the message that opened it, which is no answer of the bot's.
    server.send(ann, forum, "/ask why did Varoufakis quit")
    general = await server.next_sent(forum)
    assert "message_thread_id" not in general
    asked = server.send(ann, forum, QUESTION, thread_id=own)
    assert asked["reply_to_message"]["from"] == server.bot
    server.send(ann, forum, "/ask", thread_id=own)
    assert (await server.next_sent(forum))["text"] == USAGE
    await asyncio.sleep(SILENT)
    assert len(server.messages(forum)) == 6


async def test_two_chats_at_once_do_not_mix(server: TelegramServer, start: Start) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group, other = server.add_chat("supergroup"), server.add_chat("group")
    asked = [
        (server.send(ann, group, "/ask who led Syriza?"), "Syriza"),
        (server.send(bob, other, "/ask how many Scots voted?"), "Scot"),
        (server.send(bob, group, "/ask why did Varoufakis quit"), "Varoufakis"),
        (server.send(ann, ann, QUESTION), "Iran supports"),
        (server.send(bob, bob, "who led Syriza?"), "Syriza"),
    ]
    await server.settled(5)
    for question, words in asked[:3]:
        (answer,) = [
            m
            for m in server.history(question["chat"])
            if m.get("reply_to_message", {}).get("message_id") == question["message_id"]
        ]
        assert words in answer["text"]
    for question, words in asked[3:]:
        (text,) = server.messages(question["chat"])
        assert words in text
    assert len(server.messages(group)) == 2
    assert len(server.messages(other)) == 1
