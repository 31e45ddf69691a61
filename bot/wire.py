"""Messages in Telegram's own form."""

from typing import TypedDict

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
)

from bot.inline import Choice
from bot.message import Button, Message
from bot.settings import Settings

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Form(TypedDict):
    """What `sendMessage` and `editMessageText` have in common."""

    text: str
    entities: tuple[MessageEntity, ...]
    reply_markup: InlineKeyboardMarkup | None
    link_preview_options: LinkPreviewOptions


class BaseUrls(TypedDict, total=False):
    """Where the Bot API is, if not at Telegram's."""

    base_url: str
    base_file_url: str


def form(message: Message) -> Form:
    """Return a message as the arguments that send or edit it."""
    entities = tuple(
        MessageEntity(type=m.kind, offset=m.start, length=m.end - m.start, url=m.url)
        for m in message.marks
    )
    rows = [[_button(b) for b in row] for row in message.rows]
    return Form(
        text=message.text,
        # Telegram counts UTF-16 units, Python characters.
        entities=tuple(
            MessageEntity.adjust_message_entities_to_utf_16(message.text, list(entities))
        ),
        reply_markup=InlineKeyboardMarkup(rows) if rows else None,
        link_preview_options=NO_PREVIEW,
    )


def article(choice: Choice) -> InlineQueryResultArticle:
    """Return a passage to choose as the result of an inline query."""
    sent = form(choice.message)
    return InlineQueryResultArticle(
        choice.name,
        choice.title,
        InputTextMessageContent(
            sent["text"],
            entities=sent["entities"],
            link_preview_options=sent["link_preview_options"],
        ),
        reply_markup=sent["reply_markup"],
        description=choice.description or None,
    )


def base_urls(settings: Settings) -> BaseUrls:
    """Return where the Bot API is, as PTB's `Bot` takes it."""
    urls = BaseUrls()
    if settings.bot.api_url:
        urls["base_url"] = _with_bot(settings.bot.api_url, "/bot")
    if settings.bot.api_file_url:
        urls["base_file_url"] = _with_bot(settings.bot.api_file_url, "/file/bot")
    return urls


def _with_bot(url: str, ending: str) -> str:
    """Accept an address with or without the part that the token is put behind."""
    bare = url.rstrip("/")
    return bare if bare.endswith(ending) else bare + ending


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    if button.copied:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copied))
    return InlineKeyboardButton(button.label, callback_data=button.data)
