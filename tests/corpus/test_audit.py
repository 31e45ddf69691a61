import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.audit import Act
from corpus.store import Library

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_acts_are_kept_and_paged_latest_first(tmp_path: Path) -> None:
    with Library(tmp_path / "l") as library:
        acts = [library.audit.put("42", "add", f"a{n}", now=NOON) for n in range(5)]
    with Library(tmp_path / "l") as library:
        assert acts[0] == Act(1, NOON, "42", "add", "a0")
        assert library.audit.list(2) == [acts[4], acts[3]]
        assert library.audit.list(2, before=acts[3].number) == [acts[2], acts[1]]
        assert library.audit.list(9, before=1) == []
        assert library.audit.list(-1) == []
        assert abs((library.audit.put("x", "y").at - datetime.now(UTC)).total_seconds()) < 5


@pytest.mark.parametrize("change", ["DELETE FROM audit", "UPDATE audit SET who = 'nobody'"])
def test_nobody_rewrites_it(library: Library, change: str) -> None:
    library.audit.put("42", "remove", "a1")
    with pytest.raises(sqlite3.IntegrityError, match="the audit log is only added to"):
        library._db.execute(change)
    assert [act.who for act in library.audit.list(9)] == ["42"]
