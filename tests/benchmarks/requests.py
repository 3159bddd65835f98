"""CPU time of requests through the product's whole middleware, in this process, against the empty view."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import override_settings
from django.urls import path

from folkmoot.config.urls import urlpatterns as product


def empty(request: HttpRequest) -> HttpResponse:
    """The baseline: nothing but the middleware around it."""
    return HttpResponse(b"")


urlpatterns = [*product, path("benchmark-empty/", empty)]

ROUNDS = 9
SECONDS = 0.25


def cpu_of(call: Callable[[], Any]) -> float:
    """Median CPU seconds of one call, over rounds of a quarter of a second."""
    for _ in range(20):
        call()
    found = []
    for _ in range(ROUNDS):
        count, begin = 0, time.process_time()
        while time.process_time() - begin < SECONDS:
            call()
            count += 1
        found.append((time.process_time() - begin) / count)
    return median(found)


class Requests:
    """Requests answered by the real handler; a context, since the empty view needs a place among the addresses."""

    def __init__(self) -> None:
        self._addresses = override_settings(ROOT_URLCONF="tests.benchmarks.requests")
        self._factory = RequestFactory()

    def __enter__(self) -> Requests:
        self._addresses.enable()
        self._handler = WSGIHandler()
        return self

    def __exit__(self, *exc: object) -> None:
        self._addresses.disable()

    def caller(self, path: str, status: int = 200, **headers: str) -> Callable[[], Any]:
        """A function that asks for a page and reads all of the answer."""

        def call() -> None:
            environ = self._factory.get(path, **headers).environ
            answer = self._handler(environ, lambda *args: None)
            assert answer.status_code == status, (path, answer.status_code)
            b"".join(answer)
            answer.close()

        return call

    def cost(self, path: str, status: int = 200, **headers: str) -> float:
        """CPU seconds of one request for this path."""
        return cpu_of(self.caller(path, status, **headers))

    def empty(self) -> float:
        """CPU seconds of the empty view."""
        return self.cost("/benchmark-empty/")
