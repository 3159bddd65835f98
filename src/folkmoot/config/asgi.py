"""The web application as an ASGI callable: `/live/` stays open, everything else is Django's WSGI application."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import quote_from_bytes, unquote_to_bytes

from a2wsgi import WSGIMiddleware
from django.conf import settings

# Makes Django ready, which what follows needs.
from folkmoot.config.wsgi import application as pages  # isort: split

from folkmoot.live.connections import Receive, Scope, Send
from folkmoot.live.routes import PREFIX
from folkmoot.live.serving import Serving, end_at_signals

PATIENCE = 30.0
"""Seconds for which a thread waits for more of a body: a phone that lost its network never says that it is gone."""
EVERY_BYTE_BUT_THOSE_OF_TEXT = "".join(chr(code) for code in range(0x21, 0x7F))


class Application:
    """One web process: pages in threads, what stays open on the event loop."""

    def __init__(self, threads: int) -> None:
        self.serving = Serving()
        self._pages = WSGIMiddleware(cast(Any, _page), workers=threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "websocket" or scope["path"].startswith(PREFIX):
            await self.serving(scope, receive, send)
        else:
            await self._pages(_as_wsgi_wants_it(scope), _whole(receive), _sending(send))  # type: ignore[arg-type]

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                end_at_signals(self.serving.end)
            else:
                self.serving.end()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def _page(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    environ["wsgi.errors"] = sys.stderr
    # The address as it was sent; the bridge makes it of the text that a server made of that.
    environ["PATH_INFO"] = unquote_to_bytes(environ["asgi.scope"]["raw_path"]).decode("latin-1")
    return pages(environ, start_response)


def _as_wsgi_wants_it(scope: Scope) -> Scope:
    """A request without what the bridge trips over, or takes for something else than it is."""
    query: bytes = scope["query_string"]
    if not query.isascii():
        query = quote_from_bytes(query, EVERY_BYTE_BUT_THOSE_OF_TEXT).encode()
    # `X_Forwarded_For` would become the same variable as `X-Forwarded-For`, which only our own proxies may set.
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name and name != b"cookie"]
    # HTTP/2 parts cookies among several headers, which the bridge would join by commas.
    if cookies := [value for name, value in scope["headers"] if name == b"cookie"]:
        headers.append((b"cookie", b"; ".join(cookies)))
    return {**scope, "query_string": query, "headers": headers}


def _whole(receive: Receive) -> Receive:
    """A body of which the end is missing is no body: whoever reads it is told, rather than handed a part."""

    async def receive_or_fail() -> Any:
        async with asyncio.timeout(PATIENCE):  # what it raises is an OSError too
            message = await receive()
        if message["type"] == "http.disconnect":
            raise OSError("The browser went away while it was sending.")
        return message

    return receive_or_fail


def _sending(send: Send) -> Send:
    """Drop what nobody is there to read; else the thread that makes a long answer would wait for ever."""
    gone = False

    async def send_or_drop(message: Any) -> None:
        nonlocal gone
        if gone:
            return
        try:
            await send(message)
        except (OSError, RuntimeError):
            gone = True

    return send_or_drop


application = Application(settings.WEB_THREADS)
