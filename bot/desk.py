"""What the bot does, whoever asks: questions and pressed buttons in, messages out.

Between the engine and its two faces, Telegram and the terminal. For one thread.
"""

import re
from dataclasses import dataclass

from bot import texts
from bot.answer import Answer, NoQuestionError
from bot.engine import Engine
from bot.message import Message
from bot.render import answer_message, context_message, day, quotation_message, titles_message
from bot.sent import SentAnswers

_LATEST = 5
_OUTLETS = 5
_DATA = re.compile(r"([qcn]):([\w-]+):(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button does: the message to show in place of the old one, or a short word, or both."""

    message: Message | None = None
    word: str | None = None


class Desk:
    """Answers questions and buttons.

    Args:
        engine: Answers from the collection.
        sent: Remembers what was answered.
        around: How many paragraphs before and after a quotation its context has.
    """

    def __init__(self, engine: Engine, sent: SentAnswers, around: int) -> None:
        self.engine = engine
        self._sent = sent
        self._around = around

    def ask(self, question: str, chat: int) -> Message:
        """Answer a question put in `chat`."""
        try:
            answer = self.engine.ask(question)
        except NoQuestionError:
            return Message(texts.NO_WORDS.format(example=texts.EXAMPLE))
        return self.show(answer, chat)

    def show(self, answer: Answer, chat: int) -> Message:
        """Remember an answer for `chat` and render it."""
        key = self._sent.put(chat, answer.quotations) if answer.answered else ""
        return answer_message(answer, key)

    def press(self, data: str, chat: int) -> Pressed:
        """Do what the button with `data`, pressed in `chat`, says. Data may be anything."""
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
        quotation = self.engine.requote(
            sent.passages[shown], sent.answers[shown], sent.also_in[shown]
        )
        if quotation is None:
            return Pressed(word=texts.UPDATED)
        if action == "c":
            return Pressed(context_message(quotation, key, shown, self._around, count))
        return Pressed(quotation_message(quotation, key, shown, count))

    def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup."""
        self._sent.migrate(old, new)

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
