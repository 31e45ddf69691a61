from datetime import date

import pytest

from bot.timing import is_old, preferred
from bot.understanding import Asked, Source, Time
from index.preference import Preference

NOW = date(2022, 6, 16)


def asked(kind: str, first: str | None = None, last: str | None = None) -> Asked:
    days = [date.fromisoformat(d) if d else None for d in (first, last)]
    return Asked(Time(kind, days[0], days[1], (0, 1)), None)  # type: ignore[arg-type]


def test_a_question_without_a_time_prefers_none() -> None:
    found = preferred(Asked(None, Source("TASS", (0, 1), (0, 1))), NOW)
    assert found == Preference(NOW, None, None, 1.0, 1.0, "TASS")


@pytest.mark.parametrize(
    ("given", "first", "last", "days", "least"),
    [
        (asked("recent", "2022-06-10", "2022-06-16"), "2022-06-13", "2022-06-16", 7.0, 0.5),
        (asked("recent", "2022-01-01", "2022-06-16"), "2022-01-01", "2022-06-16", 7.0, 0.5),
        (asked("today", "2022-06-16", "2022-06-16"), "2022-06-16", "2022-06-16", 7.0, 0.5),
        (asked("latest"), "2022-06-09", "2022-06-16", 60.0, 0.6),
        (asked("dated", "2014-12-17", "2014-12-17"), "2014-12-17", "2014-12-20", 7.0, 0.3),
        (asked("dated", "2014-01-01", "2014-12-31"), "2014-01-01", "2015-01-03", 91.0, 0.3),
        (asked("since", "2014-09-05"), "2014-09-05", None, 30.0, 0.3),
        (asked("after", "2014-09-05"), "2014-09-05", "2014-09-19", 60.0, 0.6),
        (asked("before", None, "2014-12-31"), None, "2015-01-03", 30.0, 0.3),
    ],
)
def test_a_time_is_preferred(
    given: Asked, first: str | None, last: str | None, days: float, least: float
) -> None:
    found = preferred(given, NOW)
    assert found.first == (date.fromisoformat(first) if first else None)
    assert found.last == (date.fromisoformat(last) if last else None)
    assert (found.days, found.least, found.outlet) == (days, least, None)


def test_what_is_old() -> None:
    today = asked("today", "2022-06-16", "2022-06-16").time
    assert is_old(today, date(2022, 6, 1), NOW)
    assert not is_old(today, date(2022, 6, 10), NOW)
    assert not is_old(today, None, NOW)
    assert not is_old(asked("dated", "2014-12-17", "2014-12-17").time, date(2014, 12, 17), NOW)
    assert not is_old(None, date(2014, 12, 17), NOW)
