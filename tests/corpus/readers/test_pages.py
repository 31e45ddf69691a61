"""The floor of what is cut out of 91 real pages, and what trafilatura alone makes of them."""

import importlib.util

import pytest

from tests.corpus.samples import ROOT
from tests.shared import need

pytestmark = pytest.mark.shared


def test_pages() -> None:
    folder = need("data", "pages")
    spec = importlib.util.spec_from_file_location("pages", ROOT / "benchmarks" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    ours = {part: figures[0] for part, figures in pages.measure(folder, pages.ours).items()}
    assert [part for part, floor in pages.FLOOR.items() if ours[part] < floor] == []
    assert ours["all"] > 0.970
    theirs = pages.measure(folder, pages.theirs)
    assert all(ours[part] > theirs[part][0] + 0.01 for part in ours)
