"""What the admins must know without asking: failing feeds, an old index, a full disk."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import texts
from bot.covering import shortened
from bot.desk import Desk
from bot.keeper.wording import printable
from bot.languages import Language

_DAY = timedelta(days=1)
_MEGABYTE = 1_000_000

LEAST_FREE = 500 * _MEGABYTE
"""Bytes. With less of it under the data folder, the disk is nearly full."""

_WELL_AGAIN = 1.2
"""Times as much must be free for the disk to be well again: it must not be told to and fro."""

_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that is wrong, or well again.

    Attributes:
        name: Of the thing, the same for both.
        is_wrong: Whether it is wrong.
        words: That say it, in a given language.
    """

    name: str
    is_wrong: bool
    words: Callable[[Language], str]


class Health:
    """Looks after the feeds, the index and the disk.

    Args:
        data: The data folder.
        stale_days: The index may be so old; 0 is no limit.
        free: Bytes that are free under a folder.
    """

    def __init__(
        self,
        data: Path,
        stale_days: float,
        free: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free,
    ) -> None:
        self._data = data
        self._stale = timedelta(days=stale_days)
        self._free = free

    def news(self, desk: Desk, now: datetime) -> list[Notice]:
        """Return what the admins have not been told: what is wrong, and what is well again."""
        known = desk.kept.alerts.known()
        notices = [*self._feeds(desk, now, known), *self._index(desk, now)]
        notices.append(self._disk(is_known="disk" in known))
        return [notice for notice in notices if notice.is_wrong != (notice.name in known)]

    def _feeds(self, desk: Desk, now: datetime, known: frozenset[str]) -> list[Notice]:
        failing = {s.name: s.error or "" for s in desk.engine.library.sources.failing(now, _DAY)}
        names = {name.partition(":")[2] for name in known if name.startswith("feed:")}
        return [
            *(_failing(name, reason) for name, reason in failing.items()),
            # One that is followed no longer is none that fails.
            *(_well(name) for name in sorted(names - failing.keys())),
        ]

    def _index(self, desk: Desk, now: datetime) -> list[Notice]:
        age = desk.engine.age(lambda: now)
        is_wrong = bool(self._stale) and age > self._stale.total_seconds()

        def words(spoken: Language) -> str:
            if is_wrong:
                return spoken.say(texts.ALERT_STALE, ago=spoken.ago(age))
            return spoken.say(texts.ALERT_STALE_WELL)

        return [Notice("index", is_wrong, words)]

    def _disk(self, *, is_known: bool) -> Notice:
        free = self._free(self._data)
        is_wrong = free < LEAST_FREE * (_WELL_AGAIN if is_known else 1)
        text = texts.ALERT_DISK if is_wrong else texts.ALERT_DISK_WELL
        return Notice("disk", is_wrong, lambda spoken: spoken.say(text, free=free // _MEGABYTE))


def _failing(name: str, reason: str) -> Notice:
    shown, why = shortened(printable(name)), shortened(printable(reason), _LONGEST_REASON)
    return Notice(
        f"feed:{name}",
        True,
        lambda spoken: spoken.say(
            texts.ALERT_FEED, name=spoken.isolated(shown), reason=spoken.isolated(why)
        ),
    )


def _well(name: str) -> Notice:
    shown = shortened(printable(name))
    return Notice(
        f"feed:{name}",
        False,
        lambda spoken: spoken.say(texts.ALERT_FEED_WELL, name=spoken.isolated(shown)),
    )
