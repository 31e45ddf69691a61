"""What somebody said, asked for with nothing that it is about."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.conversation import Quoted, Turn, resolve, spoken_of
from bot.engine import Engine
from bot.uttering import Sayer, _is_saying, _saying, sayer
from tests.bot.conftest import asked_in_turn, collected, write_report

NOW = datetime(2014, 12, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "language", "sayer_asked"),
    [
        ("What did Reeve say?", "en", ("Reeve", "")),
        ("what has the mayor said", "en", ("the mayor", "")),
        ("What did Reeve say in ?", "en", ("Reeve", "")),
        ("Was sagte Reeve?", "de", ("Reeve", "")),
        ("Was hat Reeve gesagt?", "de", ("Reeve", "")),
        ("¿Qué dijo Anton Reeve?", "es", ("Anton Reeve", "")),
        ("Qu’a dit Reeve ?", "fr", ("Reeve", "")),
        ("Что сказал Рив?", "ru", ("Рив", "")),
        ("Що сказала Пелл?", "uk", ("Пелл", "")),
        ("What did the WHO say?", "en", ("the WHO", "")),
        # On something.
        ("What did Reeve say about rust?", "en", ("Reeve", "rust")),
        (
            "what did anton reeve say about the state of the bridge",
            "en",
            ("anton reeve", "the state of the bridge"),
        ),
        ("what did anton reeve say about the rust", "en", ("anton reeve", "the rust")),
        ("What did Reeve say on the rust in ?", "en", ("Reeve", "the rust")),
        ("Was sagte Reeve über den Rost?", "de", ("Reeve", "den Rost")),
        ("Was hat Reeve über den Rost gesagt?", "de", ("Reeve", "den Rost")),
        ("¿Qué dijo Anton Reeve sobre el puente?", "es", ("Anton Reeve", "el puente")),
        ("Qu’a dit Reeve sur le pont ?", "fr", ("Reeve", "le pont")),
        ("Что сказал Рив о мосте?", "ru", ("Рив", "мосте")),
        ("Що сказала Пелл про міст?", "uk", ("Пелл", "міст")),
        # Of somebody told before, or on something told before.
        ("What did he say?", "en", None),
        ("What did he say about rust?", "en", None),
        ("What did Reeve say about his bridge?", "en", None),
        ("What did Reeve reject?", "en", None),
        ("What did … say?", "en", None),
        ("What do you have to say?", "en", None),
        ("what did they have to say?", "en", None),
        ("What does it say?", "en", None),
        ("Reeve ne dedi?", "tr", None),
    ],
)
def test_who_is_asked_about(
    question: str, language: str, sayer_asked: tuple[str, str] | None
) -> None:
    found = sayer(question, language)
    assert (found and (found.who, found.about)) == sayer_asked
    assert found is None or not (found.is_on_it or found.is_he)


def test_initials_are_no_other_word() -> None:
    says = _saying("WHO", "en")
    assert says.search("The WHO said that cases fell.")
    assert says.search("Cases fell, said the WHO.")
    assert not says.search("A nurse, who said that cases fell, left.")
    assert _saying("Reeve", "en").search("reeve said so")


@pytest.mark.parametrize(
    ("sentence", "is_his"),
    [
        ("Reeve on Monday said that it would hold.", True),
        ("Reeve, 45, later told the council so.", True),
        ("“It holds,” said the mayor of Lund Anton Reeve.", True),
        ("“It holds,” said the WHO on Monday, and Reeve.", False),
        ("In Lund, Reeve said that it would hold.", True),
        # Others say it.
        ("Reeve spokesman Karl Lind said that it would hold.", False),
        ("Reeve aides said that it would hold.", False),
        ("A man close to Mayor Anton Reeve said that it would hold.", False),
        ("The council of the Reeve said so.", False),
        ("“It holds,” said the Reeve ally.", False),
        ("Nobody believes what Mayor Reeve says.", False),
        ("“It holds,” said the Reeve on Monday.", True),
    ],
)
def test_whose_words_they_are(sentence: str, is_his: bool) -> None:
    assert _is_saying(_saying("Reeve", "en"), sentence) == is_his


def test_initials_are_spelt_out() -> None:
    says = _saying("WHO", "en")
    assert _is_saying(says, "The World Health Organization said that cases fell.")
    assert not _is_saying(says, "The World Trade Organization said that trade fell.")
    assert _is_saying(_saying("FAO", "en"), "The Food and Agriculture Organization warned of it.")


@pytest.mark.parametrize(
    "verb", ["could say", "will say", "did not say", "never said", "wouldn’t say"]
)
def test_what_is_not_said_is_no_saying(verb: str) -> None:
    assert not _saying("Reeve", "en").search(f"He feared what Reeve {verb} of it.")


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("bridge")
    write_report(
        root,
        "rust",
        "Bridge Was Known to Be Weak",
        "16 December 2014",
        "Mayor Anton Reeve's deputy said on Monday that the archive had been closed for the week.",
        "Engineers saw rust in the hangers. Mayor Anton Reeve, who took office in May, said that he"
        " had asked for money and got none.",
        "“That request never came to a vote,” said opposition leader Mila Storr.",
        "Reeve was told by the ministry to wait, and Storr met him twice.",
        "The ferry that runs in the meantime is full every morning.",
    )
    write_report(
        root,
        "pier",
        "Pier Reopens",
        "1 December 2014",
        "The harbour master, Ida Holm, said the pier would bear lorries again by spring.",
        "Swans nest beneath it.",
    )
    with collected(root) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Reeve say?", "Mayor Anton Reeve, who took office in May, said"),
        ("What did the mayor say?", "Mayor Anton Reeve, who took office in May, said"),
        ("What did Reeve say in December 2014?", "Mayor Anton Reeve, who took office in May, said"),
        ("What did Mila Storr say?", "“That request never came to a vote,” said"),
        ("What did Ida Holm say?", "The harbour master, Ida Holm, said"),
        ("What did the mayor say about money?", "Mayor Anton Reeve, who took office in May, said"),
        ("What did Reeve say about the rust?", "Mayor Anton Reeve, who took office in May, said"),
        ("What did Ida Holm say about the lorries?", "The harbour master, Ida Holm, said"),
    ],
)
def test_a_sentence_in_which_he_says_something_answers(
    bridge: Engine, question: str, words: str
) -> None:
    first = asked_in_turn(bridge, question, now=NOW).quotations[0]
    assert first.text[slice(*first.answer)].startswith(words)


@pytest.mark.parametrize(
    "question",
    [
        # Nobody of that name says anything.
        "What did Swan say?",
        "What did Ada Reeve say?",
        # She said it before.
        "What did Ida Holm say yesterday?",
    ],
)
def test_what_was_not_said_is_not_told(bridge: Engine, question: str) -> None:
    answer = asked_in_turn(bridge, question, now=NOW)
    assert not any(one.confidence >= 0.5 for one in answer.quotations)


def test_the_mayor_is_that_of_what_was_spoken_of(bridge: Engine) -> None:
    pier, mayor = "When will the pier bear lorries again?", "what did the mayor say?"
    answer = asked_in_turn(bridge, pier, mayor, now=NOW)
    assert answer.resolved.startswith(f"{mayor} (")
    assert all(one.confidence < 0.5 for one in answer.quotations)
    answer = asked_in_turn(bridge, pier, "what did Reeve say?", now=NOW)
    assert answer.quotations[0].text.endswith("he had asked for money and got none.")


def test_of_anything_that_somebody_said_the_newest_comes_first(tmp_path: Path) -> None:
    days = ("3 December 2014", "17 December 2014", "9 December 2014")
    for at, day in enumerate(days):
        story = f"Story {at}"
        said = f"Governor Ada Brandt said that item {at} of her plan for the harbour was done."
        write_report(tmp_path, f"b{at}", story, day, "The harbour was quiet.", said)
    with collected(tmp_path) as engine:
        found = asked_in_turn(engine, "What did Brandt say?", now=NOW).quotations
        assert [one.article.title for one in found] == ["Story 1", "Story 2", "Story 0"]
        answer = asked_in_turn(engine, "What did Brandt say on 9 December 2014?", now=NOW)
        assert answer.quotations[0].article.title == "Story 2"


@pytest.mark.parametrize(
    ("before", "question", "words"),
    [
        ("Who is Anton Reeve?", "what did he say?", "Mayor Anton Reeve, who took office in May,"),
        ("Did Reeve ask for money?", "What did he say about rust?", "Mayor Anton Reeve, who took"),
        ("Who is Mila Storr?", "what has she said?", "“That request never came to a vote,”"),
    ],
)
def test_he_who_was_spoken_of_says_it(
    bridge: Engine, before: str, question: str, words: str
) -> None:
    answer = asked_in_turn(bridge, before, question, now=NOW)
    first = answer.quotations[0]
    assert first.text[slice(*first.answer)].startswith(words)
    assert first.confidence >= 0.5


def test_who_is_spoken_of_is_clear_or_nobody() -> None:
    def after(subject: str, question: str) -> str:
        turn = Turn(subject, subject, subject, (Quoted("a", 0),))
        return spoken_of(resolve(question, "en", frozenset(), (turn,)), "en")

    assert after("Why did Boris Johnson resign?", "what did he say?") == "Boris Johnson"
    assert after("who is alexis tsipras", "what did he say?") == "alexis tsipras"
    assert after("Did the US lift the embargo on Cuba?", "what did he say?") == ""
    assert after("who won?", "what did he say?") == ""
    his = Sayer("Reeve", "rust", is_he=True)
    assert sayer("What did he say about rust?", "en", "Reeve") == his
    assert sayer("What did Reeve say about it?", "en") == Sayer("Reeve", is_on_it=True)
    assert sayer("What did they say about rust?", "en", "Reeve") is None


def test_who_bears_the_name_of_another_is_not_him(tmp_path: Path) -> None:
    write_report(
        tmp_path,
        "harbour",
        "Governor Brandt Opens Harbour",
        "3 December 2014",
        "Governor Emil Brandt said the harbour would be dredged. Emil Brandt grew up beside it, and"
        " the governor, Mr. Emil Brandt, still sails.",
        "Governor Brandt told the pilots that he was grateful.",
    )
    write_report(
        tmp_path,
        "garden",
        "Garden Opens",
        "9 December 2014",
        "Ada Brandt said that the roses had come from Lund.",
    )
    with collected(tmp_path) as engine:
        found = asked_in_turn(engine, "What did Brandt say?", now=NOW).quotations
        assert {one.article.title for one in found[:2]} == {"Governor Brandt Opens Harbour"}
        assert found[0].text.startswith("Governor")
        found = asked_in_turn(engine, "What did Ada Brandt say?", now=NOW).quotations
        assert found[0].article.title == "Garden Opens"


def test_where_only_a_namesake_speaks_she_is_quoted(tmp_path: Path) -> None:
    text = "Emil Brandt sails. Emil Brandt fishes. Emil Brandt sings."
    write_report(tmp_path, "sails", "On the Water", "3 December 2014", text)
    text = "Ada Brandt said that the roses had come from Lund."
    write_report(tmp_path, "garden", "Garden Opens", "9 December 2014", text)
    with collected(tmp_path) as engine:
        found = asked_in_turn(engine, "What did Brandt say?", now=NOW).quotations
        assert found[0].article.title == "Garden Opens"


def test_it_is_found_among_many_that_only_name_him(tmp_path: Path) -> None:
    for at in range(60):
        text = f"Varga did not say what Varga would say; Varga, Varga and Varga, wrote reader {at}."
        write_report(tmp_path, f"v{at}", f"Varga {at}", "1 December 2014", text)
    said = "Under the eaves of a shuttered inn, far from the road, Varga told two boys about bees."
    write_report(tmp_path, "bees", "Bees", "2 December 2014", said)
    with collected(tmp_path) as engine:
        found = asked_in_turn(engine, "What did Varga say?", now=NOW).quotations
        assert found[0].text == said
