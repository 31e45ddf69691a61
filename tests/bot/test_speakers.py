"""Whose words a passage tells."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.engine import Engine
from bot.speakers import is_person, may_tell
from tests.bot.conftest import asked_in_turn, collected, write_report

NOW = datetime(2014, 12, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("who", "texts", "is_one"),
    [
        ("Reeve", ["Anton Reeve left.", "Reeve wept.", "For Reeve it was late."], True),
        ("Lund", ["In Lund it rains.", "Lund votes.", "The Lund bridge fell."], False),
        ("Anton Reeve", ["Anton Reeve left."], False),
        ("reeve", ["Anton Reeve left."], False),
        ("Reeve", [], False),
    ],
)
def test_who_has_a_first_name_is_a_person(who: str, texts: list[str], is_one: bool) -> None:
    assert is_person(who, texts) == is_one


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Reeve described it as a loss.", True),
        ("“It holds,” said the mayor, Anton Reeve.", True),
        ("Storr, who met Reeve, said that it would hold.", True),
        ("Anton Lund-Reeve said that it would hold.", True),
        # Others speak, of him or not.
        ("“It was Reeve who let it rust,” Storr said.", False),
        ("Mila Storr, who leads the opposition, said that it would hold.", False),
        ("It was built by Reeve.", False),
        ("Storr wrote so, as did the other Reeve appointees.", False),
        ("Reeve's bridge fell.", False),
        ("It fell in May.", False),
    ],
)
def test_what_may_be_his_words(text: str, may: bool) -> None:
    assert may_tell(text, [], "Reeve", "en") == may


@pytest.mark.parametrize(
    ("before", "may"), [("Reeve met the council.", True), ("Reeve's council met.", False)]
)
def test_he_is_who_was_told_of_before(before: str, may: bool) -> None:
    assert may_tell("“It holds,” he said.", ["It rained.", before], "Reeve", "en") == may


def test_in_another_language_anybody_may_speak() -> None:
    assert may_tell("„Sie hält“, sagte Storr.", [], "Reeve", "de")


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("ferry")
    write_report(
        root,
        "ferry",
        "Ferry Runs Aground",
        "16 December 2014",
        "The ferry Sigrun ran aground off Lund on Monday with 80 people on board.",
        "Mayor Anton Reeve called the grounding of the ferry a disgrace and promised an inquiry.",
        "“The mayor's friend Karl Brandt sold us that ferry,” opposition leader Mila Storr said of"
        " the grounding.",
    )
    write_report(
        root,
        "harbour",
        "Governor Opens Harbour",
        "9 December 2014",
        "Governor Karl Brandt said on Sunday that the harbour would be dredged. Karl Brandt has a"
        " boat there.",
    )
    with collected(root) as found:
        yield found


def test_what_he_said_about_it_is_told_in_his_words(ferry: Engine) -> None:
    first, question = "Where did the ferry run aground?", "what did Reeve say about it?"
    answer = asked_in_turn(ferry, first, question, now=NOW)
    assert answer.quotations[0].text.startswith("Mayor Anton Reeve called")
    answer = asked_in_turn(ferry, first, question, "and Storr?", now=NOW)
    assert answer.resolved.startswith("what did Storr say about it? (")
    assert "Mila Storr said" in answer.quotations[0].text


def test_what_others_said_of_him_is_not_what_he_said(ferry: Engine) -> None:
    first, question = "Where did the ferry run aground?", "what did Brandt say about it?"
    answer = asked_in_turn(ferry, first, question, now=NOW)
    assert not answer.answered
    # In small letters, and asked of another.
    answer = asked_in_turn(ferry, first, "what did reeve say about it?", "and brandt?", now=NOW)
    assert answer.resolved.startswith("what did Brandt say about it? (")
    assert not answer.answered
