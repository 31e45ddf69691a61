"""Buttons under an answer, pressed in every state that a chat and a collection can be in."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import texts
from bot.chats import Chats, ChatSettings
from bot.engine import Engine, update
from bot.feedback import Feedback, Judged
from bot.languages import language
from bot.settings import Settings
from index.layout import Layout
from tests.bot.conftest import write_article
from tests.bot.telegram.conftest import (
    JUDGE,
    QUESTION,
    Json,
    Start,
    answered,
    calls,
    data_of,
    labels,
    now,
    part,
    pointed_at,
    press,
    press_data,
)
from tests.telegram_server import TelegramServer

OLD = "The Lena bridge at Yakutsk will open in May, said governor Pavel Orlov."
NEW = "The Lena bridge at Yakutsk will open in October, said governor Pavel Orlov."
BESIDE = "Its cables were made in Chelyabinsk and came by barge."


async def card_for(server: TelegramServer, user: Json, chat: Json | None = None) -> Json:
    server.send(user, chat or user, f"/ask {QUESTION}")
    return await server.next_sent(chat or user)


async def test_leafing(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await card_for(server, ann)
    first = card["text"]
    seen = []
    for label in ("▶", "▶", "▶", "◀", "◀", "◀"):
        shown = await press(server, ann, card, label)
        seen.append((labels(shown)[0][1], shown["text"]))
        assert labels(shown) == [["◀", seen[-1][0], "▶"], [texts.CONTEXT, texts.SOURCE], JUDGE]
        assert len(part(shown, "blockquote")) == len(part(shown, "bold")) == 1
        assert shown["link_preview_options"] == {"is_disabled": True}
    assert [number for number, _ in seen] == ["2/3", "3/3", "1/3", "3/3", "2/3", "1/3"]
    second, third = seen[0][1], seen[1][1]
    assert [text for _, text in seen[2:]] == [first, third, second, first]
    assert len({first, second, third}) == 3
    assert now(server, card)["entities"] == card["entities"]
    assert len(server.messages(ann)) == 1


async def test_the_counter_only_says_where_one_is(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await card_for(server, ann)
    assert await press(server, ann, card, "1/3") == card
    (answer,) = server.queries.values()
    assert answer is not None
    assert answer["text"] == "1/3"
    assert calls(server, "editMessageText") == []


async def test_context_is_verbatim_and_leads_back(
    server: TelegramServer, start: Start, engine: Engine
) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await card_for(server, ann)
    for number in (1, 2, 3):
        context = await press(server, ann, card, texts.CONTEXT)
        (around,) = part(context, "expandable_blockquote")
        quotation = engine.ask(QUESTION).quotations[number - 1]
        at, paragraphs = quotation.passage.paragraph, quotation.article.paragraphs
        assert around.split("\n\n") == list(paragraphs[max(at - 2, 0) : at + 3])
        assert part(context, "bold") == [quotation.text]
        assert part(context, "blockquote") == []
        assert part(context, "text_link")[-1] == quotation.article.title
        back = f"{texts.BACK} {number}/3"
        assert labels(context) == [[back, texts.SOURCE]]
        shown = await press(server, ann, card, back)
        assert part(shown, "blockquote") == [quotation.text]
        await press(server, ann, card, "▶")


async def test_they_work_after_a_restart(server: TelegramServer, start: Start) -> None:
    application, _ = await start()
    ann = server.add_user("Ann")
    card = await card_for(server, ann)
    assert application.updater is not None
    await application.updater.stop()
    # Pressed while nobody listens: Telegram keeps it.
    server.press(ann, card, "▶")
    await application.stop()
    await start()
    await answered(server)
    assert labels(now(server, card))[0][1] == "2/3"
    assert part(await press(server, ann, card, texts.CONTEXT), "expandable_blockquote")


@pytest.fixture
def bridge(server: TelegramServer, tmp_path: Path) -> Settings:
    """A collection of one article, which can change."""
    path = write_article(tmp_path / "files" / "bridge.md", f"{OLD}\n\n{BESIDE}", "The bridge")
    settings = pointed_at(server, tmp_path / "bridge", "[corpus]", f'paths = ["{path}"]')
    update(settings)
    return settings


def change(settings: Settings) -> None:
    write_article(settings.corpus.paths[0], f"{NEW}\n\n{BESIDE}", "The bridge")
    report = update(settings)
    assert report is not None
    assert len(report.read.changed) == 1


async def test_a_changed_article_is_shown_as_it_was_quoted(
    server: TelegramServer, start: Start, bridge: Settings
) -> None:
    await start(bridge)
    ann = server.add_user("Ann")
    server.send(ann, ann, "When will the Lena bridge open?")
    card = await server.next_sent(ann)
    assert part(card, "blockquote") == [OLD]
    await asyncio.to_thread(change, bridge)
    # The question is answered from the new version, the old answer's buttons from the old one.
    server.send(ann, ann, "When will the Lena bridge open?")
    assert part(await server.next_sent(ann), "blockquote") == [NEW]
    context = await press(server, ann, card, texts.CONTEXT)
    assert part(context, "expandable_blockquote") == [f"{OLD}\n\n{BESIDE}"]
    (back,) = [label for label in labels(context)[0] if label.startswith(texts.BACK)]
    again = await press(server, ann, card, back)
    assert again["text"] == f"{texts.CHANGED}\n{card['text']}"
    assert part(again, "blockquote") == [OLD]


async def test_a_version_no_longer_kept_is_not_made_up(
    server: TelegramServer, start: Start, bridge: Settings
) -> None:
    await start(bridge)
    ann = server.add_user("Ann")
    server.send(ann, ann, "When will the Lena bridge open?")
    card = await server.next_sent(ann)
    await asyncio.to_thread(change, bridge)
    with closing(sqlite3.connect(Layout(bridge.index.data).library)) as library, library:
        library.execute("DELETE FROM article WHERE digest NOT IN (SELECT digest FROM entry)")
    assert await press(server, ann, card, texts.CONTEXT) == card
    (answer,) = server.queries.values()
    assert answer is not None
    assert answer["text"] == texts.UPDATED
    assert calls(server, "editMessageText") == []


async def test_data_that_is_not_ours_changes_nothing(server: TelegramServer, start: Start) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    card, other = await card_for(server, ann), await card_for(server, bob)
    key = data_of(card, "1/3").split(":")[1]
    for data in (
        *("nonsense", "", ":", "::", "q", "q:", f"q:{key}", f"q:{key}:", "q:xxxx:0"),
        *(f"q:{key}:3", f"q:{key}:-1", f"q:{key}:²", f"q:{key}:٣", f"q:{key}:0:0"),
        *(f"z:{key}:0", f":{key}:0", f"Q:{key}:0", f"q:{key} :0", f"q:{key.swapcase()}:0"),
        *(
            f"q:{key}:{'9' * 5000}",
            "x" * 100_000,
            "q:\x00:0",
            "q:' OR 1=1 --:0",
            "🙂:🙂:0",
            "q:\ud800:0",
        ),
        # Another chat's answer is not for this one.
        *(data_of(other, label) for label in ("◀", "1/3", "▶", texts.CONTEXT)),
    ):
        answer = await press_data(server, ann, card, data)
        assert answer["text"] == texts.NOT_YOURS, data
    # A game's button has no data, an inline message no chat.
    for message, plain in ((card, None), (None, f"q:{key}:1")):
        assert (await press_data(server, ann, message, plain))["text"] == texts.NOT_YOURS
    assert now(server, card) == card
    assert now(server, other) == other
    assert calls(server, "editMessageText") == []


async def test_in_a_group_whoever_asked_may_press(server: TelegramServer, start: Start) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    forum = server.add_chat("forum")
    server.set_status(bob, forum, "creator")
    thread = server.add_topic(forum, "News", user=ann)
    server.send(ann, forum, f"/ask {QUESTION} In 2014?", thread_id=thread)
    card = await server.next_sent(forum)
    for label, word in (
        ("▶", texts.ASKER_ONLY),
        (texts.CONTEXT, texts.ASKER_ONLY),
        ("✕ 2014", texts.ASKER_ONLY),
        ("1/3", "1/3"),
    ):
        answer = await press_data(server, bob, card, data_of(card, label))
        assert answer["text"] == word
    assert now(server, card) == card
    assert labels(await press(server, ann, card, "▶"))[0][1] == "2/3"
    assert ["✕ 2014"] not in labels(await press(server, ann, card, "✕ 2014"))


async def test_what_is_asked_in_the_chat_s_name_its_administrators_may_press(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group, channel = server.add_chat("supergroup"), server.add_chat("channel")
    server.set_status(ann, group)
    server.send(ann, group, f"/ask {QUESTION}", sender_chat=group)
    card = await server.next_sent(group)
    answer = await press_data(server, bob, card, data_of(card, "▶"))
    assert answer["text"] == texts.ASKER_ONLY
    assert now(server, card) == card
    assert labels(await press(server, ann, card, "▶"))[0][1] == "2/3"
    # Who wrote in the name of some other chat cannot be told when they press.
    server.send(ann, group, f"/ask {QUESTION}", sender_chat=channel)
    card = await server.next_sent(group)
    assert labels(await press(server, bob, card, "▶"))[0][1] == "2/3"


async def test_two_quick_presses_are_no_fault(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await card_for(server, ann)
    for _ in range(2):
        server.press(ann, card, "▶")
    await answered(server)
    assert [a and a.get("text") for a in server.queries.values()] == [None, None]
    assert labels(now(server, card))[0][1] == "2/3"
    # Telegram's refusal of the second edit is what this test is about.
    assert [c.description for c in server.refused if "not modified" in c.description]
    assert [c.method for c in server.refused] == ["editMessageText"]
    server.refused.clear()
    assert [r for r in caplog.records if r.levelname == "ERROR"] == []


async def test_a_press_too_old_to_be_answered_still_counts(
    server: TelegramServer, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await card_for(server, ann)
    server.press(ann, card, "▶")
    server.expire_queries()
    await server.wait_for(lambda: labels(now(server, card))[0][1] == "2/3")
    await server.settled()
    assert ["query is too old" in c.description for c in server.refused] == [True]
    server.refused.clear()
    assert [r for r in caplog.records if r.levelname == "ERROR"] == []


async def test_of_an_old_card_telegram_tells_only_the_place(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await card_for(server, ann)
    old = {"message_id": card["message_id"], "chat": card["chat"], "date": 0}
    assert (await press_data(server, ann, old, data_of(card, "▶"))).get("text") is None
    assert labels(now(server, card))[0][1] == "2/3"


async def test_a_card_deleted_meanwhile(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    card = await card_for(server, ann)
    server.press(ann, card, "▶")
    server.delete(card)
    await answered(server)
    (answer,) = server.queries.values()
    assert answer is not None
    assert answer["text"].startswith("Something went wrong on my side (error ")
    assert [c.description for c in server.refused] == ["Bad Request: message to edit not found"]
    server.refused.clear()


async def test_they_move_with_a_group_that_becomes_a_supergroup(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    group, bystander = server.add_chat("group"), server.add_chat("group")
    card, other = await card_for(server, ann, group), await card_for(server, ann, bystander)
    new = server.migrate(group)
    await server.settled()
    shown = await card_for(server, ann, new)
    assert (await press_data(server, ann, shown, data_of(card, "▶"))).get("text") is None
    assert labels(now(server, shown))[0][1] == "2/3"
    assert labels(await press(server, ann, other, "▶"))[0][1] == "2/3"


async def test_a_verdict_and_its_reason_are_kept(
    server: TelegramServer, start: Start, sample: Settings
) -> None:
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob", language_code="de")
    group = server.add_chat("supergroup")
    with closing(Chats(Layout(sample.index.data).chats)) as chats:
        chats.choose(group["id"], ChatSettings(pagers="all"))
    card = await card_for(server, ann, group)
    key = data_of(card, "👍").split(":")[1]
    assert await press(server, ann, card, "👍") == card
    second = await press(server, ann, card, "▶")
    asked = await press(server, bob, card, "👎")
    assert asked["text"] == second["text"]
    reasons = [texts.REASON_WRONG, texts.REASON_OFF_TOPIC]
    more = [texts.REASON_OUTDATED, texts.REASON_NOT_IN_SOURCE]
    assert labels(asked)[2:] == [reasons, more, [texts.CANCEL]]
    assert await press(server, bob, card, texts.CANCEL) == second | {
        "edit_date": now(server, card)["edit_date"]
    }
    await press(server, bob, card, "👎")
    thanked = await press(server, bob, card, texts.REASON_OUTDATED)
    assert labels(thanked) == labels(second)
    said = [query["text"] for query in server.queries.values() if query and "text" in query]
    german = language("de").say
    why, thanks = german(texts.WHY_BAD), german(texts.THANKS)
    assert said == [texts.THANKS, why, why, thanks]
    with closing(Feedback(Layout(sample.index.data).chats)) as feedback:
        assert feedback.of(key) == (
            Judged(key, 0, ann["id"], "good"),
            Judged(key, 1, bob["id"], "bad", "o"),
        )
    # A reason that is none, a verdict with one, and another chat's answer are refused.
    for data in (f"r:{key}:0", f"r:{key}:0:z", f"g:{key}:0:w", f"b:{key}:0:o", f"r:{key}:9:w"):
        assert (await press_data(server, ann, card, data))["text"] == texts.NOT_YOURS
    own = await card_for(server, ann)
    answer = await press_data(server, ann, own, f"g:{key}:0")
    assert answer["text"] == texts.NOT_YOURS
