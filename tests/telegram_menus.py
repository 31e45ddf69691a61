"""What Telegram refuses of keyboards and command menus.

As pure as `telegram_limits`, of which it is the second half.
"""

import re

from tests.telegram_limits import (
    MAX_URL,
    Json,
    RefusedError,
    dump,
    missing,
    stricter,
    url_problem,
    words,
)

MAX_ROW = 8
MAX_BUTTONS = 100
# Counted on the serialised keyboard: 99 buttons with long data were seen refused.
MAX_MARKUP_BYTES = 10_000
MAX_BUTTON_TEXT = 64
MAX_CALLBACK_BYTES = 64
MAX_COPY_TEXT = 256
MAX_COMMANDS = 100
# Publicly bisected: menus above about 7.8 kB are refused however few commands they have.
MAX_COMMANDS_BYTES = 7800
MAX_COMMAND = 32
MAX_COMMAND_DESCRIPTION = 256

_BUTTON_ACTIONS = words(
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay"
)
_SCOPES = {
    **dict.fromkeys(words("default all_private_chats all_group_chats all_chat_administrators"), ()),
    **dict.fromkeys(words("chat chat_administrators"), ("chat_id",)),
    "chat_member": ("chat_id", "user_id"),
}


def check_reply_markup(markup: Json | None) -> Json | None:
    """Check an inline keyboard; other kinds of markup pass unseen and are not stored."""
    if markup is None or "inline_keyboard" not in markup:
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise RefusedError('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    for row in rows:
        for button in row:
            _check_button(button)
    wide = max(map(len, rows), default=0)
    if wide > MAX_ROW or sum(map(len, rows)) > MAX_BUTTONS or len(dump(rows)) > MAX_MARKUP_BYTES:
        raise RefusedError("reply markup is too long")
    return {"inline_keyboard": rows} if any(rows) else None


def _check_button(button: Json) -> None:
    action = _button_action(button)
    value = button[action]
    match action:
        case "callback_data" if len(value.encode()) > MAX_CALLBACK_BYTES:
            raise RefusedError("BUTTON_DATA_INVALID")
        case "url" if len(value) > MAX_URL:
            raise RefusedError("BUTTON_URL_INVALID")
        case "url" if problem := url_problem(value):
            raise RefusedError(f"inline keyboard button URL '{value}' is invalid: {problem}")
        case "copy_text" if not 1 <= len(value.get("text", "")) <= MAX_COPY_TEXT:
            raise RefusedError("BUTTON_COPY_TEXT_INVALID")
        case "pay" | "callback_game":
            raise RefusedError("BUTTON_TYPE_INVALID")


def _button_action(button: Json) -> str:
    """Check a button's text and name the one thing that it does."""
    if "text" not in button:
        raise missing("inline keyboard button", "text")
    if not 1 <= len(button["text"].strip()) <= MAX_BUTTON_TEXT:
        raise stricter(f"a button's text is not of 1 to {MAX_BUTTON_TEXT} characters")
    # A switch_inline_query may be empty; any other empty string counts as no action at all.
    actions = [
        name
        for name in sorted(_BUTTON_ACTIONS & button.keys())
        if button[name] != "" or name.startswith("switch_")
    ]
    if not actions:
        unallowed = "Text buttons are unallowed in the inline keyboard"
        raise RefusedError(f"can't parse inline keyboard button: {unallowed}")
    if len(actions) > 1:
        raise stricter(f"a button with {' and '.join(actions)}, of which Telegram keeps one")
    return actions[0]


def check_commands(commands: object) -> list[Json]:
    """Check a command menu: number, total size, names and descriptions."""
    if not isinstance(commands, list):
        raise RefusedError("can't parse commands JSON object")
    for command in commands:
        name, description = (str(command.get(key, "")) for key in ("command", "description"))
        if not name:
            raise RefusedError("command must be non-empty")
        if len(name) > MAX_COMMAND:
            raise RefusedError(f"command length must not exceed {MAX_COMMAND}")
        if not description.strip():
            raise RefusedError("command description must be non-empty")
        if len(description) > MAX_COMMAND_DESCRIPTION:
            limit = MAX_COMMAND_DESCRIPTION
            raise RefusedError(f"command description length must not exceed {limit}")
        if not re.fullmatch(r"[a-z0-9_]+", name):
            raise RefusedError("BOT_COMMAND_INVALID")
    if len(commands) > MAX_COMMANDS or len(dump(commands)) > MAX_COMMANDS_BYTES:
        raise RefusedError("BOT_COMMANDS_TOO_MUCH")
    return commands


def check_scope(scope: Json | None, language_code: str) -> str:
    """Check whom a command menu is for; return its name, such as "chat:-1001/de"."""
    scope = scope or {"type": "default"}
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise RefusedError("can't parse BotCommandScope: Unsupported type specified")
    for name in _SCOPES[kind]:
        if name not in scope:
            raise missing("BotCommandScope", name)
    if not re.fullmatch(r"(?:[a-z]{2})?", language_code):
        raise RefusedError("invalid language code specified")
    menu = ":".join([kind, *(str(scope[name]) for name in _SCOPES[kind])])
    return f"{menu}/{language_code}" if language_code else menu
