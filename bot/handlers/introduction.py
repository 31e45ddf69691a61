"""What Telegram shows of the bot before a word is said: its commands and what it is for."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
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

_OF_A_CHAT = "commands chat "
"""How the names of what is told to single chats begin."""

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


async def introduce(bot: Bot, worker: Worker, admins: Collection[int] = ()) -> None:
    """Tell Telegram, in every language, what has changed since it was last told.

    What Telegram refuses is logged and told again at the next start: the bot answers without it.

    Args:
        bot: The bot.
        worker: Remembers what was told.
        admins: Ids of the people who have a longer menu, in their chats with the bot.
    """
    known = [*items(bot), *_menus_of(bot, admins)]
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
    await _take_back(bot, worker, {item.name for item in known})


async def _take_back(bot: Bot, worker: Worker, offered: Collection[str]) -> None:
    """Delete the menus of those who are no longer admins."""
    menus = await worker.call(lambda desk: desk.kept.told.known(_OF_A_CHAT))
    gone = []
    for name in [name for name in menus if name not in offered]:
        chat, _, tag = name.removeprefix(_OF_A_CHAT).partition(" ")
        try:
            await bot.delete_my_commands(BotCommandScopeChat(int(chat)), tag or None)
        except TelegramError as error:
            _log.warning("a menu was not deleted: %s", error)
        else:
            gone.append(name)
    await worker.call(lambda desk: desk.kept.told.take_back(gone))


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


def _menus_of(bot: Bot, admins: Collection[int]) -> Iterator[Item]:
    """Menus of chats with admins; what these see of a chat of their own goes before all else."""
    for admin in admins:
        for code in CODES:
            tag = "" if code == DEFAULT else code
            yield _commands(bot, language(code), tag, BotCommandScopeChat(admin))


def _commands(bot: Bot, spoken: Language, tag: str, scope: BotCommandScope) -> Item:
    if isinstance(scope, BotCommandScopeChat):
        whose, names = f"{scope.type} {scope.chat_id}", texts.MENUS["all_private_chats"]
        offered = {name: texts.COMMANDS[name] for name in names} | texts.KEEPER_COMMANDS
    else:
        whose = scope.type
        offered = {name: texts.COMMANDS[name] for name in texts.MENUS[whose]}
    commands = [BotCommand(name, spoken.say(text)) for name, text in offered.items()]
    content = json.dumps([c.to_dict() for c in commands], ensure_ascii=False)
    return Item(
        f"commands {whose} {tag}",
        content,
        lambda: bot.set_my_commands(commands, scope, tag or None),
    )


def _description(
    name: str, words: str, tag: str, tell: Callable[[str, str | None], Awaitable[bool]]
) -> Item:
    return Item(f"{name} {tag}", words, lambda: tell(words, tag or None))
