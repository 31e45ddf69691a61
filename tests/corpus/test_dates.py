"""corpus.dates: the date line in many languages, and what is not one."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.dates import URL, AmbiguousDateError, date_line, dated, moment

DAY = datetime(2014, 12, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "December 17, 2014",
        "17 December 2014",
        "  17 Dec 2014  ",
        "Wednesday, December 17, 2014",
        "17th of December 2014",
        "2014-12-17",
        "2014/12/17",
        "17/12/2014",
        "12/17/2014",
        "17.12.2014",
        "17.12.14",
        "*17 December 2014*",
        "**17 December 2014**",
        "__17 December 2014__",
        "17 декабря 2014",
        "17 декабря 2014 г.",
        "17. Dezember 2014",
        "Le 17 décembre 2014",
        "17 de diciembre de 2014",
        "2014年12月17日",
        "17 ديسمبر 2014",
        "١٧ ديسمبر ٢٠١٤",
        "۱۷ دسامبر ۲۰۱۴",
        "17 דצמבר 2014",
    ],
)
def test_one_day_in_many_spellings(line: str) -> None:
    assert date_line(line) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "17 December 2014 23:30 EST",
        "17 December 2014, 01:30 +0300",
        "2014-12-17T23:59:59-11:00",
        "2014-12-17T00:00:00+14:00",
        "Dec 17, 2014, 3:04 p.m.",
    ],
)
def test_the_day_is_the_one_written_whatever_the_time_zone(line: str) -> None:
    assert date_line(line) == DAY


@pytest.fixture(params=["Pacific/Kiritimati", "America/Los_Angeles"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("_zone")
def test_the_machines_time_zone_plays_no_part() -> None:
    assert date_line("17 December 2014") == DAY
    assert date_line("17 December 2014 23:30 EST") == DAY


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2014-01-02", datetime(2014, 1, 2, tzinfo=UTC)),
        ("2014-02-01", datetime(2014, 2, 1, tzinfo=UTC)),
        ("1/1/2014", datetime(2014, 1, 1, tzinfo=UTC)),
        ("13/12/2014", datetime(2014, 12, 13, tzinfo=UTC)),
        ("1 January 1850", datetime(1850, 1, 1, tzinfo=UTC)),
        ("29 February 2016", datetime(2016, 2, 29, tzinfo=UTC)),
        ("1 January 0001 +0500", datetime(1, 1, 1, tzinfo=UTC)),
        ("31 December 9999 -0500", datetime(9999, 12, 31, tzinfo=UTC)),
    ],
)
def test_days_that_look_odd(line: str, expected: datetime) -> None:
    assert date_line(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "01/02/2014",
        "1.2.14",
        "1-2-2014",
        "01/02/2014.",
        "01 02 2014",
        "01/02/2014 10:00",
        "Wednesday, 01/02/2014",
        "*01/02/2014*",
        "٠١/٠٢/٢٠١٤",
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_refused(line: str) -> None:
    with pytest.raises(AmbiguousDateError, match="^" + line.strip("*").replace(".", r"\.") + "$"):
        date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "yesterday",
        "Wednesday",
        "17 December",
        "December 2014",
        "2014",
        "31 February 2014",
        "29 February 2015",
        "The war began on 5 May 2014.",
        "In 2014 he left for 3 years",
        "5 May 2014 and 6 June 2014",
        "The score was 3-2-1 on the night.",
        "1418774400",
        "17 December" + " " * 50 + "2014",
    ],
)
def test_not_a_date_line(line: str) -> None:
    assert date_line(line) is None


_PIECES = st.sampled_from(
    [
        "17",
        "1",
        "00",
        "2014",
        "99999",
        "0001",
        "9999",
        "December",
        "декабря",
        "年",
        "月",
        "日",
        "/",
        "-",
        ".",
        ":",
        "+0300",
        "+99:99",
        "EST",
        "Z",
        "T",
        "pm",
        "W52",
        "²",
        "٣",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=6), st.sampled_from(["", " "]))
@example(["31", "December", "9999", "+0300"], " ")
def test_whatever_the_line_says_the_answer_is_a_midnight_or_none(
    pieces: list[str], between: str
) -> None:
    try:
        found = date_line(between.join(pieces))
    except AmbiguousDateError:
        return
    assert found is None or found == datetime(found.year, found.month, found.day, tzinfo=UTC)


# Moments, and which of them to trust

NOW = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-03-03", "2015-03-03T00:00:00+00:00"),
        ("20150303", "2015-03-03T00:00:00+00:00"),
        ("2015-03-03T09:30:00Z", "2015-03-03T09:30:00+00:00"),
        ("2015-03-03T09:30:00+01:00", "2015-03-03T08:30:00+00:00"),
        ("2015-03-03T09:30:00+0100", "2015-03-03T08:30:00+00:00"),
        ("2015-03-03 09:30:00 -05:00", "2015-03-03T14:30:00+00:00"),
        ("Tue, 03 Mar 2015 09:30:00 +0100", "2015-03-03T08:30:00+00:00"),
        ("Tue, 3 Mar 2015 09:30:00 GMT", "2015-03-03T09:30:00+00:00"),
        ("1425371400", "2015-03-03T08:30:00+00:00"),
        ("1425371400000", "2015-03-03T08:30:00+00:00"),
        ("3 марта 2015 г.", "2015-03-03T00:00:00+00:00"),
        ("", None),
        ("yesterday", None),
        ("2015", None),
        ("2015-13-45T00:00:00", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_moment(text: str, expected: str | None) -> None:
    found = moment(text)
    assert (found.isoformat() if found else None) == expected


def test_the_first_date_that_can_be_trusted_is_taken_and_the_others_are_told() -> None:
    found = dated(
        [(None, "JSON-LD"), ("2199-01-01", "JSON-LD"), ("01/02/2015", "meta"), ("2015-03-03", "x")],
        [("2015-03-02", "JSON-LD")],
        NOW,
    )
    assert (found.published, found.published_from) == (datetime(2015, 3, 3, tzinfo=UTC), "x")
    # It cannot have been changed before it was published.
    assert (found.updated, found.updated_from) == (None, None)
    assert found.notes == (
        "the date 2199-01-01 (JSON-LD) lies ahead: it was passed over",
        "the date 01/02/2015 (meta) can be read in two ways: it was passed over",
    )


def test_a_date_in_the_address_alone_is_told() -> None:
    found = dated([("2015-03-03", URL)], [], NOW)
    assert found.published_from == URL
    assert found.notes == ("its date, 2015-03-03, stands in its address alone",)


def test_gaps_are_filled_from_elsewhere() -> None:
    mine = dated([], [("2015-03-04", "feed")], NOW)
    other = dated([("2015-03-03", "meta")], [("2015-03-05", "meta")], NOW)
    found = mine.over(other)
    assert (found.published_from, found.updated_from) == ("meta", "feed")
