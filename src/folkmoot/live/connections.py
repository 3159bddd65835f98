"""What a handler below `/live/` holds in its hands: a stream of events, or a web socket.

Both end by themselves when the browser goes away or the server stops: then the handler's task is cancelled, so it
need not ask; what it has to put in order belongs into `finally`.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl

from django.http import parse_cookie

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LARGEST_MESSAGE: Final = 1024 * 1024
"""Bytes of one message that a browser may send through a web socket."""

CLOSES_WITHIN: Final = 3.0
"""Seconds for which a last word waits for somebody who reads slowly, or not at all."""

ANSWER_HEADERS: Final = {
    "cache-control": "no-store, no-transform",
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
}


class Connection:
    """What the browser sent when it asked: headers (names in small letters), cookies, query."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self._receive, self._send = receive, send
        self.headers: Mapping[str, str] = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }

    @property
    def cookies(self) -> dict[str, str]:
        """By name, read as pages read them: one that is odd takes none of the others along."""
        sent = [value.decode("latin-1") for name, value in self.scope["headers"] if name.lower() == b"cookie"]
        return parse_cookie("; ".join(sent))

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.scope["query_string"].decode("latin-1")))


class Stream(Connection):
    """An answer over HTTP: either a short `refuse`, or `open` and then events for as long as somebody listens."""

    started = False

    async def refuse(self, status: int, words: str, **headers: str) -> None:
        """Answer with plain words and end; `retry_after="5"` becomes the header Retry-After."""
        body = f"{words}\n".encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        await self._start(
            status, {"content-type": "text/plain; charset=utf-8", "content-length": str(len(body)), **named}
        )
        await self._send({"type": "http.response.body", "body": body if self.scope["method"] != "HEAD" else b""})

    async def open(self, *, retry: int) -> None:
        """Begin a stream of events; `retry` says after how many milliseconds a browser may come back."""
        # nginx and others would hold an answer back until they have enough of it.
        await self._start(200, {"content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no"})
        await self.write(f"retry: {retry}\n\n")

    async def event(self, name: str, data: Mapping[str, Any], *, number: int | None = None) -> None:
        """Send one event with JSON as its data; `number` becomes its id, which a browser that comes back repeats."""
        head = "" if number is None else f"id: {number}\n"
        await self.write(f"{head}event: {name}\ndata: {json.dumps(data)}\n\n")

    async def heartbeat(self) -> None:
        """A comment, so that nobody between takes the connection for dead."""
        await self.write(": still here\n\n")

    async def end(self) -> None:
        """Close the stream."""
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def write(self, text: str) -> None:
        await self._send({"type": "http.response.body", "body": text.encode(), "more_body": True})

    async def _start(self, status: int, headers: Mapping[str, str]) -> None:
        self.started = True
        encoded = [(name.encode(), value.encode("latin-1")) for name, value in {**ANSWER_HEADERS, **headers}.items()]
        await self._send({"type": "http.response.start", "status": status, "headers": encoded})


class Socket(Connection):
    """A web socket, already known to come from a page of ours; nothing is open before `accept`."""

    started = False

    async def accept(self) -> None:
        self.started = True
        await self._send({"type": "websocket.accept"})

    async def refuse(self) -> None:
        """Turn the browser away before anything is open: it is told 403."""
        await self._send({"type": "websocket.close", "code": 1008})

    async def receive(self) -> bytes | str | None:
        """The next message; None when the browser has gone, or sent more than `LARGEST_MESSAGE`."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return None
        given: bytes | str = message["bytes"] if message.get("bytes") is not None else message.get("text") or ""
        if len(given) > LARGEST_MESSAGE:
            await self.close(1009)
            return None
        return given

    async def send(self, message: bytes | str) -> None:
        key = "bytes" if isinstance(message, bytes) else "text"
        await self._send({"type": "websocket.send", key: message})

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Close with a code of RFC 6455; 1008 for who may not be here any longer, 4000 and above are ours."""
        await self._send({"type": "websocket.close", "code": code, "reason": reason})
