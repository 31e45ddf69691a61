"""The world that the tests' Bot API server plays: users, chats, messages, updates, faults."""

import asyncio
import copy
import itertools
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from aiohttp import web

from tests import telegram_limits as limits
from tests.telegram_limits import Json

Ref = int | Json
T = TypeVar("T")

TOKEN = "123456789:AAE-of-the-tests-own-bot-api-server"
_SWITCHES = limits.words(
    "can_read_all_group_messages privacy_delivers_mentions enforce_flood supports_inline_queries "
    "supports_guest_queries"
)
_NOT_BY_DEFAULT = limits.words("chat_member message_reaction message_reaction_count")
_ADMIN_RIGHTS = limits.words(
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
    "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
    "can_edit_stories can_delete_stories"
)
_TELEGRAM: Json = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
_SERVICE = ("forum_topic_", "migrate_", "new_chat_", "left_chat_", "pinned_")


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
    late: float


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
    linked: int = 0
    last_id: int = 0


def id_of(ref: Ref) -> int:
    return ref if isinstance(ref, int) else int(ref["id"])


def failure(code: int, description: str, parameters: Json | None) -> Json:
    body: Json = {"ok": False, "error_code": code, "description": description}
    return body | ({"parameters": parameters} if parameters else {})


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

    Attributes:
        deliver_to: where the host of a webhook really is, such as http://127.0.0.1:8443: in the
            world it has a name and a certificate.
        deliveries: what each delivery by webhook was answered, 0 for nothing.
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
        self.supports_inline_queries = self.supports_guest_queries = True
        name = {"first_name": "Verbatim", "username": username}
        self.bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, **name}
        self.users: dict[int, Json] = {self.bot["id"]: self.bot}
        self.rooms: dict[int, Room] = {}
        self.queries: dict[str, Json | None] = {}
        self.typed: dict[int, list[str]] = {}
        self.posted: list[Json] = []
        self.sent: list[Call] = []
        self.polls: list[Call] = []
        self.refused: list[Call] = []
        self.warnings: list[str] = []
        self.files: dict[str, tuple[str, bytes]] = {}  # path and content by file_id
        self.menus: dict[str, list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.webhook: Json = {}
        self.deliver_to = ""
        self.deliveries: list[int] = []
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
        # No bot is in a channel but as an administrator.
        is_admin = kind == "channel" and bot == "member"
        room.statuses[self.bot["id"]] = "administrator" if is_admin else bot
        return chat

    def link(self, channel: Ref, group: Ref) -> None:
        """Make a group the discussion group of a channel: posts are forwarded to it."""
        self.rooms[id_of(channel)].linked = id_of(group)

    def add_topic(self, chat: Ref, name: str, *, user: Ref | None = None) -> int:
        """Open a topic in a forum and return its message_thread_id."""
        room = self.rooms[id_of(chat)]
        sender = self.users[id_of(user)] if user is not None else self.bot
        thread = room.last_id + 1
        room.topics[thread] = name
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self._post(room, sender, None, [], thread=thread, extra=created)
        self._deliver(room, "message", message)
        return thread

    def set_status(self, user: Ref, chat: Ref, status: str = "administrator") -> None:
        """Make a user "creator", "administrator", "member" or "left" of a chat."""
        self.rooms[id_of(chat)].statuses[id_of(user)] = status

    def set_bot_status(self, chat: Ref, status: str, *, user: Ref | None = None) -> None:
        """Let the bot be blocked ("kicked" from a private chat), removed, added or promoted."""
        room = self.rooms[id_of(chat)]
        kind = room.chat["type"]
        reasons = {
            "kicked": f"bot was kicked from the {kind} chat",
            "left": f"bot is not a member of the {kind} chat",
        }
        if kind == "private":
            reasons = {"kicked": "bot was blocked by the user"}
        change = {"chat": room.chat, "date": int(self.clock())}
        change["from"] = self.users.get(id_of(chat if user is None else user), self.bot)
        change["old_chat_member"] = self._member(room, self.bot["id"])
        room.statuses[self.bot["id"]] = status
        room.forbidden = reasons.get(status, "")
        self.push(
            "my_chat_member", change | {"new_chat_member": self._member(room, self.bot["id"])}
        )

    def migrate(self, chat: Ref, into: Ref | None = None) -> Json:
        """Turn a group into a supergroup, with both service messages, and return the new chat.

        Telegram also says that the bot was added to the new one, at a time that it leaves open:
        here at last, unless `into` names a chat to which it was added already.
        """
        old, mine = self.rooms[id_of(chat)], self.bot["id"]
        title = old.chat["title"]
        new = self.rooms[id_of(into or self.add_chat("supergroup", title, bot="left"))]
        new.statuses |= {user: s for user, s in old.statuses.items() if user != mine}
        for room, name, other in ((old, "to", new), (new, "from", old)):
            extra = {f"migrate_{name}_chat_id": other.chat["id"]}
            self._deliver(room, "message", self._post(room, self.bot, None, [], extra=extra))
        old.moved_to = new.chat["id"]
        if into is None:
            self.set_bot_status(new.chat, old.statuses[mine])
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
        room = self.rooms[id_of(chat)]
        sender, extra = self.users[id_of(user)], dict(extra or {})
        if sender_chat is not None:
            extra["sender_chat"] = self.rooms[id_of(sender_chat)].chat
            anonymous = id_of(sender_chat) == room.chat["id"]
            sender = {"id": 1087968824 if anonymous else 136817688, "is_bot": True}
            sender["first_name"] = "Group" if anonymous else "Channel"
        replied = room.messages[reply_to["message_id"]] if reply_to else None
        if replied and quote:
            extra["quote"] = limits.check_quote(quote, replied.get("text", ""))
        found = limits.derive_entities(text or "") if entities is None else entities
        message = self._post(room, sender, text, found, replied, thread_id, extra)
        room.statuses.setdefault(id_of(user), "member")
        channel = room.chat["type"] == "channel"
        self._deliver(room, "channel_post" if channel else "message", message)
        self._forward(room, message)
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
        query: Json = {"id": str(next(self._numbers)), "from": self.users[id_of(user)]}
        query |= {"message": stored, "chat_instance": str(stored["chat"]["id"])}
        self.queries[query["id"]] = None
        self.push("callback_query", query | {"data": found[0]["callback_data"]})
        return str(query["id"])

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
        room = self.rooms[id_of(chat)]
        return [m["text"] for m in room.by_bot if m["message_id"] in room.messages]

    def history(self, chat: Ref) -> list[Json]:
        """Return every message of a chat, by anyone, as it now stands."""
        return copy.deepcopy(list(self.rooms[id_of(chat)].messages.values()))

    async def wait_for(self, condition: Callable[[], T], timeout: float = 15.0) -> T:  # noqa: ASYNC109
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
        timeout: float = 15.0,  # noqa: ASYNC109
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

    async def next_sent(self, chat: Ref, timeout: float = 15.0) -> Json:  # noqa: ASYNC109
        """Wait for the bot's next message in a chat that next_sent has not yet returned."""
        room, position = self.rooms[id_of(chat)], self._read_so_far[id_of(chat)]
        await self.wait_for(lambda: len(room.by_bot) > position, timeout)
        self._read_so_far[id_of(chat)] += 1
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
        everything = self.can_read_all_group_messages or open_chat or self._administers(room)
        everything = everything or service
        if everything or self._addresses_bot(message):
            self.push(kind, message)

    def _forward(self, room: Room, post: Json) -> None:
        """Put a channel's post into its discussion group, as Telegram itself does."""
        if not room.linked:
            return
        origin = {"type": "channel", "chat": room.chat, "message_id": post["message_id"]}
        extra = {"sender_chat": room.chat, "is_automatic_forward": True}
        extra |= {"forward_origin": origin | {"date": post["date"]}}
        group, entities = self.rooms[room.linked], post.get("entities", [])
        message = self._post(group, _TELEGRAM, post.get("text"), entities, extra=extra)
        self._deliver(group, "message", message)

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

    def _administers(self, room: Room) -> bool:
        return room.statuses[self.bot["id"]] == "administrator"

    def _member(self, room: Room, user_id: int) -> Json:
        status = room.statuses.get(user_id, "left")
        member: Json = {"status": status, "user": self.users[user_id]}
        if status == "administrator":
            member |= dict.fromkeys(_ADMIN_RIGHTS, False)
        member |= {"is_anonymous": False} if status == "creator" else {}
        return member | ({"until_date": 0} if status == "kicked" else {})
