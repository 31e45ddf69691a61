"""Channels and the groups that discuss their posts."""

import asyncio
from contextlib import closing

from bot import texts
from bot.chats import Chats, ChatSettings
from bot.settings import Settings
from index.layout import Layout
from tests.bot.telegram.conftest import (
    QUESTION,
    SILENT,
    Json,
    Start,
    calls,
    data_of,
    labels,
    now,
    press,
    press_data,
)
from tests.telegram_server import TelegramServer

NAME = "@verbatim_bot"


def with_discussion(server: TelegramServer) -> tuple[Json, Json]:
    channel, group = server.add_chat("channel", "News"), server.add_chat("supergroup", "Readers")
    server.link(channel, group)
    return channel, group


async def test_a_post_that_asks_is_answered_in_the_channel_and_once(
    server: TelegramServer, start: Start
) -> None:
    server.can_read_all_group_messages = True
    await start()
    ann, (channel, group) = server.add_user("Ann"), with_discussion(server)
    post = server.send(ann, channel, f"/ask {QUESTION}")
    answer = await server.next_sent(channel)
    assert "Iran supports" in answer["text"]
    assert answer["reply_to_message"]["message_id"] == post["message_id"]
    await asyncio.sleep(SILENT)
    # Both were forwarded to the group, by Telegram; neither is answered there.
    forwarded = [m for m in server.history(group) if m.get("is_automatic_forward")]
    assert [m["text"] for m in forwarded] == [post["text"], answer["text"]]
    assert [(m["from"]["id"], m["sender_chat"]["id"]) for m in forwarded] == [
        (777000, channel["id"])
    ] * 2
    assert server.messages(group) == []
    assert len(server.messages(channel)) == 1


async def test_all_other_posts_are_none_of_its_business(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    server.can_read_all_group_messages = True
    channel, group = with_discussion(server)
    with closing(Chats(Layout(sample.index.data).chats)) as chats:
        for chat in (channel, group):
            chats.choose(chat["id"], ChatSettings(when="question"))
    await start()
    ann = server.add_user("Ann")
    server.send(ann, channel, "Why were the WHO's Ebola numbers wrong?")
    server.send(ann, channel, f"{NAME} who led Syriza?")
    for command in ("/ask@another_bot who led Syriza?", "/start", f"/help{NAME}", f"/forget{NAME}"):
        server.send(ann, channel, command)
    post = server.send(ann, channel, "/sources")
    edited = server.edit(post, "/ask who led Syriza?")
    # An edit is not asked for; were it to come all the same, it is no question.
    server._queue.append({"update_id": 800_000_001, "edited_channel_post": edited})
    server._notify()
    await asyncio.sleep(SILENT)
    assert calls(server) == []


async def test_under_a_post_its_readers_ask(server: TelegramServer, start: Start) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    channel, group = with_discussion(server)
    server.send(ann, channel, "Who led the Damascus delegation?")
    (post,) = server.history(group)
    asked = server.send(bob, group, "/ask who led Syriza?", reply_to=post)
    answer = await server.next_sent(group)
    assert "Syriza" in answer["text"]
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    # The thread under a post is no topic: a reply stays in it by itself.
    assert all("message_thread_id" not in c.params for c in server.sent)
    server.send(bob, group, "/ask", reply_to=post)
    assert "Jaafari" in (await server.next_sent(group))["text"]
    assert server.messages(channel) == []


async def test_its_buttons_are_for_those_who_run_the_channel(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann, bob, channel = server.add_user("Ann"), server.add_user("Bob"), server.add_chat("channel")
    server.set_status(ann, channel, "creator")
    server.send(ann, channel, f"/ask {QUESTION}")
    card = await server.next_sent(channel)
    answer = await press_data(server, bob, card, data_of(card, "▶"))
    assert answer["text"] == texts.ASKER_ONLY
    assert labels(await press(server, ann, card, "▶"))[0][1] == "2/3"
    # Its settings say that all its readers may.
    server.send(ann, channel, "/settings")
    menu = await server.next_sent(channel)
    answer = await press_data(server, bob, menu, data_of(menu, "Buttons: Whoever asked"))
    assert (answer["text"], answer["show_alert"]) == (texts.ADMINS_ONLY, True)
    for label in ("Buttons: Whoever asked", texts.PAGERS_ALL):
        await press(server, ann, menu, label)
    assert labels(await press(server, bob, now(server, card), "▶"))[0][1] == "3/3"


async def test_a_follow_up_in_a_channel_goes_on_with_its_conversation(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann, bob, channel = server.add_user("Ann"), server.add_user("Bob"), server.add_chat("channel")
    server.send(ann, channel, f"/ask {QUESTION}")
    await server.next_sent(channel)
    server.send(bob, channel, "/ask And Russia's?")
    card = await server.next_sent(channel)
    assert card["text"].startswith("Understood as: What is Russia's position on the Moscow talks?")
