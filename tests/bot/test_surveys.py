"""News on a topic from articles that begin with something else."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.answer import Answer
from bot.engine import Engine
from bot.surveys import begins_with, names
from tests.bot.conftest import asked_in_turn, collected, write_report

NOW = datetime(2022, 9, 12, tzinfo=UTC)
DAY = "Six things this morning: Storm on the coast, Marnland, Cable cars"
LETTER = "Cable car plans and a quiet harbour"
FERRY = "Ferry from Marnland runs aground off Tessin"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("surveys")
    write = partial(write_report, root)
    write(
        "day",
        DAY,
        "11 September 2022",
        "Want this list in your mailbox? Subscribe to our letter, it costs nothing.",
        "A storm has torn roofs from forty houses on the coast.",
        "Marnland has closed its border to lorries. Its cabinet meets on Monday.",
        "The city will vote on cable cars in October.",
    )
    write(
        "letter",
        LETTER,
        "10 September 2022",
        "The cable cars may come after all. Marnland's fishermen have laid down their nets.",
        "Good morning to all who read this over their coffee.",
        "In the harbour nothing moved, since Marnland sent no ships.",
    )
    write(
        "ferry",
        FERRY,
        "9 September 2022",
        "A ferry with ninety people on board ran aground in fog on Thursday. Nobody was hurt.",
        "The ship had left Marnland an hour before.",
    )
    with collected(root) as found:
        yield found


def told(answer: Answer) -> dict[str, str]:
    """What is marked, by the titles of the articles."""
    return {q.article.title: q.text[slice(*q.answer)] for q in answer.quotations}


def test_of_each_article_what_tells_of_the_topic_is_quoted(engine: Engine) -> None:
    answer = asked_in_turn(engine, "latest news on Marnland", now=NOW)
    assert list(told(answer).items()) == [
        # Not how to subscribe.
        (DAY, "Marnland has closed its border to lorries."),
        # In its first paragraph, but not in the first sentence.
        (LETTER, "Marnland's fishermen have laid down their nets."),
        # It begins with what the title says of it.
        (FERRY, "A ferry with ninety people on board ran aground in fog on Thursday."),
    ]


def test_a_summary_begins_with_what_a_survey_tells_of_it(engine: Engine) -> None:
    first = asked_in_turn(engine, "tldr the storm on the coast", now=NOW).quotations[0]
    assert first.text == "A storm has torn roofs from forty houses on the coast."


def test_without_a_topic_articles_are_quoted_as_they_begin(engine: Engine) -> None:
    found = told(asked_in_turn(engine, "latest news", now=NOW))
    assert found[LETTER] == "The cable cars may come after all."


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Marnland closes its border", True),
        # Of the same stock.
        ("Marnlanders wait at the border", True),
        ("A storm has torn roofs from houses", False),
        ("Subscribe to our letter", False),
    ],
)
def test_a_part_of_the_title_is_no_beginning(text: str, begins: bool) -> None:
    assert begins_with(text, DAY, {"marnland": 1.0}, "en") is begins


def test_what_a_title_says_of_a_topic_is_a_beginning() -> None:
    assert begins_with("A ferry ran aground in fog", FERRY, {"marnland": 1.0}, "en")
    assert not begins_with("A lorry ran into a ditch in fog", FERRY, {"tessin": 1.0}, "en")


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("The Supreme Court rules", True),
        ("Supremely calm", True),
        ("The court of Tessin rules", False),
        ("Nobody rules", False),
    ],
)
def test_the_rarer_half_of_a_topic_names_it(text: str, is_named: bool) -> None:
    assert names(text, {"suprem": 4.0, "court": 2.0}, "en") is is_named
