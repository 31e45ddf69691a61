"""A question typed in any chat -> passages to choose from, each posted as a card of its own.

Whoever reads a posted card sees a message of the person's that names the bot: it belongs to no chat
that the bot knows, so that buttons which send something back are left off. No conversation has a
part in it: what is asked in private stays there.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from cachetools import TTLCache

from bot import texts
from bot.answer import NoQuestionError
from bot.engine import Engine
from bot.message import Message
from bot.quote import Quotation
from bot.render import Heading, answer_message, origin, quotation_message
from corpus.text import has_words, normalise

MOST_CHOICES = 10

_FEWEST_CHARACTERS = 3
"""Of a question; with fewer, somebody has only begun to type."""

_MOST_KEPT = 512
_KEPT_SECONDS = 300.0
"""What "today" means goes out of date."""

_DESCRIPTION_CHARACTERS = 160
_TITLE_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage to choose.

    Attributes:
        name: Unique among the choices, 64 bytes.
        title: Of the article.
        description: Outlet and date, and on a new line the beginning of the sentence that answers.
        message: What is posted if it is chosen.
    """

    name: str
    title: str
    description: str
    message: Message


@dataclass(frozen=True, slots=True)
class Choices:
    """What is offered for a question.

    Attributes:
        all: The passages, best first; the latest articles where nothing was asked yet.
        is_silent: Whether something was asked that the collection has no answer to.
    """

    all: tuple[Choice, ...]
    is_silent: bool = False


class Finder:
    """Finds passages to choose from, and keeps them a while. For one thread.

    Args:
        clock: Seconds, for how long they are kept.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept: TTLCache[tuple[str, str, int], Choices] = TTLCache(
            _MOST_KEPT, _KEPT_SECONDS, clock
        )

    def choices(self, engine: Engine, typed: str, language: str, deadline: float) -> Choices:
        """Return what answers `typed`.

        Args:
            engine: Answers.
            typed: Any text, also none.
            language: Of the person who types, in which cards are written.
            deadline: On `time.monotonic`, from which what can be left out is left out.
        """
        question = normalise(typed)
        if len(question) < _FEWEST_CHARACTERS or not has_words(question):
            question = ""
        key = (question, language, engine.newest())
        if key in self._kept:
            return self._kept[key]
        if not question:
            found, skipped = _latest(engine), False
        else:
            found, skipped = _found(engine, question, deadline)
        # The next one who asks may have the time.
        if not skipped:
            self._kept[key] = found
        return found


def card(engine: Engine, question: str, deadline: float) -> Choice:
    """Answer a question with one card, or say that there is no answer.

    Args:
        engine: Answers.
        question: Any text.
        deadline: On `time.monotonic`, from which what can be left out is left out.
    """
    try:
        answer = engine.ask(question, 1, deadline=deadline)
    except NoQuestionError:
        return said(Message(texts.NO_WORDS.format(example=texts.EXAMPLE)))
    return said(answer_message(answer, ""))


def said(message: Message) -> Choice:
    """Return the one choice that there is, so that nobody sees what it is called."""
    title, _, _ = message.text.partition("\n")
    return Choice("0", title[:_TITLE_CHARACTERS], "", _posted(message))


def _found(engine: Engine, question: str, deadline: float) -> tuple[Choices, bool]:
    answer = engine.ask(question, MOST_CHOICES, deadline=deadline)
    heading = Heading.of(answer)
    found = tuple(_choice(quotation, heading) for quotation in answer.quotations)
    return Choices(found, is_silent=not found), bool(answer.skipped)


def _latest(engine: Engine) -> Choices:
    heading = Heading()
    return Choices(tuple(_choice(quotation, heading) for quotation in engine.recent(MOST_CHOICES)))


def _choice(quotation: Quotation, heading: Heading) -> Choice:
    article = quotation.article
    start, end = quotation.answer
    sentence = quotation.text[start:end]
    if len(sentence) > _DESCRIPTION_CHARACTERS:
        sentence = sentence[: _DESCRIPTION_CHARACTERS - 1] + "…"
    return Choice(
        hashlib.sha256(quotation.passage.docid.encode()).hexdigest(),
        article.title[:_TITLE_CHARACTERS],
        f"{origin(article.source, article.published)}\n{sentence}",
        _posted(quotation_message(quotation, "", 0, 1, heading)),
    )


def _posted(message: Message) -> Message:
    """The message without the buttons that send something back."""
    rows = (tuple(button for button in row if button.data is None) for row in message.rows)
    return replace(message, rows=tuple(row for row in rows if row))
