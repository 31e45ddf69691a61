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
from bot.card import Card, Heading
from bot.covering import origin, shortened
from bot.engine import Engine
from bot.languages import Language
from bot.message import Message
from bot.quote import Quotation
from bot.render import answer_message, quotation_message
from corpus.text import has_words, normalise

MOST_CHOICES = 10

_FEWEST_CHARACTERS = 3
"""Of a question; with fewer, somebody has only begun to type."""

_MOST_KEPT = 512
_KEPT_SECONDS = 300.0
"""What "today" means goes out of date."""

_DESCRIPTION_CHARACTERS = 160


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

    def choices(self, engine: Engine, typed: str, language: Language, deadline: float) -> Choices:
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
        key = (question, language.code, engine.newest())
        if key in self._kept:
            return self._kept[key]
        if not question:
            found, skipped = _latest(engine, language), False
        else:
            found, skipped = _found(engine, question, language, deadline)
        # The next one who asks may have the time.
        if not skipped:
            self._kept[key] = found
        return found


def card(
    engine: Engine, question: str, language: Language, example: str, deadline: float
) -> Choice:
    """Answer a question with one card, or say that there is no answer.

    Args:
        engine: Answers.
        question: Any text.
        language: Of the person who asks.
        example: A question that has words, for a person who asks without.
        deadline: On `time.monotonic`, from which what can be left out is left out.
    """
    try:
        answer = engine.ask(question, 1, deadline=deadline)
    except NoQuestionError:
        return said(Message(language.say(texts.NO_WORDS, example=language.isolated(example))))
    return said(answer_message(answer, "", language))


def said(message: Message) -> Choice:
    """Return the one choice that there is, so that nobody sees what it is called."""
    title, _, _ = message.text.partition("\n")
    return Choice("0", shortened(title), "", _posted(message))


def _found(
    engine: Engine, question: str, language: Language, deadline: float
) -> tuple[Choices, bool]:
    answer = engine.ask(question, MOST_CHOICES, deadline=deadline)
    shown = Card("", heading=Heading.of(answer), language=language)
    found = tuple(_choice(quotation, shown) for quotation in answer.quotations)
    return Choices(found, is_silent=not found), bool(answer.skipped)


def _latest(engine: Engine, language: Language) -> Choices:
    shown = Card("", language=language)
    return Choices(tuple(_choice(quotation, shown) for quotation in engine.recent(MOST_CHOICES)))


def _choice(quotation: Quotation, card: Card) -> Choice:
    article = quotation.article
    sentence = quotation.text[slice(*quotation.answer)]
    return Choice(
        hashlib.sha256(quotation.passage.docid.encode()).hexdigest(),
        shortened(article.title),
        f"{origin(article.source, article.published, card.language)}"
        f"\n{shortened(sentence, _DESCRIPTION_CHARACTERS)}",
        _posted(quotation_message(quotation, card)),
    )


def _posted(message: Message) -> Message:
    """The message without the buttons that send something back."""
    rows = (tuple(button for button in row if button.data is None) for row in message.rows)
    return replace(message, rows=tuple(row for row in rows if row))
