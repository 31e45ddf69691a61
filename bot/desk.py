"""What the bot does, whoever asks: questions and pressed buttons in, messages out.

Between the engine and its two faces, Telegram and the terminal. For one thread.
"""

import logging
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot import texts
from bot.answer import Answer, Ignored, NoQuestionError
from bot.conversation import Quoted, Turn, pointed_at, turn
from bot.engine import Engine
from bot.examples import examples
from bot.forget import forget
from bot.kept import Kept
from bot.languages import Language, language
from bot.message import Button, Message
from bot.pleasantry import Pleasantry, pleasantry
from bot.presses import Press, Pressed, Presses
from bot.render import answer_message, titles_message
from bot.sent import Asking, Sent
from bot.turns import MOST_TURNS, Place
from corpus.text import has_words

EXAMPLE_DATA = re.compile(r"x:\d", re.ASCII)
"""What the buttons with example questions send back; the question is the button's own label."""

_ACKNOWLEDGED = "👍"
"""One of the emoji with which bots may react."""

_LATEST = 5
_OUTLETS = 5
_WITHOUT = re.compile(r"w:([\w-]+):([tsh])", re.ASCII)
_IGNORED: dict[str, Ignored] = {"t": "time", "s": "source", "h": "history"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what came with it.

    Attributes:
        text: Any text.
        place: Where it is asked and by whom.
        tag: Language that the person's Telegram speaks, as it says, or None.
        replied: The message that it replies to. If that shows an answer, the answer's
            conversation goes on, whoever held it.
        part: The words of that message that the person points at; empty for none.
        number: Of the message that asks; 0 if there is none.
        is_shown: Whether the answer says what was asked, since nothing else shows it.
    """

    text: str
    place: Place
    tag: str | None = None
    replied: int | None = None
    part: str = ""
    number: int = 0
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """An answer to be shown in place of an earlier one.

    Attributes:
        message: The message.
        number: Telegram's number of the message that showed the earlier one.
    """

    message: Message
    number: int


class Desk:
    """Answers questions and buttons.

    Args:
        engine: Answers from the collection.
        kept: Remembers what was answered.
        around: How many paragraphs before and after a quotation its context has.

    Attributes:
        engine: As given.
        kept: As given.
    """

    def __init__(self, engine: Engine, kept: Kept, around: int) -> None:
        self.engine = engine
        self.kept = kept
        self._sent, self._turns = kept.sent, kept.turns
        self._presses = Presses(engine, kept, around)
        self._examples: dict[str, tuple[str, ...]] = {}
        self._examples_of = 0

    def ask(self, question: Question) -> Message:
        """Answer a question, or what is none."""
        if not (question.part or question.is_shown) and (said := pleasantry(question.text)):
            return self._civil(said, question)
        if question.part and not has_words(question.text):
            question = replace(question, text=question.part)
        before = self._before(question)
        now = datetime.now(UTC)
        try:
            asking, answer = self._answer(question, now, before, ())
        except NoQuestionError:
            return self._with_example(texts.NO_WORDS, question)
        self._turns.go_on(question.place, before, asking.turn)
        return self._shown(question, asking, answer)

    def ask_again(self, question: Question) -> Edited | None:
        """Answer a question that was edited; None if it was not answered or says the same."""
        sent = self._sent.asked(question.place.chat, question.number)
        if sent is None or sent.asking is None or sent.asking.question == question.text:
            return None
        old = sent.asking
        now = datetime.fromisoformat(old.now)
        try:
            asking, answer = self._answer(question, now, old.before, ())
        except NoQuestionError:
            return None
        self._turns.replace(question.place, old.turn, asking.turn)
        return Edited(self._shown(question, asking, answer, sent.key), sent.message)

    def volunteer(self, question: Question) -> Message | None:
        """Answer a question that was not put to the bot, or return None where it is not sure.

        It is taken as it stands, since what was said before it was not said to the bot either.
        """
        try:
            asking, answer = self._answer(question, datetime.now(UTC), (), ())
        except NoQuestionError:
            return None
        if not answer.answered or answer.confidence < self.engine.unasked_confidence:
            return None
        self._turns.go_on(question.place, (), asking.turn)
        return self._shown(question, asking, answer)

    def sent_as(self, key: str, chat: int, message: int) -> None:
        """Take note of the message that the answer with `key` became."""
        self._sent.sent_as(key, chat, message)

    def usage(self, question: Question) -> Message:
        """Say how a question is asked, to a person who asked none."""
        return self._with_example(texts.ASK_USAGE, question)

    def language(self, place: Place, tag: str | None) -> Language:
        """Return the language for what is said at `place` to somebody whose Telegram has `tag`."""
        return language(self.kept.chats.language(place), tag)

    def examples(self, language: Language) -> tuple[str, ...]:
        """Return up to three questions that the collection answers; none if it is empty."""
        generation = self.engine.manifest.number
        if self._examples_of != generation:
            self._examples, self._examples_of = {}, generation
        if language.code not in self._examples:
            self._examples[language.code] = examples(self.engine, language)
        return self._examples[language.code]

    def _with_example(self, text: str, question: Question) -> Message:
        spoken = self.language(question.place, question.tag)
        example = next(iter(self.examples(spoken)), "…")
        return Message(spoken.say(text, example=spoken.isolated(example)))

    def _civil(self, said: Pleasantry, question: Question) -> Message:
        """Return a greeting, or what the collection holds; thanks need no words."""
        if said == "closing":
            return Message(_ACKNOWLEDGED, is_reaction=True)
        if said == "collection":
            return self.sources(self.language(question.place, question.tag))
        if question.place.chat < 0:
            # What is said to all at the door is not said again to each who says hello.
            return self.usage(question)
        return self.welcome(self.language(question.place, question.tag))

    def _before(self, question: Question) -> tuple[Turn, ...]:
        place = question.place
        sent = self._sent.shown(place.chat, question.replied) if question.replied else None
        if sent and sent.asking:
            last = sent.asking.turn
            if question.part:
                last = pointed_at(question.part, _quoted(sent, question.part) or last.quoted)
            return (*sent.asking.before, last)[-MOST_TURNS:]
        if question.part:
            return (pointed_at(question.part, ()),)
        return self._turns.before(place)

    def _answer(
        self,
        question: Question,
        now: datetime,
        before: tuple[Turn, ...],
        without: tuple[Ignored, ...],
    ) -> tuple[Asking, Answer]:
        most = self.kept.chats.of(question.place.chat).quotations
        answer = self.engine.ask(question.text, most, now=now, conversation=before, without=without)
        if question.is_shown:
            shown = replace(answer.understood, history=True)
            answer = replace(answer, understood=shown)
        asking = Asking(
            question=question.text,
            now=now.isoformat(),
            place=question.place,
            without=without,
            before=before,
            turn=turn(
                question.text, answer.resolved, answer.subject, answer.quotations, answer.passed
            ),
            understood=answer.understood,
            is_dated=answer.dated_first,
            is_cut=answer.cut,
            language=self.language(question.place, question.tag).code,
        )
        return asking, answer

    def _shown(
        self, question: Question, asking: Asking, answer: Answer, key: str | None = None
    ) -> Message:
        """Remember an answer and render it."""
        kept = self._sent.put(
            question.place.chat, answer.quotations, asking, key, question=question.number
        )
        return answer_message(answer, kept, language(asking.language))

    def _without(self, key: str, sign: str, press: Press) -> Pressed:
        """Ask once more without what the person does not want to be heeded."""
        spoken = self.language(press.place, press.tag)
        sent = self._sent.get(key)
        if sent is None or sent.chat != press.place.chat or sent.asking is None:
            return Pressed(word=spoken.say(texts.NOT_YOURS))
        if asker := self._presses.asker(sent, press):
            return Pressed(word=spoken.say(texts.ASKER_ONLY), asker=asker)
        old = sent.asking
        without = tuple(i for s, i in _IGNORED.items() if i in old.without or s == sign)
        question = Question(old.question, old.place._replace(chat=press.place.chat), old.language)
        now = datetime.fromisoformat(old.now)
        new, answer = self._answer(question, now, old.before, without)
        # Only there: whoever presses may have gone on to something else long since.
        self._turns.replace(question.place, old.turn, new.turn)
        return Pressed(self._shown(question, new, answer, key))

    def press(self, press: Press) -> Pressed:
        """Do what a button says."""
        if again := _WITHOUT.fullmatch(press.data):
            return self._without(again[1], again[2], press)
        return self._presses.do(press, self.language(press.place, press.tag))

    def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup."""
        self.kept.migrate(old, new)

    def forget(self, place: Place, tag: str | None, person: int) -> Message:
        """Delete what is kept about a person, in a private chat everything; say what it was.

        Args:
            place: Where the person asks for it.
            tag: Language that the person's Telegram speaks, as it says, or None.
            person: Who; a group's id for those who write in its name.
        """
        chat = None if place.chat > 0 else place.chat
        spoken = self.language(place, tag)
        said = forget(self.kept.about_people(), person, chat, spoken)
        if not self.kept.chats.clear_remains():
            _log.warning("what was deleted is still in the log beside the file: it is being read")
        return Message(said)

    def welcome(self, language: Language) -> Message:
        """Say what the bot is for, with questions to begin with as buttons."""
        examples = self.examples(language)
        rows = tuple(
            (Button(question, data=f"x:{number}"),) for number, question in enumerate(examples)
        )
        words = [texts.START, texts.START_EXAMPLES] if rows else [texts.START]
        return Message("\n\n".join(map(language.say, words)), rows=rows)

    def help(self, language: Language, name: str) -> Message:
        """Say how to use the bot, whose name in groups is `name`."""
        commands = (
            f"/{command} – {language.say(texts.COMMANDS[command])}"
            for command in texts.MENUS["all_private_chats"]
        )
        words = language.say(texts.HELP, name=language.isolated(name))
        return Message("\n".join([f"{words}\n", *commands]))

    def sources(self, language: Language) -> Message:
        """Say what the collection holds, and its latest articles."""
        summary = self.engine.summary(_LATEST)
        if not summary.articles:
            return Message(language.say(texts.EMPTY))
        outlets = [language.isolated(name) for name in summary.outlets[:_OUTLETS]]
        if len(summary.outlets) > _OUTLETS:
            outlets.append("…")
        head = language.say(
            texts.SOURCES,
            articles=language.counted(texts.ARTICLES, summary.articles),
            outlets=language.listed(outlets) or language.say(texts.UNNAMED),
            range=f"{language.day(summary.first)} – {language.day(summary.last)}",
        )
        latest = language.say(texts.SOURCES_LATEST)
        return titles_message(f"{head}\n\n{latest}", summary.latest, language)

    def status(self, language: Language) -> Message:
        """Say how fresh the index is."""
        ago = language.ago(self.engine.age())
        manifest = self.engine.manifest
        return Message(
            language.say(
                texts.STATUS,
                articles=language.counted(texts.ARTICLES, manifest.articles),
                passages=language.counted(texts.PASSAGES, manifest.passages),
                ago=ago,
                generation=manifest.number,
                model=language.isolated(manifest.model),
            )
        )


def _quoted(sent: Sent, part: str) -> tuple[Quoted, ...]:
    """Where those quotations of an answer stand that hold the words pointed at."""
    return tuple(Quoted.of(passage) for passage in sent.passages if part in passage.text)
