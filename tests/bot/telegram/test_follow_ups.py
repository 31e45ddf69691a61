"""Questions that go on: each person's own, shown as understood, and taken back by a button."""

from bot import texts
from tests.bot.telegram.conftest import QUESTION, Json, Start, labels, press
from tests.telegram_server import TelegramServer

FOLLOW_UP = "And Russia's?"
UNDERSTOOD = "Understood as: What is Russia's position on the Moscow talks?\n"


async def ask(
    server: TelegramServer,
    user: Json,
    chat: Json,
    text: str,
    *,
    reply_to: Json | None = None,
    thread_id: int | None = None,
) -> Json:
    server.send(user, chat, text, reply_to=reply_to, thread_id=thread_id)
    return await server.next_sent(chat)


async def test_a_follow_up_is_understood_and_asked_as_typed(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    await ask(server, ann, ann, QUESTION)
    card = await ask(server, ann, ann, FOLLOW_UP)
    assert card["text"].startswith(UNDERSTOOD)
    assert labels(card)[-1] == [texts.AS_TYPED]
    typed = await press(server, ann, card, texts.AS_TYPED)
    assert "Understood" not in typed["text"]
    assert [texts.AS_TYPED] not in labels(typed)


async def test_a_conversation_survives_a_restart(server: TelegramServer, start: Start) -> None:
    application, _ = await start()
    ann = server.add_user("Ann")
    await ask(server, ann, ann, QUESTION)
    assert application.updater is not None
    await application.updater.stop()
    await application.stop()
    await start()
    assert (await ask(server, ann, ann, FOLLOW_UP))["text"].startswith(UNDERSTOOD)


async def test_in_a_group_each_has_a_conversation_and_a_reply_joins_one(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann, bob, eve = (server.add_user(name) for name in ("Ann", "Bob", "Eve"))
    group = server.add_chat("supergroup")
    card = await ask(server, ann, group, f"/ask {QUESTION}")
    own = await ask(server, bob, group, f"/ask {FOLLOW_UP}")
    assert not own["text"].startswith("Understood")
    joined = await ask(server, eve, group, FOLLOW_UP, reply_to=card)
    assert joined["text"].startswith(UNDERSTOOD)


async def test_each_topic_has_its_conversation(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    forum = server.add_chat("forum")
    one, other = (server.add_topic(forum, name, user=ann) for name in ("One", "Other"))
    await ask(server, ann, forum, f"/ask {QUESTION}", thread_id=one)
    there = await ask(server, ann, forum, f"/ask {FOLLOW_UP}", thread_id=other)
    assert not there["text"].startswith("Understood")
    here = await ask(server, ann, forum, f"/ask {FOLLOW_UP}", thread_id=one)
    assert here["text"].startswith(UNDERSTOOD)


async def test_a_time_is_a_button(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await ask(server, ann, ann, "What did OPEC decide in November 2014?")
    assert ["✕ November 2014"] in labels(card)
    without = await press(server, ann, card, "✕ November 2014")
    assert ["✕ November 2014"] not in labels(without)
