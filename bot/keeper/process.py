"""Carrying out an order in a process of its own, so that the bot goes on answering."""

import asyncio
import os
import sys
from collections.abc import Callable

from bot.keeper.orders import Failed, Order, Outcome, Stage, Task
from bot.keeper.work import SAID, TASK
from bot.settings import Settings

_LONGEST_LINE = 1 << 22
"""Bytes. The longest is a result with the failures it names."""

_SECRETS = ("VERBATIM_TOKEN", "VERBATIM_WEBHOOK_SECRET")


async def carry_out(
    settings: Settings, order: Order, tell: Callable[[Stage], None], *, is_dry: bool
) -> Outcome:
    """Have an order carried out and return what came of it. Cancelled, it ends the process.

    Args:
        settings: All of them.
        order: What is to be done.
        tell: Told how far it is.
        is_dry: Whether to say only what it would do.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.keeper.work"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        # It has no need of them. A variable that names a file would be read again, too.
        env={k: v for k, v in os.environ.items() if not k.startswith(_SECRETS)},
        # Ctrl-C in a terminal is for the bot, which ends this as it ends itself.
        start_new_session=True,
        limit=_LONGEST_LINE,
    )
    outcome: Outcome | None = None
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("pipes were asked for")
    try:
        task = Task(order, is_dry, settings.model_dump_json())
        process.stdin.write(TASK.dump_json(task) + b"\n")
        async for line in process.stdout:
            said = SAID.validate_json(line)
            if said.stage:
                tell(said.stage)
            outcome = outcome or said.outcome
    except BaseException:
        # Only here: a process that has ended by itself must be waited for, not killed.
        if process.returncode is None:
            process.kill()
        raise
    finally:
        await process.communicate()
    return outcome or Failed(f"it ended with code {process.returncode}: see the log")
