"""What admins see: articles, feeds, the log, questions asked in vain, and their menus."""

from datetime import UTC, datetime, timedelta

from bot import texts
from bot.languages import CODES, language
from bot.settings import Settings
from corpus.store import Library
from index.layout import Layout
from tests.bot.telegram.conftest import (
    JUDGE,
    QUESTION,
    Start,
    at_work,
    labels,
    press,
    press_data,
    refused,
)
from tests.bot.telegram.test_keeping import kept_by, log_of
from tests.telegram_server import TelegramServer

HOPELESS = "Who will win the 2030 World Cup?"
ABOUT = "What is known about @everyone and /start in 2030?"


async def test_articles_are_leafed_through_and_searched(
    server: TelegramServer, sample: Settings, start: Start
) -> None:
    ann, eve = server.add_user("Ann"), server.add_user("Eve")
    await start(kept_by(server, sample.origin.parent, ann))
    server.send(ann, ann, "/articles")
    first = await server.next_sent(ann)
    assert first["text"].startswith("Articles: 24\n• ")
    assert labels(first) == [["◀", "1/3", "▶"]]
    titles = [line.partition(" – ")[0] for line in first["text"].split("\n")[1:]]
    # Each with its link.
    assert sum(e["type"] == "text_link" for e in first["entities"]) == len(titles) == 8
    pages = [titles]
    for number in (2, 3):
        page = await press(server, ann, first, "▶")
        assert labels(page)[0][1] == f"{number}/3"
        pages.append([line.partition(" – ")[0] for line in page["text"].split("\n")[1:]])
    assert len({title for page in pages for title in page}) == 24
    assert (await press(server, ann, first, "▶"))["text"] == first["text"]
    assert labels(await press(server, ann, first, "◀"))[0][1] == "3/3"
    answer = await press_data(server, eve, first, "p:a:1")
    assert answer["text"] == texts.NOT_YOURS
    server.send(ann, ann, "/articles MOSCOW talks")
    found = await server.next_sent(ann)
    assert found["text"].startswith("Articles with “MOSCOW talks”: 1\n• Iran Backs Moscow Talks")
    assert labels(found) == []
    # As many of the words as a button can carry.
    server.send(ann, ann, f"/articles {'ж' * 90}")
    assert (await server.next_sent(ann))["text"] == f"Articles with “{'ж' * 26}”: 0"


async def test_feeds_are_followed_paused_and_left(
    server: TelegramServer, sample: Settings, start: Start
) -> None:
    ann = server.add_user("Ann")
    settings = kept_by(server, sample.origin.parent, ann)
    await start(settings)
    said = []
    for words in (
        *("", "add", "add ftp://news.example/feed", "add https://news.example/feed.xml"),
        *("add https://news.example/feed.xml", "list", "pause news.example/feed.xml", ""),
        *("resume news.example/feed.xml", "pause nothing", "remove news.example/feed.xml", ""),
    ):
        server.send(ann, ann, f"/feeds {words}")
        said.append((await server.next_sent(ann))["text"])
    name = "news.example/feed.xml"
    assert said == [
        texts.FEEDS_NONE,
        texts.FEEDS_USAGE,
        texts.FEEDS_USAGE,
        f"Followed from now on: {name}",
        f"It did not work: {name}: there is such a source, '{name}': remove that first or take"
        " another name",
        f"Feeds:\n• {name} – not read yet",
        f"Paused: {name}",
        f"Feeds:\n• {name} – paused",
        f"Followed again: {name}",
        "There is no feed of that name: nothing",
        f"No longer followed: {name}. Its articles stay.",
        texts.FEEDS_NONE,
    ]
    assert [act for _, act, _ in log_of(settings)] == [
        "feeds add",
        "feeds pause",
        "feeds resume",
        "feeds remove",
    ]


async def test_how_each_feed_is_doing(
    server: TelegramServer, sample: Settings, start: Start
) -> None:
    ann = server.add_user("Ann")
    settings = kept_by(server, sample.origin.parent, ann)
    now = datetime.now(UTC)
    with Library(Layout(settings.index.data).library) as library:
        for name in ("a failing one", "a good one", *(f"z{number:02}" for number in range(45))):
            library.sources.add(name, f"https://news.example/{name}", "feed", "1")
        library.sources.note_failure("a failing one", now - timedelta(hours=3), "500 @all\u202e")
        library.sources.note_success("a good one", now - timedelta(hours=2))
    await start(settings)
    server.send(ann, ann, "/feeds")
    shown = await server.next_sent(ann)
    lines = shown["text"].split("\n")
    assert lines[:4] == [
        texts.FEEDS_LIST,
        "• a failing one – failing since 3 hours ago: 500 @all\ufffd",
        "• a good one – read 2 hours ago",
        "• z00 – not read yet",
    ]
    assert lines[-1] == "and 7 more"
    assert {e["type"] for e in shown["entities"]} == {"code"}
    server.send(ann, ann, "/feeds remove a good one")
    assert (await server.next_sent(ann))["text"] == texts.FEED_REMOVED.format(name="a good one")
    server.send(ann, ann, "/feeds remove a good one")
    assert (await server.next_sent(ann))["text"] == texts.FEED_UNKNOWN.format(name="a good one")


async def test_the_log_says_who_did_what_the_latest_first(
    server: TelegramServer, sample: Settings, start: Start
) -> None:
    ann = server.add_user("Ann")
    settings = kept_by(server, sample.origin.parent, ann)
    with Library(Layout(settings.index.data).library) as library:
        for number in range(11):
            library.audit.put("command line", "add", f"@file{number}\u202e.md")
    await start(settings)
    server.send(ann, ann, "/log")
    first = await server.next_sent(ann)
    lines = first["text"].split("\n")
    assert lines[0] == texts.LOG_LIST
    assert lines[2] == "command line – add – @file10\ufffd.md"
    assert len(lines) == 1 + 2 * 8
    assert labels(first) == [["▶"]]
    last = await press(server, ann, first, "▶")
    assert last["text"].split("\n")[-1] == "command line – add – @file0\ufffd.md"
    assert labels(last) == [["◀"]]
    # Nobody is mentioned.
    assert {e["type"] for e in last["entities"]} == {"bold", "code"}


async def test_what_was_asked_in_vain_is_shown_without_saying_by_whom(
    server: TelegramServer, sample: Settings, start: Start
) -> None:
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    await start(kept_by(server, sample.origin.parent, ann))
    server.send(ann, ann, "/missed")
    assert (await server.next_sent(ann))["text"] == texts.MISSED_NONE
    server.send(bob, bob, "ok, thanks")
    for question in (HOPELESS, HOPELESS.lower(), QUESTION, ABOUT):
        server.send(bob, bob, question)
        answer = await server.next_sent(bob)
        if question == QUESTION:
            await press(server, bob, answer, JUDGE[1])
    server.send(ann, ann, "/missed")
    shown = await server.next_sent(ann)
    lines = shown["text"].split("\n")
    day = language("en").day(datetime.now(UTC))
    assert lines == [
        texts.MISSED_LIST,
        f"• {ABOUT} – {day}, once",
        f"• {QUESTION} – {day}, once, {texts.MISSED_BAD}",
        f"• {HOPELESS.lower()} – {day}, 2 times",
    ]
    assert "Bob" not in shown["text"]
    assert {e["type"] for e in shown["entities"]} == {"code"}
    # Whoever is forgotten is forgotten here, too.
    server.send(bob, bob, "/forget")
    await press(server, bob, await server.next_sent(bob), texts.FORGET_YES)
    server.send(ann, ann, "/missed")
    assert (await server.next_sent(ann))["text"] == texts.MISSED_NONE


async def test_only_admins_have_the_commands_in_their_menu(
    server: TelegramServer, sample: Settings
) -> None:
    ann = server.add_user("Ann")
    # Who has never written to the bot has no chat with it, and no menu there yet.
    settings = kept_by(server, sample.origin.parent, ann, {"id": 4242})
    async with at_work(settings, server):
        pass
    reasons = set(refused(server))
    assert reasons == {"Bad Request: chat not found"}
    server.refused.clear()
    for code in CODES:
        menu = f"chat:{ann['id']}" + (f"/{code}" if code != "en" else "")
        names = [command["command"] for command in server.menus[menu]]
        assert names == [*texts.MENUS["all_private_chats"], *texts.KEEPER_COMMANDS]
    everyone = {c["command"] for n, menu in server.menus.items() if n[:5] != "chat:" for c in menu}
    assert everyone.isdisjoint(texts.KEEPER_COMMANDS)
    # No longer one of them: the longer menu goes.
    async with at_work(kept_by(server, sample.origin.parent), server):
        pass
    assert server.menus[f"chat:{ann['id']}"] == []
    assert server.menus[f"chat:{ann['id']}/de"] == []
