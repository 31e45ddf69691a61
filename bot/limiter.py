"""Waiting when Telegram says so."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

_TRIES = 4

_log = logging.getLogger(__name__)


class PatientLimiter(BaseRateLimiter[int]):
    """Repeats a refused request after the time that Telegram names; holds up no other chat."""

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to tear down."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 (the form that PTB calls)
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],  # noqa: ARG002
        rate_limit_args: int | None,  # noqa: ARG002
    ) -> Any:  # noqa: ANN401
        """Run the request; after a 429 wait as told and try again, four times in all."""
        # "Typing …" is not worth a wait: the answer would come after it.
        tries = 1 if endpoint == "sendChatAction" else _TRIES
        for _ in range(tries - 1):
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as refused:
                wait = refused.retry_after
                seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
                _log.info("%s: told to wait %.0f s", endpoint, seconds)
                await asyncio.sleep(seconds)
        return await callback(*args, **kwargs)
