"""What was said before counts less where passages are long."""

from collections.abc import Iterator

import pytest

from bot.conversation import Quoted, Resolved, Turn, Wording, resolve
from bot.engine import Engine
from bot.weighing import weighed
from index.rerank import brevity
from tests.bot.conftest import asked_in_turn, collected, write_report

FERRY = "When did the ferry Halcyon sink?"


def understood(question: str, first: str = FERRY) -> Resolved:
    said = (Turn(first, first, first, (Quoted("a", 0),)),)
    return resolve(question, "en", frozenset({"museum"}), said)


def test_a_leaning_question_counts_more_as_typed() -> None:
    found = understood("how many died?")
    half = (Wording("how many died?", 0.5), Wording("how many died?", 0.5, FERRY))
    assert weighed(found, 1.0) == weighed(found, 0.4) == half
    typed, fullest = weighed(found, 0.1)
    assert [typed.weight, fullest.weight] == pytest.approx([0.7, 0.3])
    assert (typed.context, fullest.context) == ("", FERRY)
    assert weighed(found, 0.25)[0].weight == pytest.approx(0.6)


def test_what_was_spoken_of_is_kept_in_mind_for_one_that_stands_alone() -> None:
    question = "Which museum did Governor Brandt open?"
    found = understood(question)
    assert weighed(found, 0.4) == (Wording(question, 1.0),)
    aside, own = weighed(found, 0.0)
    assert (aside.text, aside.context, own.text, own.context) == (question, FERRY, question, "")
    assert [aside.weight, own.weight] == pytest.approx([0.1, 0.9])
    first = resolve(question, "en", frozenset(), ())
    assert weighed(first, 0.0) == (Wording(question, 1.0),)


@pytest.mark.parametrize(("question", "weights"), [("more", [1.0]), ("and Obama?", [0.3, 0.7])])
def test_what_says_all_by_itself_is_left_as_it_is(question: str, weights: list[float]) -> None:
    found = understood(question, "What did Castro say about the ferry?")
    assert found.is_leaning
    assert weighed(found, 0.0) == found.wordings
    assert [one.weight for one in found.wordings] == weights


LAMPS = {
    "Arlby": (
        "Each evening the keepers filled the lamp with oil, a barrel of which lasted them nine"
        " nights; later came paraffin and then electric current. The great lens of cut glass"
        " floated in a bath of mercury and threw its beam twenty-two miles out to sea, where"
        " captains steered by two white flashes and a pause, which no other tower along that coast"
        " was allowed to show to passing vessels, by order of the board of trade and fisheries."
    ),
    "Bexwell": (
        "Each evening the keepers filled the lamp with oil, a present of the whalers, who"
        " fitted out there every spring. A clockwork turned the mirrors, wound by hand every four"
        " hours, so that somebody had to be awake; the logbook tells of a girl of eleven who kept"
        " them going for three nights while her father lay ill of fever, and of the brass telescope"
        " that grateful insurers from the capital sent her with a letter the following spring."
    ),
}


@pytest.fixture(scope="module")
def lighthouses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("lighthouses")
    for name, lamp in LAMPS.items():
        stands = (
            f"The {name} lighthouse stands on a rock at the mouth of the river, seventy steps above"
            " high water, and was raised by masons from the county in three summers of calm weather"
            " under an engineer who had built bridges inland and had never before set a stone"
            " within reach of waves; storms took his scaffold twice, and the council, weary of"
            " paying, wanted to leave the stump to the gulls and cormorants for good."
        )
        write_report(root, name, f"The {name} lighthouse", "17 December 2014", stands, lamp)
    with collected(root) as found:
        yield found


def test_of_two_that_answer_alike_the_one_spoken_of_comes_first(lighthouses: Engine) -> None:
    assert brevity(lighthouses.manifest.length) < 0.1
    question = "What did lighthouse keepers put into the lamp?"
    for name, lamp in LAMPS.items():
        answer = asked_in_turn(lighthouses, f"Where does the {name} lighthouse stand?", question)
        # It stands alone, and so it is shown.
        assert answer.resolved == question
        assert answer.quotations[0].text == lamp
