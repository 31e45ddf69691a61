"""The retriever: an address on the web -> bytes, safely and politely.

What the bytes mean is the parser's business.
"""

import ssl
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

import httpcore
import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from corpus.guard import Guard, RefusedError, Resolve, resolve
from corpus.manners import Robots, Turns
from corpus.response import Fetched, FetchError, NotModified, answer, printable

__all__ = ["AGENT", "FetchError", "Fetched", "Fetcher", "Limits", "NotModified", "printable"]

AGENT = "verbatim-bot"
"""The name under which sites can address it in robots.txt."""

_ROBOTS_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may cost.

    Attributes:
        size: Bytes of a body, packed or unpacked.
        seconds: For all of it, from the first connection to the last byte.
        silence: Seconds without a byte.
        redirects: How many are followed.
        tries: How often a passing fault is tried in all.
        patience: Seconds that are waited for a server that asks for it; it is left for later if
            it wants more.
        delay: Seconds between two requests to one host, if its robots.txt asks for no more.
        ports: That may be asked.
    """

    size: int = 10_000_000
    seconds: float = 60.0
    silence: float = 20.0
    redirects: int = 5
    tries: int = 3
    patience: float = 30.0
    delay: float = 1.0
    ports: frozenset[int] = frozenset({80, 443})


class Fetcher:
    """Fetches pages. For any number of threads.

    Args:
        limits: What a fetch may cost.
        allow_hosts: Hosts, each with its port or without, that are asked wherever they are and at
            any port: machines of one's own.
        agent: What it calls itself; its first word is its name in robots.txt.
        resolver: Resolves names.
        trust: Certificates that are trusted; None for those of the public.
        clock: Seconds.
        sleep: Waits for so many seconds.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allow_hosts: Collection[str] = (),
        agent: str = AGENT,
        resolver: Resolve = resolve,
        trust: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits or Limits()
        self._allowed = frozenset(host.lower() for host in allow_hosts)
        self._agent = agent
        self._name = agent.split("/")[0].split()[0]
        self._resolve = resolver
        self._trust = trust or httpx.create_ssl_context(trust_env=False)
        self._clock = clock
        self._turns = Turns(clock, sleep)
        self._robots = Robots(self._read_robots, clock)
        self._retrying = Retrying(
            stop=stop_after_attempt(self._limits.tries),
            retry=retry_if_exception(self._is_worth_another),
            wait=_pause,
            sleep=sleep,
            reraise=True,
        )

    def fetch(
        self, url: str, *, etag: str | None = None, modified: str | None = None
    ) -> Fetched | NotModified:
        """Fetch a page, or learn that it is as it was.

        Args:
            url: Its address.
            etag: As the answer before had it.
            modified: Likewise, the Last-Modified.

        Raises:
            FetchError: It cannot be fetched, or may not be.
        """
        asked = {}
        if etag:
            asked["If-None-Match"] = etag
        if modified:
            asked["If-Modified-Since"] = modified
        return self._retrying(self._politely, url, asked)

    def _is_worth_another(self, error: BaseException) -> bool:
        """Whether a fault may pass while one waits for as long as is waited at all."""
        if not isinstance(error, FetchError) or not error.is_passing:
            return False
        return error.wait is None or error.wait <= self._limits.patience

    def _politely(self, url: str, asked: Mapping[str, str]) -> Fetched | NotModified:
        """Follow an address through its redirects, each host in its turn and with its leave."""
        left = self._limits.seconds
        for _ in range(self._limits.redirects + 1):
            target = self._checked(url)
            origin = _origin(target)
            with self._turns.take(target.host, partial(self._delay, origin)):
                if not self._robots.allow(origin, str(target), self._name):
                    raise FetchError(url, "its robots.txt asks not to read it: leave it out")
                begun = self._clock()
                found = self._get(target, asked, self._limits.size, left)
                left -= self._clock() - begun
            if not isinstance(found, httpx.URL):
                return found
            url = str(found)
        raise FetchError(url, f"more than {self._limits.redirects} redirects: check the address")

    def _delay(self, origin: str) -> float:
        return max(self._limits.delay, self._robots.delay(origin, self._name))

    def _read_robots(self, url: str) -> str:
        """The text of a robots.txt; one that a server does not have allows everything."""
        target = self._checked(url)
        for _ in range(self._limits.redirects + 1):
            try:
                found = self._get(target, {}, _ROBOTS_BYTES, self._limits.seconds)
            except FetchError as error:
                if error.is_passing:
                    raise
                return ""
            if not isinstance(found, httpx.URL):
                return found.data.decode("utf-8", "replace") if isinstance(found, Fetched) else ""
            target = self._checked(str(found))
        return ""

    def _checked(self, url: str) -> httpx.URL:
        """The address, if it is one that may be asked at all."""
        try:
            target = httpx.URL(url.strip())
            host = target.raw_host.decode("ascii")
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise FetchError(url, "no address: check the spelling") from error
        if target.scheme not in {"http", "https"} or not host:
            raise FetchError(url, "not an address of the web: it must begin with https://")
        if target.userinfo:
            raise FetchError(url, "a password stands in the address: remove it")
        port = target.port or _port(target.scheme)
        if port not in self._limits.ports and not self._is_allowed(host, port):
            raise FetchError(
                url, f"port {port}: name the host in [corpus] allow_hosts if it may be read"
            )
        return target.copy_with(fragment=None)

    def _is_allowed(self, host: str, port: int) -> bool:
        host = host.lower()
        return host in self._allowed or f"{host}:{port}" in self._allowed

    def _get(
        self, target: httpx.URL, asked: Mapping[str, str], most: int, seconds: float
    ) -> Fetched | NotModified | httpx.URL:
        """One request on a connection of its own; the new address, if it is a redirect."""
        end = self._clock() + seconds
        guard = Guard(self._resolve, self._is_allowed, lambda: end - self._clock())
        headers = {
            "User-Agent": self._agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        silence = dict.fromkeys(("connect", "read", "write", "pool"), self._limits.silence)
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=self._trust, network_backend=guard, max_keepalive_connections=0
                ) as pool,
                pool.stream(
                    "GET",
                    _as_core(target),
                    headers=[*headers.items(), *asked.items()],
                    extensions={"timeout": silence},
                ) as response,
            ):
                return answer(target, response, most)
        except RefusedError as error:
            raise FetchError(str(target), str(error)) from error
        except httpcore.TimeoutException as error:
            reason = f"not read within {self._limits.seconds:g} s: try again later"
            raise FetchError(str(target), reason, is_passing=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            reason = f"cannot be read ({error or type(error).__name__}): try again later"
            raise FetchError(str(target), reason, is_passing=True) from error


def _pause(state: RetryCallState) -> float:
    """Seconds before the next try: what the server asks for, or 1, 2, 4."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, FetchError) else None
    return float(2 ** (state.attempt_number - 1)) if asked is None else asked


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _origin(target: httpx.URL) -> str:
    host = target.raw_host.decode("ascii")
    host = f"[{host}]" if ":" in host else host
    return f"{target.scheme}://{host}" + (f":{target.port}" if target.port else "")


def _as_core(target: httpx.URL) -> httpcore.URL:
    return httpcore.URL(
        scheme=target.raw_scheme,
        host=target.raw_host,
        port=target.port,
        target=target.raw_path,
    )
