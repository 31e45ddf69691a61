"""What the buttons below an answer do."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import texts
from bot.card import Card, Heading
from bot.engine import Engine
from bot.feedback import Judged, Verdict
from bot.further import further
from bot.kept import Kept
from bot.keyboard import REASONS
from bot.languages import Language, language
from bot.message import Message
from bot.quote import Quotation
from bot.render import context_message, quotation_message, withdrawn_message
from bot.sent import Asking, Sent
from bot.turns import Place
from corpus.store import Standing

_FOR_ALL: dict[str, Verdict] = {"g": "good", "b": "bad"}
"""What everybody may press, whoever asked."""

_DATA = re.compile(r"([qcngbr]):([\w-]+):(\d{1,2})(?::([a-z]))?", re.ASCII)


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

    def judged(self, verdict: Verdict) -> Judged:
        """Return what the person thinks of it."""
        return Judged(self.card.key, self.card.shown, self.person, verdict, self.reason)


class Presses:
    """Does what buttons say.

    Args:
        engine: Quotes again.
        kept: Knows what was answered and chosen, and keeps verdicts.
        around: How many paragraphs before and after a quotation its context has.
    """

    def __init__(self, engine: Engine, kept: Kept, around: int) -> None:
        self._engine = engine
        self._sent, self._feedback, self._chats = kept.sent, kept.feedback, kept.chats
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
        if asker := self.asker(sent, press):
            if action not in _FOR_ALL:
                return Pressed(word=say(texts.ASKER_ONLY), asker=asker)
            # Everybody may judge, but the message is not theirs to change.
            self._feedback.put(Judged(key, shown, press.place.user, _FOR_ALL[action]))
            return Pressed(word=say(texts.THANKS))
        standing = self._engine.standing(sent.passages[shown])
        card = _card(key, shown, sent, standing)
        if standing == "removed":
            # Somebody took it out on purpose: its words are not sent again.
            return Pressed(withdrawn_message(card))
        quotation = self._quotation(sent, shown)
        if quotation is None:
            return Pressed(word=say(texts.UPDATED))
        about = _Shown(press.place.user, spoken, quotation, card, reason)
        return self._actions[action](about)

    def asker(self, sent: Sent, press: Press) -> int | None:
        """Return who alone may press the buttons of an answer, None if whoever presses may."""
        asker = sent.asking.place.user if sent.asking else 0
        # Who asked in the name of another chat is not known when they press.
        if not asker or asker == press.place.user or (asker < 0 and asker != sent.chat):
            return None
        return asker if self._chats.of(sent.chat).pagers == "asker" else None

    def _quotation(self, sent: Sent, shown: int) -> Quotation | None:
        return self._engine.requote(
            sent.passages[shown], sent.answers[shown], sent.also_in[shown], sent.words[shown]
        )

    def _leaf(self, shown: _Shown) -> Pressed:
        return Pressed(quotation_message(shown.quotation, shown.card))

    def _context(self, shown: _Shown) -> Pressed:
        return Pressed(context_message(shown.quotation, shown.card, self._around))

    def _praise(self, shown: _Shown) -> Pressed:
        self._feedback.put(shown.judged("good"))
        return Pressed(word=shown.language.say(texts.THANKS))

    def _blame(self, shown: _Shown) -> Pressed:
        """Keep the verdict at once: the reason may never be given."""
        self._feedback.put(shown.judged("bad"))
        asking = replace(shown.card, asks_why=True)
        word = shown.language.say(texts.WHY_BAD)
        return Pressed(quotation_message(shown.quotation, asking), word)

    def _explain(self, shown: _Shown) -> Pressed:
        self._feedback.put(shown.judged("bad"))
        word = shown.language.say(texts.THANKS)
        return Pressed(quotation_message(shown.quotation, shown.card), word)


def _card(key: str, shown: int, sent: Sent, standing: Standing) -> Card:
    asking = sent.asking
    spoken = language(asking.language if asking else None)
    above = replace(heading(asking), standing=standing)
    return Card(key, shown, len(sent.passages), above, spoken)


def heading(asking: Asking | None) -> Heading:
    """Return what stands above each quotation of an answer."""
    if asking is None:
        return Heading()
    understood = asking.understood
    resolved = asking.turn.resolved if understood.history else None
    return Heading(
        resolved,
        understood.time,
        understood.source,
        asking.is_dated,
        asking.is_cut,
        goes_on=further(asking.question) is not None,
    )
