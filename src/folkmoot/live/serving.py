"""Takes what comes in below `/live/` to its handler, and ends the handler with its connection or its server."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from folkmoot.live.connections import CLOSES_WITHIN, Connection, Receive, Scope, Send, Socket, Stream
from folkmoot.live.routes import Kind, Route, find

logger = logging.getLogger(__name__)
T = TypeVar("T")


class Serving:
    """All handlers that run in this process. One is made for each server, on its event loop."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._ending = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection below `/live/`."""
        if scope["type"] == Kind.SOCKET:
            await self._socket(scope, receive, send)
        else:
            await self._stream(scope, receive, send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        stream = Stream(scope, receive, send)
        found = find(Kind.STREAM, scope["path"])
        if not _is_for_us(stream):
            await stream.refuse(400, "This address is not one of ours.")
        elif _is_foreign(stream):
            await stream.refuse(403, "Pages of other sites may not listen here.")
        elif found is None:
            await stream.refuse(404, "There is nothing here.")
        elif scope["method"] != "GET":
            await stream.refuse(405, "This address can only be read.", allow="GET")
        elif self._ending:
            await stream.refuse(503, "The server is about to stop.", retry_after="2")
        else:
            await self._run(stream, *found, _gone(receive))

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = Socket(scope, receive, send)
        found = find(Kind.SOCKET, scope["path"])
        # A browser names the origin of every web socket, and sends our cookies along from any site.
        comes_from_us = "origin" in socket.headers and not _is_foreign(socket)
        if self._ending or found is None or not _is_for_us(socket) or not comes_from_us:
            await socket.refuse()
            return
        # The one message that says a browser has asked; what follows belongs to the handler.
        await receive()
        await self._run(socket, *found, None)

    async def _run(
        self, connection: Stream | Socket, route: Route, caught: dict[str, Any], gone: Awaitable[None] | None
    ) -> None:
        task = asyncio.ensure_future(_completed(route.handler(connection, **caught)))
        watch = asyncio.ensure_future(gone) if gone is not None else None
        self._running.add(task)
        try:
            await asyncio.wait({task, watch} if watch else {task}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
        finally:
            self._running.discard(task)
            for other in (task, watch):
                if other is not None and not other.done():
                    other.cancel()
        if not task.cancelled() and (fault := task.exception()) is not None:
            logger.error("A handler of %s failed.", route.pattern, exc_info=fault)
            if not connection.started:
                await connection.refuse(500, "Something went wrong.") if isinstance(
                    connection, Stream
                ) else await connection.refuse()
                return
        if self._ending or not task.cancelled():
            await _close(connection)

    def end(self) -> None:
        """End every handler, since the server is about to stop; none begins any more."""
        self._ending = True
        for task in tuple(self._running):
            task.cancel()


def end_at_signals(end: Callable[[], None]) -> None:
    """Call `end` on this event loop when the process is told to stop, besides what is done then already.

    A server waits for answers that are under way before it ends an application; those that stay open would make it
    wait for as long as it can.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def stop(signum: int, frame: Any, before: Any = before) -> None:
            loop.call_soon_threadsafe(end)
            if callable(before):
                before(signum, frame)

        # The loop's own handler hears of signals by a file, whatever function is entered here.
        signal.signal(number, stop)
        signal.siginterrupt(number, False)


async def _completed(handler: Awaitable[None]) -> None:
    await handler


async def _gone(receive: Receive) -> None:
    """Returns when the browser has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _close(connection: Stream | Socket) -> None:
    """Close what a handler has left open; nobody may be there any more to notice."""
    if not connection.started:
        return
    try:
        async with asyncio.timeout(CLOSES_WITHIN):
            await (connection.end() if isinstance(connection, Stream) else connection.close(1001))
    except (OSError, RuntimeError):
        logger.debug("The connection was closed already.")


def _is_for_us(connection: Connection) -> bool:
    domain, _port = split_domain_port(connection.headers.get("host", ""))
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _is_foreign(connection: Connection) -> bool:
    """Whether a page of another site asks: its origin is neither our public address nor the host that was asked."""
    origin = connection.headers.get("origin")
    if origin is None:
        return connection.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if origin == settings.PUBLIC_ADDRESS:
        return False
    schemes = ("https",) if settings.SECURE else ("http", "https")
    return origin not in {f"{scheme}://{connection.headers.get('host')}" for scheme in schemes}
