"""The bound on work that other tests rely on."""

import pytest

from tests import work


def _busy(seconds: float) -> None:
    begun = work._spent()
    while work._spent() - begun < seconds:
        pass


def test_what_takes_more_of_the_processor_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_pace", lambda: work._USUAL / 2)
    with work.at_most(2.0):
        _busy(0.05)
    said = r"^took 0\.\d\d s of the processor, not 0\.05$"
    with pytest.raises(AssertionError, match=said), work.at_most(0.05):
        _busy(0.1)


def test_a_slow_machine_is_given_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_pace", lambda: work._USUAL * 20)
    with work.at_most(0.05):
        _busy(0.1)
