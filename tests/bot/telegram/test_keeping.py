"""What admins do to the collection from the chat."""

import asyncio
import signal
from pathlib import Path

import pytest

from bot import texts
from bot.engine import update
from bot.settings import Settings
from corpus.store import Library
from index.build import exclusive
from index.layout import Layout
from tests.bot.conftest import write_article
from tests.bot.telegram.conftest import (
    QUESTION,
    Json,
    Start,
    answered,
    at_work,
    bot_process,
    ended,
    labels,
    now,
    pointed_at,
    press_data,
)
from tests.bot.test_pages import BRIDGE, add_news
from tests.corpus.web import serving
from tests.telegram_server import TelegramServer

BODY = "The mayor of Lower Harbour opened the new lighthouse on Monday, the council said."
ASKED = "Who opened the new lighthouse of Lower Harbour?"


def kept_by(server: TelegramServer, folder: Path, *admins: Json, corpus: str = "") -> Settings:
    """Settings with these admins."""
    ids = ", ".join(str(admin["id"]) for admin in admins)
    return pointed_at(server, folder, "[corpus]", corpus, bot=(f"admins = [{ids}]",))


async def shows(server: TelegramServer, message: Json, *words: str, within: float = 20) -> Json:
    """Wait until a message shows all these words; return it as it then stands."""

    def found() -> Json | None:
        text = now(server, message)["text"]
        return now(server, message) if all(word in text for word in words) else None

    shown = await server.wait_for(found, within)
    assert shown is not None
    return shown


def log_of(settings: Settings) -> list[tuple[str, str, str]]:
    """The audit log, oldest first."""
    with Library(Layout(settings.index.data).library) as library:
        return [(a.who, a.act, a.detail) for a in reversed(library.audit.list(50))]


async def test_a_file_is_added_once_an_admin_has_said_yes(
    server: TelegramServer, sample: Settings, start: Start, tmp_path: Path
) -> None:
    ann = server.add_user("Ann")
    settings = kept_by(server, sample.origin.parent, ann)
    await start(settings)
    file = write_article(tmp_path / "x.md", BODY, title="A New Lighthouse").read_bytes()
    server.drop(ann, ann, "../../evil name;rm.md", file)
    message = await server.next_sent(ann)
    assert message["text"] == texts.FORESEEING.format(work=texts.ADDING)
    plan = await shows(server, message, "would change this")
    assert plan["text"].startswith(
        "Adding articles would change this:\n• 1 new article\n• 1 passage to be encoded, done in"
    )
    assert labels(plan) == [[texts.DO_IT, texts.CANCEL]]
    # Nothing has changed so far.
    with Library(Layout(settings.index.data).library) as library:
        assert library.listed("lighthouse", 5)[1] == 0
    server.press(ann, plan, texts.DO_IT)
    done = await shows(server, message, texts.DONE)
    assert done["text"] == (
        "Adding articles\nDone.\n• 1 new article\n• 1 passage was encoded.\n"
        "The collection has 25 articles now (generation 2)."
    )
    server.send(ann, ann, ASKED)
    answer = await server.next_sent(ann)
    assert BODY in answer["text"]
    (path,) = (settings.index.data / "added").iterdir()
    assert path.name[12:] == "-evil_name_rm.md"
    assert path.read_bytes() == file
    assert log_of(settings) == [
        (
            str(ann["id"]),
            "add",
            "evil_name_rm.md: 1 new, 0 changed, 0 gone, 0 not read; generation 2",
        )
    ]


async def test_others_get_no_answer_and_admins_in_groups_only_by_their_own_name(
    server: TelegramServer, sample: Settings, start: Start, tmp_path: Path
) -> None:
    ann, eve = server.add_user("Ann"), server.add_user("Eve")
    server.configure(can_read_all_group_messages=True)
    group = server.add_chat("supergroup")
    settings = kept_by(server, sample.origin.parent, ann)
    await start(settings)
    file = write_article(tmp_path / "x.md", BODY).read_bytes()
    for command in ("/log", "/reindex", "/missed"):
        server.send(eve, eve, command)
        assert (await server.next_sent(eve))["text"].startswith(texts.HELP[:30])
        server.send(eve, group, f"{command}@verbatim_bot")
        server.send(ann, group, f"{command}@verbatim_bot", sender_chat=group)
        # Meant for another bot.
        server.send(ann, group, f"{command}@other_bot")
        server.send(ann, group, command)
    server.drop(eve, eve, "x.md", file)
    assert (await server.next_sent(eve))["text"] == texts.ONLY_TEXT
    server.drop(ann, group, "x.md", file, caption="look at this")
    server.drop(eve, group, "x.md", file, caption="/add@verbatim_bot")
    await server.settled()
    assert server.messages(group) == []
    server.send(ann, group, "/log@verbatim_bot")
    logged = await server.next_sent(group)
    assert logged["text"] == texts.LOG_NONE
    assert not (settings.index.data / "added").exists()


async def test_buttons_are_for_admins_and_for_once(
    server: TelegramServer, sample: Settings, start: Start
) -> None:
    ann, bob, eve = (server.add_user(name) for name in ("Ann", "Bob", "Eve"))
    group = server.add_chat("supergroup")
    await start(kept_by(server, sample.origin.parent, ann, bob))
    server.send(ann, group, "/remove@verbatim_bot https://nowhere.example/a")
    unknown = await server.next_sent(group)
    assert unknown["text"] == texts.NO_ARTICLE.format(name="https://nowhere.example/a")
    server.send(ann, group, "/articles@verbatim_bot iran BACKS")
    listed = await server.next_sent(group)
    assert listed["text"].startswith("Articles with “iran BACKS”: 1\n• Iran Backs Moscow Talks")
    url = next(e["url"] for e in listed["entities"] if e["type"] == "text_link")
    server.send(ann, group, f"/remove@verbatim_bot {url}")
    asked = await server.next_sent(group)
    assert asked["text"].startswith(f"{texts.REMOVE_ASK}\n• Iran Backs Moscow Talks")
    name = server.press(eve, asked, texts.DO_IT)
    await server.wait_for(lambda: server.queries[name])
    assert server.queries[name] == {"callback_query_id": name, "text": texts.NOT_YOURS}
    server.press(bob, asked, texts.CANCEL)
    assert (await shows(server, asked, texts.NOT_WANTED)) != asked
    server.send(ann, group, f"/remove@verbatim_bot {url}")
    asked = await server.next_sent(group)
    server.press(bob, asked, texts.DO_IT)
    done = await shows(server, asked, texts.DONE)
    assert done["text"] == (
        "Taking an article out\nDone.\n• 1 article gone\n"
        "The collection has 23 articles now (generation 2)."
    )
    assert labels(done) == []
    answer = await press_data(server, ann, done, "k:2:y")
    assert answer["text"] == texts.NO_LONGER
    server.send(bob, bob, QUESTION)
    assert "Iran Backs Moscow Talks" not in (await server.next_sent(bob))["text"]


async def test_what_an_answer_quotes_is_taken_out_by_a_reply(
    server: TelegramServer, sample: Settings, start: Start
) -> None:
    ann = server.add_user("Ann")
    await start(kept_by(server, sample.origin.parent, ann))
    server.send(ann, ann, "/remove")
    assert (await server.next_sent(ann))["text"] == texts.REMOVE_USAGE
    asked = []
    for question in (QUESTION, "Who supports talks on Syria in Moscow?"):
        server.send(ann, ann, question)
        answer = await server.next_sent(ann)
        await server.settled()
        server.send(ann, ann, "/remove", reply_to=answer)
        asked.append(await server.next_sent(ann))
    one, several = asked
    assert one["text"].startswith(f"{texts.REMOVE_ASK}\n• Iran Backs Moscow Talks")
    assert labels(one) == [[texts.DO_IT, texts.CANCEL]]
    # One button for each article that is quoted, and one for none of them.
    assert several["text"].startswith(texts.REMOVE_WHICH)
    titles = [row[0] for row in labels(several)]
    assert several["text"].count("•") == len(titles) - 1 > 1
    assert titles[-1] == texts.CANCEL
    server.press(ann, several, titles[0])
    done = await shows(server, several, texts.DONE)
    assert "• 1 article gone" in done["text"]
    server.send(ann, ann, f"/articles {titles[0].strip('…')}")
    assert (await server.next_sent(ann))["text"].endswith(": 0")


async def begun(server: TelegramServer, settings: Settings, admin: Json) -> Json:
    """Have everything encoded again, and return the message that shows it. Hold the lock."""
    server.send(admin, admin, "/reindex full")
    plan = await shows(server, await server.next_sent(admin), "passages to be encoded")
    assert plan["text"].startswith("Encoding everything again would change this:\n• ")
    server.press(admin, plan, texts.DO_IT)
    await server.wait_for(lambda: now(server, plan)["text"] == texts.REINDEXING_FULLY)
    await answered(server)
    return plan


async def test_two_admins_at_once(server: TelegramServer, sample: Settings, start: Start) -> None:
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    settings = kept_by(server, sample.origin.parent, ann, bob)
    layout = Layout(settings.index.data)
    await start(settings)
    server.send(bob, bob, "/articles iran backs")
    listed = await server.next_sent(bob)
    url = next(e["url"] for e in listed["entities"] if e["type"] == "text_link")
    server.send(bob, bob, f"/remove {url}")
    his = await server.next_sent(bob)
    # Another process is indexing: the job has to wait for it.
    with exclusive(layout, 0):
        shown = await begun(server, settings, ann)
        for said in ("/reindex", "/add https://news.example/a"):
            server.send(bob, bob, said)
            busy = await server.next_sent(bob)
            assert busy["text"] == texts.BUSY.format(
                name="Ann", work=texts.REINDEXING_FULLY, ago="1 second ago"
            )
        query = server.press(bob, his, texts.DO_IT)
        await answered(server)
        alert = server.queries[query]
        assert alert is not None
        assert alert["show_alert"]
        assert alert["text"].startswith("Nothing was begun: Ann is having this done: Encoding")
        server.drop(bob, bob, "x.md", b"# X")
        assert (await server.next_sent(bob))["text"].startswith("Nothing was begun: Ann")
        # Questions are answered meanwhile.
        server.send(bob, bob, QUESTION)
        assert "Iran supports" in (await server.next_sent(bob))["text"]
        server.send(bob, bob, "/cancel")
        assert (await server.next_sent(bob))["text"] == (
            "I have ended what Ann had begun: Encoding everything again."
        )
        ended = await shows(server, shown, "Bob has ended this")
    assert ended["text"] == f"Encoding everything again\n{texts.ENDED.format(name='Bob')}"
    server.send(bob, bob, "/cancel")
    assert (await server.next_sent(bob))["text"] == texts.NOTHING_RUNS
    # The old index answers on, and nothing of what was refused is left.
    assert layout.current.read_text("utf-8") == "000001\n"
    assert log_of(settings) == [(str(ann["id"]), "full", "ended by Bob")]
    assert not (settings.index.data / "added").exists()


async def test_back_to_the_index_before(
    server: TelegramServer, sample: Settings, start: Start, tmp_path: Path
) -> None:
    ann = server.add_user("Ann")
    settings = kept_by(server, sample.origin.parent, ann)
    await start(settings)
    server.send(ann, ann, "/rollback")
    assert (await server.next_sent(ann))["text"] == texts.ROLLBACK_NONE
    added = write_article(tmp_path / "x.md", BODY, title="A New Lighthouse")
    await asyncio.to_thread(update, settings, add=[added])
    server.send(ann, ann, "/rollback")
    asked = await server.next_sent(ann)
    assert asked["text"] == texts.ROLLBACK_ASK.format(number=2, before=1)
    server.press(ann, asked, texts.DO_IT)
    done = await shows(server, asked, texts.DONE)
    assert done["text"] == (
        "Going back to the index before\nDone.\nThe collection has 24 articles now (generation 1)."
    )
    server.send(ann, ann, ASKED)
    assert BODY not in (await server.next_sent(ann))["text"]
    # What was gone back from comes again when somebody says so.
    server.send(ann, ann, "/reindex full")
    plan = await shows(server, await server.next_sent(ann), "passages to be encoded")
    server.press(ann, plan, texts.DO_IT)
    await shows(server, plan, texts.DONE, "25 articles")
    server.send(ann, ann, ASKED)
    assert BODY in (await server.next_sent(ann))["text"]


async def test_failures_are_named_with_their_reasons(
    server: TelegramServer, sample: Settings, start: Start, tmp_path: Path
) -> None:
    ann = server.add_user("Ann")
    folder = tmp_path / "articles"
    write_article(folder / "good.md", BODY)
    for number in range(60):
        (folder / f"bad{number:02} @everyone.md").write_text("no title", "utf-8")
    settings = kept_by(server, sample.origin.parent, ann, corpus=f'paths = ["{folder}"]')
    await start(settings)
    server.send(ann, ann, "/reindex")
    plan = await shows(server, await server.next_sent(ann), "could not be read")
    first, _, failures = plan["text"].partition("\n\n")
    assert first.startswith(
        "Reading what has changed would change this:\n• 1 new article\n• 24 articles gone\n• 1 pas"
    )
    lines = failures.split("\n")
    assert lines[0] == "60 could not be read:"
    assert lines[1].startswith("• articles/bad00 @everyone.md: ")
    named = [line for line in lines if line.startswith("•")]
    assert lines[-1] == f"and {60 - len(named)} more"
    # Nobody is mentioned by a file's name.
    assert {e["type"] for e in plan["entities"]} == {"code"}


async def test_files_too_large_or_of_another_kind(
    server: TelegramServer, sample: Settings, start: Start
) -> None:
    ann = server.add_user("Ann")
    settings = kept_by(server, sample.origin.parent, ann)
    await start(settings)
    server.drop(ann, ann, "large.md", b"#", size=11_000_000)
    assert (await server.next_sent(ann))["text"] == texts.TOO_LARGE.format(
        file="large.md", most="10"
    )
    server.send(ann, ann, "/add")
    assert (await server.next_sent(ann))["text"] == texts.ADD_USAGE
    server.send(ann, ann, "/reindex everything")
    assert (await server.next_sent(ann))["text"] == texts.REINDEX_USAGE
    server.drop(ann, ann, None, b"# nothing")
    plan = await shows(server, await server.next_sent(ann), texts.ADDING, "nothing")
    assert plan["text"].startswith(
        "Adding articles would change nothing.\n\n1 could not be read:\n• file: no paragraphs"
    )
    assert labels(plan) == []


async def test_an_album_is_added_as_one(
    server: TelegramServer, sample: Settings, start: Start, tmp_path: Path
) -> None:
    ann = server.add_user("Ann")
    settings = kept_by(server, sample.origin.parent, ann)
    folder = settings.index.data / "added"
    await start(settings)
    for number in range(3):
        url = f"https://news.example/{number}"
        file = write_article(
            tmp_path / "x.md", f"{number}: {BODY}", f"Lighthouse {number}", url=url
        )
        server.drop(ann, ann, f"{number}.md", file.read_bytes(), album="77")
    plan = await shows(server, await server.next_sent(ann), "would change this")
    assert "• 3 new articles\n• 3 passages to be encoded" in plan["text"]
    await server.settled()
    assert len(server.messages(ann)) == 1
    assert len(list(folder.iterdir())) == 3
    # What is not wanted is not kept.
    server.press(ann, plan, texts.CANCEL)
    await shows(server, plan, texts.NOT_WANTED)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_a_job_broken_off_goes_on_by_itself(
    server: TelegramServer, sample: Settings, number: signal.Signals
) -> None:
    ann, bob = server.add_user("Ann"), server.add_user("Bob")
    settings = kept_by(server, sample.origin.parent, ann, bob)
    layout = Layout(settings.index.data)
    with exclusive(layout, 0):
        process = await bot_process(settings, server.token, "run")
        await server.wait_for(lambda: [c for c in server.sent if c.method == "deleteWebhook"], 30)
        await begun(server, settings, ann)
        process.send_signal(number)
        _, said = await ended(process)
    assert "Traceback" not in said
    assert layout.current.read_text("utf-8") == "000001\n"
    async with at_work(settings, server):
        told = texts.RESUMED.format(work=texts.REINDEXING_FULLY, name="Ann")
        assert (await server.next_sent(bob))["text"] == told
        assert (await server.next_sent(ann))["text"] == told
        done = await shows(server, await server.next_sent(ann), texts.DONE)
    assert done["text"].endswith("The collection has 24 articles now (generation 2).")
    (logged,) = log_of(settings)
    assert logged[:2] == (str(ann["id"]), "full")
    n_messages = len(server.messages(ann))
    async with at_work(settings, server):
        await server.settled()
    assert len(server.messages(ann)) == n_messages


async def test_what_came_of_a_job_is_told_even_if_its_message_was_deleted(
    server: TelegramServer, sample: Settings, start: Start
) -> None:
    ann = server.add_user("Ann")
    await start(kept_by(server, sample.origin.parent, ann))
    server.send(ann, ann, "/reindex")
    shown = await server.next_sent(ann)
    server.delete(shown)
    told = await server.next_sent(ann, 20)
    assert told["text"] == "Reading what has changed would change nothing."
    assert {c.description for c in server.refused} == {"Bad Request: message to edit not found"}
    server.refused.clear()


async def test_a_page_is_added_by_its_address(
    server: TelegramServer, sample: Settings, start: Start
) -> None:
    ann = server.add_user("Ann")
    with serving() as site:
        add_news(site)
        hosts = f'allow_hosts = ["127.0.0.1:{site.port}"]'
        await start(kept_by(server, sample.origin.parent, ann, corpus=hosts))
        server.send(ann, ann, f"/add {site.url}/bridge {site.url}/nowhere")
        message = await server.next_sent(ann)
        plan = await shows(server, message, "would change this")
        assert "• 1 new article" in plan["text"]
        assert "/nowhere: " in plan["text"]
        server.press(ann, plan, texts.DO_IT)
        done = await shows(server, message, texts.DONE)
        assert "The collection has 25 articles now" in done["text"]
    server.send(ann, ann, "When does the Lena bridge open?")
    assert BRIDGE in (await server.next_sent(ann))["text"]
