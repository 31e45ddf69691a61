"""corpus.fetch against a real server; only names and the clock are the tests' own."""

import asyncio
import gzip
import logging
import ssl
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import trustme
from aiohttp import web

from corpus.fetch import Fetched, Fetcher, FetchError, Limits, NotModified, printable
from corpus.guard import is_public
from tests.corpus.web import Clock, Site, serving

LIMITS = Limits(size=10_000, seconds=30, silence=30, tries=1, delay=0)


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server."""
    with serving() as opened:
        yield opened


def fetcher(site: Site, limits: Limits = LIMITS, **names: str) -> Fetcher:
    """One that may read `site`, by number and by each of `names`."""
    clock = Clock()
    hosts = [f"127.0.0.1:{site.port}", *(f"{name}:{site.port}" for name in names)]
    return Fetcher(limits, allow_hosts=hosts, clock=clock, sleep=clock.sleep)


def fetched(found: Fetched | NotModified) -> Fetched:
    assert isinstance(found, Fetched)
    return found


def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def refused(of: Fetcher, url: str) -> str:
    with pytest.raises(FetchError) as error:
        of.fetch(url)
    assert "\n" not in str(error.value)
    assert str(error.value) == f"{error.value.url}: {error.value.reason}"
    return error.value.reason


# What comes back


def test_a_page_comes_with_where_it_was_and_what_was_said_of_it(site: Site) -> None:
    site.text("/a", "Où?", ETag='"1"', Last_Modified="Wed, 03 Dec 2014 10:00:00 GMT")
    found = fetched(fetcher(site).fetch(f"{site.url}/a#part"))
    assert (found.url, found.data.decode()) == (f"{site.url}/a", "Où?")
    assert (found.content_type, found.charset) == ("text/plain", "utf-8")
    assert (found.etag, found.modified) == ('"1"', "Wed, 03 Dec 2014 10:00:00 GMT")
    assert site.sent[-1]["User-Agent"] == "verbatim-bot"
    assert site.asked == [(f"127.0.0.1:{site.port}", "/robots.txt"), (site.url[7:], "/a")]


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    async def page(request: web.Request) -> web.Response:
        known = request.headers.get("If-None-Match") == '"1"'
        since = request.headers.get("If-Modified-Since") == "Wed, 03 Dec 2014 10:00:00 GMT"
        return web.Response(status=304 if known and since else 200, text=None if known else "x")

    site.pages["/a"] = page
    one, url = fetcher(site), f"{site.url}/a"
    assert fetched(one.fetch(url)).data == b"x"
    known = one.fetch(url, etag='"1"', modified="Wed, 03 Dec 2014 10:00:00 GMT")
    assert known == NotModified(url)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_packed_pages_are_unpacked_and_their_size_is_that_of_the_text(
    site: Site, encoding: str
) -> None:
    pack = gzip.compress if encoding == "gzip" else zlib.compress

    packed = {f"/{size}": pack(b"a" * size) for size in (9_999, 10_001, 20_000_000)}

    async def page(request: web.Request) -> web.Response:
        return web.Response(body=packed[request.path], headers={"Content-Encoding": encoding})

    site.pages = dict.fromkeys(packed, page)
    one = fetcher(site)
    assert fetched(one.fetch(f"{site.url}/9999")).data == b"a" * 9999
    for path in ("/10001", "/20000000"):
        assert "larger than the 0.01 MB" in refused(one, site.url + path)


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (b"no gzip at all", "gzip", "cannot be unpacked"),
        (gzip.compress(b"a" * 5000, mtime=0)[:-9], "gzip", "ends in the middle"),
        (b"x", "br", "packed as br"),
    ],
)
def test_what_is_badly_packed_is_refused(
    site: Site, body: bytes, encoding: str, reason: str
) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Encoding": encoding})

    site.pages["/a"] = page
    assert reason in refused(fetcher(site), f"{site.url}/a")


def test_a_body_without_a_length_is_cut_off_when_it_is_too_long(site: Site) -> None:
    async def page(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1000):
            await response.write(b"a" * 1000)
        return response

    site.pages["/a"] = page
    site.text("/b", "a" * 10_001)
    assert "larger than" in refused(fetcher(site), f"{site.url}/a")
    assert "larger than" in refused(fetcher(site), f"{site.url}/b")


@pytest.mark.parametrize("slow", ["headers", "body"])
def test_a_slow_drip_ends_when_the_time_for_all_of_it_is_up(site: Site, slow: str) -> None:
    async def page(request: web.Request) -> web.StreamResponse:
        if slow == "headers":
            transport = request.transport
            assert transport is not None
            transport.write(b"HTTP/1.1 200 OK\r\nX: ")
            for _ in range(100):
                transport.write(b"a")
                await asyncio.sleep(0.05)
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(100):
            await response.write(b"a")
            await asyncio.sleep(0.05)
        return response

    site.pages["/a"] = page
    hasty = Limits(seconds=0.4, silence=1, tries=1, delay=0)
    one = Fetcher(hasty, allow_hosts=[f"127.0.0.1:{site.port}"])
    begun = time.monotonic()
    assert refused(one, f"{site.url}/a") == "not read within 0.4 s: try again later"
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "answers 404: it is gone: remove it"),
        (410, "answers 410: it is gone: remove it"),
        (403, "answers 403: check it in a browser"),
        (500, "has a fault of its own (500): try again later"),
        (304, ""),
    ],
)
def test_what_is_no_page_is_said(site: Site, status: int, reason: str) -> None:
    site.status("/a", status)
    if status == 304:
        assert fetcher(site).fetch(f"{site.url}/a") == NotModified(f"{site.url}/a")
    else:
        assert refused(fetcher(site), f"{site.url}/a") == reason


# Where it may go


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254",
        "172.16.0.1", "192.168.1.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1",
        "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1",
        "ff0e::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "::7f00:1",
    ],
)  # fmt: skip
def test_no_address_but_a_public_one_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "017700000001", "[::ffff:7f00:1]"],
)
def test_a_private_machine_is_not_asked_however_it_is_written(site: Site, host: str) -> None:
    ports = Limits(tries=1, delay=0, ports=frozenset({site.port}))
    reason = refused(Fetcher(ports), f"http://{host}:{site.port}/a")
    assert reason.startswith(("leads to a private network: name the host in", "no such host"))
    assert site.asked == []


def named(site: Site, answers: dict[str, list[list[str]]], *allowed: str) -> Fetcher:
    """One for which each name has these addresses, one list for each time that it is asked."""

    def resolver(host: str, port: int) -> list[str]:
        given = answers[host]
        return given.pop(0) if len(given) > 1 else given[0]

    limits = Limits(tries=1, delay=0, ports=frozenset({site.port}))
    return Fetcher(limits, allow_hosts=allowed, resolver=resolver)


def test_one_private_address_among_public_ones_is_enough(site: Site) -> None:
    one = named(site, {"news.example": [["93.184.216.34", "127.0.0.1"]]})
    assert "leads to a private network" in refused(one, f"http://news.example:{site.port}/a")
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    """A name server that answers differently each time finds no gap between check and use."""
    site.text("/a", "x")
    rebinding = named(site, {"news.example": [["127.0.0.1"], ["10.0.0.1"]]})
    assert "leads to a private network" in refused(rebinding, f"http://news.example:{site.port}/a")
    answers = {"news.example": [["127.0.0.1"]]}
    allowed = named(site, answers, f"news.example:{site.port}")
    assert fetched(allowed.fetch(f"http://news.example:{site.port}/a")).data == b"x"
    assert site.asked[-1] == (f"news.example:{site.port}", "/a")


def test_every_redirect_is_checked(site: Site) -> None:
    site.status("/in", 302, Location=f"http://inside.example:{site.port}/secret")
    site.status("/file", 302, Location="file:///etc/passwd")
    site.status("/port", 302, Location="http://news.example:22/")
    site.status("/bad", 302, Location="http://news.example:x/")
    site.text("/secret", "secret")
    answers = {"news.example": [["127.0.0.1"]], "inside.example": [["127.0.0.1"]]}
    one = named(site, answers, "news.example")
    base = f"http://news.example:{site.port}"
    assert "leads to a private network" in refused(one, f"{base}/in")
    assert "must begin with https://" in refused(one, f"{base}/file")
    assert "redirects to no address" in refused(one, f"{base}/bad")
    strict = named(site, answers, f"news.example:{site.port}")
    assert "port 22: name the host" in refused(strict, f"{base}/port")
    assert site.paths() == ["/in", "/file", "/bad", "/port"]


def test_redirects_are_followed_to_where_the_page_is(site: Site) -> None:
    site.status("/a", 301, Location="/b/../c")
    site.status("/c", 307, Location="d?x=1#y")
    site.text("/d", "here")
    site.status("/loop", 302, Location="/loop")
    found = fetched(fetcher(site).fetch(f"{site.url}/a"))
    assert (found.url, found.data) == (f"{site.url}/d?x=1", b"here")
    assert "more than 5 redirects" in refused(fetcher(site), f"{site.url}/loop")
    assert site.paths().count("/loop") == 6


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/a", "must begin with https://"),
        ("file:///etc/passwd", "must begin with https://"),
        ("javascript:alert(1)", "must begin with https://"),
        ("news.example/a", "must begin with https://"),
        ("", "must begin with https://"),
        ("http://", "must begin with https://"),
        ("http://[::1/a", "no address"),
        ("http://news\x00.example/", "no address"),
        ("http://me:secret@news.example/", "a password stands in the address"),
        ("http://news.example:22/", "port 22: name the host in [corpus] allow_hosts"),
        ("http://no-such-host.invalid/", "no such host"),
    ],
)
def test_what_is_no_address_is_refused(url: str, reason: str) -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise OSError(host)

    assert reason in refused(Fetcher(LIMITS, resolver=nobody), url)


def test_nobody_there_is_said() -> None:
    with serving() as site:
        gone = site.url
    lonely = Fetcher(LIMITS, allow_hosts=["127.0.0.1"])
    assert refused(lonely, f"{gone}/a").startswith("cannot be read (")


def test_the_name_is_what_the_certificate_is_checked_against() -> None:
    authority = trustme.CA()
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.example").configure_cert(secured)
    asked: list[str | None] = []
    secured.sni_callback = lambda _socket, name, _context: asked.append(name)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    with serving(secured) as site:
        site.text("/a", "x")
        one = Fetcher(
            LIMITS,
            allow_hosts=["news.example", "other.example"],
            resolver=here,
            trust=trust,
        )
        assert fetched(one.fetch(f"https://news.example:{site.port}/a")).data == b"x"
        assert set(asked) == {"news.example"}
        assert site.asked[-1] == (f"news.example:{site.port}", "/a")
        assert "cannot be read" in refused(one, f"https://other.example:{site.port}/a")


# Manners


def test_robots_txt_is_heeded_and_read_once(site: Site) -> None:
    site.text(
        "/robots.txt", "User-agent: verbatim-bot\nDisallow: /private\nCrawl-delay: 7\n"
        "User-agent: *\nDisallow: /\n"
    )  # fmt: skip
    site.text("/a", "x")
    clock = Clock()
    one = Fetcher(LIMITS, allow_hosts=["127.0.0.1"], clock=clock, sleep=clock.sleep)
    one.fetch(f"{site.url}/a")
    assert "robots.txt asks not to read it" in refused(one, f"{site.url}/private/b")
    one.fetch(f"{site.url}/a")
    assert [path for _, path in site.asked] == ["/robots.txt", "/a", "/a"]
    assert clock.slept == [7, 7]
    clock.now += 90_000
    one.fetch(f"{site.url}/a")
    assert [path for _, path in site.asked][3:] == ["/robots.txt", "/a"]


def test_a_redirect_into_what_robots_txt_forbids_is_not_followed(site: Site) -> None:
    site.text("/robots.txt", "User-agent: *\nDisallow: /private")
    site.status("/a", 302, Location="/private")
    assert "robots.txt asks not to read it" in refused(fetcher(site), f"{site.url}/a")
    assert site.paths() == ["/a"]


def test_a_robots_txt_that_cannot_be_read_now_forbids_for_now(site: Site) -> None:
    site.status("/robots.txt", 503)
    site.text("/a", "x")
    one = fetcher(site)
    assert refused(one, f"{site.url}/a") == "asks to wait (503): try again later"
    site.status("/robots.txt", 302, Location="/robots2.txt")
    site.text("/robots2.txt", "User-agent: *\nDisallow: /b")
    assert fetched(one.fetch(f"{site.url}/a")).data == b"x"
    assert "robots.txt asks" in refused(one, f"{site.url}/b")


def test_a_host_is_given_a_pause_between_requests(site: Site) -> None:
    site.text("/a", "x")
    clock = Clock()
    limits = Limits(delay=2, tries=1)
    names = ["127.0.0.1", "other.example"]
    one = Fetcher(
        limits,
        allow_hosts=names,
        clock=clock,
        sleep=clock.sleep,
        resolver=here,
    )
    for _ in range(3):
        one.fetch(f"{site.url}/a")
    one.fetch(f"http://other.example:{site.port}/a")
    assert clock.slept == [2, 2]
    clock.now += 5
    one.fetch(f"{site.url}/a")
    assert clock.slept == [2, 2]


def answering(site: Site, *answers: web.Response) -> None:
    """Give these answers at /a, one after the other."""
    given = list(answers)

    async def page(_: web.Request) -> web.Response:
        return given.pop(0)

    site.pages["/a"] = page


@pytest.mark.parametrize("said", ["4", "date"])
def test_a_busy_server_is_waited_for_as_long_as_it_asks(site: Site, said: str) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=5), usegmt=True)
    headers = {"Retry-After": when if said == "date" else said}
    answering(site, web.Response(status=429, headers=headers), web.Response(text="x"))
    clock = Clock()
    limits = Limits(delay=0, tries=3)
    one = Fetcher(limits, allow_hosts=["127.0.0.1"], clock=clock, sleep=clock.sleep)
    assert fetched(one.fetch(f"{site.url}/a")).data == b"x"
    assert len(clock.slept) == 1
    assert 3 < clock.slept[0] <= 5


def test_a_passing_fault_is_tried_again_at_growing_intervals_and_then_said(site: Site) -> None:
    answering(site, *(web.Response(status=502) for _ in range(3)))
    clock = Clock()
    limits = Limits(delay=0, tries=3)
    one = Fetcher(limits, allow_hosts=["127.0.0.1"], clock=clock, sleep=clock.sleep)
    assert refused(one, f"{site.url}/a") == "has a fault of its own (502): try again later"
    assert clock.slept == [1, 2]


def test_a_server_that_wants_more_time_than_there_is_is_left_for_later(site: Site) -> None:
    site.status("/a", 503, Retry_After="3600")
    clock = Clock()
    one = Fetcher(Limits(delay=0), allow_hosts=["127.0.0.1"], clock=clock, sleep=clock.sleep)
    with pytest.raises(FetchError) as error:
        one.fetch(f"{site.url}/a")
    assert (error.value.wait, error.value.is_passing, clock.slept) == (3600, True, [])
    site.status("/a", 503, Retry_After="soon")
    with pytest.raises(FetchError) as error:
        one.fetch(f"{site.url}/a")
    assert error.value.wait is None


def test_a_fault_that_stays_is_not_tried_again(site: Site) -> None:
    clock = Clock()
    one = Fetcher(Limits(delay=0), allow_hosts=["127.0.0.1"], clock=clock, sleep=clock.sleep)
    assert "404" in refused(one, f"{site.url}/a")
    assert site.paths() == ["/a"]


# Words from outside


def test_nothing_from_outside_reaches_a_log_line_as_it_is(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    evil = "http://news.example/\x1b[31m\n2026 ERROR all is lost\u202e" + "x" * 5000
    with pytest.raises(FetchError) as error:
        fetcher(site).fetch(evil)
    shown = str(error.value)
    assert shown.isprintable()
    assert len(shown) < 500
    with caplog.at_level(logging.INFO):
        logging.getLogger("corpus").info("%s", error.value)
    assert "\x1b" not in caplog.text
    assert printable("Новости\u202e\n") == "Новости\\u202e\\n"
