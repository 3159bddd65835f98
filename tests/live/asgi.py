"""Connections as a server hands them to the application, without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

JSON = dict[str, Any]
T = TypeVar("T")


def run(what: Coroutine[Any, Any, T]) -> T:
    """Run it on an event loop in a thread of its own: in that of the tests the browser's may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, what).result()


class Browser:
    """One connection: what the application sends is in `sent`; `hang_up` ends it from this side."""

    def __init__(self, path: str, *, kind: str = "http", method: str = "GET", **headers: str) -> None:
        raw, _, query = path.partition("?")
        given = {"host": "localhost", **{name.replace("_", "-"): value for name, value in headers.items()}}
        self.scope: JSON = {
            "type": kind,
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http" if kind == "http" else "ws",
            "path": raw,
            "raw_path": raw.encode("latin-1"),
            "query_string": query.encode("latin-1"),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
            "server": ("127.0.0.1", "8000"),
            "client": ("127.0.0.1", "50000"),
            "root_path": "",
        }
        self.sent: list[JSON] = []
        self._news = asyncio.Condition()
        self._coming: asyncio.Queue[JSON] = asyncio.Queue()
        if kind == "websocket":
            self._coming.put_nowait({"type": "websocket.connect"})

    def says(self, *messages: JSON) -> None:
        for message in messages:
            self._coming.put_nowait(message)

    def body(self, parts: Iterable[bytes], *, whole: bool = True) -> None:
        """Send a body; one that is not whole breaks off."""
        for part in parts:
            self.says({"type": "http.request", "body": part, "more_body": True})
        self.says({"type": "http.request", "body": b"", "more_body": False} if whole else {"type": "http.disconnect"})

    def hang_up(self) -> None:
        kind = "http" if self.scope["type"] == "http" else "websocket"
        self.says({"type": f"{kind}.disconnect", "code": 1001})

    async def receive(self) -> JSON:
        return await self._coming.get()

    async def send(self, message: JSON) -> None:
        async with self._news:
            self.sent.append(message)
            self._news.notify_all()

    async def until(self, words: str) -> None:
        """Wait until the text that came so far has these words."""
        async with self._news, asyncio.timeout(5):
            await self._news.wait_for(lambda: words in self.text)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode("latin-1") for name, value in self.sent[0]["headers"]}

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()
