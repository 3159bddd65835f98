"""What stays open: who may ask, which handler answers, and when it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest

from folkmoot.live import serving
from folkmoot.live.connections import Socket, Stream
from folkmoot.live.routes import ROUTES, Kind, Route
from folkmoot.live.serving import Serving
from tests.live.asgi import Browser, run

HERE = {"host": "localhost:8000", "origin": "http://localhost:8000"}
ended: list[str] = []


async def tick(stream: Stream, number: int) -> None:
    await stream.open(retry=1000)
    await stream.event("tick", {"number": number}, number=number)
    try:
        await asyncio.Event().wait()
    finally:
        ended.append("stream")


async def echo(socket: Socket) -> None:
    await socket.accept()
    while (message := await socket.receive()) is not None:
        await socket.send(message)
    ended.append("socket")


async def fail(stream: Stream) -> None:
    raise ValueError("by intention")


@pytest.fixture(autouse=True)
def routes(monkeypatch) -> Iterator[None]:
    ended.clear()
    found = {
        "tick": Route("live/ticks/<int:number>", tick),
        "echo": Route("live/echo/", echo, Kind.SOCKET),
        "fail": Route("live/fail/", fail),
    }
    monkeypatch.setattr(ROUTES, "_entries", {})
    monkeypatch.setattr(ROUTES, "_in_order", None)
    for name, route in found.items():
        ROUTES.register(name, route)
    yield
    ROUTES._in_order = None


def ask(path: str, **more: str) -> Browser:
    """One connection that hangs up at once."""

    async def go() -> Browser:
        browser = Browser(path, **more)
        browser.hang_up()
        async with asyncio.timeout(5):
            await Serving()(browser.scope, browser.receive, browser.send)
        return browser

    return run(go())


def test_stream_is_written_as_browsers_read_it_and_ends_when_they_leave() -> None:
    async def go() -> Browser:
        browser = Browser("/live/ticks/7")
        answering = asyncio.ensure_future(Serving()(browser.scope, browser.receive, browser.send))
        await browser.until("tick")
        assert not ended
        browser.hang_up()
        await answering
        return browser

    answer = run(go())

    assert answer.status == 200
    assert answer.headers == {
        "cache-control": "no-store, no-transform",
        "content-security-policy": "default-src 'none'",
        "content-type": "text/event-stream; charset=utf-8",
        "x-accel-buffering": "no",
        "x-content-type-options": "nosniff",
    }
    assert answer.text == 'retry: 1000\n\nid: 7\nevent: tick\ndata: {"number": 7}\n\n'
    assert ended == ["stream"]


def test_server_that_stops_closes_streams_and_takes_no_more() -> None:
    async def go() -> tuple[Browser, Browser]:
        live, first, late = Serving(), Browser("/live/ticks/1"), Browser("/live/ticks/2")
        answering = asyncio.ensure_future(live(first.scope, first.receive, first.send))
        await first.until("tick")
        live.end()
        async with asyncio.timeout(1):
            await answering
            await live(late.scope, late.receive, late.send)
        return first, late

    first, late = run(go())

    assert first.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
    assert (late.status, late.headers["retry-after"]) == (503, "2")
    assert ended == ["stream"]


@pytest.mark.parametrize(
    ("path", "more", "status"),
    [
        ("/live/ticks/1", {}, 200),
        ("/live/ticks/1", HERE, 200),
        ("/live/ticks/1", {"sec_fetch_site": "same-origin"}, 200),
        ("/live/ticks/1", {"sec_fetch_site": "cross-site"}, 403),
        ("/live/ticks/1", {"origin": "https://elsewhere.example"}, 403),
        ("/live/ticks/1", {"origin": "null"}, 403),
        ("/live/ticks/1", {"host": "elsewhere.example"}, 400),
        ("/live/ticks/1", {"method": "POST"}, 405),
        ("/live/ticks/one", {}, 404),
        ("/live/", {}, 404),
        ("/live/echo/", HERE, 404),
    ],
)
def test_who_may_listen(path, more, status) -> None:
    assert ask(path, **more).status == status


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        (HERE, True),
        ({"host": "moot.example", "origin": "https://moot.example"}, True),
        ({"host": "inside.example:8000", "origin": "https://moot.example"}, False),
        (HERE | {"origin": "https://elsewhere.example"}, False),
        (HERE | {"origin": "http://localhost:8001"}, False),
        (HERE | {"origin": "null"}, False),
        (HERE | {"origin": "http://["}, False),
        ({"host": "localhost:8000"}, False),
        ({"host": "elsewhere.example", "origin": "https://elsewhere.example"}, False),
    ],
)
def test_web_socket_is_opened_for_pages_of_ours_alone(settings, headers, accepted) -> None:
    settings.ALLOWED_HOSTS = ["moot.example", "localhost"]
    settings.PUBLIC_ADDRESS = "https://moot.example"
    settings.SECURE = False

    first = ask("/live/echo/", kind="websocket", **headers).sent[0]

    assert first["type"] == ("websocket.accept" if accepted else "websocket.close")


def test_page_that_came_unencrypted_opens_nothing_where_all_others_are(settings) -> None:
    settings.ALLOWED_HOSTS = ["moot.example"]
    settings.PUBLIC_ADDRESS = "https://moot.example"
    settings.SECURE = True
    schemes = ("https", "http")

    answers = [
        ask("/live/echo/", kind="websocket", host="moot.example", origin=f"{scheme}://moot.example").sent[0]["type"]
        for scheme in schemes
    ]

    assert answers == ["websocket.accept", "websocket.close"]


def test_web_socket_hands_messages_over_until_it_is_closed() -> None:
    async def go() -> Browser:
        browser = Browser("/live/echo/", kind="websocket", **HERE)
        browser.says({"type": "websocket.receive", "text": "a"}, {"type": "websocket.receive", "bytes": b"b"})
        browser.hang_up()
        await Serving()(browser.scope, browser.receive, browser.send)
        return browser

    sent = run(go()).sent

    assert sent[:3] == [
        {"type": "websocket.accept"},
        {"type": "websocket.send", "text": "a"},
        {"type": "websocket.send", "bytes": b"b"},
    ]
    assert ended == ["socket"]


def test_message_that_is_too_large_closes_a_web_socket() -> None:
    async def go() -> Browser:
        browser = Browser("/live/echo/", kind="websocket", **HERE)
        browser.says({"type": "websocket.receive", "bytes": b"x" * (1024 * 1024 + 1)})
        await Serving()(browser.scope, browser.receive, browser.send)
        return browser

    assert run(go()).sent[1] == {"type": "websocket.close", "code": 1009, "reason": ""}


def test_handler_that_fails_is_logged_and_says_so(caplog) -> None:
    with caplog.at_level(logging.ERROR, serving.__name__):
        answer = ask_staying("/live/fail/")

    assert answer.status == 500
    assert caplog.messages == ["A handler of live/fail/ failed."]


def ask_staying(path: str) -> Browser:
    async def go() -> Browser:
        browser = Browser(path)
        await Serving()(browser.scope, browser.receive, browser.send)
        return browser

    return run(go())
