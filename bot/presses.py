"""What the buttons below an answer do."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import texts
from bot.card import Card, Heading
from bot.engine import Engine
from bot.feedback import Feedback, Judged, Verdict
from bot.keyboard import REASONS
from bot.languages import Language, language
from bot.message import Message
from bot.quote import Quotation
from bot.render import context_message, quotation_message
from bot.sent import Asking, Sent, SentAnswers
from bot.turns import Place

_DATA = re.compile(r"([qcngbr]):([\w-]+):(\d{1,2})(?::([a-z]))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button does: the message to show in place of the old one, or a short word, or both."""

    message: Message | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed.

    Attributes:
        data: What it sends; anything, since anybody can send anything.
        place: Where and by whom.
        tag: Language that the person's Telegram speaks, as it says, or None.
    """

    data: str
    place: Place
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class _Shown:
    """The quotation that a press is about, and by whom it is."""

    person: int
    language: Language
    quotation: Quotation
    card: Card
    reason: str


class Presses:
    """Does what buttons say.

    Args:
        engine: Quotes again.
        sent: Knows what was answered.
        feedback: Keeps verdicts.
        around: How many paragraphs before and after a quotation its context has.
    """

    def __init__(self, engine: Engine, sent: SentAnswers, feedback: Feedback, around: int) -> None:
        self._engine = engine
        self._sent = sent
        self._feedback = feedback
        self._around = around
        self._actions: dict[str, Callable[[_Shown], Pressed]] = {
            "q": self._leaf,
            "c": self._context,
            "g": self._praise,
            "b": self._blame,
            "r": self._explain,
        }

    def do(self, press: Press, spoken: Language) -> Pressed:
        """Do what a button says, or say in the language `spoken` why not."""
        say = spoken.say
        refused = Pressed(word=say(texts.NOT_YOURS))
        found = _DATA.fullmatch(press.data)
        sent = self._sent.get(found[2]) if found else None
        if found is None or sent is None or sent.chat != press.place.chat:
            return refused
        action, key, shown, reason = found[1], found[2], int(found[3]), found[4] or ""
        # A reason belongs to the button that gives one, and to no other.
        if shown >= len(sent.passages) or (action == "r") != (reason in REASONS):
            return refused
        if action == "n":
            return Pressed(word=f"{shown + 1}/{len(sent.passages)}")
        quotation = self._quotation(sent, shown)
        if quotation is None:
            return Pressed(word=say(texts.UPDATED))
        card = _card(key, shown, sent)
        about = _Shown(press.place.user, spoken, quotation, card, reason)
        return self._actions[action](about)

    def _quotation(self, sent: Sent, shown: int) -> Quotation | None:
        return self._engine.requote(
            sent.passages[shown], sent.answers[shown], sent.also_in[shown], sent.words[shown]
        )

    def _leaf(self, shown: _Shown) -> Pressed:
        return Pressed(quotation_message(shown.quotation, shown.card))

    def _context(self, shown: _Shown) -> Pressed:
        return Pressed(context_message(shown.quotation, shown.card, self._around))

    def _praise(self, shown: _Shown) -> Pressed:
        self._judge(shown, "good")
        return Pressed(word=shown.language.say(texts.THANKS))

    def _blame(self, shown: _Shown) -> Pressed:
        """Keep the verdict at once: the reason may never be given."""
        self._judge(shown, "bad")
        asking = replace(shown.card, asks_why=True)
        word = shown.language.say(texts.WHY_BAD)
        return Pressed(quotation_message(shown.quotation, asking), word)

    def _explain(self, shown: _Shown) -> Pressed:
        self._judge(shown, "bad")
        word = shown.language.say(texts.THANKS)
        return Pressed(quotation_message(shown.quotation, shown.card), word)

    def _judge(self, shown: _Shown, verdict: Verdict) -> None:
        card = shown.card
        judged = Judged(card.key, card.shown, shown.person, verdict, shown.reason)
        self._feedback.put(judged)


def _card(key: str, shown: int, sent: Sent) -> Card:
    asking = sent.asking
    spoken = language(asking.language if asking else None)
    return Card(key, shown, len(sent.passages), heading(asking), spoken)


def heading(asking: Asking | None) -> Heading:
    """Return what stands above each quotation of an answer."""
    if asking is None:
        return Heading()
    understood = asking.understood
    resolved = asking.turn.resolved if understood.history else None
    return Heading(resolved, understood.time, understood.source, asking.is_dated, asking.is_cut)
