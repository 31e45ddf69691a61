"""/forget: everything that is kept about a person goes, from the very bytes of the files."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import texts
from bot.chats import Chats, ChatSettings
from bot.languages import language
from bot.settings import Settings
from index.layout import Layout
from tests.bot.telegram.conftest import (
    QUESTION,
    Json,
    Start,
    data_of,
    labels,
    now,
    press,
    press_data,
)
from tests.telegram_server import TelegramServer

NAME = "@verbatim_bot"
SECRET = "Who is Syriza's coalition partner, Zebulon?"


def kept(settings: Settings, *words: str) -> list[str]:
    """Those of the words that are in any byte of the files of chats."""
    path = Layout(settings.index.data).chats
    whole = b"".join(p.read_bytes() for p in Path(path.parent).glob(f"{path.name}*"))
    return [word for word in words if word.encode() in whole]


async def asked(server: TelegramServer, user: Json, chat: Json, text: str) -> Json:
    server.send(user, chat, text)
    return await server.next_sent(chat)


async def test_everything_goes_and_is_told_in_numbers(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    card = await asked(server, ann, ann, SECRET)
    await asked(server, ann, ann, "And Zebulon's?")
    there = await asked(server, ann, group, "/ask Why did Zebulon's Varoufakis quit?")
    await asked(server, bob, group, f"/ask {QUESTION}")
    menu = await asked(server, ann, ann, "/language")
    await press(server, ann, menu, "Deutsch")
    await server.settled()
    assert kept(sample, "Zebulon", "Syriza", "Moscow talks", '"de"') == [
        *("Zebulon", "Syriza", "Moscow talks", '"de"')
    ]
    await press(server, bob, there, "👍")
    await press(server, ann, card, "👍")
    say = language("de").say
    question = await asked(server, ann, ann, "/forget")
    assert question["text"] == say(texts.FORGET_ASK)
    assert labels(question) == [[say(texts.FORGET_YES), say(texts.FORGET_NO)]]
    told = await press(server, ann, question, say(texts.FORGET_YES))
    assert told["text"].split("\n• ") == [
        say(texts.FORGOTTEN),
        language("de").counted(texts.VERDICTS, 1),
        language("de").counted(texts.CONVERSATIONS, 2),
        language("de").counted(texts.ANSWERS, 3),
        language("de").counted(texts.CHOICES, 1),
    ]
    assert labels(told) == []
    # What Bob asked is still there, and not one byte of what Ann did.
    assert kept(sample, "Zebulon", "Syriza", "Moscow talks", '"de"') == ["Moscow talks"]
    for old in (card, there):
        answer = await press_data(server, ann, old, data_of(old, texts.CONTEXT))
        assert answer["text"] == texts.NOT_YOURS
        assert now(server, old) == old
    again = await asked(server, ann, ann, "/forget")
    assert (await press(server, ann, again, texts.FORGET_YES))["text"] == texts.NOTHING_KEPT
    # She begins anew.
    after = await asked(server, ann, ann, "And Russia's?")
    assert not after["text"].startswith("Understood")


async def test_unless_it_was_not_meant(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await asked(server, ann, ann, SECRET)
    question = await asked(server, ann, ann, "/forget")
    told = await press(server, ann, question, texts.FORGET_NO)
    assert (told["text"], labels(told)) == (texts.NOTHING_DELETED, [])
    assert kept(sample, "Zebulon") == ["Zebulon"]
    answer = await press_data(server, ann, card, data_of(card, texts.CONTEXT))
    assert answer.get("text") is None


async def test_in_a_group_one_s_own_of_that_group_goes(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    with closing(Chats(Layout(sample.index.data).chats)) as chats:
        chats.choose(group["id"], ChatSettings("question"))
    await asked(server, ann, ann, f"{QUESTION} asks Ann")
    await asked(server, ann, group, f"/ask {SECRET}")
    own = await asked(server, bob, group, f"/ask {QUESTION} asks Bob")
    server.send(ann, group, "/forget")  # without a name it may be meant for another bot
    question = await asked(server, ann, group, f"/forget{NAME}")
    assert question["text"] == texts.FORGET_ASK_HERE
    # Nobody says yes for another, be it an administrator.
    server.set_status(bob, group, "creator")
    answer = await press_data(server, bob, question, data_of(question, texts.FORGET_YES))
    assert answer["text"] == texts.NOT_YOURS
    assert now(server, question) == question
    told = await press(server, ann, question, texts.FORGET_YES)
    assert told["text"] == "Deleted:\n• 1 conversation\n• 1 answer"
    assert kept(sample, "Zebulon", "asks Ann", "asks Bob") == ["asks Ann", "asks Bob"]
    assert (await press_data(server, bob, own, data_of(own, texts.CONTEXT))).get("text") is None
    with closing(Chats(Layout(sample.index.data).chats)) as chats:
        assert chats.of(group["id"]) == ChatSettings("question")


async def test_what_others_went_on_with_goes_too(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    card = await asked(server, ann, group, f"/ask {SECRET}")
    server.send(bob, group, "Who said that?", reply_to=card)
    joined = await server.next_sent(group)
    assert "Zebulon" in joined["text"].split("\n")[0]
    await server.settled()
    question = await asked(server, ann, ann, "/forget")
    told = await press(server, ann, question, texts.FORGET_YES)
    # It is Bob's answer, which he is not told of here; but her words were in it.
    assert told["text"] == "Deleted:\n• 1 conversation\n• 1 answer"
    assert kept(sample, "Zebulon") == []
    again = await asked(server, bob, group, "/ask Who said that?")
    assert "Zebulon" not in again["text"]


async def test_who_speaks_as_the_group_forgets_for_it(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    server.set_status(ann, group)
    server.send(ann, group, f"/ask {SECRET}", sender_chat=group)
    await server.next_sent(group)
    server.send(ann, group, f"/forget{NAME}", sender_chat=group)
    question = await server.next_sent(group)
    answer = await press_data(server, bob, question, data_of(question, texts.FORGET_YES))
    assert answer["text"] == texts.NOT_YOURS
    told = await press(server, ann, question, texts.FORGET_YES)
    assert told["text"] == "Deleted:\n• 1 conversation\n• 1 answer"
    assert kept(sample, "Zebulon") == []


async def test_data_that_is_not_ours_deletes_nothing(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    await asked(server, bob, bob, SECRET)
    question = await asked(server, ann, ann, "/forget")
    here = await asked(server, ann, group, f"/forget{NAME}")
    for message, data in (
        *((question, d) for d in ("f:", "f::y", f"f:{ann['id']}:", f"f:{ann['id']}:Y", "f:x:y")),
        *((question, d) for d in (f"f:{'9' * 5000}:y", f"f:{ann['id']}:y:y", "f:٣:y")),
        *((m, f"f:{p}:y") for m in (question, here) for p in (bob["id"], group["id"])),
        (None, f"f:{ann['id']}:y"),
    ):
        answer = await press_data(server, ann, message, data)
        assert answer["text"] == texts.NOT_YOURS, data
    assert (now(server, question), now(server, here)) == (question, here)
    assert kept(sample, "Zebulon") == ["Zebulon"]


async def test_a_file_that_is_being_read_is_told_in_the_log(
    server: TelegramServer, start: Start, sample: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann = server.add_user("Ann")
    await asked(server, ann, ann, SECRET)
    question = await asked(server, ann, ann, "/forget")
    with closing(sqlite3.connect(Layout(sample.index.data).chats)) as other:
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM sent").fetchone() == (1,)
        told = await press(server, ann, question, texts.FORGET_YES)
    assert told["text"] == "Deleted:\n• 1 conversation\n• 1 answer"
    assert "what was deleted is still in the log beside the file" in caplog.text
    # It goes the next time.
    again = await asked(server, ann, ann, "/forget")
    assert (await press(server, ann, again, texts.FORGET_YES))["text"] == texts.NOTHING_KEPT
    assert kept(sample, "Zebulon") == []
