"""Going back to the generation before."""

from pathlib import Path

import pytest

from corpus.store import Library
from index.build import build
from index.generation import current_number
from index.layout import Layout
from index.rollback import rollback
from index.types import UnusableError
from tests.index.toys import ToyEncoder, article, fill


def test_the_generation_before_serves_again(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    with Library(layout.library) as library:
        fill(library, article("a", "Iran"))
        build(layout, library, ToyEncoder())
        with pytest.raises(UnusableError, match="no earlier generation is kept"):
            rollback(layout)
        fill(library, article("b", "Oil"))
        build(layout, library, ToyEncoder())
    assert rollback(layout).articles == 1
    assert current_number(layout) == 1
    assert layout.numbers() == [1, 2]
