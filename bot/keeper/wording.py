"""What the admins are told of a job."""

import re
from collections.abc import Sequence
from pathlib import Path

from bot import texts
from bot.covering import shortened, write_covered
from bot.keeper.job import Job
from bot.keeper.orders import Cancelled, Changes, Failed, Order, Outcome, Plan, Result, Stage
from bot.languages import Language
from bot.message import Button, Composer, Message, units
from corpus.types import ReadError

_WORK = {
    "add": texts.ADDING,
    "remove": texts.REMOVING,
    "reindex": texts.REINDEXING,
    "full": texts.REINDEXING_FULLY,
    "rollback": texts.ROLLING_BACK,
    "watch": texts.WATCHING,
}
_ROOM = 3600
"""UTF-16 units of a message after which nothing more is listed; 4096 are all that there are."""

_MOST_LISTED = 40
_LONGEST_NAME = 100
_LONGEST_REASON = 300
_DIGEST = re.compile(r"[0-9a-f]{12}-", re.ASCII)


def work(order: Order, spoken: Language) -> str:
    """Say what an order does."""
    return spoken.say(_WORK[order.kind])


def orderer(order: Order, spoken: Language) -> str:
    """Name whoever has ordered something."""
    return spoken.isolated(order.name) if order.who else spoken.say(texts.THE_SCHEDULE)


def progress(job: Job, spoken: Language) -> Message:
    """Say how far a job is, how fast it goes, and when it will be done."""
    doing = work(job.order, spoken)
    head = spoken.say(texts.FORESEEING, work=doing) if job.is_dry else doing
    lines = [head, *_stage(job, spoken)]
    return Message("\n".join(lines))


def busy(job: Job, spoken: Language) -> str:
    """Say why nothing else can begin."""
    return spoken.say(
        texts.BUSY,
        name=orderer(job.order, spoken),
        work=" – ".join([work(job.order, spoken), *_stage(job, spoken)]),
        ago=spoken.ago(job.age),
    )


def asked(plan: Plan, order: Order, number: int, spoken: Language) -> Message:
    """Say what an order would do, with buttons to have it done or not."""
    doing = work(order, spoken)
    out = Composer()
    if not (plan.changes or plan.passages):
        out.write(spoken.say(texts.PLAN_NOTHING, work=doing))
        _write_failures(out, plan.failures, plan.more, spoken)
        return out.message()
    lines = _changes(plan.changes, spoken)
    if plan.passages:
        later = spoken.later(plan.seconds)
        lines.append(spoken.counted(texts.TO_ENCODE, plan.passages, later=later))
    out.write("\n• ".join([spoken.say(texts.PLAN, work=doing), *lines]))
    _write_failures(out, plan.failures, plan.more, spoken)
    return out.message(yes_or_no(number, spoken))


def yes_or_no(number: int, spoken: Language) -> tuple[Button, ...]:
    """Return the buttons below an order that waits for a yes."""
    return (
        Button(spoken.say(texts.DO_IT), data=f"k:{number}:y"),
        Button(spoken.say(texts.CANCEL), data=f"k:{number}:n"),
    )


def ended(outcome: Outcome, order: Order, spoken: Language) -> Message:
    """Say what came of a job."""
    out = Composer()
    out.write(work(order, spoken) + "\n")
    match outcome:
        case Result():
            _write_result(out, outcome, spoken)
        case Failed(reason=reason):
            shown = spoken.isolated(shortened(printable(reason), _LONGEST_REASON))
            write_covered(out, spoken.say(texts.FAULT, reason=shown))
        case Cancelled(name=name):
            out.write(spoken.say(texts.ENDED, name=spoken.isolated(name)))
        case Plan():
            out.write(spoken.say(texts.NOT_WANTED))
    return out.message()


def printable(words: str) -> str:
    """Return words from outside without what would not be seen, or would change what is."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words)


def shown_name(origin: str) -> str:
    """Return an address as it is, of a file its name and that of its folder."""
    name = origin
    if "://" not in origin:
        path = Path(origin)
        added = _DIGEST.match(path.name)
        name = path.name[added.end() :] if added else "/".join(path.parts[-2:])
    return shortened(printable(name), _LONGEST_NAME)


def _stage(job: Job, spoken: Language) -> list[str]:
    """How far a job is, in one line or two; none before anything is known."""
    if job.stage is None:
        return []
    lines = [_how_far(job.stage, spoken)]
    if pace := job.pace():
        rate, later = f"{pace.rate:.0f}", spoken.later(pace.left)
        lines.append(spoken.say(texts.PACE, rate=rate, later=later))
    return [spoken.listed(lines)]


def _how_far(stage: Stage, spoken: Language) -> str:
    name = spoken.say(texts.STAGES.get(stage.name, stage.name))
    if stage.total > 1:
        return spoken.say(texts.STAGE_OF, stage=name, done=stage.done, total=stage.total)
    if stage.done and not stage.total:
        return spoken.say(texts.STAGE_SOME, stage=name, done=stage.done)
    return spoken.say(texts.STAGE, stage=name)


def _changes(changes: Changes, spoken: Language) -> list[str]:
    counts = (
        (texts.CHANGES_NEW, changes.new),
        (texts.CHANGES_CHANGED, changes.changed),
        (texts.CHANGES_GONE, changes.gone),
    )
    return [spoken.counted(forms, count) for forms, count in counts if count]


def _write_result(out: Composer, result: Result, spoken: Language) -> None:
    lines = _changes(result.changes, spoken)
    if result.encoded:
        lines.append(spoken.counted(texts.DONE_ENCODED, result.encoded))
    if lines or result.published:
        out.write("\n• ".join([spoken.say(texts.DONE), *lines]))
    else:
        out.write(spoken.say(texts.DONE_NOTHING))
    articles = spoken.counted(texts.ARTICLES, result.articles)
    now = spoken.say(texts.DONE_NOW, articles=articles, generation=result.generation)
    out.write(f"\n{now}")
    _write_failures(out, result.failures, result.more, spoken)


def _write_failures(
    out: Composer, failures: Sequence[ReadError], more: int, spoken: Language
) -> None:
    """Name as many of the failures as there is room for, each with its reason."""
    if not failures:
        return
    out.write("\n\n" + spoken.counted(texts.UNREAD, len(failures) + more))
    left = len(failures) + more
    for failure in failures[:_MOST_LISTED]:
        reason = shortened(printable(failure.reason), _LONGEST_REASON)
        name = shown_name(failure.origin)
        if units(out.text + name + reason) > _ROOM:
            break
        out.write("\n• ")
        # Fixed width, so that Telegram makes no link or mention of it.
        out.write(name, "code")
        write_covered(out, f": {spoken.isolated(reason)}")
        left -= 1
    if left:
        out.write("\n" + spoken.counted(texts.AND_MORE, left))
