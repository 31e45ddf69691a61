"""A web server on loopback, in a thread of its own, and a clock and names to go with it."""

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """What is served at which path; paths that it lacks are 404.

    Attributes:
        pages: By path.
        asked: Host and path of each request.
        sent: Its headers.
        port: Where it listens.
    """

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Its address by number."""
        return f"http://127.0.0.1:{self.port}"

    def text(self, path: str, text: str, **headers: str) -> None:
        """Serve a text at `path`."""

        async def page(_: web.Request) -> web.Response:
            return web.Response(
                text=text, headers={k.replace("_", "-"): v for k, v in headers.items()}
            )

        self.pages[path] = page

    def status(self, path: str, status: int, **headers: str) -> None:
        """Serve nothing but a status at `path`."""

        async def page(_: web.Request) -> web.Response:
            named = {k.replace("_", "-"): v for k, v in headers.items()}
            return web.Response(status=status, headers=named)

        self.pages[path] = page

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt aside."""
        return [path for _, path in self.asked if path != "/robots.txt"]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Serve a request."""
        self.asked.append((request.headers["Host"], request.path))
        self.sent.append(dict(request.headers))
        page = self.pages.get(request.path)
        return web.Response(status=404) if page is None else await page(request)


@contextmanager
def serving(secured: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve a site until the end."""
    site, ready, loop = Site(), threading.Event(), asyncio.new_event_loop()
    ended = asyncio.Event()

    async def serve() -> None:
        application = web.Application()
        application.router.add_route("*", "/{tail:.*}", site.answer)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        started = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=secured)
        await started.start()
        assert started._server is not None
        site.port = started._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        ready.set()
        await ended.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    try:
        assert ready.wait(10)
        yield site
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
        loop.close()


@dataclass
class Clock:
    """A clock that is turned forward by those who sleep."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds
