"""The tests' Bot API server, held against python-telegram-bot: each limit and its neighbour."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    MessageOriginChannel,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from tests.telegram_limits import Json, derive_entities, formatted_text
from tests.telegram_server import TelegramServer

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
STRICT = "stricter than Telegram: "
SITE = "https://example.org/"


def _request() -> HTTPXRequest:
    # Loading certificates, of no use on loopback, would be most of what a test spends.
    return HTTPXRequest(httpx_kwargs={"verify": False})


def _bot(server: TelegramServer, token: str = "") -> Bot:
    return Bot(
        token or server.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        request=_request(),
        get_updates_request=_request(),
    )


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TelegramServer]:
    # PTB warns at every RetryAfter that it makes in the old way.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with TelegramServer() as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with _bot(server) as ready:
        yield ready


async def _refusal(server: TelegramServer, call: Awaitable[object]) -> str:
    """Await a call that must be refused, and return Telegram's own words for it."""
    before = len(server.refused)
    with pytest.raises(TelegramError):
        await call
    assert len(server.refused) == before + 1
    return server.refused[-1].description.removeprefix("Bad Request: ")


def _text(text: str = "a", *entities: tuple[Any, ...], **more: object) -> Json:
    return {"text": text, "entities": [_entity(*entity) for entity in entities]} | more


def _entity(kind: str, offset: int, length: int, url: str | None = None) -> MessageEntity:
    return MessageEntity(kind, offset, length, url)


def _copy(text: str) -> Json:
    return _keys(copy_text=CopyTextButton(text))


def _keys(*rows: int, label: str = "go", **action: Any) -> Json:  # noqa: ANN401 - as PTB has it
    button = InlineKeyboardButton(label, **(action or {"callback_data": "x"}))
    return {"text": "a", "reply_markup": InlineKeyboardMarkup([[button] * n for n in rows or (1,)])}


def _reply(message_id: int, **more: Any) -> Json:  # noqa: ANN401 - as PTB has it
    return {"text": "a", "reply_parameters": ReplyParameters(message_id, **more)}


def _links(n: int) -> Json:
    return _text("x" * 9, *(("text_link", i, 1, SITE + "a" * 2000) for i in range(n)))


def _bolds(n: int) -> Json:
    return _text("x" * n, *(("bold", i, 1) for i in range(n)))


FACE, LONG_SITE = "😀a", SITE + "a" * 2028
ENDS = "entity beginning at UTF-16 offset 0 ends "
MIDDLE = "in a middle of a UTF-16 symbol at byte offset 4"
PARSE = "can't parse MessageEntity: "
NO_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
LABEL = "!a button's text is not of 1 to 64 characters"
MARKUP, COPY, QUOTE = "reply markup is too long", "BUTTON_COPY_TEXT_INVALID", "QUOTE_TEXT_INVALID"
CUT, DROP = "!more than 100 entities, of which", "!an entity of no length, which"
# What is refused, in which words ("!" for what Telegram would repair), and the nearest thing sent.
SENDS: dict[str, tuple[Json, str, Json]] = {
    "empty": (_text(""), "message text is empty", _text(".")),
    "blank": (_text(" \n "), "text must be non-empty", _text(" . \n")),
    "long": (_text("x" * 4097), "message is too long", _text(f" {'x' * 4096}\n")),
    "long in UTF-16": (_text("😀" * 2048 + "x"), "message is too long", _text("😀" * 2048)),
    "bytes": (_text(" " * 32768 + "."), "text is too long", _text(" " * 32767 + ".")),
    "NUL": (_text("a\0"), "!control character U+0000 in the text", _text("a\n")),
    "C1": (_text("a\x93"), "!control character U+0093 in the text", _text("a\t“")),
    "markup": (_text("<b>", parse_mode="HTML"), "!parse_mode is not used", _text("<b>")),
    "entities": (_bolds(101), CUT, _bolds(100)),
    "entity bytes": (_links(5), "ENTITIES_TOO_LONG", _links(4)),
    "entity start": (
        _text("hello", ("bold", 100, 1)),
        "entity begins after the end of the text at UTF-16 offset 100",
        _text("hello", ("bold", 4, 1)),
    ),
    "entity end": (
        _text(FACE, ("bold", 0, 4)),
        ENDS + "after the end of the text at UTF-16 offset 4",
        _text(FACE, ("bold", 0, 3)),
    ),
    "entity offset": (
        _text("a", ("bold", -1, 1)),
        "receive an entity with incorrect offset -1",
        _text("a", ("bold", 0, 1)),
    ),
    "split": (_text(FACE, ("bold", 1, 2)), "entity begins " + MIDDLE, _text(FACE, ("bold", 2, 1))),
    "split end": (_text(FACE, ("bold", 0, 1)), ENDS + MIDDLE, _text(FACE, ("bold", 0, 2))),
    "no length": (_text("a", ("bold", 0, 0)), DROP, _text(" a ", ("bold", 0, 3))),
    "entity type": (_text("a", ("loud", 0, 1)), PARSE + "Unsupp", _text("a", ("spoiler", 0, 1))),
    "no address": (
        _text("a", ("text_link", 0, 1)),
        PARSE + 'Can\'t find field "url"',
        _text("a", ("text_link", 0, 1, SITE)),
    ),
    "address": (
        _text("a", ("text_link", 0, 1, "not-a-url")),
        "entity URL 'not-a-url' is invalid: Wrong HTTP URL",
        _text("a", ("text_link", 0, 1, "http://example.org:80/a?b=c#:~:text=d")),
    ),
    "long address": (
        _text("a", ("text_link", 0, 1, LONG_SITE + "a")),
        f"entity URL '{LONG_SITE}a' is invalid: stricter than Telegram: more than 2048 characters",
        _text("a", ("text_link", 0, 1, LONG_SITE)),
    ),
    "overlap": (
        _text("abcdef", ("bold", 0, 4), ("italic", 2, 4)),
        "!bold and italic overlap without nesting",
        _text("abcdef", ("bold", 0, 4), ("italic", 2, 2)),
    ),
    "code in bold": (
        _text("abc", ("bold", 0, 3), ("code", 0, 2)),
        "!bold and code can't be nested",
        _text("abc", ("blockquote", 0, 3), ("code", 0, 2)),
    ),
    "quote in quote": (
        _text("abc", ("blockquote", 0, 3), ("expandable_blockquote", 0, 2)),
        "!blockquote and expandable_blockquote can't be nested",
        _text("abc", ("blockquote", 0, 2), ("expandable_blockquote", 2, 1)),
    ),
    "quote in link": (
        _text("abc", ("text_link", 0, 3, SITE), ("blockquote", 1, 1)),
        "!text_link and blockquote can't be nested",
        _text("abc", ("blockquote", 0, 3), ("text_link", 0, 3, SITE)),
    ),
    "row": (_keys(9), MARKUP, _keys(8)),
    "buttons": (_keys(*[8] * 12, 5), MARKUP, _keys(*[8] * 12, 4)),
    "keyboard bytes": (
        _keys(*[8] * 12, callback_data="x" * 64, label="g" * 9),
        MARKUP,
        _keys(*[8] * 11, callback_data="x" * 64, label="g" * 9),
    ),
    "label": (_keys(label="g" * 65), LABEL, _keys(label="g" * 64)),
    "no label": (_keys(label=" "), LABEL, _keys(label=".")),
    "no action": (_keys(callback_data=""), NO_ACTION, _keys(callback_data=".")),
    "two actions": (
        _keys(callback_data="x", url=SITE),
        "!a button with callback_data and url, of which Telegram keeps one",
        _keys(url=SITE),
    ),
    "data": (
        _keys(callback_data="é" * 32 + "x"),
        "BUTTON_DATA_INVALID",
        _keys(callback_data="é" * 32),
    ),
    "key scheme": (
        _keys(url="ftp://example.org"),
        "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
        _keys(url="http://example.org"),
    ),
    "key host": (
        _keys(url="http://localhost/"),
        "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        _keys(url="http://127.0.0.1/"),
    ),
    "long key": (_keys(url=LONG_SITE + "a"), "BUTTON_URL_INVALID", _keys(url=LONG_SITE)),
    "copy": (_copy("c" * 257), COPY, _copy("c" * 256)),
    "copy nothing": (_copy(""), COPY, _copy("c")),
    "reply": (_reply(9), "message to be replied", _reply(9, allow_sending_without_reply=True)),
    "quote": (_reply(1, quote="A question"), QUOTE, _reply(1, quote="a question")),
    "long quote": (_reply(2, quote="q" * 1025), QUOTE, _reply(2, quote="q" * 1024)),
    "thread": (_text(message_thread_id=1), "message thread not found", _text()),
    "chat": (_text(chat_id=5), "chat not found", _text()),
    "no chat": (_text(chat_id=""), "chat_id is empty", _text()),
}


@pytest.mark.parametrize("name", SENDS)
async def test_a_message_beyond_a_limit_is_refused_and_its_neighbour_sent(
    server: TelegramServer, bot: Bot, name: str
) -> None:
    ann = server.add_user()
    server.send(ann, ann, "here is a question 😀")
    server.send(ann, ann, "q" * 2000)
    bad, description, good = SENDS[name]
    defaults = {"chat_id": ann["id"], "link_preview_options": NO_PREVIEW}
    refusal = await _refusal(server, bot.send_message(**(defaults | bad)))
    assert refusal.startswith(description.replace("!", STRICT))
    assert server.messages(ann) == []
    sent = await bot.send_message(**(defaults | good))
    assert [sent.text] == server.messages(ann) == [good["text"].strip().replace("\t", " ")]
    assert not server.warnings


def _article(name: str, text: str = "a") -> InlineQueryResultArticle:
    content = InputTextMessageContent(text, link_preview_options=NO_PREVIEW)
    return InlineQueryResultArticle(name, "title", content)


def _results_button(text: str, parameter: str | None) -> InlineQueryResultsButton:
    return InlineQueryResultsButton(text, start_parameter=parameter)


def _menu(n: int, description: str = "d") -> list[BotCommand]:
    return [BotCommand(f"c{i}", description) for i in range(n)]


async def test_every_other_method_has_its_limits(server: TelegramServer, bot: Bot) -> None:
    ann = server.add_user()
    asked = server.send(ann, ann, "question")
    sent = await bot.send_message(ann["id"], "answer", reply_markup=_keys()["reply_markup"])
    here = {"chat_id": ann["id"], "message_id": sent.message_id}
    press, typed = server.press(ann, sent.to_dict(), "go"), server.inline_query(ann, "word")
    asked_there = server.guest(ann, "@verbatim_bot word")
    answer, inline, menu = bot.answer_callback_query, bot.answer_inline_query, bot.set_my_commands
    same = "message is not modified: specified new message content and reply markup are exactly"
    old = "query is too old and response timeout expired or query ID is invalid"
    chat_scope = BotCommandScopeChat(ann["id"])
    rows: list[tuple[Awaitable[object], str]] = [
        (bot.edit_message_text("answer", **here, reply_markup=_keys()["reply_markup"]), same),
        (bot.edit_message_text("", **here), "message text is empty"),
        (bot.edit_message_text("x" * 4097, **here), "MESSAGE_TOO_LONG"),
        (bot.edit_message_text("a", ann["id"], 99), "message to edit not found"),
        (bot.edit_message_text("a", ann["id"], asked["message_id"]), "message can't be edited"),
        (bot.edit_message_reply_markup(**here, reply_markup=_keys()["reply_markup"]), same),
        (bot.edit_message_text("a", inline_message_id="i"), "MESSAGE_ID_INVALID"),
        (bot.delete_message(ann["id"], 99), "message to delete not found"),
        (bot.send_chat_action(ann["id"], "dancing"), "wrong parameter action in request"),
        (answer(press, "x" * 201), "MESSAGE_TOO_LONG"),
        (answer("7"), old),
        (inline("7", []), old),
        (inline(typed, [_article(str(i)) for i in range(51)]), "RESULTS_TOO_MUCH"),
        (inline(typed, [_article("1"), _article("1")]), "RESULT_ID_DUPLICATE"),
        (inline(typed, [_article("é" * 32 + "x")]), "RESULT_ID_INVALID"),
        (inline(typed, [_article("1", "x" * 4097)]), "MESSAGE_TOO_LONG"),
        (inline(typed, [], next_offset="é" * 32 + "x"), "NEXT_OFFSET_INVALID"),
        (inline(typed, [], button=_results_button("", "s")), "SWITCH_PM_TEXT_EMPTY"),
        (inline(typed, [], button=_results_button("b", "")), "START_PARAM_EMPTY"),
        (inline(typed, [], button=_results_button("b", "s" * 65)), "START_PARAM_TOO_LONG"),
        (inline(typed, [], button=_results_button("b", "a b")), "START_PARAM_INVALID"),
        (
            inline(typed, [], button=_results_button("b", None)),
            STRICT + "a results button does not do exactly one thing",
        ),
        (bot.answer_guest_query("7", _article("1")), old),
        (bot.answer_guest_query(asked_there, _article("1", "x" * 4097)), "MESSAGE_TOO_LONG"),
        (menu([BotCommand("Ask", "d")]), "BOT_COMMAND_INVALID"),
        (menu([BotCommand("a" * 33, "d")]), "command length must not exceed 32"),
        (menu([BotCommand("ask", "")]), "command description must be non-empty"),
        (menu([BotCommand("ask", "d" * 257)]), "command description length must not exceed 256"),
        (menu(_menu(101)), "BOT_COMMANDS_TOO_MUCH"),
        (menu(_menu(60, "d" * 100)), "BOT_COMMANDS_TOO_MUCH"),
        (menu(_menu(1), language_code="english"), "invalid language code specified"),
        (bot.set_message_reaction(ann["id"], 99, "👍"), "message to react not found"),
        (bot.set_message_reaction(**here, reaction="🦔"), "REACTION_INVALID"),
        (
            bot.set_my_short_description("d" * 121),
            STRICT + "short_description above 120 characters",
        ),
        (bot.set_webhook("http://example.org"), "bad webhook: An HTTPS URL must be provided"),
        (bot.set_webhook("https://example.org:8080"), "bad webhook: Webhook can be set up only on"),
        (
            bot.set_webhook("https://example.org", secret_token="é"),
            "secret token contains unallowed characters",
        ),
        (bot.get_chat_member(ann["id"], 7), "user not found"),
        (bot.leave_chat(ann["id"]), "chat member status can't be changed in private chats"),
        (bot.send_dice(ann["id"]), "Not Found: method not found"),
        (bot.do_api_request("sendTelepathy"), "Not Found: method not found"),
    ]
    for call, description in rows:
        assert (await _refusal(server, call)).startswith(description)
    assert server.unanswered() == [press, typed, asked_there]
    assert (await bot.answer_guest_query(asked_there, _article("1", "there"))).inline_message_id
    assert server.posted[-1]["text"] == "there"
    assert await answer(press, "x" * 200)
    more = [_article(str(i), "x" * 4096) for i in range(49)]
    assert await inline(typed, [_article("é" * 32), *more])
    assert server.unanswered() == []
    assert await menu(_menu(60, "d" * 90))
    assert await menu(_menu(100))
    assert await menu([BotCommand("a" * 32, "d" * 256)], scope=chat_scope, language_code="de")
    assert sorted(server.menus) == [f"chat:{ann['id']}/de", "default"]
    assert len(await bot.get_my_commands()) == 100
    assert await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    assert await bot.edit_message_reply_markup(**here)
    assert await bot.edit_message_text("x" * 4096, **here)
    assert server.messages(ann) == ["x" * 4096]
    assert await bot.send_chat_action(ann["id"], "typing")
    assert await bot.set_message_reaction(**here, reaction="👍")
    assert await bot.set_my_short_description("d" * 120)
    assert await bot.delete_message(**here)
    assert server.messages(ann) == []
    server.expire_queries()
    assert await _refusal(server, answer(press)) == old


async def test_parameters_come_in_any_of_the_three_forms(server: TelegramServer) -> None:
    ann, url = server.add_user(), f"{server.base_url}{server.token}/sendMessage"
    entities = [{"type": "bold", "offset": 0, "length": 1}]
    fields = {"chat_id": str(ann["id"]), "text": "a", "entities": json.dumps(entities)}
    with aiohttp.MultipartWriter("form-data") as parts:
        for name, value in fields.items():
            parts.append(value).set_content_disposition("form-data", name=name)
    plain = {"chat_id": ann["id"], "text": "a", "entities": entities}
    async with aiohttp.ClientSession() as client:
        for how in ({"data": fields}, {"data": parts}, {"json": plain}, {"params": fields}):
            async with client.post(url, **how) as answer:
                assert answer.status == 200
        lone = {"chat_id": ann["id"], "text": "a\ud800"}
        for bad in ({"json": lone}, {"data": b"chat_id=1001&text=%ff"}, {"json": [1]}):
            async with client.post(url, **bad) as answer:
                assert answer.status == 400
    assert [call.params["entities"] for call in server.sent[:4]] == [entities] * 4
    unicode = "Bad Request: strings must be encoded in UTF-8"
    assert [c.description for c in server.refused[:2]] == [unicode, unicode]


async def test_the_token_decides_who_is_let_in(server: TelegramServer) -> None:
    for token, code, words in (("1:wrong", 401, "Unauthorized"), ("wrong", 404, "Not Found")):
        bot = _bot(server, token)
        with pytest.raises(InvalidToken):
            await bot.initialize()
        await bot.shutdown()
        response = server.refused[-1].response
        assert (response["error_code"], response["description"]) == (code, words)


async def test_chats_and_members_are_what_ptb_reads(server: TelegramServer, bot: Bot) -> None:
    ann, bob = server.add_user("Ann", username="ann"), server.add_user("Bob")
    group = server.add_chat("supergroup", "Readers", username="readers")
    server.set_status(ann, group, "creator")
    server.set_status(bob, group)
    assert (await bot.get_me()).supports_inline_queries
    assert (await bot.get_chat("@readers")).title == "Readers"
    assert (await bot.get_chat(ann["id"])).username == "ann"
    admins = await bot.get_chat_administrators(group["id"])
    assert [admin.user.first_name for admin in admins] == ["Ann", "Bob"]
    assert (await bot.get_chat_member(group["id"], bot.id)).status == "member"
    assert await bot.leave_chat(group["id"])
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group["id"], "a")
    server.set_bot_status(ann, "kicked")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_chat_action(ann["id"], "typing")
    server.set_bot_status(ann, "member")
    await bot.send_message(ann["id"], "a")
    changes = [u.my_chat_member for u in await bot.get_updates() if u.my_chat_member]
    assert [c.new_chat_member.status for c in changes] == ["left", "kicked", "member"]


async def test_a_channel_is_for_those_who_run_it(server: TelegramServer, bot: Bot) -> None:
    ann, channel = server.add_user("Ann"), server.add_chat("channel")
    server.set_status(ann, channel, "creator")
    await bot.send_message(channel["id"], "a")
    assert (await bot.get_chat_member(channel["id"], ann["id"])).status == "creator"
    server.set_bot_status(channel, "member")
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await bot.send_message(channel["id"], "a")
    with pytest.raises(BadRequest, match="Member list is inaccessible"):
        await bot.get_chat_member(channel["id"], ann["id"])


async def test_posts_are_forwarded_to_the_group_that_discusses_them(
    server: TelegramServer, bot: Bot
) -> None:
    server.configure(can_read_all_group_messages=True)
    ann, channel, group = server.add_user(), server.add_chat("channel"), server.add_chat("group")
    server.link(channel, group)
    post = server.send(ann, channel, "/ask one", sender_chat=channel)
    await bot.send_message(channel["id"], "two")
    updates = await bot.get_updates()
    found = [u.message for u in updates if u.message]
    assert [(m.text, m.is_automatic_forward) for m in found] == [("/ask one", True), ("two", True)]
    assert {(m.from_user and m.from_user.id, m.chat_id) for m in found} == {(777000, group["id"])}
    assert [m.sender_chat and m.sender_chat.id for m in found] == [channel["id"]] * 2
    origin = found[0].forward_origin
    assert isinstance(origin, MessageOriginChannel)
    assert origin.message_id == post["message_id"]
    # The bot's own post does not come back from the channel itself.
    assert [u.channel_post.text for u in updates if u.channel_post] == ["/ask one"]


async def test_of_a_migration_it_says_that_the_bot_was_added(
    server: TelegramServer, bot: Bot
) -> None:
    server.migrate(server.add_chat("group", bot="administrator"))
    early = server.add_chat("supergroup", bot="left")
    server.set_bot_status(early, "member")
    assert server.migrate(server.add_chat("group"), into=early) == early
    changes = [u.my_chat_member for u in await bot.get_updates()]
    assert [
        c and (c.chat.type, c.old_chat_member.status, c.new_chat_member.status) for c in changes
    ] == [
        *(None, None, ("supergroup", "left", "administrator")),
        *(("supergroup", "left", "member"), None, None),
    ]


async def test_a_group_that_became_a_supergroup_says_so(server: TelegramServer, bot: Bot) -> None:
    group = server.add_chat("group")
    new = server.migrate(group)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group["id"], "a")
    assert caught.value.new_chat_id == new["id"]
    messages = [update.message for update in await bot.get_updates()]
    assert [m.migrate_to_chat_id for m in messages if m] == [new["id"], None]


async def test_threads_are_as_treacherous_as_telegrams(server: TelegramServer, bot: Bot) -> None:
    ann, forum = server.add_user(), server.add_chat("forum")
    group = server.add_chat("supergroup")
    topic = server.add_topic(forum, "News")
    asked = server.send(ann, forum, "/ask", thread_id=topic)
    assert asked["is_topic_message"]
    assert "forum_topic_created" in asked["reply_to_message"]
    answer = await bot.send_message(forum["id"], "a", message_thread_id=topic)
    assert (answer.message_thread_id, answer.is_topic_message) == (topic, True)
    first = await bot.send_message(group["id"], "a")
    reply = server.send(ann, group, "b", reply_to=first.to_dict(), quote="a")
    assert reply["message_thread_id"] == first.message_id
    assert "is_topic_message" not in reply
    assert reply["quote"]["position"] == 0
    call = bot.send_message(group["id"], "c", message_thread_id=reply["message_thread_id"])
    assert await _refusal(server, call) == "message thread not found"


@pytest.mark.parametrize(
    ("switches", "heard"),
    [
        ({}, ["/ask a", "/ask@verbatim_bot b", "@Verbatim_bot d", "e"]),
        ({"privacy_delivers_mentions": False}, ["/ask a", "/ask@verbatim_bot b", "e"]),
        ({"can_read_all_group_messages": True}, None),
    ],
)
async def test_privacy_mode_hides_what_is_not_for_the_bot(
    server: TelegramServer, bot: Bot, switches: dict[str, bool], heard: list[str] | None
) -> None:
    server.configure(**switches)
    ann, group = server.add_user(), server.add_chat("group")
    own, texts = await bot.send_message(group["id"], "answer"), ["/ask a", "/ask@verbatim_bot b"]
    for text in (texts := [*texts, "/ask@other_bot c", "@Verbatim_bot d", "x@verbatim_bot.org"]):
        server.send(ann, group, text)
    server.send(ann, group, "e", reply_to=own.to_dict())
    updates = await bot.get_updates()
    assert [u.message.text for u in updates if u.message] == (heard or [*texts, "e"])


async def test_updates_come_again_until_confirmed_and_only_those_asked_for(
    server: TelegramServer,
) -> None:
    ann, channel = server.add_user(), server.add_chat("channel")
    server.push("message_reaction", {})
    first = server.send(ann, ann, "one")
    server.edit(first, "two")
    server.send(ann, channel, "post", sender_chat=channel)
    async with _bot(server) as bot:
        kinds = ["message", "edited_message"]
        updates = await bot.get_updates(allowed_updates=[*kinds, "channel_post"], limit=2)
        assert [u.effective_message.text for u in updates if u.effective_message] == ["one", "two"]
    async with _bot(server) as bot:
        again = await bot.get_updates()
        assert again[:2] == updates
        assert again[2].channel_post
        assert await bot.get_updates(offset=again[-1].update_id + 1, allowed_updates=kinds) == ()
        server.send(ann, channel, "unasked")
        server.send(ann, ann, "three")
        assert len(await bot.get_updates(offset=-1, timeout=5)) == 1
        assert (await bot.get_webhook_info()).pending_update_count == 1
        await bot.delete_webhook(drop_pending_updates=True)
        assert await bot.get_updates() == ()


async def test_the_newer_of_two_pollers_wins(server: TelegramServer) -> None:
    ann = server.add_user()
    async with _bot(server) as one, _bot(server) as two:
        waiting = asyncio.create_task(one.get_updates(timeout=5))
        await server.wait_for(lambda: server._poller)
        newer = asyncio.create_task(two.get_updates(timeout=5))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await waiting
        server.send(ann, ann, "hello")
        assert len(await newer) == 1
        await two.set_webhook("https://example.org")
        with pytest.raises(Conflict, match="while webhook is active"):
            await two.get_updates()


async def test_a_webhook_is_delivered_to_until_it_takes_the_update(
    server: TelegramServer, bot: Bot
) -> None:
    came: list[tuple[str, str, int]] = []

    async def take(request: web.Request) -> web.Response:
        secret = request.headers["X-Telegram-Bot-Api-Secret-Token"]
        came.append((request.path, secret, (await request.json())["update_id"]))
        return web.Response(status=200 if len(came) > 1 else 503)

    app = web.Application()
    app.router.add_post("/here", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ann = server.add_user()
    server.send(ann, ann, "one")
    server.send(ann, ann, "two")
    await bot.set_webhook("https://example.org/here", secret_token="secret")
    await asyncio.sleep(0.05)
    assert server.deliveries == []
    server.deliver_to = f"http://127.0.0.1:{runner.addresses[0][1]}"
    server.push("message_reaction", {})
    await server.settled()
    assert server.deliveries == [503, 200, 200]
    first = 700_000_001
    assert came == [("/here", "secret", number) for number in (first, first, first + 1)]
    await runner.cleanup()


async def test_a_reply_that_comes_late_is_of_a_call_that_took_effect(
    server: TelegramServer, bot: Bot
) -> None:
    ann = server.add_user()
    server.fail_next("sendMessage", applied=True, late=0.2)
    sending = asyncio.create_task(bot.send_message(ann["id"], "a"))
    await server.wait_for(lambda: server.messages(ann))
    assert not sending.done()
    assert (await sending).text == "a"


async def test_faults_strike_once_and_are_not_refusals(server: TelegramServer, bot: Bot) -> None:
    ann = server.add_user()
    server.fail_next("sendMessage", 429, parameters={"retry_after": 7})
    server.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")
    server.fail_next("sendMessage", 502, times=2)
    server.fail_next("sendMessage", drop=True)
    server.fail_next("sendMessage", drop=True, applied=True)
    server.fail_next("sendMessage", delay=0.02)
    errors: list[str] = []
    for text in "abcdef":
        try:
            await bot.send_message(ann["id"], text)
        except TelegramError as error:
            errors.append(type(error).__name__)
    await bot.send_message(ann["id"], "g")
    assert server.sent[-7].response["parameters"] == {"retry_after": 7}
    assert errors == ["RetryAfter", "Forbidden", *["NetworkError"] * 4]
    assert server.messages(ann) == ["f", "g"]
    assert not server.refused


async def test_flood_control_counts_what_is_sent(server: TelegramServer, bot: Bot) -> None:
    now = 1_000_000.0
    server.configure(enforce_flood=True)
    server.clock = lambda: now
    group, users = server.add_chat("group"), [server.add_user() for _ in range(11)]
    for _ in range(20):
        await bot.send_message(group["id"], "a")
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(group["id"], "a")
    assert caught.value.retry_after == timedelta(minutes=1)
    for user in users[:10]:
        await bot.send_message(user["id"], "a")
    with pytest.raises(RetryAfter):
        await bot.send_message(users[10]["id"], "a")
    now += 60
    await bot.send_message(group["id"], "a")
    assert len(server.rooms[group["id"]].sends) == 21


async def test_a_link_nobody_chose_to_preview_is_a_warning(
    server: TelegramServer, bot: Bot
) -> None:
    ann = server.add_user()
    await bot.send_message(ann["id"], "no link, no choice")
    sent = await bot.send_message(ann["id"], "see example.org", link_preview_options=NO_PREVIEW)
    assert [entity.type for entity in sent.entities] == ["url"]
    assert server.warnings == []
    await bot.send_message(ann["id"], "see https://example.org/a.")
    assert server.warnings == [
        "a link without link_preview_options in 'see https://example.org/a.'"
    ]


def test_entities_move_with_trimmed_text_and_mentions_are_found_outside_code() -> None:
    bold, code = ({"type": kind, "offset": 2, "length": 9} for kind in ("bold", "code"))
    mention = {"type": "mention", "offset": 3, "length": 7}
    assert formatted_text("\n 😀 @reader ", [bold])[1] == [
        {"type": "bold", "offset": 0, "length": 9},
        mention,
    ]
    assert formatted_text("\n 😀 @reader ", [code])[1] == [code | {"offset": 0}]
    found = derive_entities(
        "/ask@b_bot a/b @ab me@mail.org www.bbc.co.uk, сайт.ru http://a.org/@name!"
    )
    assert [(e["type"], e["length"]) for e in found] == [
        ("bot_command", 10),
        ("url", 13),
        ("url", 7),
        ("url", 18),
    ]


def _echo(server: TelegramServer) -> App:
    async def echo(update: Update, _: Context) -> None:
        assert update.effective_message
        text = f"you said {update.effective_message.text}"
        await update.effective_message.reply_text(text, reply_markup=_keys()["reply_markup"])

    async def pressed(update: Update, _: Context) -> None:
        assert update.callback_query
        await update.callback_query.answer("ok")
        await update.callback_query.edit_message_text("pressed")

    builder = ApplicationBuilder().bot(_bot(server))
    app: App = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(pressed))
    return app


@asynccontextmanager
async def _polling(server: TelegramServer) -> AsyncIterator[App]:
    async with _echo(server) as app:
        assert app.updater
        await app.start()
        await app.updater.start_polling(poll_interval=0, allowed_updates=Update.ALL_TYPES)
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()


async def test_an_application_polls_from_end_to_end(server: TelegramServer) -> None:
    ann = server.add_user()
    server.send(ann, ann, "sent before the bot came")
    async with _polling(server):
        assert (await server.next_sent(ann))["text"] == "you said sent before the bot came"
        server.fail_next("getUpdates", 502)
        server.send(ann, ann, "two")
        second = await server.next_sent(ann)
        with pytest.raises(LookupError, match="'stop' among"):
            server.press(ann, second, "stop")
        server.press(ann, second, "x")
        await server.settled(n_messages=2)
        with pytest.raises(TimeoutError, match="editMessageText: ok"):
            await server.next_sent(ann, timeout=0.05)
    assert server.messages(ann)[1:] == ["pressed"]
    assert [message["message_id"] for message in server.history(ann)] == [1, 2, 3, 4]
    assert server.unanswered() == []
    assert not server.refused
    assert not server._queue


@pytest.fixture
async def base_url() -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        *[sys.executable, "-m", "tests.telegram_server", "--token", "7:other"],
        cwd=Path(__file__).parent.parent,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    yield (await process.stdout.readline()).decode().strip()
    process.terminate()
    assert await process.wait() == 0


async def test_the_server_runs_in_a_process_of_its_own(base_url: str) -> None:
    async def control(operation: str, **options: object) -> Any:  # noqa: ANN401 - it is JSON
        url = f"{base_url.removesuffix('/bot')}/control/{operation}"
        async with client.post(url, json=options) as answer:
            return await answer.json()

    bot = Bot("7:other", base_url, request=_request(), get_updates_request=_request())
    async with aiohttp.ClientSession() as client, bot:
        ann = (await control("add_user", first_name="Ann"))["result"]
        await control("send", user=ann, chat=ann, text="hello")
        (update,) = await bot.get_updates()
        assert update.message
        await bot.send_message(ann["id"], "and hello to you")
        assert (await control("messages", chat=ann["id"]))["result"] == ["and hello to you"]
        assert (await control("next_sent", chat=ann))["result"]["text"] == "and hello to you"
        assert [c["method"] for c in (await control("sent"))["result"]] == ["getMe", "sendMessage"]
        assert "no operation" in (await control("shutdown"))["error"]
        assert "KeyError" in (await control("messages", chat=5))["error"]
