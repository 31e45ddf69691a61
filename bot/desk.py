"""What the bot does, whoever asks: questions and pressed buttons in, messages out.

Between the engine and its two faces, Telegram and the terminal. For one thread.
"""

import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from bot import texts
from bot.answer import Answer, Ignored, NoQuestionError
from bot.chats import Chats
from bot.conversation import Turn, turn
from bot.engine import Engine
from bot.forget import Kept, forget
from bot.message import Message
from bot.render import (
    Heading,
    answer_message,
    context_message,
    day,
    quotation_message,
    titles_message,
)
from bot.sent import Asking, Sent, SentAnswers
from bot.turns import MOST_TURNS, Place, Turns

_LATEST = 5
_OUTLETS = 5
_DATA = re.compile(r"([qcn]):([\w-]+):(\d{1,2})", re.ASCII)
_WITHOUT = re.compile(r"w:([\w-]+):([tsh])", re.ASCII)
_IGNORED: dict[str, Ignored] = {"t": "time", "s": "source", "h": "history"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button does: the message to show in place of the old one, or a short word, or both.

    Attributes:
        message: To be shown.
        word: To be said to whoever pressed.
        asker: Who alone may press it; None if whoever did may.
    """

    message: Message | None = None
    word: str | None = None
    asker: int | None = None


class Desk:
    """Answers questions and buttons.

    Args:
        engine: Answers from the collection.
        sent: Remembers what was answered.
        turns: Remembers conversations.
        chats: Knows what each chat has chosen.
        around: How many paragraphs before and after a quotation its context has.

    Attributes:
        engine: Answers from the collection.
        chats: Knows what each chat has chosen.
        kept: What is kept about people; whoever keeps more adds it.
    """

    def __init__(
        self, engine: Engine, sent: SentAnswers, turns: Turns, chats: Chats, around: int
    ) -> None:
        self.engine = engine
        self.chats = chats
        self._sent = sent
        self._turns = turns
        self._around = around
        self.kept = [
            Kept(turns, texts.CONVERSATIONS),
            Kept(sent, texts.ANSWERS),
            Kept(chats, texts.CHOICES),
        ]

    def ask(self, question: str, place: Place, replied: int | None = None) -> Message:
        """Answer a question.

        Args:
            question: Any text.
            place: Where it is asked and by whom.
            replied: The message that the question replies to. If it shows an answer, that
                answer's conversation goes on, whoever held it.
        """
        before = self._before(place, replied)
        try:
            asking, message = self._answer(question, datetime.now(UTC), place, before, ())
        except NoQuestionError:
            return Message(texts.NO_WORDS.format(example=texts.EXAMPLE))
        self._turns.go_on(place, before, asking.turn)
        return message

    def volunteer(self, question: str, place: Place) -> Message | None:
        """Answer a question that was not put to the bot, or return None where it is not sure.

        It is taken as it stands, since what was said before it was not said to the bot either.

        Args:
            question: Any text.
            place: Where it is asked and by whom.
        """
        now = datetime.now(UTC)
        try:
            answer = self.engine.ask(question, self._most(place), now=now)
        except NoQuestionError:
            return None
        if not answer.answered or answer.confidence < self.engine.unasked_confidence:
            return None
        asking, message = self._remembered(answer, now, place, (), ())
        self._turns.go_on(place, (), asking.turn)
        return message

    def sent_as(self, key: str, chat: int, message: int) -> None:
        """Take note of the message that the answer with `key` became."""
        self._sent.sent_as(key, chat, message)

    def _before(self, place: Place, replied: int | None) -> tuple[Turn, ...]:
        sent = self._sent.shown(place.chat, replied) if replied else None
        if sent and sent.asking:
            return (*sent.asking.before, sent.asking.turn)[-MOST_TURNS:]
        return self._turns.before(place)

    def _answer(
        self,
        question: str,
        now: datetime,
        place: Place,
        before: tuple[Turn, ...],
        without: tuple[Ignored, ...],
        key: str | None = None,
    ) -> tuple[Asking, Message]:
        """Answer, remember the answer, and render it."""
        answer = self.engine.ask(
            question, self._most(place), now=now, conversation=before, without=without
        )
        return self._remembered(answer, now, place, before, without, key)

    def _most(self, place: Place) -> int | None:
        """How many quotations an answer there has at most."""
        return self.chats.of(place.chat).quotations

    def _remembered(
        self,
        answer: Answer,
        now: datetime,
        place: Place,
        before: tuple[Turn, ...],
        without: tuple[Ignored, ...],
        key: str | None = None,
    ) -> tuple[Asking, Message]:
        question = answer.question
        asking = Asking(
            question=question,
            now=now.isoformat(),
            place=place,
            without=without,
            before=before,
            turn=turn(question, answer.resolved, answer.subject, answer.quotations),
            understood=answer.understood,
            is_dated=answer.dated_first,
            is_cut=answer.cut,
        )
        key = self._sent.put(place.chat, answer.quotations, asking, key)
        return asking, answer_message(answer, key)

    def _asker(self, sent: Sent, by: int | None) -> int | None:
        """Who alone may press the buttons of an answer, if that is not `by`."""
        asker = sent.asking.place.user if sent.asking else 0
        # Who asked in the name of another chat is not known when they press.
        if by in {None, asker} or not asker or (asker < 0 and asker != sent.chat):
            return None
        return asker if self.chats.of(sent.chat).pagers == "asker" else None

    def _without(self, key: str, sign: str, chat: int, by: int | None) -> Pressed:
        """Ask once more without what the person does not want to be heeded."""
        sent = self._sent.get(key)
        if sent is None or sent.chat != chat or sent.asking is None:
            return Pressed(word=texts.NOT_YOURS)
        if asker := self._asker(sent, by):
            return Pressed(word=texts.ASKER_ONLY, asker=asker)
        old = sent.asking
        without = tuple(i for s, i in _IGNORED.items() if i in old.without or s == sign)
        now = datetime.fromisoformat(old.now)
        place = old.place._replace(chat=chat)
        new, message = self._answer(old.question, now, place, old.before, without, key)
        # Only there: whoever presses may have gone on to something else long since.
        self._turns.replace(place, old.turn, new.turn)
        return Pressed(message)

    def press(self, data: str, chat: int, by: int | None = None) -> Pressed:
        """Do what a button says.

        Args:
            data: Of the button; may be anything.
            chat: Where it was pressed.
            by: Who pressed, or the chat in whose name; None is anyone who may.
        """
        if again := _WITHOUT.fullmatch(data):
            return self._without(again[1], again[2], chat, by)
        found = _DATA.fullmatch(data)
        if found is None:
            return Pressed(word=texts.NOT_YOURS)
        action, key, shown = found[1], found[2], int(found[3])
        sent = self._sent.get(key)
        if sent is None or sent.chat != chat or shown >= len(sent.passages):
            return Pressed(word=texts.NOT_YOURS)
        count = len(sent.passages)
        if action == "n":
            return Pressed(word=f"{shown + 1}/{count}")
        if asker := self._asker(sent, by):
            return Pressed(word=texts.ASKER_ONLY, asker=asker)
        quotation = self.engine.requote(
            sent.passages[shown], sent.answers[shown], sent.also_in[shown], sent.words[shown]
        )
        if quotation is None:
            return Pressed(word=texts.UPDATED)
        if action == "c":
            return Pressed(context_message(quotation, key, shown, self._around, count))
        return Pressed(quotation_message(quotation, key, shown, count, _heading(sent.asking)))

    def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup."""
        self._sent.migrate(old, new)
        self._turns.migrate(old, new)
        self.chats.migrate(old, new)

    def forget(self, person: int, chat: int | None = None) -> Message:
        """Delete what is kept about a person, in one chat or in all, and say what it was."""
        said = forget(self.kept, person, chat)
        if not self.chats.clear_remains():
            _log.warning("what was deleted is still in the log beside the file: it is being read")
        return Message(said)

    def sources(self) -> Message:
        """Say what the collection holds, and its latest articles."""
        summary = self.engine.summary(_LATEST)
        if not summary.articles:
            return Message(texts.EMPTY)
        outlets = ", ".join(summary.outlets[:_OUTLETS])
        if len(summary.outlets) > _OUTLETS:
            outlets += ", …"
        head = texts.SOURCES.format(
            articles=texts.counted(summary.articles, "article", "articles"),
            outlets=outlets or texts.UNNAMED,
            range=f"{day(summary.first)} – {day(summary.last)}",
        )
        return titles_message(f"{head}\n\n{texts.SOURCES_LATEST}", summary.latest)

    def status(self) -> Message:
        """Say how fresh the index is."""
        age = self.engine.age()
        manifest = self.engine.manifest
        return Message(
            texts.STATUS.format(
                articles=texts.counted(manifest.articles, "article", "articles"),
                passages=texts.counted(manifest.passages, "passage", "passages"),
                age=texts.ago(age),
                generation=manifest.number,
                model=manifest.model,
            )
        )


def _heading(asking: Asking | None) -> Heading:
    """What stands above each quotation of an answer."""
    if asking is None:
        return Heading()
    understood = asking.understood
    resolved = asking.turn.resolved if understood.history else None
    return Heading(resolved, understood.time, understood.source, asking.is_dated, asking.is_cut)
