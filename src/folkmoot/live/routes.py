"""What answers below `/live/`: a registry of address patterns, each with a coroutine.

A room enters its handlers in `apps.ready()`. Patterns are written as in Django's `path()`, and what they catch is
handed to the handler by name:

    ROUTES.register("changes", Route("live/calls/<uuid:meeting>/changes", stream_changes))
    ROUTES.register("notes", Route("live/notes/<uuid:meeting>/", edit_notes, Kind.SOCKET))
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from django.http import HttpRequest
from django.urls.resolvers import RoutePattern

from folkmoot.kit.registry import Registry

PREFIX: Final = "/live/"
LARGEST_KEY: Final = 2**63 - 1
"""No row has a larger key, and a database need not know what to answer to one."""


class Kind(StrEnum):
    """How a browser reaches a handler; the values are those of ASGI's `scope["type"]`."""

    STREAM = "http"
    SOCKET = "websocket"


@dataclass(frozen=True)
class Route:
    """One handler: called with a `connections.Stream` or `connections.Socket`, and with what the pattern caught."""

    pattern: str
    handler: Callable[..., Awaitable[None]]
    kind: Kind = Kind.STREAM
    _matcher: RoutePattern = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_matcher", RoutePattern(self.pattern, is_endpoint=True))

    def catches(self, path: str) -> dict[str, Any] | None:
        """What the pattern catches of a path without its first slash; None where it does not fit."""
        found = self._matcher.match(path)
        if found is None or any(isinstance(value, int) and value > LARGEST_KEY for value in found[2].values()):
            return None
        return found[2]


ROUTES: Registry[Route] = Registry("address that stays open")


def find(kind: str, path: str) -> tuple[Route, dict[str, Any]] | None:
    """The handler for a path that begins with `/live/`, and what its pattern caught."""
    for route in ROUTES:
        if route.kind == kind and (caught := route.catches(path.removeprefix("/"))) is not None:
            return route, caught
    return None


def keeps_open(request: HttpRequest) -> bool:
    """Whether a page may keep a connection open: the server that brought its request has to speak ASGI for that.

    A page that a steward sees as somebody else keeps none, for a connection is that of the steward, who would write.
    """
    return "asgi.scope" in request.META and not getattr(request, "keeps_nothing", False)
