"""Checks of everything the program needs, each with the way to mend it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing

from telegram import Bot, User
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import texts
from bot.engine import cross_encoder_of, encoder_of, sources
from bot.languages import ENGLISH
from bot.settings import OFF, Settings, SettingsError, load_token, load_webhook_secret
from bot.wire import base_urls
from corpus.store import Library, LibraryError
from index.generation import open_current
from index.languages import MULTILINGUAL, foreign
from index.layout import Layout
from index.models import WORDS, open_words
from index.search import HybridSearcher
from index.types import UnusableError

_WARNING = "WARN  "
_FAULTS = (SettingsError, UnusableError, LibraryError)


def examine(settings: Settings, say: Callable[[str], None]) -> bool:
    """Check all and say what was found, a line each; return whether everything is in order.

    A missing token is no fault of the collection, but the bot cannot run without one.
    """
    fine = True
    checks = (_configuration, _collection, _model, _reranker, _library, _index, _webhook, _token)
    for check in checks:
        try:
            for line in check(settings):
                say(line if line.startswith(_WARNING) else f"ok    {line}")
        except _FAULTS as error:
            fine = False
            say(f"FAULT {' '.join(str(error).split())}")
    return fine


def _configuration(settings: Settings) -> Iterator[str]:
    yield f"settings: {settings.origin}"


def _collection(settings: Settings) -> Iterator[str]:
    for path in sources(settings):
        if not path.exists():
            raise SettingsError(f"[corpus] paths: {path} does not exist: check the spelling")
        yield f"collection: {path}"


def _model(settings: Settings) -> Iterator[str]:
    encoder = encoder_of(settings)
    yield f"model: {encoder.name}, {encoder.dimension} dimensions, reads {encoder.limit} tokens"


def _reranker(settings: Settings) -> Iterator[str]:
    cross_encoder = cross_encoder_of(settings)
    only = (
        f", reads {cross_encoder.language} only" if cross_encoder and cross_encoder.language else ""
    )
    yield f"reranker: {cross_encoder.name if cross_encoder else OFF}{only}"
    if cross_encoder is None:
        open_words()
        yield f"marks the sentence that answers: {WORDS}, in English"


def _library(settings: Settings) -> Iterator[str]:
    with Library(Layout(settings.index.data).library) as library:
        yield f"library: {ENGLISH.counted(texts.ARTICLES, len(library.entries()))}"


def _index(settings: Settings) -> Iterator[str]:
    generation = open_current(Layout(settings.index.data))
    if generation is None:
        raise UnusableError(f"no index in {settings.index.data}: run `verbatim index`")
    with closing(generation):
        encoder = encoder_of(settings)
        HybridSearcher(generation, encoder)
        manifest = generation.manifest
        yield (
            f"index: generation {manifest.number},"
            f" {ENGLISH.counted(texts.PASSAGES, manifest.passages)}, checksums right"
        )
        if others := foreign(encoder, manifest.languages):
            yield _WARNING + misfit(others, manifest.articles, manifest.model)


def misfit(others: dict[str, int], articles: int, model: str) -> str:
    """Say that a model does not understand part of a collection, and which one would.

    Args:
        others: The languages in question, with the articles in each.
        articles: How many there are in all.
        model: The model's name.
    """
    named = ", ".join(f"{language}: {count}" for language, count in others.items())
    return (
        f"languages: {sum(others.values())} of {ENGLISH.counted(texts.ARTICLES, articles)}"
        f" ({named}) are in languages that {model} does not understand, and found by their words"
        f' alone: set [index] model = "{MULTILINGUAL}"'
    )


def _webhook(settings: Settings) -> Iterator[str]:
    if settings.bot.mode == "webhook":
        import bot.webhook  # noqa: F401 (it says which package is missing)

        load_webhook_secret()
        yield f"webhook: {settings.bot.webhook_url}, listening on {settings.bot.webhook_listen}"


def _token(settings: Settings) -> Iterator[str]:
    token = load_token()

    async def me() -> User:
        async with Bot(token.reveal(), **base_urls(settings)) as bot:
            return bot.bot

    try:
        user = asyncio.run(me())
    except InvalidToken as error:
        raise SettingsError(
            "Telegram refuses the token: copy it again from @BotFather into VERBATIM_TOKEN"
        ) from error
    except NetworkError as error:
        raise SettingsError(
            "Telegram cannot be reached: check the network, or [bot] api_url"
            f" ({token.hidden_in(str(error))})"
        ) from error
    except TelegramError as error:
        raise SettingsError(f"Telegram: {token.hidden_in(str(error))}") from error
    yield f"token: @{user.username}"
    privacy = texts.PRIVACY_OFF if user.can_read_all_group_messages else texts.PRIVACY_ON
    yield f"groups: {privacy}"
    yield from _modes(user)


def _modes(user: User) -> Iterator[str]:
    """Where the bot can be asked without being a member of the chat."""
    if user.supports_inline_queries:
        yield "inline mode: on"
    else:
        yield (
            f"{_WARNING}inline mode: off: nobody can ask with @{user.username} in other chats: send"
            " /setinline to @BotFather, choose this bot, and send a placeholder such as “question”"
        )
    yield f"guest mode: {'on' if user.supports_guest_queries else 'off'}"
