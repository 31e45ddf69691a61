import re
from collections.abc import Iterator

import pytest

from bot import texts
from bot.chats import ChatSettings
from bot.desk import Desk, Question
from bot.engine import Engine
from bot.kept import Kept
from bot.languages import ENGLISH
from bot.message import Message
from bot.presses import Press, Pressed
from bot.turns import Place

QUESTION = "What is Iran's position on the Moscow talks?"
CHAT = 5
HERE = Place(CHAT, 0, 1)


@pytest.fixture
def desk(engine: Engine) -> Iterator[Desk]:
    """Over the sample collection."""
    with Kept(":memory:") as kept:
        yield Desk(engine, kept, 2)


def data(message: Message, label: str) -> str:
    (found,) = (b.data for row in message.rows for b in row if b.label == label)
    assert found is not None
    return found


def press(desk: Desk, message: Message, label: str) -> Message:
    pressed = desk.press(Press(data(message, label), HERE))
    assert pressed.message is not None
    assert pressed.word is None
    return pressed.message


def test_leafing_goes_round_and_comes_back(desk: Desk) -> None:
    first = desk.ask(Question(QUESTION, HERE))
    second = press(desk, first, "▶")
    third = press(desk, second, "▶")
    assert len({first.text, second.text, third.text}) == 3
    assert press(desk, third, "▶") == press(desk, second, "◀") == first
    assert press(desk, first, "◀") == third
    assert desk.press(Press(data(second, "2/3"), Place(CHAT))) == Pressed(word="2/3")


def test_context_and_back(desk: Desk) -> None:
    second = press(desk, desk.ask(Question(QUESTION, HERE)), "▶")
    context = press(desk, second, texts.CONTEXT)
    quoted = second.text.split("\n")[0]
    assert quoted in context.text
    assert len(context.text) > len(second.text)
    assert press(desk, context, f"{texts.BACK} 2/3") == second


@pytest.mark.parametrize(
    "made",
    [
        *("", ":", "::", "q", "q:", "q:{key}", "q:{key}:", "q:{key}:3", "q:{key}:-1", "q:{key}:x"),
        *("q:{key}:٣", "q:{key}:²", "x:{key}:0", "q:unknown:0", "q:{key}:0:0", "\x00", "🙂"),
        "q:{key}:" + "9" * 5000,
    ],
)
def test_made_up_buttons_are_refused(desk: Desk, made: str) -> None:
    key = data(desk.ask(Question(QUESTION, HERE)), "▶").split(":")[1]
    assert desk.press(Press(made.replace("{key}", key), Place(CHAT))) == Pressed(
        word=texts.NOT_YOURS
    )


def test_buttons_work_in_their_own_chat_only(desk: Desk) -> None:
    card = desk.ask(Question(QUESTION, HERE))
    assert desk.press(Press(data(card, "▶"), Place(CHAT + 1))) == Pressed(word=texts.NOT_YOURS)
    desk.migrate(CHAT, -1005)
    assert desk.press(Press(data(card, "▶"), Place(CHAT))) == Pressed(word=texts.NOT_YOURS)
    assert desk.press(Press(data(card, "1/3"), Place(-1005))) == Pressed(word="1/3")


def test_without_words_or_answer(desk: Desk) -> None:
    assert desk.ask(Question("🙂", HERE)).text == texts.NO_WORDS.format(
        example="What is known about Syriza?"
    )
    silent = desk.ask(Question("Who will win the 2030 World Cup?", HERE))
    assert silent.text.startswith(f"{texts.NO_ANSWER}\n\n{texts.NEAREST}\n• ")
    assert silent.rows == ()
    cut = desk.ask(Question(QUESTION + " Tell me." * 200, HERE))
    assert cut.text.endswith(f"\n{texts.CUT}")


def test_status(desk: Desk) -> None:
    assert desk.status(ENGLISH).text.endswith(" ago (generation 1).\nModel: all-MiniLM-L6-v2")


def labels(message: Message) -> list[str]:
    return [button.label for row in message.rows for button in row]


def test_a_follow_up_is_understood_shown_and_taken_back(desk: Desk) -> None:
    desk.ask(Question(QUESTION, HERE))
    card = desk.ask(Question("And Russia's?", HERE))
    head = "Understood as: What is Russia's position on the Moscow talks?\n"
    assert card.text.startswith(head)
    assert labels(card)[-1] == texts.AS_TYPED
    second = press(desk, card, "▶")
    assert second.text.startswith(head)
    typed = press(desk, second, texts.AS_TYPED)
    assert not typed.text.startswith("Understood")
    assert texts.AS_TYPED not in labels(typed)


def test_each_person_has_a_conversation_and_a_reply_joins_another_s(desk: Desk) -> None:
    card = desk.ask(Question(QUESTION, HERE))
    desk.sent_as(card.key, CHAT, 70)
    other = Place(CHAT, 0, 2)
    assert not desk.ask(Question("And Russia's?", other)).text.startswith("Understood")
    joined = desk.ask(Question("And Russia's?", Place(CHAT, 0, 3), replied=70))
    assert joined.text.startswith("Understood as: What is Russia's position")
    for place, replied in ((Place(9, 0, 3), 70), (Place(CHAT, 0, 4), 71)):
        assert not desk.ask(Question("And Russia's?", place, replied=replied)).text.startswith(
            "Understood"
        )


def test_a_long_chain_of_replies_remembers_no_more_than_a_conversation(engine: Engine) -> None:
    with Kept(":memory:") as kept:
        desk, keys = Desk(engine, kept, 2), []
        for number in range(9):
            message = desk.ask(
                Question("Who led Syriza?", Place(CHAT, 0, number), replied=number or None)
            )
            desk.sent_as(message.key, CHAT, number + 1)
            keys.append(message.key)
        found = [kept.sent.get(key) for key in keys]
        turns = [len(s.asking.before) for s in found if s and s.asking]
    assert turns == [0, 1, 2, 3, 4, 5, 6, 6, 6]


def test_what_is_taken_back_is_taken_back_for_the_next_question(desk: Desk) -> None:
    desk.ask(Question("Who led Syriza?", HERE))
    card = desk.ask(Question("And Russia's position on the Moscow talks?", HERE))
    assert "Syriza" in card.text.split("\n")[0]
    press(desk, card, texts.AS_TYPED)
    after = desk.ask(Question("And why?", HERE))
    assert "Syriza" not in after.text.split("\n")[0]


def test_a_button_of_long_ago_does_not_change_what_is_talked_of_now(desk: Desk) -> None:
    card = desk.ask(Question("What did Russia say about Syria in December 2014?", HERE))
    for _ in range(7):
        desk.ask(Question(QUESTION, HERE))
    press(desk, card, "✕ December 2014")
    head = "Understood as: What is Russia's position on the Moscow talks?\n"
    assert desk.ask(Question("And Russia's?", HERE)).text.startswith(head)


def test_a_time_is_a_chip_that_can_be_removed(desk: Desk) -> None:
    card = desk.ask(Question("What did Russia say about Syria in December 2014?", HERE))
    assert "✕ December 2014" in labels(card)
    assert "2014" in card.text
    assert "✕ December 2014" not in labels(press(desk, card, "✕ December 2014"))
    again = desk.press(Press(data(card, "✕ December 2014"), Place(CHAT + 1)))
    assert again == Pressed(word=texts.NOT_YOURS)


def test_the_present_answered_from_the_past_says_the_date_first(desk: Desk) -> None:
    card = desk.ask(Question("What is Iran's position on the Moscow talks today?", HERE))
    assert card.text.startswith("Verbatim sample, 17 December 2014:\n")
    (date,) = (m for m in card.marks if m.kind == "bold" and m.start == len("Verbatim sample, "))
    assert card.text[date.start : date.end] == "17 December 2014"
    assert "✕ today" in labels(card)
    second = press(desk, card, "▶")
    assert re.match(r"Verbatim sample, \d+ \w+ 201[45]:\n", second.text)
    assert press(desk, second, "◀") == card
    undated = press(desk, card, "✕ today")
    assert "201" not in undated.text.split("\n")[0]


def test_that_a_question_was_cut_is_said_whatever_is_shown(desk: Desk) -> None:
    card = desk.ask(Question(QUESTION * 25, HERE))
    assert card.text.endswith(f"\n{texts.CUT}")
    context = press(desk, card, texts.CONTEXT)
    assert press(desk, context, labels(context)[0]) == card


def test_what_was_not_asked_of_it_is_answered_only_if_it_is_sure(desk: Desk) -> None:
    card = desk.volunteer(Question("Why were the WHO's Ebola numbers wrong?", HERE))
    assert card is not None
    assert card.text.startswith("Correction: The number of 6,928 deaths from Ebola")
    assert desk.ask(Question("And who found it?", HERE)).text.startswith(
        "Understood as: And who found it? ("
    )
    other = Place(CHAT, 0, 2)
    # Put to it, this would be answered; and it is not taken for a follow-up of hers.
    asked = "What is the new exhibition of the museum?"
    desk.ask(Question(QUESTION, other))
    before = desk._turns.before(other)
    for question in ("And Russia's?", "Who will win the 2030 World Cup?", asked, "🙂 ?"):
        assert desk.volunteer(Question(question, other)) is None
    assert desk._turns.before(other) == before


def test_the_number_of_quotations_is_the_chat_s(desk: Desk) -> None:
    for number, count in ((1, None), (2, "1/2"), (5, "1/5"), (None, "1/3")):
        desk.kept.chats.choose(CHAT, ChatSettings(quotations=number))
        shown = labels(desk.ask(Question(QUESTION, HERE)))
        assert next((label for label in shown if "/" in label), None) == count


def test_who_may_press(desk: Desk) -> None:
    group = Place(-5, 0, 1)
    card = desk.ask(Question(QUESTION, group))
    leaf = data(card, "▶")
    assert desk.press(Press(leaf, Place(-5, 0, 2))) == Pressed(word=texts.ASKER_ONLY, asker=1)
    assert desk.press(Press(leaf, Place(-5, 0, 1))).message
    # Everybody may judge, but changes nothing that others see.
    assert desk.press(Press(data(card, "👎"), Place(-5, 0, 2))) == Pressed(word=texts.THANKS)
    assert [one.verdict for one in desk.kept.feedback.of(leaf.split(":")[1])] == ["bad"]
    assert desk.press(Press(data(card, "1/3"), Place(-5, 0, 2))) == Pressed(word="1/3")
    desk.kept.chats.choose(-5, ChatSettings(pagers="all"))
    assert desk.press(Press(leaf, Place(-5, 0, 2))).message
    desk.kept.chats.choose(-5, ChatSettings())
    named = data(desk.ask(Question(QUESTION, Place(-5, 0, -5))), "▶")
    assert desk.press(Press(named, Place(-5, 0, 2))) == Pressed(word=texts.ASKER_ONLY, asker=-5)
    assert desk.press(Press(named, Place(-5, 0, -5))).message
    assert desk.press(
        Press(data(desk.ask(Question(QUESTION, Place(-5, 0, -9))), "▶"), Place(-5, 0, 2))
    ).message


def test_thanks_are_no_question_and_a_conversation_goes_on_after_them(desk: Desk) -> None:
    desk.ask(Question(QUESTION, HERE))
    before = desk.kept.turns.before(HERE)
    assert desk.ask(Question("thanks!", HERE)) == Message("👍", is_reaction=True)
    assert desk.kept.turns.before(HERE) == before
    follow_up = desk.ask(Question("who met him there?", HERE))
    assert follow_up.text.startswith("Understood as: who met him there? (Iran")


def test_what_there_is_to_be_asked_about_is_no_question_either(desk: Desk) -> None:
    found = desk.ask(Question("what sources do you have?", HERE))
    assert found == desk.sources(ENGLISH)
    assert "24 articles" in found.text
    assert desk.kept.turns.before(HERE) == ()


def test_a_greeting_is_answered_with_what_can_be_asked(desk: Desk) -> None:
    assert desk.ask(Question("Hello!", HERE)) == desk.welcome(ENGLISH)
    group = Place(-CHAT, 0, 1)
    assert desk.ask(Question("Hello!", group)) == desk.usage(Question("", group))
    # Words that somebody points at, and those on a button, are asked about whatever they are.
    for asked in (
        Question("Hello!", HERE, part="Moscow talks"),
        Question("ok", HERE, is_shown=True),
    ):
        assert desk.ask(asked).text.startswith("Understood as: ")
