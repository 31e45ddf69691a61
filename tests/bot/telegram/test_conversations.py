import asyncio
import time
from typing import Any

import pytest

from bot import texts
from bot.link import decode
from tests.bot.telegram.conftest import Start
from tests.telegram_server import TelegramServer

QUESTION = "What is Iran's position on the Moscow talks?"
SILENT = 0.4
"""Seconds within which an answer would have come."""


def part(message: dict[str, Any], kind: str) -> list[str]:
    """The words under each entity of a kind."""
    encoded = message["text"].encode("utf-16-le")
    return [
        encoded[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message.get("entities", [])
        if e["type"] == kind
    ]


def labels(message: dict[str, Any]) -> list[list[str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[b["text"] for b in row] for row in rows]


async def test_a_private_question_gets_its_card(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    (quoted,) = part(card, "blockquote")
    assert quoted.startswith("Iran supports the holding of talks in Moscow")
    assert part(card, "bold") == [quoted]
    assert part(card, "text_link") == [
        "Iran Backs Moscow Talks Between Damascus and Moderate Opposition"
    ]
    (link,) = (e["url"] for e in card["entities"] if e["type"] == "text_link")
    fragment = decode(link)
    assert fragment is not None
    assert fragment.start == "Iran supports the"
    assert card["text"].endswith("\nVerbatim sample, 17 December 2014")
    assert labels(card) == [["◀", "1/3", "▶"], [texts.CONTEXT, texts.SOURCE]]
    source = card["reply_markup"]["inline_keyboard"][1][1]["url"]
    assert source == "https://news.example/2014/12/17/iran-backs-syria-talks-in-moscow"
    assert "reply_to_message" not in card
    assert [c.method for c in server.sent if c.params.get("chat_id")] == [
        "sendChatAction",
        "sendMessage",
    ]


async def test_no_answer_gives_the_nearest_titles(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, "Who will win the 2030 World Cup?")
    card = await server.next_sent(ann)
    assert card["text"].startswith(texts.NO_ANSWER)
    assert part(card, "blockquote") == []
    assert len(part(card, "text_link")) == 3
    assert labels(card) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/start", "Ask me about the news"),
        ("/help", "In this chat, any text is a question."),
        ("/sources", "24 articles from Verbatim sample, 8 August 2014 – 12 December 2015."),
        ("/status", "24 articles in 200 passages, indexed"),
        ("/ask", "Put the question behind the command"),
        ("🙂🙂", "There are no words in that."),
        ("Philae", "Philae"),
        (f"/ask {QUESTION}", "Iran supports the holding of talks"),
        ((QUESTION + " ") * 91, texts.CUT),
        ("who\u0007 led Syriza?", "Syriza"),
    ],
)
async def test_private_messages(
    server: TelegramServer, start: Start, typed: str, expected: str
) -> None:
    await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, typed)
    assert expected in (await server.next_sent(ann))["text"]


async def test_a_photo_gets_one_line_and_an_edit_none(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    server.send(ann, ann, "", extra={"photo": photo})
    assert (await server.next_sent(ann))["text"] == texts.ONLY_TEXT
    asked = server.send(ann, ann, QUESTION)
    await server.next_sent(ann)
    server.edit(asked, "Who led Syriza?")
    await asyncio.sleep(SILENT)
    assert len(server.messages(ann)) == 2


@pytest.mark.parametrize("reads_all", [False, True])
async def test_a_group_is_answered_when_it_addresses_the_bot(
    server: TelegramServer, start: Start, reads_all: bool
) -> None:
    server.can_read_all_group_messages = reads_all
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    name = server.bot["username"]
    asked = server.send(bob, group, "who led the Damascus delegation?")
    for typed in (
        "/ask why did Varoufakis quit",
        f"/ask@{name} why did Varoufakis quit",
        f"@{name} why did Varoufakis quit",
        f"🙂 hey @{name.upper()}, why did Varoufakis quit",
        f"why did Varoufakis quit @{name}",
    ):
        question = server.send(ann, group, typed)
        answer = await server.next_sent(group)
        assert "Varoufakis" in answer["text"], typed
        assert answer["reply_to_message"]["message_id"] == question["message_id"]
    server.send(ann, group, "how many Scots voted?", reply_to=answer)
    assert "Scot" in (await server.next_sent(group))["text"]
    for typed in (f"@{name}", "/ask"):
        server.send(ann, group, typed, reply_to=asked)
        assert "Jaafari" in (await server.next_sent(group))["text"]
    server.send(ann, group, f"@{name}")
    assert "Put the question behind the command" in (await server.next_sent(group))["text"]
    server.send(ann, group, f"/status@{name}")
    said = texts.PRIVACY_OFF if reads_all else texts.PRIVACY_ON
    assert said in (await server.next_sent(group))["text"]


async def test_to_all_else_in_a_group_it_is_silent(server: TelegramServer, start: Start) -> None:
    server.can_read_all_group_messages = True
    await start()
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    group = server.add_chat("supergroup")
    said = server.send(bob, group, "Did Syriza win?")
    server.send(ann, group, QUESTION)
    server.send(ann, group, "I think so", reply_to=said)
    server.send(ann, group, "@somebody_else who led Syriza?")
    server.send(ann, group, "/ask@another_bot who led Syriza?")
    for command in ("/start", "/help", "/status", "/sources", "/other"):
        server.send(ann, group, command)
    other = {"id": 5, "is_bot": True, "first_name": "B"}
    server.send(ann, group, f"@{server.bot['username']} hi", extra={"via_bot": other})
    channel = server.add_chat("channel")
    server.push(
        "channel_post",
        {"message_id": 1, "date": 1, "chat": channel, "text": "/ask who won?"},
    )
    await asyncio.sleep(SILENT)
    assert server.messages(group) == []
    assert [c.method for c in server.sent if c.params.get("chat_id")] == []


async def test_replies_stay_in_their_topic(server: TelegramServer, start: Start) -> None:
    await start()
    ann = server.add_user("Ann")
    forum = server.add_chat("forum")
    thread = server.add_topic(forum, "News")
    server.send(ann, forum, "/ask why did Varoufakis quit", thread_id=thread)
    answer = await server.next_sent(forum)
    assert answer["message_thread_id"] == thread
    server.send(ann, forum, "/ask why did Varoufakis quit")
    assert not (await server.next_sent(forum)).get("is_topic_message")


async def test_buttons_leaf_show_the_context_and_come_back(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    seen: list[str] = []
    words: list[str] = []

    async def press(label: str) -> dict[str, Any]:
        words.append(server.press(ann, card, label))
        await server.wait_for(lambda: not server.unanswered(), 5)
        return next(m for m in server.history(ann) if m["message_id"] == card["message_id"])

    for label in ("▶", "▶", "▶", "◀"):
        shown = await press(label)
        seen.append(labels(shown)[0][1])
    assert seen == ["2/3", "3/3", "1/3", "3/3"]
    assert (await press("3/3"))["text"] == shown["text"]
    assert "3/3" in str(server.queries[words[-1]])
    context = await press(texts.CONTEXT)
    (around,) = part(context, "expandable_blockquote")
    (quoted,) = part(context, "bold")
    assert quoted in part(shown, "blockquote")
    assert around.count("\n\n") >= 2
    back = f"{texts.BACK} 3/3"
    assert labels(context) == [[back, texts.SOURCE]]
    assert (await press(back))["text"] == shown["text"]
    assert len(server.messages(ann)) == 1


async def test_buttons_work_after_a_restart(server: TelegramServer, start: Start) -> None:
    application, _ = await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    assert application.updater is not None
    await application.updater.stop()
    await application.stop()
    await start()
    server.press(ann, card, "▶")
    await server.wait_for(lambda: not server.unanswered(), 5)
    assert labels(server.history(ann)[-1])[0][1] == "2/3"


@pytest.mark.parametrize("data", ["nonsense", "q:xxxx:0", "q:{key}:7", "z:{key}:0", "q:{key}:²"])
async def test_data_that_is_not_ours_changes_nothing(
    server: TelegramServer, start: Start, data: str
) -> None:
    await start()
    ann = server.add_user("Ann")
    server.send(ann, ann, QUESTION)
    card = await server.next_sent(ann)
    key = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[1]
    query = {
        "id": "77",
        "from": ann,
        "chat_instance": "1",
        "message": card,
        "data": data.format(key=key),
    }
    before = list(server.messages(ann))
    server.queries["77"] = None
    server.push("callback_query", query)
    await server.wait_for(lambda: any(c.method == "answerCallbackQuery" for c in server.sent), 5)
    answer = next(c for c in server.sent if c.method == "answerCallbackQuery")
    assert answer.params["text"] == texts.NOT_YOURS
    assert server.messages(ann) == before


async def test_a_group_that_became_a_supergroup_keeps_its_buttons(
    server: TelegramServer, start: Start
) -> None:
    await start()
    ann = server.add_user("Ann")
    group = server.add_chat("group")
    server.send(ann, group, f"/ask {QUESTION}")
    card = await server.next_sent(group)
    key = card["reply_markup"]["inline_keyboard"][0][2]["callback_data"]
    new = server.migrate(group)
    server.send(ann, new, f"/ask {QUESTION}")
    shown = await server.next_sent(new)
    query = {"id": "78", "from": ann, "chat_instance": "1", "message": shown, "data": key}
    server.queries["78"] = None
    server.push("callback_query", query)
    await server.wait_for(lambda: any(c.method == "editMessageText" for c in server.sent), 5)
    assert labels(server.history(new)[-1])[0][1] == "2/3"


async def test_many_at_once_are_all_answered_and_the_loop_never_waits(
    server: TelegramServer, start: Start
) -> None:
    await start()
    people = [server.add_user(f"P{n}") for n in range(20)]
    gaps: list[float] = []

    async def tick() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.01)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    ticker = asyncio.create_task(tick())
    for number, person in enumerate(people):
        server.send(person, person, QUESTION if number % 2 else "why did Varoufakis quit")
    answers = [await server.next_sent(person, 30) for person in people]
    ticker.cancel()
    for number, answer in enumerate(answers):
        assert ("Iran supports" if number % 2 else "Varoufakis") in answer["text"]
    assert all(len(server.messages(person)) == 1 for person in people)
    assert max(gaps) < 0.5
