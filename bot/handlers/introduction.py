"""What Telegram shows of the bot before a word is said: its commands and what it is for."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot import texts
from bot.desk import Desk
from bot.languages import CODES, DEFAULT, Language, language
from bot.worker import Worker

_SCOPES: tuple[BotCommandScope, ...] = (
    BotCommandScopeDefault(),
    BotCommandScopeAllPrivateChats(),
    BotCommandScopeAllGroupChats(),
    BotCommandScopeAllChatAdministrators(),
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tell.

    Attributes:
        name: Of the thing.
        content: What is told; told anew when it changes.
        tell: Tells it.
    """

    name: str
    content: str
    tell: Callable[[], Awaitable[bool]]


async def introduce(bot: Bot, worker: Worker) -> None:
    """Tell Telegram, in every language, what has changed since it was last told.

    What Telegram refuses is logged and told again at the next start: the bot answers without it.
    """
    known = list(items(bot))
    new = await worker.call(
        lambda desk: [i for i in known if not desk.kept.told.is_told(i.name, i.content)]
    )
    results = await asyncio.gather(*(item.tell() for item in new), return_exceptions=True)
    for item, result in zip(new, results, strict=True):
        if isinstance(result, TelegramError):
            _log.warning("%s was not told: %s", item.name, result)
        elif isinstance(result, BaseException):
            raise result

    def note(desk: Desk) -> None:
        for item, result in zip(new, results, strict=True):
            if result is True:
                desk.kept.told.tell(item.name, item.content)

    await worker.call(note)


def items(bot: Bot) -> Iterator[Item]:
    """Yield all that Telegram is told."""
    for code in CODES:
        spoken = language(code)
        # Told without a language, it is for all languages that have none of their own.
        tag = "" if code == DEFAULT else code
        for scope in _SCOPES:
            yield _commands(bot, spoken, tag, scope)
        for name, text, tell in (
            ("description", texts.DESCRIPTION, bot.set_my_description),
            ("short description", texts.SHORT_DESCRIPTION, bot.set_my_short_description),
        ):
            yield _description(name, spoken.say(text), tag, tell)


def _commands(bot: Bot, spoken: Language, tag: str, scope: BotCommandScope) -> Item:
    commands = [
        BotCommand(name, spoken.say(texts.COMMANDS[name])) for name in texts.MENUS[scope.type]
    ]
    content = json.dumps([c.to_dict() for c in commands], ensure_ascii=False)
    return Item(
        f"commands {scope.type} {tag}",
        content,
        lambda: bot.set_my_commands(commands, scope, tag or None),
    )


def _description(
    name: str, words: str, tag: str, tell: Callable[[str, str | None], Awaitable[bool]]
) -> Item:
    return Item(f"{name} {tag}", words, lambda: tell(words, tag or None))
