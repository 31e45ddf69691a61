import asyncio
from pathlib import Path

import pytest

from bot import texts
from bot.doctor import examine
from bot.engine import sources
from bot.settings import Settings, load
from index.layout import Layout
from tests.bot.conftest import settings_at
from tests.telegram_server import TelegramServer


async def checked(settings: Settings) -> tuple[bool, list[str]]:
    said: list[str] = []
    return await asyncio.to_thread(examine, settings, said.append), said


def at(settings: Settings, url: str, *lines: str) -> Settings:
    text = "\n".join(("[bot]", f'api_url = "{url}"', *lines))
    settings.origin.write_text(text, "utf-8")
    return load(settings.origin)


async def test_all_in_order(sample: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async with TelegramServer() as server:
        monkeypatch.setenv("VERBATIM_TOKEN", server.token)
        settings = at(sample, server.base_url)
        fine, said = await checked(settings)
    assert fine
    assert said[:6] == [
        f"ok    settings: {settings.origin}",
        f"ok    collection: {sources(settings)[0]}",
        "ok    model: all-MiniLM-L6-v2, 384 dimensions, reads 254 tokens",
        "ok    reranker: verbatim-reader, reads en only",
        "ok    library: 24 articles",
        "ok    index: generation 1, 200 passages, checksums right",
    ]
    assert said[6].startswith(
        "WARN  languages: 1 of 24 articles (ru: 1) are in languages that all-"
    )
    assert said[6].endswith('set [index] model = "intfloat/multilingual-e5-small"')
    assert said[7].startswith("ok    token: @")
    assert said[8] in {f"ok    groups: {texts.PRIVACY_ON}", f"ok    groups: {texts.PRIVACY_OFF}"}
    assert said[9:] == ["ok    inline mode: on", "ok    guest mode: on"]


async def test_inline_mode_that_is_off_and_how_to_switch_it_on(
    sample: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with TelegramServer() as server:
        server.configure(supports_inline_queries=False, supports_guest_queries=False)
        monkeypatch.setenv("VERBATIM_TOKEN", server.token)
        fine, said = await checked(at(sample, server.base_url))
    assert fine
    assert said[9] == (
        "WARN  inline mode: off: nobody can ask with @verbatim_bot in other chats: send /setinline"
        " to @BotFather, choose this bot, and send a placeholder such as “question”"
    )
    assert said[10] == "ok    guest mode: off"


async def test_what_the_webhook_needs(sample: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ('mode = "webhook"', 'webhook_url = "https://bot.example/updates"')
    async with TelegramServer() as server:
        monkeypatch.setenv("VERBATIM_TOKEN", server.token)
        settings = at(sample, server.base_url, *lines)
        fine, said = await checked(settings)
        assert not fine
        assert said[7].startswith("FAULT no webhook secret: make one up")
        monkeypatch.setenv("VERBATIM_WEBHOOK_SECRET", "0123456789abcdef")
        fine, said = await checked(settings)
    assert fine
    assert said[7] == ("ok    webhook: https://bot.example/updates, listening on 127.0.0.1:8443")


async def test_a_token_that_telegram_refuses(
    sample: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATIM_TOKEN", "1:wrong-secret")
    async with TelegramServer() as server:
        fine, said = await checked(at(sample, server.base_url))
    assert not fine
    assert said[-1] == (
        "FAULT Telegram refuses the token: copy it again from @BotFather into VERBATIM_TOKEN"
    )


async def test_telegram_out_of_reach(sample: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_TOKEN", "1:secret-part")
    fine, said = await checked(at(sample, "http://127.0.0.1:9"))
    assert not fine
    assert said[-1].startswith("FAULT Telegram cannot be reached: check the network, or [bot] api")
    assert "secret-part" not in "".join(said)


async def test_every_fault_is_told_and_none_hides_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.models.SHIPPED", tmp_path)
    settings = settings_at(
        tmp_path, "[corpus]", 'paths = ["nowhere"]', "[index]", f'model = "{tmp_path}"'
    )
    Layout(settings.index.data).data.mkdir()
    Layout(settings.index.data).library.write_bytes(b"no database" * 1000)
    fine, said = await checked(settings)
    assert not fine
    assert [line.split()[0] for line in said] == ["ok", *["FAULT"] * 6]
    for line, reason in zip(
        said[1:],
        (
            *("nowhere does not exist", str(tmp_path), "verbatim-reader", "library.sqlite"),
            *("no index in", "no token"),
        ),
        strict=True,
    ):
        assert reason in line
        assert "\n" not in line
