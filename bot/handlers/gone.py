"""Chats that the bot was removed from or blocked in: nothing is sent there until they come back."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import Forbidden
from telegram.ext import BaseRateLimiter

from bot.limiter import Leaving
from bot.worker import Worker


class Gone:
    """The chats that are gone, known without a look at the disk.

    Args:
        worker: Keeps them.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._chats: set[int] = set()

    async def load(self) -> None:
        """Learn what was kept, once the worker is open."""
        self._chats |= await self._worker.call(lambda desk: desk.kept.chats.gone())

    def __contains__(self, chat: object) -> bool:
        return chat in self._chats

    async def mark(self, chat: int, *, gone: bool) -> None:
        """Take note that a chat is gone, or there again."""
        if gone == (chat in self._chats):
            return
        if gone:
            self._chats.add(chat)
        else:
            self._chats.discard(chat)
        await self._worker.call(lambda desk: desk.kept.chats.set_gone(chat, gone=gone))


class OpenChats(BaseRateLimiter[Leaving]):
    """Lets requests about a chat through to another limiter unless the chat is gone.

    Every request passes here, so that no part of the bot needs to ask.

    Args:
        limiter: Does the limiting.
        gone: Learns of each refusal.
    """

    def __init__(self, limiter: BaseRateLimiter[Leaving], gone: Gone) -> None:
        self._limiter = limiter
        self._gone = gone

    async def initialize(self) -> None:
        """Set the other limiter up."""
        await self._limiter.initialize()

    async def shutdown(self) -> None:
        """Tear it down."""
        await self._limiter.shutdown()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 (the form that PTB calls)
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Leaving | None,
    ) -> Any:  # noqa: ANN401
        """Run the request.

        Raises:
            Forbidden: The chat is gone, as Telegram says or has said before.
        """
        chat = data.get("chat_id")
        if chat in self._gone:
            raise Forbidden("the chat is gone")
        try:
            return await self._limiter.process_request(
                callback, args, kwargs, endpoint, data, rate_limit_args
            )
        except Forbidden:
            if isinstance(chat, int):
                await self._gone.mark(chat, gone=True)
            raise
