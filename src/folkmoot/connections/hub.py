"""What stands on the page that gathers the ways of finding each other, for everybody and for one group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from folkmoot.groups.models import Group
from folkmoot.kit.registry import Registry


@dataclass(frozen=True)
class Way:
    """One way of finding each other.

    `render` gets the request and either a group or None, which stands for the whole community, and gives a finished
    `{% section %}`, or None where there is nothing to show to this reader. At most two queries.
    """

    render: Callable[[HttpRequest, Group | None], SafeString | None]


WAYS: Registry[Way] = Registry("way of finding each other")


def add_way(name: str, render: Callable[[HttpRequest, Group | None], SafeString | None], *, order: int) -> None:
    """Hang one way on the page, in its order."""
    WAYS.register(name, Way(render), order=order, by=render.__module__)


def ways(request: HttpRequest, group: Group | None) -> list[SafeString]:
    """All that have something to show, in order."""
    return [html for way in WAYS if (html := way.render(request, group))]
