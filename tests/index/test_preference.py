import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.preference import UNDATED, Preference, Rows
from index.types import UnusableError

NOW = date(2022, 6, 16)
DAYS = [date(2022, 6, 16), date(2022, 6, 6), date(2022, 1, 1), None, date(2022, 6, 20)]
ROWS = Rows.of(list(DAYS), ["CNN", "TASS", None, "TASS", "CNN"], ["en", "ru", "en", None, "ru"])


def aged(days: int) -> float:
    """What an article counts for its age alone."""
    return 0.8 + 0.2 * math.exp(-max(days - 7, 0) / 30)


def test_rows_survive_their_file(tmp_path: Path) -> None:
    ROWS.save(tmp_path / "rows.npz")
    again = Rows.load(tmp_path / "rows.npz")
    assert again.names == ("CNN", "TASS")
    assert again.days.tolist() == [d.toordinal() if d else UNDATED for d in DAYS]
    assert again.outlets.tolist() == [0, 1, -1, 1, 0]
    assert again.codes == ("en", "ru")
    assert again.languages.tolist() == [0, 1, 0, -1, 1]
    assert len(again) == 5


@pytest.mark.parametrize("data", [b"", b"PK", b"no table"])
def test_a_damaged_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "rows.npz"
    path.write_bytes(data)
    with pytest.raises(UnusableError, match=r"rows\.npz: not a table of dates"):
        Rows.load(path)


def test_within_the_time_all_counts_and_beyond_it_less_and_less() -> None:
    wanted = Preference(NOW, date(2022, 6, 9), NOW, days=3.0, least=0.4)
    counts = wanted.factors(ROWS).tolist()
    assert counts[0] == pytest.approx(1.0)
    assert counts[1] == pytest.approx((0.4 + 0.6 * math.exp(-1)) * aged(10))
    assert counts[2] == pytest.approx(0.4 * aged(166))
    assert counts[3] == pytest.approx(1.0)  # undated: nothing speaks against it
    assert counts[4] == pytest.approx(0.3)  # dated after the question


def test_an_open_end_is_open() -> None:
    since = Preference(NOW, date(2022, 6, 1), None, days=1.0, least=0.5).factors(ROWS)
    assert since[[0, 1]].tolist() == pytest.approx([1.0, aged(10)])
    assert since[2] == pytest.approx(0.5 * aged(166))
    before = Preference(NOW, None, date(2022, 1, 1), days=1.0, least=0.5).factors(ROWS)
    assert before[2] == pytest.approx(aged(166))
    assert before[0] == pytest.approx(0.5)


def test_what_names_the_time_is_within_it_whatever_its_date() -> None:
    wanted = Preference(NOW, None, date(2022, 1, 1), days=1.0, least=0.3)
    naming = np.array([True, False, True, False, True])
    counts = wanted.factors(ROWS, naming)
    assert counts.tolist() == pytest.approx([1.0, 0.3 * aged(10), aged(166), 1.0, 0.3])


def test_an_outlet_halves_all_others() -> None:
    wanted = Preference(NOW, None, None, days=1.0, least=1.0, outlet="TASS").factors(ROWS)
    assert wanted.tolist()[:4] == pytest.approx([0.5, aged(10), 0.5 * aged(166), 1.0])
    unknown = Preference(NOW, None, None, days=1.0, least=1.0, outlet="AP").factors(ROWS)
    assert unknown.tolist()[:4] == pytest.approx([1.0, aged(10), aged(166), 1.0])


def test_the_newest_article() -> None:
    assert ROWS.newest == max(d for d in DAYS if d)
    assert Rows.of([None], [None], [None]).newest is None
    assert Rows.of([], [], []).newest is None


def test_whether_articles_are_of_some_days() -> None:
    rows = Rows.of([date(2015, 1, 2), None, date(2015, 1, 5)], [None] * 3, [None] * 3)
    assert rows.has(date(2015, 1, 2), date(2015, 1, 2))
    assert rows.has(date(2015, 1, 3), date(2015, 1, 5))
    assert not rows.has(date(2015, 1, 3), date(2015, 1, 4))
    assert not rows.has(date(2015, 1, 6), date(2016, 1, 1))
