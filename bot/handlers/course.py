"""A question's way to its one answer: in turn, not too old, within what is fair, once."""

import asyncio
import json
import math
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime
from weakref import WeakValueDictionary

from telegram import InlineKeyboardMarkup
from telegram import Message as Asked
from telegram.error import BadRequest, NetworkError, TelegramError

from bot import texts
from bot.fairness import FairUse, Refusal
from bot.handlers.replying import reply
from bot.inbox import Inbox, received_as
from bot.languages import Language
from bot.ledger import Attempt
from bot.limiter import UNCHANGED, never_left
from bot.lines import Lines
from bot.message import Message
from bot.settings import BotSettings
from bot.turns import Place
from bot.wire import form
from bot.worker import Worker

_MINUTE = 60


class Course:
    """Decides whether and when a question is answered, and sees that it is answered once.

    Args:
        inbox: Knows what was received and answered.
        worker: Is told which message an answer became.
        settings: The table [bot].
    """

    def __init__(self, inbox: Inbox, worker: Worker, settings: BotSettings) -> None:
        self._inbox = inbox
        self._worker = worker
        self._lines = Lines()
        self._fair = FairUse(
            settings.questions_per_minute, settings.questions_per_hour, frozenset(settings.admins)
        )
        self._alones: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._doubts: Counter[int] = Counter()
        self._clearer = asyncio.Event()
        self._most_seconds = settings.answer_within_minutes * _MINUTE

    @asynccontextmanager
    async def turn(
        self, asked: Asked, place: Place, tag: str | None = None, *, quietly: bool = False
    ) -> AsyncIterator[bool]:
        """Wait for a question's turn; the value is whether to answer it.

        Where it is not, whoever asked has been told why, if there was a need.

        Args:
            asked: The question.
            place: Whose conversation it is part of.
            tag: Language that the person's Telegram speaks, as it says, or None.
            quietly: Whether to say nothing of that, as to somebody who did not ask the bot.
        """
        if await self._has_arrived(asked) or await self._is_too_old(asked, place, tag, quietly):
            yield False
            return
        async with self._lines.turn(place, _said_at(asked)) as turn:
            goes = not turn.is_left_out
            if goes:
                goes = await self.is_fair(asked, place, tag, quietly=quietly)
            yield goes
            if not turn.is_left_out and (count := turn.left_out()) and not quietly:
                spoken = await self._language(place, tag)
                await reply(asked, Message(spoken.counted(texts.LEFT_OUT, count)))

    async def is_fair(
        self, asked: Asked, place: Place, tag: str | None, *, quietly: bool = False
    ) -> bool:
        """Count a question; whether it is within what is fair. If not, that is said once.

        The arguments are those of `turn`.
        """
        refusal = self._fair.refusal(place)
        if refusal and refusal.is_news and not quietly:
            await reply(asked, Message(words(refusal, await self._language(place, tag))))
        return refusal is None

    async def answer(self, asked: Asked, answer: Message) -> None:
        """Send the answer to a question.

        It is written down when it leaves and when it has arrived. Should its arrival not be known,
        it is looked for among the chat's next messages and sent again only if it is not there: it
        is recognised by its buttons, whose data is its own. An answer without buttons cannot be
        recognised: if the program ends in the instant between its leaving and the reply, it is
        sent again at the next start; after a fault on the way it is not sent again.

        Raises:
            TelegramError: It could not be sent.
        """
        received = received_as(asked)
        markup = form(answer)["reply_markup"]
        keyboard = markup.to_json() if markup else ""
        async with self._alone(asked.chat_id), AsyncExitStack() as doubt:

            async def leaving() -> None:
                doubt.enter_context(self._in_doubt(asked.chat_id))
                await self._inbox.note(lambda ledger: ledger.leave(received, answer.key, keyboard))

            try:
                sent = await reply(asked, answer, leaving)
            except NetworkError as error:
                if isinstance(error, BadRequest) or never_left(error) or not keyboard:
                    raise
                attempt = await self._inbox.call(lambda ledger: ledger.attempt(received))
                if attempt and await self._found(asked, attempt):
                    return
                sent = await reply(asked, answer, leaving)
            await self._arrived(asked, answer.key, sent.chat_id, sent.message_id)

    async def clear(self, chat: int) -> None:
        """Wait until of no answer in a chat it is unknown whether it arrived.

        Its buttons must not change before that, for by them it is recognised.
        """
        while self._doubts[chat]:
            await self._clearer.wait()

    def _alone(self, chat: int) -> asyncio.Lock:
        """To be held while an answer is sent or looked for in a chat.

        Answers looked for would else be mixed up with those sent meanwhile.
        """
        return self._alones.setdefault(chat, asyncio.Lock())

    async def forget(self, person: int) -> None:
        """Delete what is kept of a person's messages beyond what is under way."""
        await self._inbox.call(lambda ledger: ledger.forget(person))

    @contextmanager
    def _in_doubt(self, chat: int) -> Iterator[None]:
        self._doubts[chat] += 1
        try:
            yield
        finally:
            self._doubts[chat] -= 1
            self._doubts += Counter()  # forgets what is at zero
            self._clearer.set()
            self._clearer = asyncio.Event()

    async def _language(self, place: Place, tag: str | None) -> Language:
        return await self._worker.call(lambda desk: desk.language(place, tag))

    async def _is_too_old(self, asked: Asked, place: Place, tag: str | None, quietly: bool) -> bool:
        """Whether a question was asked too long ago; that is said once for all of them."""
        seconds = self._most_seconds
        if datetime.now(UTC).timestamp() - _said_at(asked) <= seconds:
            return False
        if not quietly and await self._inbox.call(
            lambda ledger: ledger.tell("late", place.chat, place.user, seconds)
        ):
            spoken = await self._language(place, tag)
            await reply(asked, Message(spoken.say(texts.AWAY)))
        return True

    async def _has_arrived(self, asked: Asked) -> bool:
        """Whether an earlier run was ended while sending the answer, and it did arrive."""
        attempt = self._inbox.doubtful.pop(received_as(asked), None)
        if attempt is None:
            return False
        async with self._alone(asked.chat_id):
            with self._in_doubt(asked.chat_id):
                return await self._found(asked, attempt)

    async def _found(self, asked: Asked, attempt: Attempt) -> bool:
        if not attempt.keyboard:
            return False
        received, bot = received_as(asked), asked.get_bot()
        keyboard = InlineKeyboardMarkup.de_json(json.loads(attempt.keyboard), bot)
        candidates = await self._inbox.call(lambda ledger: ledger.candidates(received, attempt))
        for number in candidates:
            if await _has_buttons(asked, number, keyboard):
                await self._arrived(asked, attempt.key, asked.chat_id, number)
                return True
        return False

    async def _arrived(self, asked: Asked, key: str, chat: int, message: int) -> None:
        received = received_as(asked)
        # First of all its buttons are to work, also in the group that this one may have become.
        if key:
            await self._worker.call(lambda desk: desk.sent_as(key, chat, message))
        await self._inbox.note(lambda ledger: ledger.answered(received, message))


async def _has_buttons(asked: Asked, number: int, keyboard: InlineKeyboardMarkup) -> bool:
    """Whether a message has exactly these buttons: then giving it these changes nothing."""
    bot, chat = asked.get_bot(), asked.chat_id
    try:
        edited = await bot.edit_message_reply_markup(chat, number, reply_markup=keyboard)
    except BadRequest as error:
        # All else: there is no such message, or it is not the bot's.
        return UNCHANGED in str(error).lower()
    if isinstance(edited, bool):
        # A try that seemed to fail has changed it, or found nothing to change: see the limiter.
        return True
    # Some other message of the bot's, a note: answers with buttons are known to the ledger.
    with suppress(TelegramError):
        await bot.edit_message_reply_markup(chat, number, reply_markup=None)
    return False


def _said_at(asked: Asked) -> float:
    return (asked.edit_date or asked.date).timestamp()


def words(refusal: Refusal, spoken: Language) -> str:
    """Say when to come back: rounded up, for whoever comes a moment early is refused again."""
    said = {"person": texts.TOO_MANY, "chat": texts.TOO_MANY_HERE}[refusal.whose]
    step = 1 if refusal.seconds <= _MINUTE else _MINUTE
    wait = spoken.later(math.ceil(refusal.seconds / step) * step)
    return spoken.say(said, wait=wait)
