"""Questions that go on: each person's own, shown as understood, and taken back by a button."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot import texts
from bot.engine import update
from bot.settings import Settings
from index.layout import Layout
from tests.bot.conftest import write_article
from tests.bot.telegram.conftest import (
    JUDGE,
    QUESTION,
    Json,
    Start,
    answered,
    data_of,
    labels,
    now,
    part,
    pointed_at,
    press,
    press_data,
)
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
    sender_chat: Json | None = None,
) -> Json:
    server.send(user, chat, text, reply_to=reply_to, thread_id=thread_id, sender_chat=sender_chat)
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


async def test_more_is_read_on_without_a_button_that_would_leave_nothing(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    shown = [(await ask(server, ann, ann, "What did OPEC decide in Vienna in November 2014?"))]
    shown += [await ask(server, ann, ann, "Go on") for _ in range(8)]
    *cards, end = [card["text"] for card in shown]
    bodies = [text.removeprefix(text[: text.find("\n") + 1]) for text in cards[1:]]
    assert cards[0].startswith("The Organization of the Petroleum Exporting Countries is keeping")
    assert len(set(bodies)) == 7
    assert all(text.startswith("Understood as: Go on (OPEC decide in Vienna") for text in cards[1:])
    assert not any([texts.AS_TYPED] in labels(card) for card in shown)
    assert end.endswith(texts.NO_MORE)
    assert "Nearest" not in end


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


async def test_two_people_in_a_group_do_not_mix(server: TelegramServer, start: Start) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    await ask(server, ann, group, f"/ask {QUESTION}")
    await ask(server, bob, group, "/ask Who led Syriza?")
    card = await ask(server, bob, group, "/ask And Podemos?")
    assert "Moscow" not in card["text"].split("\n")[0]
    assert (await ask(server, ann, group, f"/ask {FOLLOW_UP}"))["text"].startswith(UNDERSTOOD)
    # Nor does what a person asks in a group reach the chat with the bot alone.
    alone = await ask(server, ann, ann, FOLLOW_UP)
    assert not alone["text"].startswith("Understood")


async def test_who_speaks_as_a_chat_has_its_conversation(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    group, channel = server.add_chat("supergroup"), server.add_chat("channel")
    await ask(server, ann, group, f"/ask {QUESTION}", sender_chat=group)
    for speaker, understood in ((channel, False), (None, False), (group, True)):
        card = await ask(server, ann, group, f"/ask {FOLLOW_UP}", sender_chat=speaker)
        assert card["text"].startswith(UNDERSTOOD) == understood


async def test_a_reply_goes_on_with_a_silent_answer_too(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann, eve = server.add_user("Ann"), server.add_user("Eve")
    group = server.add_chat("supergroup")
    silent = await ask(server, ann, group, "/ask Who will win the 2030 Grand Prix of Monaco?")
    assert silent["text"].startswith(texts.NO_ANSWER)
    assert labels(silent) == []
    await ask(server, ann, group, f"/ask {QUESTION}")
    await server.settled()
    joined = await ask(server, eve, group, "Who said that?", reply_to=silent)
    head = "Understood as: Who said that? (win the 2030 Grand Prix of Monaco)\n"
    assert joined["text"].startswith(head)
    # It is her conversation now.
    again = await ask(server, eve, group, "/ask Who said that?")
    assert again["text"].startswith(head)


async def test_a_silent_answer_can_be_taken_back_to_one_that_quotes(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    await ask(server, ann, ann, "Who will win the 2030 Grand Prix of Monaco?")
    asked = "Why did he leave the Finance Ministry?"
    card = await ask(server, ann, ann, asked)
    assert card["text"].startswith(
        f"Understood as: {asked} (win the 2030 Grand Prix of Monaco)\n{texts.NO_ANSWER}\n"
    )
    assert labels(card) == [[texts.AS_TYPED]]
    typed = await press(server, ann, card, texts.AS_TYPED)
    assert typed["text"].startswith(part(typed, "blockquote")[0])
    assert "Varoufakis" in typed["text"]
    assert labels(typed) == [[texts.CONTEXT, texts.SOURCE], JUDGE]
    assert part(await press(server, ann, card, texts.CONTEXT), "expandable_blockquote")


async def test_buttons_that_take_back_work_after_a_restart_and_twice(
    server: TelegramServer, start: Start
) -> None:
    application, _ = await start()
    ann = server.add_user("Ann")
    await ask(server, ann, ann, QUESTION)
    card = await ask(server, ann, ann, "And Russia's position on the Moscow talks?")
    assert card["text"].split("\n")[0].endswith(" (Iran's)")
    key = data_of(card, texts.AS_TYPED).split(":")[1]
    assert application.updater is not None
    await application.updater.stop()
    await application.stop()
    await start()
    for _ in range(2):
        server.press(ann, card, texts.AS_TYPED)
    await answered(server)
    typed = now(server, card)
    assert not typed["text"].startswith("Understood")
    # Telegram's refusal of the second edit is no fault.
    assert ["not modified" in c.description for c in server.refused] == [True]
    server.refused.clear()
    assert [a and a.get("text") for a in server.queries.values()] == [None, None]
    # The buttons of the card that it has become have the same key, and work.
    assert data_of(typed, texts.CONTEXT) == f"c:{key}:0"
    context = await press(server, ann, card, texts.CONTEXT)
    assert part(context, "expandable_blockquote")
    back = await press(server, ann, card, labels(context)[0][0])
    assert back["text"] == typed["text"]
    # What was taken back is not carried on either.
    after = await ask(server, ann, ann, "Who said that?")
    assert after["text"].startswith(
        "Understood as: Who said that? (Russia's position on the Moscow talks)\n"
    )


async def test_time_and_outlet_are_taken_back_one_by_one(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    asked = "What did Verbatim sample write about Syriza in January 2015?"
    card = await ask(server, ann, group, f"/ask {asked}")
    chips = ["✕ January 2015", "✕ Verbatim sample"]
    assert labels(card)[-1] == chips
    assert (await press_data(server, bob, card, data_of(card, chips[0])))["text"] == (
        texts.ASKER_ONLY
    )
    assert labels(await press(server, ann, card, chips[0]))[-1] == chips[1:]
    without = await press(server, ann, card, chips[1])
    assert "✕" not in str(labels(without))
    # A press on what is gone already changes nothing, and none on another's card does.
    answer = await press_data(server, ann, card, f"{data_of(card, chips[0])}")
    assert answer.get("text") is None
    assert now(server, card)["text"] == without["text"]
    server.refused.clear()
    for made in ("w:{key}:x", "w:{key}", "w:{key}:t:0", "w:unknown:t", "w:{key}:T", "w::t"):
        key = data_of(card, chips[0]).split(":")[1]
        answer = await press_data(server, ann, card, made.replace("{key}", key))
        assert answer["text"] == texts.NOT_YOURS
    other = await ask(server, ann, ann, asked)
    answer = await press_data(server, ann, other, data_of(card, chips[0]))
    assert answer["text"] == texts.NOT_YOURS


async def test_they_move_with_a_group_that_becomes_a_supergroup(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    group = server.add_chat("group")
    await ask(server, ann, group, f"/ask {QUESTION}")
    card = await ask(server, ann, group, f"/ask {FOLLOW_UP}")
    new = server.migrate(group)
    await server.settled()
    there = await ask(server, ann, new, "/ask And Turkey's?")
    assert there["text"].startswith(UNDERSTOOD.replace("Russia", "Turkey"))
    answer = await press_data(server, ann, there, data_of(card, texts.AS_TYPED))
    assert answer.get("text") is None
    assert not now(server, there)["text"].startswith("Understood")


async def test_after_the_collection_changed_it_is_asked_of_the_new_one(
    server: TelegramServer, start: Start, tmp_path: Path
) -> None:
    old = "The Lena bridge at Yakutsk will open in May, said governor Pavel Orlov."
    path = write_article(tmp_path / "files" / "bridge.md", old, "The bridge")
    settings = pointed_at(server, tmp_path / "bridge", "[corpus]", f'paths = ["{path}"]')
    update(settings)
    await start(settings)
    ann = server.add_user("Ann")
    card = await ask(server, ann, ann, "When will the Lena bridge open, as of December 2014?")
    (chip,) = (label for row in labels(card) for label in row if label.startswith("✕"))
    assert part(card, "blockquote") == [old]
    await asyncio.to_thread(changed, settings, old.replace("May", "October"))
    shown = await press(server, ann, card, chip)
    assert part(shown, "blockquote") == [old.replace("May", "October")]
    assert chip not in str(labels(shown))


def changed(settings: Settings, body: str) -> None:
    write_article(settings.corpus.paths[0], body, "The bridge")
    report = update(settings)
    assert report is not None
    assert len(report.read.changed) == 1


async def test_an_answer_that_earlier_versions_sent_can_be_leafed(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await ask(server, ann, ann, QUESTION)
    await server.settled()
    with closing(sqlite3.connect(Layout(sample.index.data).chats)) as chats, chats:
        chats.execute("UPDATE sent SET asking = ''")
        chats.execute("DELETE FROM turn")
    assert labels(await press(server, ann, card, "▶"))[0][1] == "2/3"
    key = data_of(card, texts.CONTEXT).split(":")[1]
    assert (await press_data(server, ann, card, f"w:{key}:h"))["text"] == texts.NOT_YOURS
    reply = await ask(server, ann, ann, FOLLOW_UP, reply_to=card)
    assert not reply["text"].startswith("Understood")


async def test_the_present_answered_from_the_past_says_its_date_first(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await ask(server, ann, ann, "What is Iran's position on the Moscow talks today?")
    assert card["text"].startswith("Verbatim sample, 17 December 2014:\n")
    assert part(card, "bold")[0] == "17 December 2014"
    assert ["✕ today"] in labels(card)
    taken = await press(server, ann, card, "✕ today")
    assert taken["text"].startswith(part(taken, "blockquote")[0])
