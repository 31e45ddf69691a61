"""What admins are told of a job, within Telegram's limits."""

from collections.abc import Callable

from bot import texts
from bot.keeper.job import Job
from bot.keeper.keeper import summary
from bot.keeper.orders import Cancelled, Changes, Failed, Order, Plan, Result, Stage
from bot.keeper.wording import asked, busy, ended, progress, shown_name
from bot.languages import ENGLISH, language
from bot.wire import form
from corpus.types import ReadError
from tests.telegram_limits import check_entities

ORDER = Order("reindex", who=7, name="Ann")
MANY = tuple(ReadError(f"/data/folder/{n}.md", "x" * 400 + " @all") for n in range(200))


def clock_of(now: list[float]) -> Callable[[], float]:
    return lambda: now[0]


def test_how_far_how_fast_and_until_when() -> None:
    now = [0.0]
    job = Job(ORDER, False, clock_of(now))
    said = [progress(job, ENGLISH).text]
    for at, stage in (
        (1, Stage("opening the model", 0, 0)),
        (2, Stage("opening the model", 1, 1)),
        (3, Stage("reading", 40, 0)),
        (4, Stage("encoding", 64, 1000)),
        (5, Stage("encoding", 128, 1000)),
        (14, Stage("encoding", 564, 1000)),
        (20, Stage("writing", 0, 1)),
    ):
        now[0] = at
        job.tell(stage)
        said.append(progress(job, ENGLISH).text)
    assert said[0] == "Reading what has changed"
    assert [text.partition("\n")[2] for text in said[1:]] == [
        "Opening the model …",
        "Opening the model …",
        "Reading: 40",
        "Encoding: 64 of 1000",
        # After one second nothing is said of the pace yet.
        "Encoding: 128 of 1000",
        "Encoding: 564 of 1000, 50 a second, done in 8 seconds",
        "Writing the index …",
    ]
    assert busy(job, ENGLISH) == (
        "Nothing was begun: Ann is having this done: Reading what has changed – Writing the index"
        " …. It began 20 seconds ago. /cancel ends it."
    )


def test_the_failures_that_there_is_room_for_are_named() -> None:
    result = Result(Changes(1, 2, 3, 4), 5, 6, 7, True, MANY, 1000)
    for message in (
        ended(result, ORDER, ENGLISH),
        asked(Plan(Changes(1), 5, 90, MANY, 1000), ORDER, 1, language("ar")),
        asked(Plan(Changes(), 0, 0, MANY, 1000), ORDER, 1, ENGLISH),
    ):
        assert len(message.text) < 4096
        check_entities(message.text, [e.to_dict() for e in form(message)["entities"]])
    text = ended(result, ORDER, ENGLISH).text
    assert text.startswith(
        "Reading what has changed\nDone.\n• 1 new article\n• 2 changed articles\n• 3 articles gone"
        "\n• 5 passages were encoded.\nThe collection has 6 articles now (generation 7).\n\n"
        "1,200 could not be read:\n• folder/0.md: xxx"
    )
    assert text.endswith(f"\nand 1,{200 - text.count('.md')} more")


def test_what_came_of_it() -> None:
    unchanged = Result(Changes(unchanged=9), 0, 9, 3, False)
    assert ended(unchanged, ORDER, ENGLISH).text.split("\n")[1] == texts.DONE_NOTHING
    failed = Failed("the disk\u202e is full: see /tmp")
    message = ended(failed, ORDER, ENGLISH)
    assert message.text.endswith("It did not work: the disk\ufffd is full: see /tmp")
    assert [m.kind for m in message.marks] == ["code"]
    assert [summary(one) for one in (unchanged, failed, Cancelled("Bob"))] == [
        "0 new, 0 changed, 0 gone, 0 not read; generation 3",
        f"failed: {failed.reason}",
        "ended by Bob",
    ]


def test_files_are_called_by_their_names() -> None:
    assert shown_name("/srv/data/added/0123456789ab-report.md") == "report.md"
    assert shown_name("/srv/news/2024/report.md") == "2024/report.md"
    assert shown_name("https://news.example/a/b") == "https://news.example/a/b"
    assert shown_name("/srv/\x1b[31m\n.md") == "srv/\ufffd[31m\ufffd.md"
