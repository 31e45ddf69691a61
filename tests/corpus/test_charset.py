"""corpus.charset: bytes -> text, whatever was declared."""

import pytest

from corpus.charset import NotTextError, decode

RU = "Порт снова открылся во вторник, через два дня после шторма, который потопил три судна. " * 3
FR = "Le port a rouvert mardi, deux jours après la tempête — « nous sommes là », dit-elle. " * 3
ZH = "潮水镇的港口在星期二重新开放，两天前的风暴使十一艘船脱离系泊。" * 3


def meta(charset: str, text: str) -> str:
    return f'<meta charset="{charset}"><p>{text}</p>'


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        (RU.encode(), None, RU),
        (RU.encode("utf-8-sig"), "windows-1251", RU),
        (RU.encode(), "windows-1251", RU),
        (RU.encode("cp1251"), "windows-1251", RU),
        (RU.encode("cp1251"), None, RU),
        (RU.encode("cp1251"), "utf-8", RU),
        (RU.encode("cp1251"), "iso-8859-1", RU),
        (RU.encode("koi8-r"), "koi8-r", RU),
        (RU.encode("utf-16"), None, RU),
        (RU.encode("utf-16-le"), "utf-8", RU),
        (("a" * 40 + "é").encode("utf-16-be"), None, "a" * 40 + "é"),
        (FR.encode("cp1252"), "latin-1", FR),
        (FR.encode("cp1252"), "no-such-charset", FR),
        (ZH.encode("gb2312"), "gb2312", ZH),
        (ZH.encode("gb18030"), None, ZH),
        (ZH.encode("big5", "ignore"), "big5", ZH.encode("big5", "ignore").decode("big5")),
        ("港が開いた。".encode("iso-2022-jp"), "iso-2022-jp", "港が開いた。"),
        (b"", None, ""),
        ("\ufeffa\ufeffb".encode(), None, "ab"),
        (RU.encode()[:-1], None, RU[:-1] + ""),
        (
            RU.encode().replace("шторма".encode(), b"\xff\xfe"),
            None,
            RU.replace("шторма", "\ufffd\ufffd"),
        ),
    ],
)
def test_decode(data: bytes, declared: str | None, expected: str) -> None:
    assert decode(data, declared).strip() == expected.strip()


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r"])
def test_what_the_document_declares(charset: str) -> None:
    text = meta(charset, RU)
    assert decode(text.encode(charset)) == text
    xml = f'<?xml version="1.0" encoding="{charset}"?><rss>{RU}</rss>'
    assert decode(xml.encode(charset)) == xml


def test_the_server_goes_before_the_document() -> None:
    text = meta("koi8-r", RU)
    assert decode(text.encode("cp1251"), "windows-1251") == text


@pytest.mark.parametrize("data", [bytes(range(32)) * 9, b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 99])
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decode(data)
