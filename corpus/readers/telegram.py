"""A Telegram channel's export, result.json -> one article for each post with words."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.blocks import Block
from corpus.compose import Header, UnreadableError, compose
from corpus.dates import dated
from corpus.paragraphs import ends_sentence, sentences
from corpus.readers.base import Found, Result, Source
from corpus.text import has_words, normalise

_LONGEST_TITLE = 120


def read(data: bytes, source: Source) -> Iterator[Result]:
    """Read the posts of one channel, or of all chats in an export of an account.

    Raises:
        NotTextError: It is no text.
        UnreadableError: It is not such an export.
    """
    values = json.loads(source.text(data))
    chats = values.get("chats", {}).get("list") if "chats" in values else [values]
    if not isinstance(chats, list):
        raise UnreadableError("no export of a Telegram channel: export it as JSON")
    for chat in chats:
        if isinstance(chat, dict):
            yield from _chat(chat, source)


def _chat(chat: Mapping[str, Any], source: Source) -> Iterator[Result]:
    base = address(chat, source.options.channels)
    outlet = normalise(str(chat.get("name") or "")) or "Telegram"
    messages = chat.get("messages")
    for number, message in enumerate(messages if isinstance(messages, list) else (), 1):
        if not isinstance(message, dict) or message.get("type") != "message":
            continue
        lines = [t for line in _text(message).split("\n") if has_words(t := normalise(line))]
        if not lines:
            continue  # a picture alone
        post = str(message.get("id", number))
        title, body = _titled(lines)
        dating = dated(
            [(_moment(message, "date"), "Telegram")],
            [(_moment(message, "edited"), "Telegram")],
            source.now,
        )
        header = Header(
            title=title,
            url=f"{base}/{post}" if base else None,
            source=outlet,
            authors=[str(message.get("author") or "")],
            dating=dating,
        )
        try:
            article = compose(header, [Block("text", line) for line in body])
        except UnreadableError as error:
            yield source.fault(str(error), post)
        else:
            yield Found(
                article, source.inside(f"{chat.get('id', '')}/{post}"), dating.notes, is_page=True
            )


def address(chat: Mapping[str, Any], channels: Mapping[str, str]) -> str | None:
    """Where the posts of a chat are found, or None: an export does not say its public name.

    A channel whose public name is not configured has an address for its members alone.
    """
    number, name = str(chat.get("id") or ""), str(chat.get("name") or "")
    public = channels.get(number) or channels.get(name) or chat.get("username")
    if public:
        return f"https://t.me/{str(public).removeprefix('https://t.me/').lstrip('@')}"
    is_channel = "channel" in str(chat.get("type")) or "supergroup" in str(chat.get("type"))
    return f"https://t.me/c/{number.removeprefix('-100')}" if number and is_channel else None


def _text(message: Mapping[str, Any]) -> str:
    text = message.get("text")
    parts = text if isinstance(text, list) else [text]
    return "".join(str(p.get("text", "")) if isinstance(p, dict) else str(p or "") for p in parts)


def _titled(lines: list[str]) -> tuple[str, list[str]]:
    """A first line that is a headline, and the rest; or the first sentence, and all of it."""
    first = lines[0]
    if len(lines) > 1 and len(first) <= _LONGEST_TITLE and not first.endswith((".", ":", ",")):
        return first, lines[1:]
    start, end = (sentences(first, "en") or [(0, len(first))])[0]
    title = first[start:end]
    if len(title) > _LONGEST_TITLE:
        title = title[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
    return title if not ends_sentence(title) else title.rstrip("."), lines


def _moment(message: Mapping[str, Any], name: str) -> str:
    """In seconds where the export has them: the other form is in the exporter's own time zone."""
    return str(message.get(f"{name}_unixtime") or message.get(name) or "")
