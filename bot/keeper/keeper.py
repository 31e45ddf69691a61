"""One job at a time, whoever orders it; one that is broken off goes on at the next start."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable

from bot.desk import Desk
from bot.keeper.dropped import discard
from bot.keeper.job import Job
from bot.keeper.orders import Cancelled, Failed, Order, Outcome, Plan, Result
from bot.keeper.process import carry_out
from bot.keeper.wording import shown_name
from bot.settings import Settings
from bot.worker import Worker
from index.generation import current_number
from index.layout import Layout

SCHEDULE = "schedule"
"""Who does what nobody has ordered, in the audit log."""

RESTING = "rollback"
"""The name, among the alerts, of the schedule's rest after going back to an earlier index."""

_log = logging.getLogger(__name__)


class Keeper:
    """Has orders carried out. For one event loop.

    Args:
        settings: All of them.
        worker: Keeps what must be known after a restart.
        clock: Seconds, never falling.

    Attributes:
        running: The job under way, or None.
    """

    def __init__(
        self, settings: Settings, worker: Worker, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._worker = worker
        self._clock = clock
        self._is_closing = False
        self.running: Job | None = None

    def begin(self, order: Order, *, is_dry: bool = False, number: int | None = None) -> Job | None:
        """Begin a job and return it; None, and nothing begins, while another is under way.

        Args:
            order: What is to be done.
            is_dry: Whether only to find out what would change.
            number: Of the order, if it waited for a yes.
        """
        if self.running or self._is_closing:
            return None
        job = self.running = Job(order, is_dry, self._clock)
        job.task = asyncio.create_task(self._outcome(job, number))
        return job

    async def cancel(self, name: str) -> Job | None:
        """End the job under way, in the name of whoever wants it, and return it."""
        job = self.running
        if job:
            job.end(name)
            await asyncio.wait([job.task])
        return job

    async def resume(self) -> Job | None:
        """Go on with what an earlier run was ended in the middle of, and return it."""
        recorded = await self._worker.call(lambda desk: desk.kept.jobs.running())
        if recorded is None:
            return None
        return self.begin(recorded.order, is_dry=recorded.is_dry, number=recorded.number)

    async def watch(self) -> Job | None:
        """Read what is new, unless a job is under way or the index was gone back from."""
        is_resting = await self._worker.call(lambda desk: RESTING in desk.kept.alerts.known())
        return None if is_resting else self.begin(Order("watch"))

    async def refuse(self, order: Order, number: int) -> None:
        """Forget an order that is not wanted, and files that were dropped for it alone."""
        data = self._settings.index.data

        def forget(desk: Desk) -> None:
            desk.kept.jobs.end(number)
            entries = desk.engine.library.entries()
            wanted = {n for n in order.names if any(entry.is_from(n) for entry in entries)}
            discard(data, set(order.names) - wanted)

        await self._worker.call(forget)

    def before(self) -> tuple[int, int] | None:
        """Return the numbers of the index in use and of the one before, None if there is none."""
        layout = Layout(self._settings.index.data)
        current = current_number(layout)
        older = [n for n in layout.numbers() if current is not None and n < current]
        return (current, older[-1]) if current and older else None

    async def close(self) -> None:
        """End the job under way; the next start goes on with it."""
        self._is_closing = True
        await self.cancel("")

    async def _outcome(self, job: Job, number: int | None) -> Outcome:
        try:
            kept_as = await self._worker.call(
                lambda desk: desk.kept.jobs.begin(job.order, number, is_dry=job.is_dry)
            )
            outcome = await self._carried_out(job)
            if not self._is_closing:
                await self._worker.call(lambda desk: _note(desk, job, kept_as, outcome))
        except Exception as error:
            _log.exception("a job was not done")
            return Failed(f"unexpected: {type(error).__name__}: see the log")
        else:
            return outcome
        finally:
            self.running = None

    async def _carried_out(self, job: Job) -> Outcome:
        if not job.is_ended:
            work = carry_out(self._settings, job.order, job.tell, is_dry=job.is_dry)
            job.work = asyncio.create_task(work)
            with contextlib.suppress(asyncio.CancelledError):
                return await job.work
        return Cancelled(job.ended_by)


def _note(desk: Desk, job: Job, number: int, outcome: Outcome) -> None:
    """Write down what came of a job; of what the schedule did, only if anything did."""
    desk.kept.jobs.end(number)
    order = job.order
    if job.is_dry:
        return
    if order.kind in {"rollback", "reindex", "full"} and isinstance(outcome, Result):
        # What was gone back from must not come again by itself.
        desk.kept.alerts.told(RESTING, is_wrong=order.kind == "rollback")
    if order.who or not isinstance(outcome, Result) or outcome.changes:
        names = ", ".join(map(shown_name, order.names))
        detail = f"{names}: {summary(outcome)}" if names else summary(outcome)
        desk.engine.library.audit.put(str(order.who or SCHEDULE), order.kind, detail)


def summary(outcome: Outcome) -> str:
    """Say in a line, for the audit log, what came of a job."""
    match outcome:
        case Result(changes=changes, generation=generation):
            said = f"{changes.new} new, {changes.changed} changed, {changes.gone} gone"
            unread = len(outcome.failures) + outcome.more
            return f"{said}, {unread} not read; generation {generation}"
        case Failed(reason=reason):
            return f"failed: {reason}"
        case Cancelled(name=name):
            return f"ended by {name}"
        case Plan():
            return "a dry run"
