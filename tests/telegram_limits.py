"""What Telegram refuses, as pure functions over the JSON of a request.

Each check either returns what Telegram would store or raises RefusedError with the description
Telegram answers with. The wording was taken from TDLib's source and from public tests that run
against the live service; where Telegram would silently cut, drop or repair what it was sent, a
test wants to know, and the refusal says "stricter than Telegram".
"""

import json
import re
import unicodedata
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

MAX_TEXT = 4096
MAX_TEXT_BYTES = 1 << 15
MAX_ENTITIES = 100
MAX_ENTITY_BYTES = 9500
MAX_URL = 2048
MAX_QUOTE = 1024
MAX_ALERT = 200


def words(text: str) -> frozenset[str]:
    """Make a set of the names in a text."""
    return frozenset(text.split())


CHAT_ACTIONS = words(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note"
)
_STYLES = words("bold italic underline strikethrough spoiler")
_QUOTES = words("blockquote expandable_blockquote")
_CODE = words("code pre")
_AUTOMATIC = words("mention hashtag cashtag bot_command url email phone_number")
_REQUIRED = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}
_ENTITY_TYPES = _STYLES | _QUOTES | _CODE | _AUTOMATIC | frozenset(_REQUIRED)
_PREFIX = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
}
_JSON_FIELDS = words(
    "entities reply_markup reply_parameters link_preview_options allowed_updates commands scope "
    "results result reaction button"
)
_INTEGER_FIELDS = words(
    "chat_id user_id message_id message_thread_id offset limit timeout cache_time"
)
_FLAG_FIELDS = words(
    "show_alert is_personal drop_pending_updates disable_notification protect_content"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
_MENTION = re.compile(r"(?<![\w@/.])@[A-Za-z0-9_]{4,32}(?!\w)")
# Telegram knows every top-level domain; these are the ones news texts are full of.
_URL = re.compile(
    r"(?<![\w@.])(?:https?://[^\s<>\"«»“”]+|(?:[\w-]+\.)+"
    r"(?:com|org|net|info|io|eu|uk|de|fr|ru|ua|by|edu|gov)(?![\w-])(?:/[^\s<>\"«»“”]*)?)",
    re.IGNORECASE,
)


class RefusedError(Exception):
    """A call Telegram answers with ok=false: its code, description and parameters."""

    def __init__(self, text: str = "", code: int = 400, **parameters: int) -> None:
        self.code = code
        self.description = f"{_PREFIX[code]}: {text}" if text else _PREFIX[code]
        self.body: Json = {"ok": False, "error_code": code, "description": self.description}
        self.body |= {"parameters": parameters} if parameters else {}
        super().__init__(self.description)


def stricter(what: str) -> RefusedError:
    """Mark a refusal of ours, so that nobody looks for it in Telegram's documentation."""
    return RefusedError(f"stricter than Telegram: {what}")


def missing(what: str, field: str) -> RefusedError:
    return RefusedError(f"can't parse {what}: Can't find field \"{field}\"")


def dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def utf16_length(text: str) -> int:
    """Count as Telegram counts: a character beyond the basic plane is two units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Cut out what an entity with this offset and length covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")


def decode_params(raw: Json) -> Json:
    """Give form fields the types their names imply, nested JSON included.

    Telegram takes every parameter as a string too; decoded once here, a test can read
    `call.params["entities"][0]["type"]` whatever encoding the client chose.
    """
    if _SURROGATE.search(json.dumps(raw, ensure_ascii=False)):
        raise RefusedError("strings must be encoded in UTF-8")
    params = dict(raw)
    for name, value in raw.items():
        if not isinstance(value, str):
            continue
        if name in _JSON_FIELDS:
            try:
                params[name] = json.loads(value) if value else None
            except ValueError:
                raise RefusedError(f"can't parse {name} JSON object") from None
        elif name in _INTEGER_FIELDS and re.fullmatch(r"-?\d+", value):
            params[name] = int(value)
        elif name in _FLAG_FIELDS:
            params[name] = value.lower() in {"true", "yes", "1"}
    # PTB sends a nested lone surrogate as an ASCII escape, visible only once decoded.
    if _SURROGATE.search(json.dumps(params, ensure_ascii=False)):
        raise RefusedError("strings must be encoded in UTF-8")
    return {name: value for name, value in params.items() if value is not None}


def check_no_parse_mode(content: Json, name: str = "parse_mode") -> None:
    """Refuse markup in strings: this bot sends text and entities, and nothing else."""
    if content.get(name):
        raise stricter(f"{name} is not used by this bot")


def formatted_text(
    text: object,
    entities: list[Json] | None = None,
    *,
    empty: str = "message text is empty",
    too_long: str = "message is too long",
) -> tuple[str, list[Json]]:
    """Check a message's text and entities and return both as Telegram stores them.

    Surrounding whitespace is trimmed before the length is counted, and entities move with it.
    """
    if not isinstance(text, str) or not text:
        raise RefusedError(empty)
    if len(text.encode("utf-8", "surrogatepass")) > MAX_TEXT_BYTES:
        raise RefusedError("text is too long")
    if bad := next((c for c in text if unicodedata.category(c) == "Cc" and c not in "\n\t"), ""):
        raise stricter(f"control character U+{ord(bad):04X} in the text")
    if _SURROGATE.search(text):
        raise RefusedError("strings must be encoded in UTF-8")
    check_entities(text, entities or [])
    stored = text.replace("\t", " ").rstrip(" \n")
    lead = len(stored) - len(stored.lstrip(" \n"))
    stored = stored[lead:]
    if all(char.isspace() or unicodedata.category(char) == "Cf" for char in stored):
        raise RefusedError("text must be non-empty")
    size = utf16_length(stored)
    if size > MAX_TEXT:
        raise RefusedError(too_long)
    kept = []
    for entity in entities or []:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, size)
        if start < end and entity["type"] not in _AUTOMATIC:
            kept.append({**entity, "offset": start, "length": end - start})
    return stored, with_automatic(stored, kept)


def check_entities(text: str, entities: list[Json]) -> None:
    """Check entities against their text: shape, bounds, nesting, number and size."""
    if not isinstance(entities, list):
        raise RefusedError('can\'t parse entities: Field "entities" must be of type Array')
    if len(entities) > MAX_ENTITIES:
        raise stricter(f"more than {MAX_ENTITIES} entities, of which Telegram drops the rest")
    size = utf16_length(text)
    inside = _inside_symbols(text)
    for entity in entities:
        _check_entity(entity, size, inside)
    for first, second in combinations(entities, 2):
        _check_nesting(first, second)
    if sum(len(dump(entity)) for entity in entities) >= MAX_ENTITY_BYTES:
        raise RefusedError("ENTITIES_TOO_LONG")


def _inside_symbols(text: str) -> dict[int, int]:
    """Map each UTF-16 offset inside a surrogate pair to the byte offset Telegram names."""
    inside, units, octets = {}, 0, 0
    for char in text:
        octets += len(char.encode())
        if ord(char) > 0xFFFF:
            inside[units + 1] = octets
            units += 1
        units += 1
    return inside


def _check_entity(entity: Json, size: int, inside: dict[int, int]) -> None:
    kind = entity.get("type")
    if kind not in _ENTITY_TYPES:
        raise RefusedError("can't parse MessageEntity: Unsupported type specified")
    for name in ("offset", "length", *filter(None, [_REQUIRED.get(kind)])):
        if name not in entity:
            raise missing("MessageEntity", name)
    for name in ("offset", "length"):
        if entity[name] < 0:
            raise RefusedError(f"receive an entity with incorrect {name} {entity[name]}")
    if not entity["length"]:
        raise stricter("an entity of no length, which Telegram drops")
    _check_bounds(entity["offset"], entity["offset"] + entity["length"], size, inside)
    if kind == "text_link" and (problem := url_problem(entity["url"])):
        raise RefusedError(f"entity URL '{entity['url']}' is invalid: {problem}")


def _check_bounds(start: int, end: int, size: int, inside: dict[int, int]) -> None:
    if start > size:
        raise RefusedError(f"entity begins after the end of the text at UTF-16 offset {start}")
    if start in inside:
        where = f"in a middle of a UTF-16 symbol at byte offset {inside[start]}"
        raise RefusedError(f"entity begins {where}")
    problem = ""
    if end > size:
        problem = f"after the end of the text at UTF-16 offset {end}"
    elif end in inside:
        problem = f"in a middle of a UTF-16 symbol at byte offset {inside[end]}"
    if problem:
        raise RefusedError(f"entity beginning at UTF-16 offset {start} ends {problem}")


def _check_nesting(first: Json, second: Json) -> None:
    """Refuse what Telegram would repair by splitting or dropping an entity."""
    outer, inner = sorted((first, second), key=lambda e: (e["offset"], -e["length"]))
    outer_end, inner_end = (e["offset"] + e["length"] for e in (outer, inner))
    if inner["offset"] >= outer_end:
        return
    kinds = {outer["type"], inner["type"]}
    names = f"{outer['type']} and {inner['type']}"
    if inner_end > outer_end:
        raise stricter(f"{names} overlap without nesting")
    if kinds <= _QUOTES:
        raise stricter(f"{names} can't be nested")
    same = (outer["offset"], outer["length"]) == (inner["offset"], inner["length"])
    if kinds & _QUOTES and (same or outer["type"] in _QUOTES):
        return
    if kinds & _CODE:
        raise stricter(f"{names} can't be nested")
    # A style goes with everything else; links, mentions and the like only with styles.
    if not kinds & _STYLES:
        raise stricter(f"{names} can't be nested")


def url_problem(url: object) -> str:
    """Say in Telegram's words what is wrong with a link, or nothing."""
    if not isinstance(url, str) or not url:
        return "URL host is empty"
    if re.search(r"[\s\x00-\x1f]", url):
        return "Wrong HTTP URL"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "Wrong HTTP URL"
    if parts.scheme and "://" in url and parts.scheme not in {"http", "https"}:
        return "Unsupported URL protocol"
    # Telegram completes a link without a scheme; an article's address always has one.
    if parts.scheme not in {"http", "https"} or not re.search(r"[^.]\.[^.]", host):
        return "Wrong HTTP URL"
    if len(url) > MAX_URL:
        return f"stricter than Telegram: more than {MAX_URL} characters"
    return ""


def check_quote(quote: object, replied_text: str) -> Json:
    """Check the quote of a reply and return the TextQuote it becomes."""
    if not isinstance(quote, str) or utf16_length(quote) > MAX_QUOTE or quote not in replied_text:
        raise RefusedError("QUOTE_TEXT_INVALID")
    position = utf16_length(replied_text[: replied_text.index(quote)])
    return {"text": quote, "position": position, "is_manual": True}


def derive_entities(text: str) -> list[Json]:
    """Find what Telegram finds by itself in any text: links, commands and mentions."""
    found: list[tuple[int, int, str]] = []
    for kind, pattern in (("url", _URL), ("bot_command", _COMMAND), ("mention", _MENTION)):
        for match in pattern.finditer(text):
            matched = match.group().rstrip(".,;:!?)'") if kind == "url" else match.group()
            found.append((match.start(), match.start() + len(matched), kind))
    entities: list[Json] = []
    covered = 0
    for start, end, kind in sorted(found):
        if start >= covered:
            offset, length = utf16_length(text[:start]), utf16_length(text[start:end])
            entities.append({"type": kind, "offset": offset, "length": length})
            covered = end
    return entities


def with_automatic(text: str, entities: list[Json]) -> list[Json]:
    """Add to a sender's entities those Telegram derives, except inside code and links."""
    closed = [e for e in entities if e["type"] not in _STYLES | _QUOTES]
    derived = [
        found
        for found in derive_entities(text)
        if not any(
            found["offset"] < e["offset"] + e["length"]
            and e["offset"] < found["offset"] + found["length"]
            for e in closed
        )
    ]
    return sorted([*entities, *derived], key=lambda e: (e["offset"], -e["length"]))


def lacks_preview_choice(entities: list[Json], options: Json | None) -> bool:
    """Tell whether Telegram would attach a link preview that nobody asked for."""
    return options is None and any(e["type"] in {"url", "text_link"} for e in entities)


def check_webhook(url: str, secret: object) -> None:
    """Refuse a webhook as Telegram does; an empty address takes it away."""
    if not url:
        return
    if not url.startswith("https://"):
        raise RefusedError("bad webhook: An HTTPS URL must be provided for webhook")
    if urlsplit(url).port not in {None, 443, 80, 88, 8443}:
        raise RefusedError("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", str(secret), re.ASCII):
        raise RefusedError("secret token contains unallowed characters")
