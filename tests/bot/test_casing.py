"""Names typed in small letters."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.engine import Engine
from tests.bot.conftest import asked_in_turn, collected, write_report

NOW = datetime(2014, 12, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def vote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("vote")
    write_report(
        root,
        "election",
        "Storr Wins Election in Lund",
        "3 December 2014",
        "Mila Storr has won the election in Lund with 54 percent of the vote. Bridges were the"
        " issue, and what the IKEA of Lund should pay for them.",
        "In Lund the bridges are old. The new mayor, Mila Storr, takes office in May.",
    )
    write_report(
        root,
        "referendum",
        "Lund Rejects Tunnel in Referendum",
        "12 December 2014",
        "In the referendum in Lund on the tunnel 61 percent voted No.",
    )
    with collected(root) as found:
        yield found


@pytest.mark.parametrize(
    ("typed", "language", "written"),
    [
        ("who won the election in lund?", "en", "who won the election in Lund?"),
        ("did mila storr pay ikea?", "en", "did Mila Storr pay IKEA?"),
        ("is lund's mayor new?", "en", "is Lund's mayor new?"),
        # Nouns stay, though sentences begin with them.
        ("are the bridges old?", "en", "are the bridges old?"),
        ("what of copenhagen?", "en", "what of copenhagen?"),
        # Whoever types capitals means them; in German all nouns have them.
        ("Is it in lund?", "en", "Is it in lund?"),
        ("wer gewann in lund?", "de", "wer gewann in lund?"),
    ],
)
def test_names_are_written_as_the_collection_has_them(
    vote: Engine, typed: str, language: str, written: str
) -> None:
    assert vote.answerer.caser.cased(typed, language) == written


def test_the_same_is_asked_of_another_in_small_letters(vote: Engine) -> None:
    first, question = "who won the election in lund?", "what about the referendum?"
    answer = asked_in_turn(vote, first, question, now=NOW)
    assert answer.resolved == "who won the referendum in Lund?"
    assert answer.quotations[0].article.title == "Lund Rejects Tunnel in Referendum"


def test_a_place_in_small_letters_is_of_the_language_before_it(vote: Engine) -> None:
    answer = asked_in_turn(vote, "who won the election in lund?", "in uvalde?", now=NOW)
    assert answer.resolved == "in uvalde? (election in Lund)"


def test_what_stands_alone_stays_as_typed(vote: Engine) -> None:
    question = "who won the election in lund?"
    answer = asked_in_turn(vote, "how old are the bridges?", question, now=NOW)
    assert answer.resolved == question


def test_a_name_that_the_newest_articles_have_in_their_titles_alone(tmp_path: Path) -> None:
    for at in range(15):
        write_report(
            tmp_path, f"t{at}", f"Storr Latest {at}", "9 December 2014", f"Item {at} fell."
        )
    write_report(tmp_path, "old", "Vote", "1 December 2014", "The winner is Storr, the mayor.")
    with collected(tmp_path) as engine:
        assert engine.answerer.caser.cased("did storr win?", "en") == "did Storr win?"


def test_what_was_asked_last_in_small_letters_is_asked_of_another(vote: Engine) -> None:
    said = ("who won the election in lund?", "what did storr say about it?", "and ikea?")
    answer = asked_in_turn(vote, *said, now=NOW)
    assert answer.resolved == "what did IKEA say about it? (election in Lund)"
