"""What comes back when a page is asked for: told apart, unpacked, and kept within bounds."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

import httpcore
import httpx

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_PASSING = frozenset({408, 500, 502, 504}) | _BUSY
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came.

    Attributes:
        url: Where it was found after redirects.
        data: Its bytes, unpacked.
        headers: Of the answer; names in any case.
    """

    url: str
    data: bytes
    headers: Mapping[str, str]

    @property
    def content_type(self) -> str | None:
        """Such as "text/html", in small letters, or None."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() or None

    @property
    def charset(self) -> str | None:
        """As the server said, or None."""
        said = Message()
        said["content-type"] = self.headers.get("content-type", "")
        return said.get_content_charset()

    @property
    def etag(self) -> str | None:
        """For the next conditional request, or None."""
        return self.headers.get("etag")

    @property
    def modified(self) -> str | None:
        """Likewise, its Last-Modified, or None."""
        return self.headers.get("last-modified")


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is as it was when it was fetched last.

    Attributes:
        url: Where it is.
    """

    url: str


class FetchError(Exception):
    """An address could not be fetched; the message is one line that names it and the fix.

    Attributes:
        url: The address, made harmless.
        reason: The message without it.
        is_passing: Whether it may be well the next time.
        wait: Seconds after which the server wants to be asked again, or None.
    """

    def __init__(
        self, url: str, reason: str, *, is_passing: bool = False, wait: float | None = None
    ) -> None:
        self.url = printable(url)
        self.reason = printable(reason)
        self.is_passing = is_passing
        self.wait = wait
        super().__init__(f"{self.url}: {self.reason}")


def printable(text: str) -> str:
    """Return text from outside as it may stand in a log line or a message: one short line."""
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"


def answer(
    target: httpx.URL, response: httpcore.Response, most: int
) -> Fetched | NotModified | httpx.URL:
    """Return what an answer says: the page, that it is as it was, or where it is now.

    Args:
        target: What was asked for.
        response: What came, its body unread.
        most: Bytes of the body, packed or unpacked.

    Raises:
        FetchError: It is none of these.
    """
    url, status = str(target), response.status
    headers = httpx.Headers(response.headers)
    if status == 304:
        return NotModified(url)
    if status in _REDIRECTS and "location" in headers:
        try:
            return target.join(headers["location"])
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError(url, "redirects to no address: check it in a browser") from error
    if status in _PASSING:
        wait = _retry_after(headers.get("retry-after", ""))
        what = "asks to wait" if status in _BUSY else "has a fault of its own"
        raise FetchError(url, f"{what} ({status}): try again later", is_passing=True, wait=wait)
    if status != 200:
        fix = "it is gone: remove it" if status in {404, 410} else "check it in a browser"
        raise FetchError(url, f"answers {status}: {fix}")
    body = bytearray()
    for part in _unpacked(url, response, headers, most):
        body += part
        if len(body) > most:
            raise _too_large(url, most)
    return Fetched(url, bytes(body), headers)


def _unpacked(
    url: str, response: httpcore.Response, headers: httpx.Headers, most: int
) -> Iterator[bytes]:
    """The body, part by part; none is unpacked further than `most` bytes and one."""
    said = headers.get("content-length", "")
    if said.isdigit() and int(said) > most:
        raise _too_large(url, most)
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        yield from response.iter_stream()
        return
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError(url, f"packed as {encoding}, which was not asked for: leave it out")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for chunk in response.iter_stream():
            packed = chunk
            while packed and not unpack.eof:
                yield unpack.decompress(packed, most + 1)
                packed = unpack.unconsumed_tail
    except zlib.error as error:
        raise FetchError(url, f"cannot be unpacked ({error}): try again later") from error
    if not unpack.eof:
        raise FetchError(url, "ends in the middle: try again later", is_passing=True)


def _too_large(url: str, most: int) -> FetchError:
    return FetchError(
        url, f"larger than the {most / 1e6:g} MB that [corpus] max_file_mb allows: raise the limit"
    )


def _retry_after(said: str) -> float | None:
    """Seconds of a Retry-After, which has a number or a date, or None."""
    if said.strip().isdigit():
        return float(said)
    try:
        when = parsedate_to_datetime(said)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max((when - datetime.now(UTC)).total_seconds(), 0.0)
