"""The bridge between the server's event loop and pages, where it could change what pages see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from folkmoot.config import asgi
from folkmoot.config.asgi import Application
from tests.live.asgi import Browser, run

pytestmark = pytest.mark.django_db(transaction=True)


@csrf_exempt
def echo(request: HttpRequest) -> HttpResponse:
    """Says what arrived."""
    proxies = request.headers.get("X-Forwarded-For", "nobody")
    return HttpResponse(f"{request.method} {request.path} {request.GET.dict()} {len(request.body)} {proxies}")


def count(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse((f"{number}\n" for number in range(40)), content_type="text/plain")


def cookies(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.COOKIES))


urlpatterns = [path("count/", count), path("cookies/", cookies), re_path("", echo)]


@pytest.fixture(autouse=True)
def addresses(settings) -> None:
    settings.ROOT_URLCONF = __name__


def ask(browser: Callable[[], Browser]) -> Browser:
    """The answer of the whole application, through threads and back."""

    async def go() -> Browser:
        asked = browser()
        if asked.scope["method"] in ("GET", "HEAD"):
            asked.body([])
        async with asyncio.timeout(10):
            await Application(1)(asked.scope, asked.receive, asked.send)
        return asked

    return run(go())


def post(parts: list[bytes], *, whole: bool = True) -> Browser:
    browser = Browser("/echo/", method="POST", content_length=str(sum(map(len, parts)) + (not whole) * 10))
    browser.body(parts, whole=whole)
    return browser


def test_page_comes_through_as_it_is() -> None:
    answer = ask(lambda: Browser("/a/b/?c=d"))

    assert (answer.status, answer.text) == (200, "GET /a/b/ {'c': 'd'} 0 nobody")


def test_body_in_parts_arrives_whole() -> None:
    assert ask(lambda: post([b"a" * 1000, b"b" * 70_000])).text == "POST /echo/ {} 71000 nobody"


def test_body_that_breaks_off_is_no_body() -> None:
    assert ask(lambda: post([b"name=half"], whole=False)).status == 500


def test_body_that_stops_coming_does_not_keep_a_thread(monkeypatch) -> None:
    monkeypatch.setattr(asgi, "PATIENCE", 0.05)

    def silent() -> Browser:
        browser = Browser("/echo/", method="POST", content_length="20")
        browser.says({"type": "http.request", "body": b"name=half", "more_body": True})
        return browser

    assert ask(silent).status == 500


def test_cookies_in_several_headers_are_all_heard() -> None:
    def parted() -> Browser:
        browser = Browser("/cookies/")
        browser.scope["headers"] += [(b"cookie", b"a=1"), (b"cookie", b"b=2")]
        return browser

    assert ask(parted).text == "{'a': '1', 'b': '2'}"


def test_long_answer_streams_through() -> None:
    answer = ask(lambda: Browser("/count/"))

    assert answer.text == "".join(f"{number}\n" for number in range(40))
    assert len(answer.sent) > 40


def test_reader_who_leaves_does_not_keep_a_thread() -> None:
    async def go() -> Browser:
        application, left, after = Application(1), Browser("/count/"), Browser("/a/")
        left.body([])
        after.body([])

        async def broken(message: Any) -> None:
            raise RuntimeError("gone")

        async with asyncio.timeout(10):
            await application(left.scope, left.receive, broken)
            await application(after.scope, after.receive, after.send)
        return after

    assert run(go()).status == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/%C3%A9/", 200),
        ("/%ff/", 400),
        ("/%00/", 400),
        ("/?q=%ff", 400),
        ("/?q=\xff", 400),
        ("/?q=\xc3\xa9", 200),
    ],
)
def test_bytes_that_are_no_text_are_refused_as_ever(address, status) -> None:
    assert ask(lambda: Browser(address)).status == status


def test_header_with_an_underscore_does_not_pass_for_that_of_a_proxy() -> None:
    def spoofed() -> Browser:
        browser = Browser("/a/", x_forwarded_for="192.0.2.1")
        browser.scope["headers"][-1] = (b"x_forwarded_for", b"192.0.2.1")
        return browser

    assert ask(spoofed).text.endswith("nobody")
    assert ask(lambda: Browser("/a/", x_forwarded_for="192.0.2.1")).text.endswith("192.0.2.1")
