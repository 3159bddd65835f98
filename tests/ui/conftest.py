"""What the tests of the design system share: rendering a piece of template, and a reader."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import RequestContext, engines
from django.test import RequestFactory

Draw = Callable[..., str]


def request_for(path: str = "/", *, zone: str = "Asia/Kolkata", known: bool = True, clock: str = "24") -> HttpRequest:
    """A request of someone who is not signed in, with a reader as the middleware would put it there."""
    request = RequestFactory().get(path)
    request.reader = SimpleNamespace(zone=zone, zone_known=known, clock=clock, theme="system")  # type: ignore[attr-defined]
    return request


@pytest.fixture
def draw() -> Draw:
    """`draw('{% badge %}x{% endbadge %}', request=…, name=value)`: the rendered text."""

    def render(source: str, *, request: HttpRequest | None = None, **values: Any) -> str:
        template = engines["django"].engine.from_string(source)
        return template.render(RequestContext(request or request_for(), values))

    return render
