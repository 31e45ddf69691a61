"""What admins do to the collection from the chat."""

import asyncio
from pathlib import Path

import pytest

from bot import texts
from bot.settings import Settings
from corpus.store import Library
from index.layout import Layout
from tests.bot.conftest import settings_at, write_article
from tests.bot.telegram.conftest import (
    QUESTION,
    Json,
    Start,
    labels,
    now,
    pointed_at,
    press,
)
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
        (str(ann["id"]), "add", "evil_name_rm.md: 1 new, 0 changed, 0 gone, 0 not read; generation 2")
    ]
