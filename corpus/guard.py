"""Which machines may be connected to, and for how long: below the HTTP library.

A name is resolved once, each of its addresses is checked, and the connection is made to the very
address that was checked: a name server that answers differently the next time changes nothing.
"""

import socket
import ssl
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import httpcore

Resolve = Callable[[str, int], list[str]]
"""Host and port -> its addresses. Raises OSError where there is no such host."""

_NAT64 = ip_network("64:ff9b::/96")
_UNICAST = ip_network("2000::/3")
"""All of IPv6 that is given out for public use."""


class RefusedError(Exception):
    """A host that may not be connected to; the message names the fix."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to a machine on the public internet.

    What is private, loopback, link-local, multicast, unspecified, reserved or shared by a
    provider's customers is not, nor is any of that inside an IPv6 address.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped
        if ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip not in _UNICAST or ip.sixtofour or ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the system knows for a host.

    Raises:
        OSError: It knows none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


class Guard(httpcore.NetworkBackend):
    """Connects to public machines only, and keeps them to a deadline.

    Args:
        resolver: Resolves names.
        is_allowed: Whether a host and port may be connected to wherever they are.
        left: Seconds that are left for everything.
    """

    def __init__(
        self,
        resolver: Resolve,
        is_allowed: Callable[[str, int], bool],
        left: Callable[[], float],
    ) -> None:
        self._resolve = resolver
        self._is_allowed = is_allowed
        self._left = left
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host` that answers.

        Raises:
            RefusedError: One of them is not public.
            httpcore.ConnectError: None answers.
        """
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise RefusedError("no such host: check the spelling") from error
        if not self._is_allowed(host, port) and not all(map(is_public, addresses)):
            raise RefusedError(
                "leads to a private network: name the host in [corpus] allow_hosts if it may be"
                " read"
            )
        failed: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                stream = self._sockets.connect_tcp(
                    address, port, _shorter(timeout, self._left()), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Timed(stream, self._left)
        raise failed


class _Timed(httpcore.NetworkStream):
    """A connection on which each step ends when the time for all of them is up."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _shorter(timeout, self._left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _shorter(timeout, self._left()))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        limit = _shorter(timeout, self._left())
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, limit), self._left)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (httpcore's own signature)
        return self._stream.get_extra_info(info)


def _shorter(timeout: float | None, left: float) -> float:
    if left <= 0:
        raise httpcore.ReadTimeout("the time for all of it is up")
    return left if timeout is None else min(timeout, left)
