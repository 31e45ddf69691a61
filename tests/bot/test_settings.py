import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.settings import (
    BotSettings,
    CorpusSettings,
    IndexSettings,
    SettingsError,
    Token,
    listening,
    load,
    load_token,
    load_webhook_secret,
    packaged,
)
from tests.bot.conftest import settings_at

ROOT = Path(__file__).parents[2]
TABLES: dict[str, type[BaseModel]] = {
    "corpus": CorpusSettings,
    "index": IndexSettings,
    "bot": BotSettings,
}
KEYS = [(t, k) for t, model in TABLES.items() for k in model.model_fields]


def test_defaults_are_those_of_the_packaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load()
    assert settings.origin == packaged() == ROOT / "config.toml"
    assert settings.index.data == tmp_path / "data"
    assert settings.corpus == CorpusSettings()
    assert settings.bot == BotSettings()
    assert settings.index == IndexSettings(data=tmp_path / "data")


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_every_key_is_explained_in_config_and_readme(table: str, key: str) -> None:
    config = (ROOT / "config.toml").read_text("utf-8")
    section = config.split(f"[{table}]")[1].split("\n[")[0]
    assert re.search(rf"^(# )?{key} = ", section, re.MULTILINE)
    assert f"| {table} | `{key}` |" in (ROOT / "README.md").read_text("utf-8")


def test_paths_start_at_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_at(
        tmp_path / "x", "[corpus]", 'paths = ["a", "/b"]', "[index]", 'data = "d"'
    )
    assert settings.corpus.paths == (tmp_path / "x" / "a", Path("/b"))
    assert settings.index.data == tmp_path / "x" / "d"
    monkeypatch.chdir(tmp_path / "x")
    assert load(data=Path("e")).index.data == tmp_path / "x" / "e"
    assert load().origin == tmp_path / "x" / "config.toml"


def test_the_environment_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_BOT_QUOTATIONS", "2")
    monkeypatch.setenv("VERBATIM_CORPUS_PATHS", "one:/two")
    monkeypatch.setenv("VERBATIM_INDEX_QUERY_PREFIX", "query: ")
    monkeypatch.setenv("VERBATIM_BOT_CHATS", "-1001, -2")
    settings = settings_at(tmp_path, "[bot]", "quotations = 5", "threshold = 0.4")
    assert (settings.bot.quotations, settings.bot.threshold) == (2, 0.4)
    assert settings.bot.chats == (-1001, -2)
    assert settings.corpus.paths == (tmp_path / "one", Path("/two"))
    assert settings.index.query_prefix == "query: "
    monkeypatch.setenv("VERBATIM_CORPUS_PATHS", '["a:b"]')
    monkeypatch.setenv("VERBATIM_BOT_CHATS", "[-3]")
    assert load(tmp_path / "config.toml").bot.chats == (-3,)
    assert load(tmp_path / "config.toml").corpus.paths == (tmp_path / "a:b",)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[bot]\nquotation = 3", r"\[bot\] quotation is no setting"),
        ("[bots]\nquotations = 3", r"\[bots\] is no setting"),
        ("[bot]\nquotations = 99", r"\[bot\] quotations = 99: Input should be less than"),
        ('[bot]\nquotations = "x"', r"\[bot\] quotations = 'x': Input should be a valid integer"),
        ("bot = 1", r"\[bot\] = 1: Input should be a valid dictionary"),
        ('[bot]\napi_url = "ftp://x"', r"\[bot\] api_url = 'ftp://x'"),
        ("[bot", "not TOML"),
        ('[bot]\ntoken = "1:a"', "the token must not stand in a file"),
        ('token = "1:a"', "the token must not stand in a file"),
        ("[corpus]\nmax_file_mb = 0", r"\[corpus\] max_file_mb = 0"),
        ("[corpus]\nmax_file_mb = inf", r"\[corpus\] max_file_mb = inf"),
        ("[corpus]\nmax_file_mb = nan", r"\[corpus\] max_file_mb = nan"),
        ('[corpus]\npaths = ["~nobody-here/a"]', "~nobody-here/a: there is no such home folder"),
        ("[corpus]\npaths = 3", r"\[corpus\] paths = 3"),
        ('[index]\ndata = "~nobody-here/a"', "~nobody-here/a: there is no such home folder"),
        ('[index]\nmodel = ""', r"\[index\] model = ''"),
        ("[index]\nkeep_generations = 0", r"\[index\] keep_generations = 0"),
        ("[index]\nthreads = 257", r"\[index\] threads = 257"),
        ("[bot]\nthreshold = 1.5", r"\[bot\] threshold = 1.5"),
        ("[bot]\ncontext_paragraphs = -1", r"\[bot\] context_paragraphs = -1"),
        ("[bot]\nquestions_per_minute = -1", r"\[bot\] questions_per_minute = -1"),
        ("[bot]\nquestions_per_hour = -1", r"\[bot\] questions_per_hour = -1"),
        ("[bot]\nanswer_within_minutes = 0", r"\[bot\] answer_within_minutes = 0"),
        ("[bot]\nadmins = [0]", r"\[bot\] admins.0 = 0"),
        ('[bot]\nadmins = ["@ann"]', r"\[bot\] admins.0 = '@ann': Input should be a valid integer"),
        ('[bot]\nmode = "push"', r"\[bot\] mode = 'push': Input should be 'polling' or 'webhook'"),
        ('[bot]\nmode = "webhook"', r"\[bot\] webhook_url = '': .* needs the https address"),
        ('[bot]\nwebhook_url = "http://b.example"', r"\[bot\] webhook_url = 'http://b.example'"),
        ('[bot]\nwebhook_url = "https://b/?a"', r"\[bot\] webhook_url = 'https://b/\?a'"),
        ('[bot]\nwebhook_listen = "8443"', r"\[bot\] webhook_listen = '8443'"),
        ('[bot]\nwebhook_listen = "a:65536"', r"webhook_listen = 'a:65536': .* no such port"),
    ],
)
def test_a_bad_file_gets_one_line(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason) as caught:
        settings_at(tmp_path, line)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file: check --config"):
        load(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path)
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path / "config.toml")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("VERBATIM_BOT_QUOTATION", "3", "the environment: VERBATIM_BOT_QUOTATION is no setting"),
        ("VERBATIM_BOT_QUOTATIONS", "0", "the environment: VERBATIM_BOT_QUOTATIONS = '0'"),
        ("VERBATIM_CORPUS_PATHS", "[", "the environment: VERBATIM_CORPUS_PATHS"),
    ],
)
def test_a_bad_variable_gets_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=reason):
        settings_at(tmp_path)


def test_numbers_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("7, 8", "[7, 8]"):
        monkeypatch.setenv("VERBATIM_BOT_ADMINS", value)
        assert settings_at(tmp_path).bot.admins == (7, 8)


def test_where_to_listen() -> None:
    assert listening("127.0.0.1:8443") == ("127.0.0.1", 8443)
    assert listening("[::1]:80") == ("::1", 80)


def test_the_secret_of_the_webhook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="no webhook secret: make one up and set"):
        load_webhook_secret()
    monkeypatch.setenv("VERBATIM_WEBHOOK_SECRET_FILE", str(tmp_path / "secret"))
    with pytest.raises(SettingsError, match=r"VERBATIM_WEBHOOK_SECRET_FILE: .* cannot be read"):
        load_webhook_secret()
    (tmp_path / "secret").write_text("from-the-file_16\n", "utf-8")
    assert load_webhook_secret().reveal() == "from-the-file_16"
    monkeypatch.setenv("VERBATIM_WEBHOOK_SECRET", "a" * 256)
    secret = load_webhook_secret()
    assert secret.reveal() == "a" * 256
    assert repr(secret) == str(secret) == "WebhookSecret(<hidden>)"
    for bad in ("a" * 15, "a" * 257, "a" * 16 + "é", "a" * 16 + "!", "a b" * 9):
        monkeypatch.setenv("VERBATIM_WEBHOOK_SECRET", bad)
        with pytest.raises(SettingsError, match="VERBATIM_WEBHOOK_SECRET: it must be of 16 to"):
            load_webhook_secret()


def test_a_variable_mends_no_broken_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_BOT_QUOTATIONS", "2")
    with pytest.raises(SettingsError, match=r"\[bot\] = 1: Input should be a valid dictionary"):
        settings_at(tmp_path, "bot = 1")


def test_the_token_is_hidden() -> None:
    token = Token("123:secret")
    assert "secret" not in f"{token} {token!r}"
    assert token.reveal() == "123:secret"
    assert token.hidden_in("at /bot123:secret/getMe") == "at /bot<token>/getMe"


def test_the_token_comes_from_the_environment_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsError, match="no token: get one from @BotFather"):
        load_token()
    monkeypatch.setenv("VERBATIM_TOKEN_FILE", str(tmp_path / "token"))
    with pytest.raises(SettingsError, match=r"VERBATIM_TOKEN_FILE: .* cannot be read"):
        load_token()
    monkeypatch.setenv("VERBATIM_TOKEN_FILE", "~nobody-here/token")
    with pytest.raises(SettingsError, match=r"VERBATIM_TOKEN_FILE: .* cannot be read"):
        load_token()
    monkeypatch.setenv("VERBATIM_TOKEN_FILE", str(tmp_path / "token"))
    (tmp_path / "token").write_text("1:file\n", "utf-8")
    assert load_token().reveal() == "1:file"
    monkeypatch.setenv("VERBATIM_TOKEN", "2:variable")
    assert load_token().reveal() == "2:variable"
    for bad in ("nonsense", "1:", "a:b", "1:a b"):
        monkeypatch.setenv("VERBATIM_TOKEN", bad)
        with pytest.raises(SettingsError, match="VERBATIM_TOKEN: that is not a token"):
            load_token()


def test_columns_and_channels_of_exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_at(
        tmp_path,
        *("[corpus]", 'columns = { text = "Body", published = "meta.date" }'),
        *("[corpus.channels]", '"1234567890" = "durov"'),
    )
    assert settings.corpus.columns == {"text": "Body", "published": "meta.date"}
    assert settings.corpus.channels == {"1234567890": "durov"}
    monkeypatch.setenv("VERBATIM_CORPUS_COLUMNS", '{"title": "Head"}')
    assert load(tmp_path / "config.toml").corpus.columns == {"title": "Head"}
    monkeypatch.delenv("VERBATIM_CORPUS_COLUMNS")
    with pytest.raises(SettingsError, match=r"\[corpus\] columns"):
        settings_at(tmp_path, "[corpus]", 'columns = { words = "Body" }', "[index]")
