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
import json
import math
import re
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from aiohttp import ClientError, ClientSession, web
from telegram.constants import ReactionEmoji

from tests import telegram_limits as limits
from tests import telegram_menus as menus
from tests.telegram_files import FileWorld
from tests.telegram_limits import Json, RefusedError
from tests.telegram_world import TOKEN, Call, Fault, Room, failure

OPERATIONS = limits.words(
    "add_user add_chat link add_topic set_status set_bot_status migrate send edit delete press "
    "inline_query choose guest expire_queries unanswered push fail_next configure settled "
    "next_sent messages history sent polls refused warnings queries menus"
)
_PROFILE = {
    "setmyname": ("name", 64),
    "setmydescription": ("description", 512),
    "setmyshortdescription": ("short_description", 120),
}
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


class TelegramServer(FileWorld):
    """The Bot API of one bot, to be entered with `async with`; takes what World takes."""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token:[^/]*}/{method}", self._serve)
        app.router.add_get("/file/bot{token:[^/]*}/{path:.+}", self._serve_file)
        app.router.add_post("/control/{operation}", self._control)
        # A poller that goes away must not hold its place until its timeout has passed.
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self._courier = asyncio.create_task(self._deliver_by_webhook())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing = True
        self._notify()
        self._courier.cancel()
        with suppress(asyncio.CancelledError):
            await self._courier
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """What goes before the token in a method's address."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """What goes before the token in a file's address."""
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
        late: float = 0.0,
    ) -> None:
        """Let the next calls of a method fail.

        Without a code and without `drop` they only come late, by `delay` seconds. `drop` breaks
        the connection. With `applied` the call takes effect although its caller sees it fail:
        that is how duplicates are born. `late` holds the reply back, for as many seconds, after
        the call has taken effect.
        """
        code = 500 if drop and code is None else code or 0
        if code == 429 and parameters and not description:
            description = f"Too Many Requests: retry after {parameters.get('retry_after')}"
        body = failure(code, description or http.HTTPStatus(code or 500).phrase, parameters)
        self._faults.append(Fault(method.lower(), code, body, times, delay, drop, applied, late))

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
        if fault is not None:
            await asyncio.sleep(fault.late)
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

    async def _deliver_by_webhook(self) -> None:
        """Post updates, the oldest until it is taken, while there is a webhook and its place."""
        async with ClientSession() as session:
            while True:
                if not (self._queue and self.webhook.get("url") and self.deliver_to):
                    await self._changed.wait()
                    continue
                update = self._queue[0]
                url = self.deliver_to + urlsplit(self.webhook["url"]).path
                secret = self.webhook.get("secret_token")
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
                status = 0
                with suppress(ClientError):
                    async with session.post(url, json=update, headers=headers) as response:
                        status = response.status
                self.deliveries.append(status)
                if status == 200:
                    self._queue.remove(update)
                    self._active_at = time.monotonic()
                    self._notify()
                else:
                    await asyncio.sleep(0.05)

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
        markup = menus.check_reply_markup(params.get("reply_markup"))
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

    # -- the methods ------------------------------------------------------------------------

    def _do_getme(self, _: Json) -> Json:
        reads = {"can_read_all_group_messages": self.can_read_all_group_messages}
        reads |= {"supports_inline_queries": self.supports_inline_queries}
        reads |= {"supports_guest_queries": self.supports_guest_queries}
        return self.bot | reads | {"can_join_groups": True}

    def _do_logout(self, _: Json) -> bool:
        return True

    _do_close = _do_logout

    def _do_setwebhook(self, params: Json) -> bool:
        url = params.get("url", "")
        limits.check_webhook(url, params.get("secret_token"))
        self._allow(params)
        if params.get("drop_pending_updates"):
            self._queue.clear()
        self.webhook = {name: params[name] for name in ("url", "secret_token") if name in params}
        self._notify()
        return True

    def _do_deletewebhook(self, params: Json) -> bool:
        return self._do_setwebhook({**params, "url": ""})

    def _do_getwebhookinfo(self, _: Json) -> Json:
        info = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        return info | {"pending_update_count": len(self._queue)}

    def _do_sendmessage(self, params: Json) -> Json:
        room = self._find_room(params)
        if room.chat["type"] == "channel" and not self._administers(room):
            raise RefusedError("need administrator rights in the channel chat")
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
        message = self._post(room, self.bot, content["text"], entities, replied, thread, extra)
        self._forward(room, message)
        return message

    def _do_editmessagetext(self, params: Json) -> Json:
        return self._change(params, lambda: self._content(params, "MESSAGE_TOO_LONG"))

    def _do_editmessagereplymarkup(self, params: Json) -> Json:
        markup = menus.check_reply_markup(params.get("reply_markup"))
        return self._change(params, lambda: {"reply_markup": markup})

    def _do_deletemessage(self, params: Json) -> bool:
        room, message = self._find_message(params, "delete")
        own = any(message is other for other in room.by_bot)
        if not (own or self._administers(room) or room.chat["type"] == "private"):
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

    def _do_setmycommands(self, params: Json) -> bool:
        menu = menus.check_scope(params.get("scope"), params.get("language_code", ""))
        if "chat_id" in (scope := params.get("scope") or {}):
            self._find_room(scope, write=False)
        self.menus[menu] = menus.check_commands(params.get("commands"))
        return True

    def _do_getmycommands(self, params: Json) -> list[Json]:
        menu = menus.check_scope(params.get("scope"), params.get("language_code", ""))
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
        if room.chat["type"] == "channel" and not self._administers(room):
            raise RefusedError("member list is inaccessible")
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
