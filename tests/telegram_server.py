"""Telegram's side of the wire, on loopback, for tests.

The server keeps users, chats and messages, hands updates to whoever polls, and refuses what
Telegram would refuse (`telegram_limits`). In process it lives in the test's event loop; run as
`python -m tests.telegram_server --port N --token T` it offers the same operations as JSON over
POST /control/<operation>. Users and chats are given as their JSON or their id.

    async with TelegramServer() as server:  # base_url(server.base_url).token(server.token)
        ann = server.add_user("Ann")
        server.send(ann, ann, "Who won the election?")
        answer = await server.next_sent(ann)
        server.press(ann, answer, "More")
        await server.settled(n_messages=2)
        assert not server.refused
"""

import argparse
import asyncio
import copy
import http
import inspect
import itertools
import json
import math
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Self, TypeVar
from urllib.parse import parse_qsl

from aiohttp import web
from telegram.constants import ReactionEmoji

from tests import telegram_limits as limits
from tests.telegram_limits import Json, RefusedError

Ref = int | Json
T = TypeVar("T")

TOKEN = "123456789:AAE-of-the-tests-own-bot-api-server"
OPERATIONS = limits.words(
    "add_user add_chat add_topic set_status set_bot_status migrate send edit delete press "
    "inline_query expire_queries unanswered push fail_next configure settled next_sent messages "
    "history sent polls refused warnings queries menus"
)
_SWITCHES = limits.words("can_read_all_group_messages privacy_delivers_mentions enforce_flood")
_NOT_BY_DEFAULT = limits.words("chat_member message_reaction message_reaction_count")
_ADMIN_RIGHTS = limits.words(
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
    "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
    "can_edit_stories can_delete_stories"
)
_PROFILE = {
    "setmyname": ("name", 64),
    "setmydescription": ("description", 512),
    "setmyshortdescription": ("short_description", 120),
}
_SERVICE = ("forum_topic_", "migrate_", "new_chat_", "left_chat_", "pinned_")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CONFLICT = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass
class Call:
    """One call of the Bot API: what was asked, what was answered, and when."""

    method: str
    params: Json
    response: Json = field(default_factory=dict)
    at: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether the call was granted."""
        return bool(self.response.get("ok"))

    @property
    def description(self) -> str:
        """Why it was not."""
        return str(self.response.get("description", ""))


@dataclass
class Fault:
    """A failure to come, made by TelegramServer.fail_next; code 0 only delays."""

    method: str
    code: int
    body: Json
    times: int
    delay: float
    drop: bool
    applied: bool


@dataclass
class Room:
    """A chat and everything in it; `by_bot` keeps what was deleted too."""

    chat: Json
    messages: dict[int, Json] = field(default_factory=dict)
    by_bot: list[Json] = field(default_factory=list)
    topics: dict[int, str] = field(default_factory=dict)
    statuses: dict[int, str] = field(default_factory=dict)
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    sends: list[float] = field(default_factory=list)
    forbidden: str = ""
    moved_to: int = 0
    last_id: int = 0


def _id(ref: Ref) -> int:
    return ref if isinstance(ref, int) else int(ref["id"])


def _failure(code: int, description: str, parameters: Json | None) -> Json:
    body: Json = {"ok": False, "error_code": code, "description": description}
    return body | ({"parameters": parameters} if parameters else {})


async def _read_params(request: web.Request) -> Json:
    """Read parameters from the address and from a body in any of Telegram's three forms."""
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        params |= await request.json()
    elif request.content_type.startswith("multipart/"):
        params |= {k: v for k, v in (await request.post()).items() if isinstance(v, str)}
    else:
        # aiohttp would replace bytes that are no UTF-8; kept as surrogates they are refused.
        body = (await request.read()).decode("ascii", "surrogateescape")
        params |= parse_qsl(body, keep_blank_values=True, errors="surrogateescape")
    return params


class World:
    """Users, chats and messages, as those users drive them and as tests look at them.

    Args:
        token: the only one let in; the bot's id is its first half.
        username: the bot's name, for mentions and for commands with a name.
        can_read_all_group_messages: False is Telegram's privacy mode.
        privacy_delivers_mentions: whether a mention reaches the bot in privacy mode; reports
            from the field disagree, so a test can have it both ways.
        enforce_flood: answer 429 beyond 30 messages a second, or 20 a minute in a group.
        port: where to listen; 0 is any free port.
        clock: seconds since the epoch, for message dates and flood control.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "verbatim_bot",
        can_read_all_group_messages: bool = False,
        privacy_delivers_mentions: bool = True,
        enforce_flood: bool = False,
        port: int = 0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.token, self.port, self.clock = token, port, clock
        self.can_read_all_group_messages = can_read_all_group_messages
        self.privacy_delivers_mentions = privacy_delivers_mentions
        self.enforce_flood = enforce_flood
        name = {"first_name": "Verbatim", "username": username}
        self.bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, **name}
        self.users: dict[int, Json] = {self.bot["id"]: self.bot}
        self.rooms: dict[int, Room] = {}
        self.queries: dict[str, Json | None] = {}
        self.sent: list[Call] = []
        self.polls: list[Call] = []
        self.refused: list[Call] = []
        self.warnings: list[str] = []
        self.menus: dict[str, list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.webhook: Json = {}
        self._allowed: frozenset[str] = frozenset()
        self._queue: list[Json] = []
        self._numbers = itertools.count(1001)
        self._update_ids = itertools.count(700_000_001)
        self._changed = asyncio.Event()
        self._busy, self._active_at = 0, time.monotonic()
        self._read_so_far: Counter[int] = Counter()
        self._faults: list[Fault] = []
        self._poller, self._closing = 0, False
        self._runner: web.AppRunner | None = None

    # -- what users do ----------------------------------------------------------------------

    def add_user(
        self,
        first_name: str = "Ann",
        *,
        user_id: int | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        is_bot: bool = False,
    ) -> Json:
        """Create a user together with the private chat, whose id is the user's."""
        user: Json = {"id": user_id or next(self._numbers), "is_bot": is_bot}
        user |= {"first_name": first_name, "username": username, "language_code": language_code}
        user = {name: value for name, value in user.items() if value is not None}
        self.users[user["id"]] = user
        chat = {"id": user["id"], "type": "private", "first_name": first_name}
        room = Room(chat | ({"username": username} if username else {}))
        room.statuses = {user["id"]: "member", self.bot["id"]: "member"}
        self.rooms[user["id"]] = room
        return user

    def add_chat(
        self, kind: str, title: str = "Readers", *, username: str | None = None, bot: str = "member"
    ) -> Json:
        """Create a "group", "supergroup", "forum" or "channel" with the bot in it."""
        number = next(self._numbers)
        chat: Json = {"id": -number if kind == "group" else -1_000_000_000_000 - number}
        chat |= {"type": "supergroup" if kind == "forum" else kind, "title": title}
        chat |= {"username": username} if username else {}
        chat |= {"is_forum": True} if kind == "forum" else {}
        room = self.rooms[chat["id"]] = Room(chat)
        room.statuses[self.bot["id"]] = "administrator" if kind == "channel" else bot
        return chat

    def add_topic(self, chat: Ref, name: str, *, user: Ref | None = None) -> int:
        """Open a topic in a forum and return its message_thread_id."""
        room = self.rooms[_id(chat)]
        sender = self.users[_id(user)] if user is not None else self.bot
        thread = room.last_id + 1
        room.topics[thread] = name
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self._post(room, sender, None, [], thread=thread, extra=created)
        self._deliver(room, "message", message)
        return thread

    def set_status(self, user: Ref, chat: Ref, status: str = "administrator") -> None:
        """Make a user "creator", "administrator", "member" or "left" of a chat."""
        self.rooms[_id(chat)].statuses[_id(user)] = status

    def set_bot_status(self, chat: Ref, status: str, *, user: Ref | None = None) -> None:
        """Let the bot be blocked ("kicked" from a private chat), removed, added or promoted."""
        room = self.rooms[_id(chat)]
        kind = room.chat["type"]
        reasons = {
            "kicked": f"bot was kicked from the {kind} chat",
            "left": f"bot is not a member of the {kind} chat",
        }
        if kind == "private":
            reasons = {"kicked": "bot was blocked by the user"}
        change = {"chat": room.chat, "date": int(self.clock())}
        change["from"] = self.users.get(_id(chat if user is None else user), self.bot)
        change["old_chat_member"] = self._member(room, self.bot["id"])
        room.statuses[self.bot["id"]] = status
        room.forbidden = reasons.get(status, "")
        self.push(
            "my_chat_member", change | {"new_chat_member": self._member(room, self.bot["id"])}
        )

    def migrate(self, chat: Ref) -> Json:
        """Turn a group into a supergroup, with both service messages, and return the new chat."""
        old = self.rooms[_id(chat)]
        new = self.rooms[self.add_chat("supergroup", old.chat["title"])["id"]]
        new.statuses |= old.statuses
        for room, name, other in ((old, "to", new), (new, "from", old)):
            extra = {f"migrate_{name}_chat_id": other.chat["id"]}
            self._deliver(room, "message", self._post(room, self.bot, None, [], extra=extra))
        old.moved_to = new.chat["id"]
        return new.chat

    def send(
        self,
        user: Ref,
        chat: Ref,
        text: str | None,
        *,
        reply_to: Json | None = None,
        entities: list[Json] | None = None,
        thread_id: int | None = None,
        quote: str | None = None,
        sender_chat: Ref | None = None,
        extra: Json | None = None,
    ) -> Json:
        """Send a message as a user, or as a chat (an anonymous administrator, a channel)."""
        room = self.rooms[_id(chat)]
        sender, extra = self.users[_id(user)], dict(extra or {})
        if sender_chat is not None:
            extra["sender_chat"] = self.rooms[_id(sender_chat)].chat
            anonymous = _id(sender_chat) == room.chat["id"]
            sender = {"id": 1087968824 if anonymous else 136817688, "is_bot": True}
            sender["first_name"] = "Group" if anonymous else "Channel"
        replied = room.messages[reply_to["message_id"]] if reply_to else None
        if replied and quote:
            extra["quote"] = limits.check_quote(quote, replied.get("text", ""))
        found = limits.derive_entities(text or "") if entities is None else entities
        message = self._post(room, sender, text, found, replied, thread_id, extra)
        room.statuses.setdefault(_id(user), "member")
        channel = room.chat["type"] == "channel"
        self._deliver(room, "channel_post" if channel else "message", message)
        return copy.deepcopy(message)

    def edit(self, message: Json, text: str, *, entities: list[Json] | None = None) -> Json:
        """Edit a user's message."""
        room = self.rooms[message["chat"]["id"]]
        stored = room.messages[message["message_id"]]
        found = limits.derive_entities(text) if entities is None else entities
        stored |= {"text": text, "entities": found, "edit_date": int(self.clock())}
        channel = room.chat["type"] == "channel"
        self._deliver(room, "edited_channel_post" if channel else "edited_message", stored)
        return copy.deepcopy(stored)

    def delete(self, message: Json) -> None:
        """Delete any message as a user would; Telegram tells bots nothing about it."""
        del self.rooms[message["chat"]["id"]].messages[message["message_id"]]

    def press(self, user: Ref, message: Json, button: str) -> str:
        """Press the button that now bears this label or data; return the callback query's id."""
        stored = self.rooms[message["chat"]["id"]].messages[message["message_id"]]
        rows = stored.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [b for row in rows for b in row if "callback_data" in b]
        found = [b for key in ("text", "callback_data") for b in buttons if b[key] == button]
        if not found:
            raise LookupError(f"no {button!r} among {[b['text'] for b in buttons]}")
        query: Json = {"id": str(next(self._numbers)), "from": self.users[_id(user)]}
        query |= {"message": stored, "chat_instance": str(stored["chat"]["id"])}
        self.queries[query["id"]] = None
        self.push("callback_query", query | {"data": found[0]["callback_data"]})
        return str(query["id"])

    def inline_query(self, user: Ref, query: str, *, offset: str = "") -> str:
        """Type an inline query; return its id, under which `queries` holds the answer."""
        update: Json = {"id": str(next(self._numbers)), "from": self.users[_id(user)]}
        self.queries[update["id"]] = None
        self.push("inline_query", update | {"query": query, "offset": offset})
        return str(update["id"])

    def expire_queries(self) -> None:
        """Let every callback and inline query so far be too old to answer."""
        self.queries.clear()

    def unanswered(self) -> list[str]:
        """Return the queries whose user still sees a spinner."""
        return [name for name, answer in self.queries.items() if answer is None]

    def push(self, kind: str, payload: Json) -> None:
        """Queue an update of any kind, unless the bot did not ask for that kind."""
        if kind in self._allowed if self._allowed else kind not in _NOT_BY_DEFAULT:
            update = {"update_id": next(self._update_ids), kind: payload}
            self._queue.append(copy.deepcopy(update))
        self._notify()

    def configure(self, **options: bool) -> None:
        """Change the switches of the constructor."""
        for name, value in options.items():
            if name not in _SWITCHES:
                raise LookupError(f"no switch {name!r}")
            setattr(self, name, value)

    # -- what tests look at -----------------------------------------------------------------

    def messages(self, chat: Ref) -> list[str]:
        """Return the texts of the bot's messages in a chat as they now stand."""
        room = self.rooms[_id(chat)]
        return [m["text"] for m in room.by_bot if m["message_id"] in room.messages]

    def history(self, chat: Ref) -> list[Json]:
        """Return every message of a chat, by anyone, as it now stands."""
        return copy.deepcopy(list(self.rooms[_id(chat)].messages.values()))

    async def wait_for(self, condition: Callable[[], T], timeout: float = 5.0) -> T:  # noqa: ASYNC109
        """Wait until the condition holds and return its value."""
        deadline = time.monotonic() + timeout
        while not (value := condition()):
            if time.monotonic() > deadline:
                last = [f"{c.method}: {c.description or 'ok'}" for c in self.sent[-8:]]
                raise TimeoutError(f"not within {timeout} s; the last calls were {last}")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), 0.02)
        return value

    async def settled(
        self,
        n_messages: int | None = None,
        timeout: float = 5.0,  # noqa: ASYNC109
        *,
        quiet: float = 0.05,
    ) -> None:
        """Wait until all updates are confirmed, n messages sent, and no call was made of late.

        A handler that computes for longer than `quiet` between two calls looks settled: state
        the number of messages, counted over all chats from the start, where that matters.
        """

        def calm() -> bool:
            count = sum(len(room.by_bot) for room in self.rooms.values())
            idle = not self._queue and not self._busy
            idle = idle and time.monotonic() - self._active_at >= quiet
            return idle and (n_messages is None or count >= n_messages)

        await self.wait_for(calm, timeout)

    async def next_sent(self, chat: Ref, timeout: float = 5.0) -> Json:  # noqa: ASYNC109
        """Wait for the bot's next message in a chat that next_sent has not yet returned."""
        room, position = self.rooms[_id(chat)], self._read_so_far[_id(chat)]
        await self.wait_for(lambda: len(room.by_bot) > position, timeout)
        self._read_so_far[_id(chat)] += 1
        return copy.deepcopy(room.by_bot[position])

    # -- how it is kept ---------------------------------------------------------------------

    def _notify(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def _post(
        self,
        room: Room,
        sender: Json,
        text: str | None,
        entities: list[Json],
        replied: Json | None = None,
        thread: int | None = None,
        extra: Json | None = None,
    ) -> Json:
        """Put a message into a room, with the thread fields Telegram would give it."""
        room.last_id += 1
        message: Json = {"message_id": room.last_id, "date": int(self.clock()), "chat": room.chat}
        channel = room.chat["type"] == "channel"
        message |= {"sender_chat": room.chat} if channel else {"from": sender}
        message |= {"text": text} if text is not None else {}
        message |= {"entities": entities} if entities else {}
        if replied and thread is None and replied.get("is_topic_message"):
            thread = replied["message_thread_id"]
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
            # In a topic, a message that answers nothing answers the topic's first message.
            replied = replied or room.messages.get(thread)
        elif replied and room.chat["type"] == "supergroup" and not room.topics:
            # The root of a chain of replies looks like a topic, but nothing can be sent to it.
            message["message_thread_id"] = replied.get("message_thread_id", replied["message_id"])
        if replied:
            shown = {k: v for k, v in replied.items() if k != "reply_to_message"}
            message["reply_to_message"] = copy.deepcopy(shown)
        message |= extra or {}
        room.messages[room.last_id] = message
        if sender is self.bot and text is not None:
            room.by_bot.append(message)
        self._notify()
        return message

    def _deliver(self, room: Room, kind: str, message: Json) -> None:
        """Push a message unless the bot is away, its author is a bot, or privacy hides it."""
        author = self.users.get(message.get("from", {}).get("id", 0), {})
        service = any(name.startswith(_SERVICE) for name in message)
        if room.forbidden or (author.get("is_bot") and not service):
            return
        open_chat = room.chat["type"] in {"private", "channel"}
        admin = room.statuses[self.bot["id"]] == "administrator"
        everything = self.can_read_all_group_messages or open_chat or admin or service
        if everything or self._addresses_bot(message):
            self.push(kind, message)

    def _addresses_bot(self, message: Json) -> bool:
        replied, name = message.get("reply_to_message", {}), self.bot["username"].lower()
        if replied.get("from") == self.bot and "text" in replied:
            return True
        for entity in message.get("entities", []):
            word = limits.utf16_slice(message["text"], entity["offset"], entity["length"]).lower()
            command = entity["type"] == "bot_command" and word.partition("@")[2] in {"", name}
            mention = entity["type"] == "mention" and word == f"@{name}"
            if command or (mention and self.privacy_delivers_mentions):
                return True
        return False

    def _member(self, room: Room, user_id: int) -> Json:
        status = room.statuses.get(user_id, "left")
        member: Json = {"status": status, "user": self.users[user_id]}
        if status == "administrator":
            member |= dict.fromkeys(_ADMIN_RIGHTS, False)
        member |= {"is_anonymous": False} if status == "creator" else {}
        return member | ({"until_date": 0} if status == "kicked" else {})


class TelegramServer(World):
    """The Bot API of one bot, to be entered with `async with`; takes what World takes."""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token:[^/]*}/{method}", self._serve)
        app.router.add_post("/control/{operation}", self._control)
        # A poller that goes away must not hold its place until its timeout has passed.
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing = True
        self._notify()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """What goes before the token in a method's address."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """What goes before the token in a file's address; no files are served."""
        return f"http://127.0.0.1:{self.port}/file/bot"

    # -- the wire ---------------------------------------------------------------------------

    def fail_next(
        self,
        method: str,
        code: int | None = None,
        description: str = "",
        parameters: Json | None = None,
        *,
        times: int = 1,
        delay: float = 0.0,
        drop: bool = False,
        applied: bool = False,
    ) -> None:
        """Let the next calls of a method fail.

        Without a code and without `drop` they only come late, by `delay` seconds. `drop` breaks
        the connection. With `applied` the call takes effect although its caller sees it fail:
        that is how duplicates are born.
        """
        code = 500 if drop and code is None else code or 0
        if code == 429 and parameters and not description:
            description = f"Too Many Requests: retry after {parameters.get('retry_after')}"
        body = _failure(code, description or http.HTTPStatus(code or 500).phrase, parameters)
        self._faults.append(Fault(method.lower(), code, body, times, delay, drop, applied))

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, and keep it with its answer where tests look for it."""
        call = Call(request.match_info["method"], {}, at=self.clock())
        polling = call.method.lower() == "getupdates"
        self._busy += not polling
        code, dropped = 200, False
        try:
            call.params = await _read_params(request)
            self._authorise(request.match_info["token"])
            call.params = limits.decode_params(call.params)
            code, call.response, dropped = await self._answer(call)
        except (RefusedError, KeyError, TypeError, ValueError, AttributeError) as error:
            if not isinstance(error, RefusedError):
                error = RefusedError(f"can't parse the request: {error!r}")
            code, call.response = error.code, error.body
            self.refused.append(call)
        finally:
            self._busy -= not polling
            if not polling or call.response.get("result"):
                self._active_at = time.monotonic()
            (self.polls if polling else self.sent).append(call)
            self._notify()
        if dropped and request.transport is not None:
            request.transport.abort()
        return web.json_response(call.response, status=code)

    def _authorise(self, token: str) -> None:
        if not re.fullmatch(r"\d+:[\w-]+", token):
            raise RefusedError(code=404)
        if token != self.token:
            raise RefusedError(code=401)

    async def _answer(self, call: Call) -> tuple[int, Json, bool]:
        """Run a method, or the fault prepared for it; return code, body and whether to drop."""
        name = call.method.lower()
        fault = next((f for f in self._faults if f.method == name), None)
        if fault is not None:
            fault.times -= 1
            if not fault.times:
                self._faults.remove(fault)
            await asyncio.sleep(fault.delay)
            if fault.code and not fault.applied:
                return fault.code, fault.body, fault.drop
        if name == "getupdates":
            result: object = await self._get_updates(call.params)
        else:
            result = self._run(name, call.params)
        if fault is not None and fault.code:
            return fault.code, fault.body, fault.drop
        return 200, copy.deepcopy({"ok": True, "result": result}), False

    def _run(self, name: str, params: Json) -> object:
        if name in _PROFILE:
            field_name, limit = _PROFILE[name]
            if len(params.get(field_name, "")) > limit:
                raise RefusedError(f"stricter than Telegram: {field_name} above {limit} characters")
            self.profile[field_name, params.get("language_code", "")] = params.get(field_name, "")
            return True
        method: Callable[[Json], object] | None = getattr(self, f"_do_{name}", None)
        if method is None:
            raise RefusedError("method not found", 404)
        return method(params)

    async def _get_updates(self, params: Json) -> list[Json]:
        """Confirm what lies before the offset and wait for more; the newest poller wins."""
        if self.webhook.get("url"):
            raise RefusedError(_WEBHOOK, 409)
        self._allow(params)
        self._poller += 1
        mine = self._poller
        self._notify()
        offset = params.get("offset", 0)
        confirmed = self._queue[:offset] if offset < 0 else self._queue
        confirmed = [u for u in confirmed if offset < 0 or u["update_id"] < offset]
        self._queue = self._queue[len(confirmed) :]
        deadline = time.monotonic() + min(float(params.get("timeout", 0)), 50)
        while True:
            if mine != self._poller:
                raise RefusedError(_CONFLICT, 409)
            left = deadline - time.monotonic()
            if self._queue or left <= 0 or self._closing:
                return self._queue[: params.get("limit", 100)]
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), left)

    def _allow(self, params: Json) -> None:
        if "allowed_updates" in params:
            self._allowed = frozenset(params["allowed_updates"])

    async def _control(self, request: web.Request) -> web.StreamResponse:
        """Run one operation for a test in another process; its errors are its own fault."""
        name = request.match_info["operation"]
        if name not in OPERATIONS:
            return web.json_response({"ok": False, "error": f"no operation {name!r}"}, status=404)
        try:
            options = await request.json() if request.can_read_body else {}
            result = getattr(self, name)
            result = result(**options) if callable(result) else result
            result = await result if inspect.isawaitable(result) else result
        except (LookupError, TypeError, ValueError, TimeoutError, RefusedError) as error:
            return web.json_response({"ok": False, "error": repr(error)}, status=400)
        body = json.dumps({"ok": True, "result": result}, default=asdict)
        return web.Response(text=body, content_type="application/json")

    def _find_room(self, params: Json, *, write: bool = True) -> Room:
        chat_id = params.get("chat_id", "")
        if chat_id == "":
            raise RefusedError("chat_id is empty")
        names = {f"@{room.chat.get('username')}": room for room in self.rooms.values()}
        room = names.get(chat_id) if isinstance(chat_id, str) else self.rooms.get(chat_id)
        if room is None:
            raise RefusedError("chat not found")
        if room.moved_to:
            text = "group chat was upgraded to a supergroup chat"
            raise RefusedError(text, migrate_to_chat_id=room.moved_to)
        if room.forbidden and (write or room.chat["type"] != "private"):
            raise RefusedError(room.forbidden, 403)
        thread = params.get("message_thread_id")
        if thread is not None and thread not in room.topics:
            raise RefusedError("message thread not found")
        return room

    def _find_message(self, params: Json, purpose: str) -> tuple[Room, Json]:
        room = self._find_room(params)
        message = room.messages.get(params.get("message_id", 0))
        if message is None:
            raise RefusedError(f"message to {purpose} not found")
        return room, message

    def _flood(self, room: Room) -> None:
        now, wait = self.clock(), 0
        if self.enforce_flood:
            if sum(now - at < 1 for r in self.rooms.values() for at in r.sends[-30:]) >= 30:
                wait = 1
            last = [at for at in room.sends if now - at < 60][-20:]
            if room.chat["type"] in {"group", "supergroup"} and len(last) == 20:
                wait = max(wait, math.ceil(60 - (now - last[0])))
        if wait:
            raise RefusedError(f"retry after {wait}", 429, retry_after=wait)
        room.sends.append(now)

    def _content(self, params: Json, too_long: str) -> Json:
        """Check what a message says, for sending and editing; None is for a field it lacks."""
        limits.check_no_parse_mode(params)
        text, entities = params.get("text"), params.get("entities")
        text, entities = limits.formatted_text(text, entities, too_long=too_long)
        options = params.get("link_preview_options")
        if limits.lacks_preview_choice(entities, options):
            self.warnings.append(f"a link without link_preview_options in {text!r}")
        markup = limits.check_reply_markup(params.get("reply_markup"))
        content = {"text": text, "entities": entities or None, "reply_markup": markup}
        return content | {"link_preview_options": options}

    def _change(self, params: Json, content: Callable[[], Json]) -> Json:
        """Edit a message of the bot's, refusing an edit that changes nothing."""
        if "inline_message_id" in params:
            raise RefusedError("MESSAGE_ID_INVALID")
        room, message = self._find_message(params, "edit")
        if all(message is not other for other in room.by_bot):
            raise RefusedError("message can't be edited")
        new = content()
        if all(message.get(name) == value for name, value in new.items()):
            raise RefusedError(_NOT_MODIFIED)
        self._flood(room)
        for name, value in new.items():
            message[name] = value
            if value is None:
                del message[name]
        message["edit_date"] = int(self.clock())
        return message

    def _take_query(self, params: Json, name: str) -> None:
        if (query := params.get(name, "")) not in self.queries:
            raise RefusedError(_TOO_OLD)
        if self.queries[query] is not None:
            self.warnings.append(f"{name} {query} was answered twice")
        self.queries[query] = params

    # -- the methods ------------------------------------------------------------------------

    def _do_getme(self, _: Json) -> Json:
        reads = {"can_read_all_group_messages": self.can_read_all_group_messages}
        return self.bot | reads | {"can_join_groups": True, "supports_inline_queries": True}

    def _do_logout(self, _: Json) -> bool:
        return True

    _do_close = _do_logout

    def _do_setwebhook(self, params: Json) -> bool:
        url = params.get("url", "")
        if url and not url.startswith("https://"):
            raise RefusedError("bad webhook: An HTTPS URL must be provided for webhook")
        self._allow(params)
        if params.get("drop_pending_updates"):
            self._queue.clear()
        self.webhook = {name: params[name] for name in ("url", "secret_token") if name in params}
        return True

    def _do_deletewebhook(self, params: Json) -> bool:
        return self._do_setwebhook({**params, "url": ""})

    def _do_getwebhookinfo(self, _: Json) -> Json:
        info = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        return info | {"pending_update_count": len(self._queue)}

    def _do_sendmessage(self, params: Json) -> Json:
        room = self._find_room(params)
        content = self._content(params, "message is too long")
        extra = {
            k: v for k, v in content.items() if v is not None and k not in {"text", "entities"}
        }
        reply, replied = params.get("reply_parameters"), None
        if reply:
            replied = room.messages.get(reply.get("message_id", 0))
            if replied is None and not reply.get("allow_sending_without_reply"):
                raise RefusedError("message to be replied not found")
            limits.check_no_parse_mode(reply, "quote_parse_mode")
            if replied and reply.get("quote"):
                extra["quote"] = limits.check_quote(reply["quote"], replied.get("text", ""))
        self._flood(room)
        thread, entities = params.get("message_thread_id"), content["entities"] or []
        return self._post(room, self.bot, content["text"], entities, replied, thread, extra)

    def _do_editmessagetext(self, params: Json) -> Json:
        return self._change(params, lambda: self._content(params, "MESSAGE_TOO_LONG"))

    def _do_editmessagereplymarkup(self, params: Json) -> Json:
        markup = limits.check_reply_markup(params.get("reply_markup"))
        return self._change(params, lambda: {"reply_markup": markup})

    def _do_deletemessage(self, params: Json) -> bool:
        room, message = self._find_message(params, "delete")
        own = any(message is other for other in room.by_bot)
        admin = room.statuses[self.bot["id"]] == "administrator"
        if not (own or admin or room.chat["type"] == "private"):
            raise RefusedError("message can't be deleted")
        del room.messages[message["message_id"]]
        return True

    def _do_sendchataction(self, params: Json) -> bool:
        self._find_room(params)
        if params.get("action") not in limits.CHAT_ACTIONS:
            raise RefusedError("wrong parameter action in request")
        return True

    def _do_setmessagereaction(self, params: Json) -> bool:
        room, message = self._find_message(params, "react")
        reactions = params.get("reaction", [])
        if len(reactions) > 1:
            raise RefusedError("REACTIONS_TOO_MANY")
        known = {emoji.value for emoji in ReactionEmoji}
        if any(reaction.get("emoji") not in known for reaction in reactions):
            raise RefusedError("REACTION_INVALID")
        room.reactions[message["message_id"]] = reactions
        return True

    def _do_answercallbackquery(self, params: Json) -> bool:
        if limits.utf16_length(params.get("text", "")) > limits.MAX_ALERT:
            raise RefusedError("MESSAGE_TOO_LONG")
        self._take_query(params, "callback_query_id")
        return True

    def _do_answerinlinequery(self, params: Json) -> bool:
        limits.check_inline_results(params.get("results"))
        self._take_query(params, "inline_query_id")
        return True

    def _do_setmycommands(self, params: Json) -> bool:
        menu = limits.check_scope(params.get("scope"), params.get("language_code", ""))
        self.menus[menu] = limits.check_commands(params.get("commands"))
        return True

    def _do_getmycommands(self, params: Json) -> list[Json]:
        menu = limits.check_scope(params.get("scope"), params.get("language_code", ""))
        return self.menus.get(menu, [])

    def _do_deletemycommands(self, params: Json) -> bool:
        return self._do_setmycommands({**params, "commands": []})

    def _do_getchat(self, params: Json) -> Json:
        gifts = limits.words("unlimited_gifts limited_gifts unique_gifts premium_subscription")
        full: Json = {"accent_color_id": 0, "max_reaction_count": 11}
        full["accepted_gift_types"] = dict.fromkeys(gifts | {"gifts_from_channels"}, False)
        return self._find_room(params, write=False).chat | full

    def _do_getchatmember(self, params: Json) -> Json:
        room = self._find_room(params, write=False)
        if params.get("user_id") not in self.users:
            raise RefusedError("user not found")
        return self._member(room, params["user_id"])

    def _do_getchatadministrators(self, params: Json) -> list[Json]:
        room = self._find_room(params)
        if room.chat["type"] == "private":
            raise RefusedError("there are no administrators in the private chat")
        managers = [u for u, s in room.statuses.items() if s in {"creator", "administrator"}]
        return [self._member(room, user_id) for user_id in managers]

    def _do_leavechat(self, params: Json) -> bool:
        room = self._find_room(params)
        if room.chat["type"] == "private":
            raise RefusedError("chat member status can't be changed in private chats")
        self.set_bot_status(room.chat, "left")
        return True


async def _main() -> None:
    """Serve until interrupted, for tests of the program as users start it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    options = parser.parse_args()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with TelegramServer(token=options.token, port=options.port) as server:
        sys.stdout.write(f"{server.base_url}\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(_main())
