"""config.toml and the environment, checked; every error names the key and the fix."""

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)

NAME = "config.toml"
OFF = "off"
"""Instead of a cross-encoder's name."""

_PREFIX = "VERBATIM_"
_TABLES = ("corpus", "index", "bot")
_LAST_PORT = 65535
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}", re.ASCII)
"""Of the characters that Telegram takes; so long that nobody guesses it."""


class SettingsError(Exception):
    """The configuration cannot be used; the message names the key and the fix."""


def _listed(value: object) -> object:
    """A list as it is; text from the environment as JSON or as paths parted as in PATH."""
    if not isinstance(value, str):
        return value
    if value.startswith("["):
        return json.loads(value)  # its error is a ValueError, which pydantic explains
    return [part for part in value.split(os.pathsep) if part]


def _parted(value: object) -> object:
    """A list as it is; text from the environment as JSON or as words parted by commas."""
    if not isinstance(value, str) or value.startswith("["):
        return _listed(value)
    return [part.strip() for part in value.split(",") if part.strip()]


def _url_of_webhook(value: str, info: ValidationInfo) -> str:
    if info.data.get("mode") == "webhook" and not value:
        raise ValueError('mode = "webhook" needs the https address that Telegram is to call')
    return value


def _is_port(value: str) -> str:
    if not 0 <= int(value.rpartition(":")[2]) <= _LAST_PORT:
        raise ValueError("there is no such port")
    return value


def _mapped(value: object) -> object:
    """A table as it is; text from the environment as JSON."""
    return json.loads(value) if isinstance(value, str) else value


Column = Literal["title", "text", "url", "outlet", "authors", "published", "updated", "language"]
"""What a column of an export can be mapped to."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CorpusSettings(_Table):
    """The table [corpus]."""

    paths: Annotated[tuple[Path, ...], BeforeValidator(_listed)] = ()
    max_file_mb: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 10
    max_archive_mb: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 200
    columns: Annotated[dict[Column, str], BeforeValidator(_mapped)] = Field(default_factory=dict)
    channels: Annotated[dict[str, str], BeforeValidator(_mapped)] = Field(default_factory=dict)
    allow_hosts: Annotated[tuple[str, ...], BeforeValidator(_parted)] = ()
    watch_minutes: Annotated[int, Field(ge=0, le=10_080)] = 10
    stale_days: Annotated[float, Field(ge=0, allow_inf_nan=False, le=10_000)] = 7


class IndexSettings(_Table):
    """The table [index]."""

    data: Path = Path("data")
    model: Annotated[str, Field(min_length=1)] = "all-MiniLM-L6-v2"
    reranker: Annotated[str, Field(min_length=1)] = "verbatim-reader"
    query_prefix: str | None = None
    passage_prefix: str | None = None
    threads: Annotated[int, Field(ge=0, le=256)] = 0
    keep_generations: Annotated[int, Field(ge=1)] = 3


class BotSettings(_Table):
    """The table [bot]."""

    quotations: Annotated[int, Field(ge=1, le=10)] = 3
    threshold: Annotated[float, Field(ge=0, le=1)] | None = None
    context_paragraphs: Annotated[int, Field(ge=0, le=20)] = 2
    unasked_confidence: Annotated[float, Field(ge=0, le=1)] = 0.65
    chats: Annotated[tuple[int, ...], BeforeValidator(_parted)] = ()
    questions_per_minute: Annotated[int, Field(ge=0)] = 20
    questions_per_hour: Annotated[int, Field(ge=0)] = 600
    answer_within_minutes: Annotated[int, Field(ge=1, le=1440)] = 60
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: Annotated[
        str,
        Field(pattern=r"^(https://[^\s/?#]+(/[^\s?#{}]*)?)?$", validate_default=True),
        AfterValidator(_url_of_webhook),
    ] = ""
    webhook_listen: Annotated[
        str, Field(pattern=r"^([^\s:]+|\[[0-9a-fA-F:]+\]):\d{1,5}$"), AfterValidator(_is_port)
    ] = "127.0.0.1:8443"
    admins: Annotated[tuple[Annotated[int, Field(gt=0)], ...], BeforeValidator(_parted)] = ()
    api_url: Annotated[str, Field(pattern="^(https?://.+)?$")] = ""
    api_file_url: Annotated[str, Field(pattern="^(https?://.+)?$")] = ""


class Settings(_Table):
    """All settings. Made by `load`.

    Attributes:
        corpus: The table [corpus].
        index: The table [index].
        bot: The table [bot].
        origin: The file they came from.
    """

    corpus: CorpusSettings = CorpusSettings()
    index: IndexSettings = IndexSettings()
    bot: BotSettings = BotSettings()
    origin: Path = Path(NAME)


def packaged() -> Path:
    """The config.toml that comes with the program: in a checkout at its root, else installed."""
    root = Path(__file__).resolve().parent
    installed = root / NAME
    return installed if installed.exists() else root.parent / NAME


def load(path: Path | None = None, data: Path | None = None) -> Settings:
    """Read the settings.

    Args:
        path: The file; None takes config.toml in the current folder, or else the packaged one.
        data: Goes before [index] data.

    Raises:
        SettingsError: The file is missing or not TOML, a key is unknown, or a value out of range.
    """
    here = Path.cwd()
    if path is None:
        origin = here / NAME if (here / NAME).is_file() else packaged()
    else:
        origin = path.absolute()
    # The packaged defaults must not make a person's installation the place of their data.
    base = here if origin == packaged() else origin.parent
    values = _overridden(_read(origin))
    try:
        settings = Settings(**values, origin=origin)
    except ValidationError as error:
        raise SettingsError(_explained(error, origin)) from error
    corpus = settings.corpus.model_copy(
        update={"paths": tuple(base / _home(p, origin) for p in settings.corpus.paths)}
    )
    folder = here / data if data else base / _home(settings.index.data, origin)
    index = settings.index.model_copy(update={"data": folder})
    return settings.model_copy(update={"corpus": corpus, "index": index})


def _home(path: Path, origin: Path) -> Path:
    """Put the home folder in place of ~."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise SettingsError(f"{origin}: {path}: there is no such home folder") from error


def _read(origin: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(origin.read_text("utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{origin}: no such file: check --config") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{origin}: cannot be read ({error})") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{origin}: not TOML: {error}") from error
    for table in (values, *(v for v in values.values() if isinstance(v, dict))):
        if "token" in table:
            raise SettingsError(
                f"{origin}: the token must not stand in a file that is shared: remove it and set"
                " VERBATIM_TOKEN, or VERBATIM_TOKEN_FILE"
            )
    return values


def _overridden(values: dict[str, Any]) -> dict[str, Any]:
    """Put the environment's values over the file's; a misspelt variable is refused like a key."""
    merged = {t: dict(v) if isinstance(v, dict) else v for t, v in values.items()}
    for name, value in os.environ.items():
        table, _, key = name.removeprefix(_PREFIX).lower().partition("_")
        if not (name.startswith(_PREFIX) and table in _TABLES and key):
            continue
        keys = merged.setdefault(table, {})
        if isinstance(keys, dict):  # else it is refused when all is checked
            keys[key] = value
    return merged


def _explained(error: ValidationError, origin: Path) -> str:
    """The first fault in one line: where, which key, what is wrong, what was found."""
    first = error.errors()[0]
    table, *keys = (str(part) for part in first["loc"])
    key = f"[{table}] {'.'.join(keys)}".strip() if keys else f"[{table}]"
    variable = "_".join((_PREFIX.rstrip("_"), table, *keys)).upper()
    place = f"the environment: {variable}" if variable in os.environ else f"{origin}: {key}"
    if first["type"] == "extra_forbidden":
        return f"{place} is no setting: remove it or check its spelling"
    return f"{place} = {first['input']!r}: {first['msg']}"


def listening(value: str) -> tuple[str, int]:
    """Return host and port of [bot] webhook_listen."""
    host, _, port = value.rpartition(":")
    return host.strip("[]"), int(port)


class _Secret:
    """What must not be seen; neither its text nor its repr shows it."""

    def __init__(self, value: str) -> None:
        self._secret = SecretStr(value)

    def reveal(self) -> str:
        """Return it, for Telegram only."""
        return self._secret.get_secret_value()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(<hidden>)"


class Token(_Secret):
    """The bot's token."""

    def hidden_in(self, text: str) -> str:
        """Return `text` with the token blotted out."""
        return text.replace(self.reveal(), "<token>")


class WebhookSecret(_Secret):
    """What Telegram sends along with each update, so that nobody else can send any."""


def load_token() -> Token:
    """Read the token from VERBATIM_TOKEN, or from the file that VERBATIM_TOKEN_FILE names.

    Raises:
        SettingsError: There is none, or it does not look like one.
    """
    name, value = _from_environment("VERBATIM_TOKEN")
    if not value:
        raise SettingsError(
            "no token: get one from @BotFather and set VERBATIM_TOKEN, or VERBATIM_TOKEN_FILE"
        )
    number, colon, secret = value.partition(":")
    if not (number.isdigit() and colon and secret and not any(c.isspace() for c in value)):
        raise SettingsError(f"{name}: that is not a token: copy the whole line from @BotFather")
    return Token(value)


def load_webhook_secret() -> WebhookSecret:
    """Read the secret from VERBATIM_WEBHOOK_SECRET, or the file of VERBATIM_WEBHOOK_SECRET_FILE.

    Raises:
        SettingsError: There is none, or Telegram would not take it, or it could be guessed.
    """
    name, value = _from_environment("VERBATIM_WEBHOOK_SECRET")
    if not value:
        raise SettingsError(
            "no webhook secret: make one up and set VERBATIM_WEBHOOK_SECRET, or"
            " VERBATIM_WEBHOOK_SECRET_FILE: without it anybody could send updates"
        )
    if not _WEBHOOK_SECRET.fullmatch(value):
        raise SettingsError(f"{name}: it must be of 16 to 256 letters, digits, _ and -")
    return WebhookSecret(value)


def _from_environment(name: str) -> tuple[str, str]:
    """Return a value that stands in the environment or in a file named there, and the variable."""
    value = os.environ.get(name, "").strip()
    variable = f"{name}_FILE"
    if value or not (path := os.environ.get(variable, "")):
        return name, value
    try:
        return variable, Path(path).expanduser().read_text("utf-8").strip()
    except (OSError, RuntimeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable}: {path} cannot be read: {error}") from error
