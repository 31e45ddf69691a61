"""The tests' Bot API server gives files to those who may have them."""

import aiohttp
import pytest
from telegram import Bot
from telegram.error import BadRequest

from tests.telegram_files import MAX_FILE
from tests.telegram_server import TelegramServer


async def test_a_document_is_delivered_and_fetched() -> None:
    async with TelegramServer() as server:
        ann = server.add_user("Ann")
        bot = Bot(server.token, server.base_url, server.base_file_url)
        async with bot:
            server.drop(ann, ann, "a.md", b"# A", caption="/add this", album="7")
            server.drop(ann, ann, "large.zip", b"0" * (MAX_FILE + 1))
            first, second = await bot.get_updates()
            message, large = first.message, second.message
            assert message
            assert message.document
            assert large
            assert large.document
            assert (message.document.file_name, message.document.file_size) == ("a.md", 3)
            assert (message.caption, message.media_group_id) == ("/add this", "7")
            assert message.caption_entities[0].type == "bot_command"
            file = await bot.get_file(message.document.file_id)
            assert bytes(await file.download_as_bytearray()) == b"# A"
            with pytest.raises(BadRequest, match="File is too big"):
                await large.document.get_file()
            with pytest.raises(BadRequest, match="Invalid file_id"):
                await bot.get_file("nothing")
        async with aiohttp.ClientSession() as client:
            for address in ("1:other/documents/file_1", f"{server.token}/documents/file_9"):
                async with client.get(f"{server.base_file_url}{address}") as answer:
                    assert answer.status == 404
