"""Every request to Telegram but getUpdates: within the limits, and patient when refused."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.traffic import ChatId, Kind, Ticket, Traffic

Leaving = Callable[[], Awaitable[None]]
"""Called right before a request leaves, each time that it does."""

UNCHANGED = "message is not modified"
"""Telegram's word for an edit that would change nothing."""

_TRIES = 4
"""Of a request that is told to wait."""

_PAUSES = (0.3, 1.0)
"""Seconds before a request is made again that met with a fault on the way."""

_LONGEST = 600.0
"""Seconds. Told to wait longer, a request fails: by then nobody waits for the answer."""

_ANSWERS = ("send", "copy", "forward")
_REPEATABLE = ("edit", "answer", "get", "set", "delete", "leave")
"""Beginnings of methods that do no more when called twice."""

_log = logging.getLogger(__name__)

_Call = Callable[[], Coroutine[Any, Any, Any]]
_Wait = Callable[[float], Awaitable[None]]


class PatientLimiter(BaseRateLimiter[Leaving]):
    """Keeps within Telegram's limits and repeats what was refused; a chat holds up no other.

    A request's `rate_limit_args` may be a `Leaving`.

    Args:
        clock: Seconds, never falling.
        sleep: Waits for so many of them.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._traffic = Traffic(clock, sleep)
        self._sleep = sleep

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """End waiting for the clock."""
        self._traffic.close()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 (the form that PTB calls)
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Leaving | None,
    ) -> Any:  # noqa: ANN401
        """Run the request when its turn has come.

        A sign of typing is dropped rather than kept for later. An edit that a newer one of the
        same message overtakes while both wait is not made; its result is True, as the Bot API
        answers where it shows no message.

        Raises:
            TelegramError: What Telegram says, after as many tries as are worth it.
        """
        call = partial(callback, *args, **kwargs)
        chat: ChatId | None = data.get("chat_id", data.get("inline_message_id"))
        if endpoint == "sendChatAction" and chat is not None:
            return await self._if_spare(call, chat)
        ticket = _ticket(endpoint, chat, data)
        if ticket is None:
            # Not counted: answers to buttons and inline queries, what is asked or set up.
            return await self._patiently(call, endpoint, self._sleep)
        return await self._patiently(
            partial(self._in_turn, call, ticket, rate_limit_args), endpoint, None
        )

    async def _if_spare(self, call: _Call, chat: ChatId) -> Any:  # noqa: ANN401
        if not self._traffic.spare(chat):
            return True
        end = self._traffic.take_spare()
        try:
            return await call()
        finally:
            end()

    async def _in_turn(self, call: _Call, ticket: Ticket, leaving: Leaving | None) -> Any:  # noqa: ANN401
        if (seconds := self._traffic.halted(ticket.chat)) > _LONGEST:
            raise RetryAfter(timedelta(seconds=seconds))
        if not await self._traffic.turn(ticket):
            return True
        try:
            if leaving:
                await leaving()
            return await call()
        except RetryAfter as refused:
            self._traffic.halt(ticket.chat, _seconds(refused))
            raise
        finally:
            self._traffic.done(ticket)

    async def _patiently(self, call: _Call, endpoint: str, wait: _Wait | None) -> Any:  # noqa: ANN401
        """Make a call again where that helps and cannot do twice what was asked once."""
        refusals, pauses = 0, list(_PAUSES)
        while True:
            try:
                return await call()
            except RetryAfter as refused:
                refusals += 1
                seconds = _seconds(refused)
                if refusals == _TRIES or seconds > _LONGEST:
                    raise
                _log.info("%s: told to wait %.0f s", endpoint, seconds)
                if wait:
                    await wait(seconds)
            except NetworkError as error:
                if len(pauses) < len(_PAUSES) and UNCHANGED in str(error).lower():
                    # The try before has done it, although its reply said otherwise.
                    return True
                if not pauses or not _may_repeat(endpoint, error):
                    raise
                await self._sleep(pauses.pop(0))


def never_left(error: NetworkError) -> bool:
    """Whether a request failed before anything of it can have reached Telegram."""
    return isinstance(
        error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
    )


def _may_repeat(endpoint: str, error: NetworkError) -> bool:
    if isinstance(error, BadRequest):
        return False
    return never_left(error) or endpoint.startswith(_REPEATABLE)


def _ticket(endpoint: str, chat: ChatId | None, data: dict[str, Any]) -> Ticket | None:
    """A place in line for what Telegram counts: messages and edits."""
    if chat is None:
        return None
    if endpoint.startswith(_ANSWERS):
        return Ticket(chat, Kind.ANSWER)
    if endpoint.startswith("editMessage"):
        message = data.get("message_id", chat)
        return Ticket(chat, Kind.EDIT, message, whole=endpoint != "editMessageReplyMarkup")
    return None


def _seconds(refused: RetryAfter) -> float:
    wait = refused.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
